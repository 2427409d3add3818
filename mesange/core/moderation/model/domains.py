"""Servers that are kept away from this one."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Noop: nothing but the two `rejects`. Silence: as a limited account. Suspend: nothing comes or goes."""

    NOOP = "noop"
    SILENCE = "silence"
    SUSPEND = "suspend"


@dataclass(frozen=True, slots=True)
class DomainBlock:
    """A block of a server and of every server below its name. Comments: one for everyone, one for the staff.

    `subscription_id` names the list that brought it; what a person blocked by hand has none.
    """

    domain: str
    severity: Severity
    rejects_media: bool
    rejects_reports: bool
    public_comment: str
    private_comment: str
    is_obfuscated: bool
    created_at: int
    subscription_id: int | None = None


def obfuscated(domain: str) -> str:
    """`exa****.org`: enough for who knows it, too little to advertise it."""
    kept = max(len(domain) // 4, 1)
    return "".join(
        sign if at < kept or at >= len(domain) - kept or sign == "." else "*" for at, sign in enumerate(domain)
    )

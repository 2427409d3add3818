"""Organizations: their public name, their freeze, their domain, which roles need a second factor."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from mesange.core.teams.model.members import Role
from mesange.kit.errors import Invalid

MOST_NAME, MOST_HANDLE = 100, 40
HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
NOT_HANDLES = frozenset({"new", "invitations"})
"""Pages that stand where a handle would."""


class Proof(StrEnum):
    """How a domain was shown to be the organization's own."""

    DNS = "dns"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Organization:
    """`frozen_at`: since when no account of it may publish (a crisis); milliseconds, None when free.

    `handle` is its name in addresses. `factor_roles` names, with spaces between, the roles that need a second factor.
    `domain` is proven since `proven_at`, by way of `proven_by`; `domain_key` is what proves it. While it is to be
    checked again, `check_due_at` says when; `failed_checks` counts those without an answer since the last good one.
    """

    id: int
    name: str
    created_at: int
    frozen_at: int | None = None
    handle: str = ""
    factor_roles: str = ""
    domain: str = ""
    domain_key: str = ""
    proven_by: str = ""
    proven_at: int | None = None
    checked_at: int | None = None
    check_due_at: int | None = None
    failed_checks: int = 0

    @property
    def is_proven(self) -> bool:
        return self.proven_at is not None

    def needs_factor(self, role: Role) -> bool:
        return role.value in self.factor_roles.split()


@dataclass(frozen=True, slots=True)
class ProtectedName:
    """A name that nobody else may resemble; only accounts of its organization, if it has one, may bear it."""

    id: int
    skeleton: str
    name: str
    organization_id: int | None = None


def checked_name(name: str) -> str:
    """The name of an organization or a brand. Raises Invalid."""
    name = " ".join(name.split())
    if not 0 < len(name) <= MOST_NAME:
        raise Invalid(f"A name has at least one and at most {MOST_NAME} signs.", field="name")
    return name


def checked_handle(handle: str) -> str:
    """Raises Invalid."""
    handle = handle.strip().lower()
    if not HANDLE.fullmatch(handle) or len(handle) > MOST_HANDLE or handle in NOT_HANDLES:
        raise Invalid(
            f"A name in addresses has at most {MOST_HANDLE} signs: letters without accents, figures, and - between.",
            field="handle",
        )
    return handle


def handle_of(name: str) -> str:
    """A handle made of the name: « Maison du Café » is maison-du-cafe. "" when nothing of it can stand there."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:MOST_HANDLE].strip("-")

"""What the doctor says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `remedy` is empty when it is well."""

    what: str
    remedy: str = ""

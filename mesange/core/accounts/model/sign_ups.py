"""Signing up: what is asked of newcomers, and by whom they were invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mesange.kit.errors import Invalid, MesangeError

MOST_REASON = 500


class SignUp(NamedTuple):
    """What a newcomer gives. `birth_date` (YYYY-MM-DD) is checked where an age is asked, and forgotten."""

    username: str
    email: str
    password: str
    locale: str = "en"
    reason: str = ""
    invitation: str = ""
    birth_date: str = ""


class SignUpRefused(Invalid):
    """Several fields are wrong at once; each problem names its `field`."""

    def __init__(self, problems: Sequence[MesangeError]) -> None:
        said = ", ".join(problem.public_text.rstrip(".") for problem in problems)
        super().__init__(f"Validation failed: {said}", field=getattr(problems[0], "field", None))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that lets people in, so many times, until a moment. `user_id` is None when staff made it by command."""

    id: int
    code: str
    user_id: int | None
    created_at: int
    expires_at: int | None
    most_uses: int | None
    uses: int = 0

    def is_good(self, now: int) -> bool:
        return (self.expires_at is None or self.expires_at > now) and (
            self.most_uses is None or self.uses < self.most_uses
        )


def checked_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid("Say in a sentence why you would like to come.", field="reason", code="ERR_BLANK")
    if len(reason) > MOST_REASON:
        raise Invalid(f"A reason has at most {MOST_REASON} signs.", field="reason", code="ERR_TOO_LONG")
    return reason


def check_age(birth_date: str, years: int, today: date) -> None:
    """Raises Invalid for whoever is younger than so many years, and for what is no date of a life."""
    try:
        born = date.fromisoformat(birth_date.strip())
    except ValueError:
        raise Invalid("Give your birth date: year, month, day.", field="date_of_birth", code="ERR_INVALID") from None
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if not 0 <= age <= 130:
        raise Invalid("Give your birth date: year, month, day.", field="date_of_birth", code="ERR_INVALID")
    if age < years:
        raise Invalid("You are below the age that is asked here.", field="date_of_birth", code="ERR_BELOW_LIMIT")

"""Settings that may change while the server runs: how they are typed, and between which bounds they lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from mesange.kit.errors import Invalid
from mesange.kit.settings import Settings, changed
from mesange.kit.text import clean_name
from mesange.kit.zones import zone_of

MEGABYTE = 1_000_000
MOST_MEGABYTES = 1_000_000_000


class Kind(StrEnum):
    """How a value is typed: a line, a whole number, a number of megabytes, one of some words, several of some."""

    LINE = "line"
    NUMBER = "number"
    MEGABYTES = "megabytes"
    CHOICE = "choice"
    SEVERAL = "several"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Changeable:
    """`least` and `most` bound a number, or the signs of a line."""

    name: str
    kind: Kind
    least: int = 0
    most: int = 500

    @property
    def choices_are_words(self) -> bool:
        return self.kind in (Kind.CHOICE, Kind.SEVERAL)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that the setting's own type allows."""
        words = get_args(get_type_hints(Settings)[self.name])
        return tuple(map(str, get_args(words[0]) if self.kind is Kind.SEVERAL else words))


def _megabytes(name: str) -> Changeable:
    return Changeable(name, Kind.MEGABYTES, 0, MOST_MEGABYTES)


CHANGEABLE: Mapping[str, Changeable] = {
    each.name: each
    for each in (
        Changeable("title", Kind.LINE, 1, 60),
        Changeable("description", Kind.LINE, 0, 300),
        Changeable("accent", Kind.CHOICE),
        Changeable("contact_email", Kind.LINE, 0, 320),
        Changeable("contact_account", Kind.LINE, 0, 100),
        Changeable("registrations", Kind.CHOICE),
        Changeable("registrations_message", Kind.LINE, 0, 500),
        Changeable("client_registrations", Kind.CHOICE),
        Changeable("invitations_by", Kind.CHOICE),
        Changeable("min_age", Kind.NUMBER, 0, 120),
        Changeable("sign_up_effort", Kind.NUMBER, 0, 30),
        Changeable("second_factor_for", Kind.SEVERAL),
        Changeable("trends", Kind.CHOICE),
        Changeable("link_previews", Kind.CHOICE),
        Changeable("undo_seconds", Kind.CHOICE),
        Changeable("max_signs", Kind.NUMBER, 1, 100_000),
        Changeable("max_scheduled", Kind.NUMBER, 0, 10_000),
        Changeable("max_lists", Kind.NUMBER, 0, 10_000),
        Changeable("max_list_members", Kind.NUMBER, 1, 10_000),
        Changeable("time_zone", Kind.ZONE, 1, 60),
        Changeable("videos", Kind.CHOICE),
        _megabytes("media_bytes_per_account"),
        _megabytes("media_bytes"),
        _megabytes("media_bytes_fetched"),
        _megabytes("media_free_space"),
        Changeable("deletion_days", Kind.NUMBER, 0, 365),
        Changeable("archive_days", Kind.NUMBER, 1, 365),
        Changeable("backup_days", Kind.NUMBER, 0, 365),
        Changeable("backups_kept", Kind.NUMBER, 1, 100),
    )
}


def read_typed(setting: Changeable, typed: str) -> Any:
    """The value that somebody typed. Raises Invalid naming the setting."""
    typed = clean_name(typed, 1_000)
    match setting.kind:
        case Kind.NUMBER | Kind.MEGABYTES:
            scale = MEGABYTE if setting.kind is Kind.MEGABYTES else 1
            return _number(setting, typed.replace(" ", "").replace("\u202f", "")) * scale
        case Kind.CHOICE:
            return _choice(setting, typed)
        case Kind.SEVERAL:
            return [_choice(setting, word) for word in typed.split()]
        case Kind.ZONE if zone_of(typed) is None:
            raise Invalid("This time zone does not exist: write one such as Europe/Paris.", field=setting.name)
        case Kind.LINE | Kind.ZONE:
            if not setting.least <= len(typed) <= setting.most:
                raise Invalid("This is empty or too long.", field=setting.name)
            return typed


def _number(setting: Changeable, typed: str) -> int:
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 16
    if not is_number or not setting.least <= int(typed) <= setting.most:
        raise Invalid("This is no number that fits here.", field=setting.name)
    return int(typed)


def _choice(setting: Changeable, typed: str) -> str | int:
    if typed not in setting.choices:
        raise Invalid("Choose one of the list.", field=setting.name)
    return int(typed) if typed.isdigit() else typed


def typed_of(setting: Changeable, value: Any) -> str:
    """The value as it would be typed."""
    if setting.kind is Kind.SEVERAL:
        return " ".join(value)
    return str(value // MEGABYTE) if setting.kind is Kind.MEGABYTES else str(value)


def checked_together(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """Raises Invalid when they do not go together."""
    try:
        return changed(settings, values)
    except ValueError as error:
        raise Invalid(str(error)) from None

"""Numbers and times as a reader of each language writes them."""

from collections.abc import Callable
from datetime import UTC, datetime

from mesange.kit.web.catalogue import marked as _

MINUTE, HOUR, DAY, WEEK = 60_000, 3_600_000, 86_400_000, 7 * 86_400_000


class Wording:
    """Times are milliseconds since the Unix epoch; days and hours are shown in UTC, the page's script knows better."""

    def __init__(self, language: str, gettext: Callable[[str], str]) -> None:
        self.gettext = gettext
        self._thousands, self._point = ("\u202f", ",") if language == "fr" else (",", ".")
        self._before_suffix = "\u00a0" if language == "fr" else ""

    def number(self, value: int) -> str:
        return f"{value:,}".replace(",", self._thousands)

    def count(self, value: int) -> str:
        """Short enough to stand beside an icon: 1.2K, 3M."""
        for limit, suffix in ((1_000_000, "M"), (1_000, "k")):
            if value >= limit:
                tenths = value * 10 // limit
                text = f"{tenths / 10:.1f}" if tenths < 100 and tenths % 10 else f"{tenths // 10}"
                return text.replace(".", self._point) + self._before_suffix + suffix
        return str(value)

    def since(self, at: int, now: int) -> str:
        """Now, 5 min, 3 h, 2 d; then the day."""
        past = now - at
        if past < MINUTE:
            return self.gettext("now")
        if past < HOUR:
            return self.gettext("%d min") % (past // MINUTE)
        if past < DAY:
            return self.gettext("%d h") % (past // HOUR)
        if past < WEEK:
            return self.gettext("%d d") % (past // DAY)
        return self.day(at, with_year=_at(at).year != _at(now).year)

    def day(self, at: int, *, with_year: bool = True) -> str:
        moment = _at(at)
        month = self.gettext(MONTHS[moment.month - 1])
        return f"{moment.day} {month} {moment.year}" if with_year else f"{moment.day} {month}"

    def moment(self, at: int) -> str:
        return self.gettext("%(day)s at %(time)s UTC") % {"day": self.day(at), "time": _at(at).strftime("%H:%M")}


def in_bytes(size: int, language: str) -> str:
    """4.2 GB; 4,2 Go in French."""
    unit, step = ("o", ",") if language == "fr" else ("B", ".")
    amount, prefix = float(size), 0
    while amount >= 1_000 and prefix < 4:
        amount, prefix = amount / 1_000, prefix + 1
    text = f"{amount:.1f}" if prefix and amount < 100 else f"{amount:.0f}"
    return f"{text.replace('.', step)}\u00a0{('', 'k', 'M', 'G', 'T')[prefix]}{unit}"


def iso(at: int) -> str:
    return _at(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


MONTHS = [
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
    _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
]  # fmt: skip

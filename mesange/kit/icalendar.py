"""A calendar as other programs subscribe to it: iCalendar (RFC 5545), written."""

from collections.abc import Iterable
from dataclasses import dataclass

from mesange.kit.clock import moment

PROGRAM = "-//Mesange//Calendar//EN"
WIDTH = 75
"""Octets of a line; what is longer goes on in the next one (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Instants are milliseconds since the epoch. `uid` never changes; each change of what is said raises `sequence`.

    `status` is TENTATIVE, CONFIRMED or CANCELLED.
    """

    uid: str
    begins: int
    ends: int
    changed: int
    summary: str
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    status: str = "CONFIRMED"
    sequence: int = 0


def icalendar(name: str, happenings: Iterable[Happening], refresh_minutes: int = 15) -> bytes:
    """The whole file, to be sent as text/calendar in UTF-8."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PROGRAM}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_minutes}M",
        f"X-PUBLISHED-TTL:PT{refresh_minutes}M",
    ]
    for each in happenings:
        lines += _event(each)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(each: Happening) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(each.uid)}",
        f"DTSTAMP:{_instant(each.changed)}",
        f"DTSTART:{_instant(each.begins)}",
        f"DTEND:{_instant(each.ends)}",
        f"SUMMARY:{_text(each.summary)}",
        f"STATUS:{each.status}",
        f"SEQUENCE:{each.sequence}",
        # Posts leave by themselves: nobody is busy meanwhile.
        "TRANSP:TRANSPARENT",
    ]
    if each.description:
        lines.append(f"DESCRIPTION:{_text(each.description)}")
    if each.url:
        lines.append(f"URL:{_plain(each.url)}")
    if each.categories:
        lines.append("CATEGORIES:" + ",".join(map(_text, each.categories)))
    return [*lines, "END:VEVENT"]


def _instant(milliseconds: int) -> str:
    return moment(milliseconds).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """A TEXT value (3.3.11). Control characters have no place in it."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _plain(escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n"))


def _plain(words: str) -> str:
    return "".join(sign for sign in words if sign == "\t" or (sign >= " " and sign != "\x7f"))


def _folded(line: str) -> bytes:
    """Lines of at most `WIDTH` octets, never broken within a character."""
    folded, width = bytearray(), 0
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if width + len(octets) > WIDTH:
            folded += b"\r\n "
            width = 1
        folded += octets
        width += len(octets)
    return bytes(folded) + b"\r\n"

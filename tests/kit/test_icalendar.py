"""The feed of a calendar, read back by the rules of RFC 5545."""

import re

from mesange.kit.icalendar import Happening, icalendar

NINE = 1_795_507_200_000
EVENT = Happening(
    uid="7@tit.example", begins=NINE, ends=NINE + 300_000, changed=NINE - 60_000, summary="Marée basse", sequence=3
)


def lines_of(feed: bytes) -> list[str]:
    assert feed.endswith(b"\r\n") and b"\n" not in feed.replace(b"\r\n", b"")
    assert max(len(line) for line in feed.split(b"\r\n")) <= 75
    return feed.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_feed_says_what_happens_and_when() -> None:
    lines = lines_of(icalendar("Kindy", [EVENT]))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mesange//Calendar//EN"]
    assert {"UID:7@tit.example", "DTSTART:20261124T080000Z", "DTEND:20261124T080500Z", "SEQUENCE:3"} <= set(lines)
    assert {"DTSTAMP:20261124T075900Z", "SUMMARY:Marée basse", "STATUS:CONFIRMED", "X-WR-CALNAME:Kindy"} <= set(lines)
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]


def test_words_cannot_leave_their_line() -> None:
    hostile = "a, b; c\\d\r\nBEGIN:VALARM\x00\n\x1bEND"
    lines = lines_of(icalendar(hostile, [Happening("1", NINE, NINE, NINE, hostile, url="https://a.example/\r\nX:1")]))
    assert "SUMMARY:a\\, b\\; c\\\\d\\nBEGIN:VALARM\\nEND" in lines
    assert "BEGIN:VALARM" not in lines and "URL:https://a.example/X:1" in lines


def test_long_words_are_folded_between_characters() -> None:
    words = "🐦é" * 100
    feed = icalendar("", [Happening("1", NINE, NINE, NINE, words, description=words, categories=("Été, hiver", "b"))])
    assert f"SUMMARY:{words}" in lines_of(feed)
    assert "CATEGORIES:Été\\, hiver,b" in lines_of(feed)
    assert all(re.match(r"[A-Z;=-]+[:;]", line) for line in lines_of(feed))

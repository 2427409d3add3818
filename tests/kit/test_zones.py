"""Times as a clock on the wall shows them: ordinary, left out, and twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mesange.kit.clock import moment
from mesange.kit.zones import DoubleHour, MissingHour, instant_in, instant_of, wall_of, zone_of

PARIS, NEW_YORK, LORD_HOWE = (ZoneInfo(name) for name in ("Europe/Paris", "America/New_York", "Australia/Lord_Howe"))


def told(instant: int) -> str:
    return moment(instant).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("wall", "zone", "universal"),
    [
        ("2026-11-24 18:00", PARIS, "2026-11-24 17:00"),
        ("2026-07-14 18:00", PARIS, "2026-07-14 16:00"),
        ("2026-11-24 18:00", ZoneInfo("UTC"), "2026-11-24 18:00"),
        ("2027-03-28 01:59", PARIS, "2027-03-28 00:59"),
        ("2027-03-28 03:00", PARIS, "2027-03-28 01:00"),
        ("2027-10-31 01:59", PARIS, "2027-10-30 23:59"),
        ("2027-10-31 03:00", PARIS, "2027-10-31 02:00"),
    ],
)
def test_an_ordinary_hour_is_one_instant(wall: str, zone: ZoneInfo, universal: str) -> None:
    instant = instant_of(datetime.fromisoformat(wall), zone)
    assert told(instant) == universal
    assert wall_of(instant, zone).replace(tzinfo=None) == datetime.fromisoformat(wall)


@pytest.mark.parametrize(
    ("wall", "zone"),
    [
        ("2027-03-28 02:00", PARIS),
        ("2027-03-28 02:30", PARIS),
        ("2027-03-28 02:59", PARIS),
        ("2027-03-14 02:30", NEW_YORK),
        ("2026-10-04 02:15", LORD_HOWE),
    ],
)
def test_an_hour_left_out_in_spring_is_refused(wall: str, zone: ZoneInfo) -> None:
    for turn in (None, 0, 1):
        with pytest.raises(MissingHour):
            instant_of(datetime.fromisoformat(wall), zone, turn)


@pytest.mark.parametrize(
    ("wall", "zone", "first", "second"),
    [
        ("2027-10-31 02:30", PARIS, "2027-10-31 00:30", "2027-10-31 01:30"),
        ("2027-11-07 01:30", NEW_YORK, "2027-11-07 05:30", "2027-11-07 06:30"),
        ("2027-04-04 01:45", LORD_HOWE, "2027-04-03 14:45", "2027-04-03 15:15"),
    ],
)
def test_an_hour_that_comes_twice_asks_which(wall: str, zone: ZoneInfo, first: str, second: str) -> None:
    with pytest.raises(DoubleHour):
        instant_of(datetime.fromisoformat(wall), zone)
    assert [told(instant_of(datetime.fromisoformat(wall), zone, turn)) for turn in (0, 1)] == [first, second]


@pytest.mark.parametrize(
    "name", ["", "Europe", "../../etc/passwd", "Europe/Atlantis", "/etc/localtime", "\0", "x" * 999]
)
def test_what_names_no_zone_is_none(name: str) -> None:
    assert zone_of(name) is None


@pytest.mark.parametrize(
    ("text", "universal"),
    [
        ("2026-11-24T18:00:00Z", "2026-11-24 18:00"),
        ("2026-11-24T18:00:00.123+02:00", "2026-11-24 16:00"),
        ("2026-11-24 18:00", "2026-11-24 18:00"),
        (" 20261124T180000Z ", "2026-11-24 18:00"),
    ],
)
def test_a_time_written_by_a_client(text: str, universal: str) -> None:
    instant = instant_in(text)
    assert instant is not None
    assert told(instant) == universal


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30T10:00:00Z", "1790000000", "2026-11-24T25:00:00Z", "9" * 5000])
def test_what_is_no_time_is_none(text: str) -> None:
    assert instant_in(text) is None


def test_the_last_moment_of_all_is_a_time() -> None:
    assert instant_in("9999-12-31T23:59:59Z") == int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp()) * 1000

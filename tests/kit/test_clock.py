"""Times as they leave through the API."""

import pytest

from mesange.kit.clock import DAY, FixedClock, SystemClock, iso, iso_date, moment


@pytest.mark.parametrize(
    ("milliseconds", "text", "date"),
    [
        (0, "1970-01-01T00:00:00.000Z", "1970-01-01"),
        (1, "1970-01-01T00:00:00.001Z", "1970-01-01"),
        (1_700_000_000_999, "2023-11-14T22:13:20.999Z", "2023-11-14"),
        (951_782_399_000, "2000-02-28T23:59:59.000Z", "2000-02-28"),
        (951_868_799_999, "2000-02-29T23:59:59.999Z", "2000-02-29"),
    ],
)
def test_a_time_is_written_in_utc_with_milliseconds(milliseconds: int, text: str, date: str) -> None:
    assert (iso(milliseconds), iso_date(milliseconds)) == (text, date)


def test_a_held_clock_moves_when_told() -> None:
    clock = FixedClock(0)
    clock.move(DAY)
    assert clock.now() == DAY
    assert moment(clock.now()).isoformat() == "1970-01-02T00:00:00+00:00"


def test_the_system_s_clock_counts_milliseconds() -> None:
    assert 1_700_000_000_000 < SystemClock().now() < 5_000_000_000_000

"""Ids: unique, in order, whatever the clock does."""

import random

import pytest

from mesange.kit.clock import HOUR, FixedClock
from mesange.kit.ids import HIGHEST_ID, HIGHEST_NODE, NODE_BITS, SEQUENCE_BITS, Ids, first_id_at, id_of, time_of


def test_a_million_ids_over_a_hundred_clock_jumps_are_unique_and_in_order() -> None:
    dice = random.Random(5)
    clock = FixedClock()
    ids = Ids(clock)
    given: list[int] = []
    for _ in range(100):
        clock.move(dice.randint(-HOUR, HOUR))
        given += [ids.next() for _ in range(10_000)]
    assert len(set(given)) == 1_000_000
    assert given == sorted(given)
    assert given[-1] <= HIGHEST_ID


def test_an_id_tells_its_time_and_its_node() -> None:
    clock = FixedClock()
    assert time_of(Ids(clock).next()) == clock.now()
    node = Ids(clock, node=77).next() >> SEQUENCE_BITS & (1 << NODE_BITS) - 1
    assert node == 77
    assert first_id_at(clock.now()) <= Ids(clock).next() < first_id_at(clock.now() + 1)


def test_two_nodes_never_give_the_same_id() -> None:
    clock = FixedClock()
    one, other = Ids(clock, 0), Ids(clock, HIGHEST_NODE)
    assert not {one.next() for _ in range(20_000)} & {other.next() for _ in range(20_000)}


@pytest.mark.parametrize("node", [-1, HIGHEST_NODE + 1])
def test_a_node_out_of_range_is_refused(node: int) -> None:
    with pytest.raises(ValueError, match="node"):
        Ids(FixedClock(), node)


@pytest.mark.parametrize("ahead", [-HOUR, 0, HOUR])
def test_after_a_known_id_every_id_is_greater(ahead: int) -> None:
    """At start the newest stored id may be ahead of a clock that was set back."""
    clock = FixedClock()
    known = first_id_at(clock.now() + ahead) + 12_345
    ids = Ids(clock)
    ids.observe(known)
    ids.observe(7)
    given = [ids.next() for _ in range(10_000)]
    assert min(given) > known
    assert given == sorted(set(given))


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("12", 12),
        (str(HIGHEST_ID), HIGHEST_ID),
        (str(HIGHEST_ID + 1), None),
        *((text, None) for text in ("", "-1", "1.0", "x", "²", "١٢", " 1", "9" * 30)),
    ],
)
def test_an_id_is_read_from_decimal_digits_only(text: str, id: int | None) -> None:
    assert id_of(text) == id

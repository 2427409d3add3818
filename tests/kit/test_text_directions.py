"""Words that run from right to left, inside a sentence that does not."""

import pytest

from mesange.kit.text.directions import isolated


@pytest.mark.parametrize("name", ["نور", "Alice نور", "שלום"])
def test_what_runs_from_right_to_left_turns_nothing_around_it(name: str) -> None:
    assert f"{isolated(name)} follows you" == f"\u2068{name}\u2069 follows you"


@pytest.mark.parametrize("name", ["", "Élodie", "北京", "7", "🐦"])
def test_what_does_not_stays_as_it_is(name: str) -> None:
    assert isolated(name) == name

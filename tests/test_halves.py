"""The halves of `make test` leave nothing out and run nothing twice."""

from tests.halves import share

NAMES = [f"tests/a.py::test_{name} [('look', {look})]" for name in ("reading", "writing") for look in (0, 1)]


def test_each_is_in_one_half_whatever_the_order() -> None:
    first, second = share(NAMES, 0), share(NAMES[::-1], 1)
    assert first | second == set(NAMES)
    assert not first & second


def test_a_story_told_in_two_looks_is_seen_on_both_engines() -> None:
    for half in (0, 1):
        assert sum("reading" in name for name in share(NAMES, half)) == 1

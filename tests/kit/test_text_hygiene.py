"""What comes from outside is made fit to store."""

import pytest

from mesange.kit.text import clean, clean_name

TEXTS = [
    ("a\x00b\x07c", "abc"),
    ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
    ("\tretrait\n\n", "\tretrait"),
    ("e\u0301", "é"),
    ("\ud800seul", "\ufffdseul"),
    ("\u202eenvers", "\u202eenvers"),
    ("👩‍👧 می‌خواهم", "👩‍👧 می‌خواهم"),
]
NAMES = [
    ("  Lucie \n\t Dupré ", "Lucie Dupré"),
    ("\u202eeicuL\u2066", "eicuL"),
    ("Z" + "\u0300\u0316" * 30, "Z\u0316\u0316\u0316\u0316"),
    ("❤️ 👩‍👧", "❤️ 👩‍👧"),
    ("\x00", ""),
    ("Lu\u200bcie \ufeff \u3164", "Lucie"),
]


@pytest.mark.parametrize(("given", "kept"), TEXTS)
def test_a_text_is_cleaned(given: str, kept: str) -> None:
    assert clean(given) == kept


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_text_is_cut_to_its_limit() -> None:
    assert clean("x" * 50, 10) == "x" * 10
    assert len(clean("\u0958" * 10, 10)) <= 10

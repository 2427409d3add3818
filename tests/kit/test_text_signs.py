"""Signs are counted as people see them."""

import sys

import pytest
import regex

from mesange.kit.text import count_signs, entities, excerpt
from mesange.kit.text import signs as counting

COUNTS = [
    ("", 0),
    ("bonjour", 7),
    ("l’été\r\nici", 9),
    ("e\u0301te\u0301", 3),
    ("👩‍👩‍👧‍👦🇫🇷👍🏽", 3),
    ("각각", 2),
    ("x https://host.example/" + "a" * 200, 25),
    ("https://a.io", 23),
    ("host.example", 12),
    ("@lucie@far.example", 6),
    ("@lucie", 6),
    ("@lucie@far.example https://a.io 🇫🇷", 32),
]


@pytest.mark.parametrize(("text", "signs"), COUNTS)
def test_a_text_has_its_signs(text: str, signs: int) -> None:
    assert count_signs(text) == signs
    assert count_signs(text, entities(text)) == signs


def test_the_fast_path_never_hides_a_joining_character() -> None:
    everything = "".join(map(chr, range(0x300, sys.maxunicode + 1)))
    joining = regex.findall(
        r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}\p{GCB=Prepend}\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=RI}]",
        everything,
    )
    missed = [sign for sign in joining if count_signs("a" + sign) != len(regex.findall(r"\X", "a" + sign))]
    assert len(joining) > 2_000
    assert missed == []
    assert [sign for sign in joining if not counting._MAY_JOIN.match(sign)] == []  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (100, "Belle course ce matin"),
        (21, "Belle course ce matin"),
        (20, "Belle course ce…"),
        (12, "Belle…"),
        (3, "Be…"),
    ],
)
def test_an_excerpt_ends_between_words(length: int, shown: str) -> None:
    assert excerpt("Belle course\n ce matin", length) == shown
    assert count_signs(shown) <= length


def test_an_excerpt_never_splits_a_sign() -> None:
    assert excerpt("👩‍👩‍👧‍👦" * 3, 2) == "👩‍👩‍👧‍👦…"

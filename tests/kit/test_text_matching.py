"""Many words found at once."""

import random

import pytest

from mesange.kit.text.matching import Matcher, Wanted, folded
from tests.costs import work


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [
        ("cat", "a cat sat", True),
        ("cat", "cat", True),
        ("cat", "concatenate", False),
        ("cat", "CAT!", True),
        ("cat", "cat_", False),
        ("cat", "cats", False),
        ("cat", "concat the cat", True),
        ("chats", "les chats, noirs", True),
        ("été", "L’ÉTÉ", True),
        ("ete", "l’été", False),
        ("猫", "黒い猫です", False),
        ("#tag", "a#tag", True),
        ("#tag", "#tags", False),
        ("c++", "I like c++ a lot", True),
        ("two words", "just two words here", True),
        ("ｗｉｄｅ", "wide", True),
        ("", "anything", False),
    ],
)
def test_a_whole_word_stands_alone(word: str, text: str, *, is_found: bool) -> None:
    assert Matcher([Wanted(1, word, is_whole=True)]).found_in(text) == ({1} if is_found else set())


def test_a_part_of_a_word_is_found_where_that_is_wanted() -> None:
    matcher = Matcher([Wanted(1, "cat"), Wanted(2, "at"), Wanted(3, "猫"), Wanted(4, "Cat", is_whole=True)])
    assert matcher.found_in("conCATenate 黒い猫です") == {1, 2, 3}


def test_it_finds_what_a_naive_search_finds() -> None:
    dice = random.Random(1)
    words = ["".join(dice.choices("ab ", k=dice.randint(1, 5))) for _ in range(60)]
    matcher = Matcher(Wanted(id, word) for id, word in enumerate(words))
    for _ in range(200):
        text = "".join(dice.choices("abc ", k=30))
        expected = {id for id, word in enumerate(words) if word.strip() and folded(word).strip() in text}
        assert matcher.found_in(text) == expected


def test_g6_hostile_words_and_texts_take_little_time() -> None:
    matcher = Matcher(Wanted(length, "a" * length) for length in range(1, 101))
    with work() as done:
        assert len(matcher.found_in("a" * 100_000)) == 100
    assert done.seconds < 0.05

"""Style sheets: each rule in a layer, none that shouts, none for one direction of writing, no motion of its own."""

import re

import pytest

from scripts.code import PACKAGE

SHEETS = sorted(PACKAGE.glob("kit/web/static/**/*.css"))
PHYSICAL = re.compile(
    r"(?<!safe-area-)\b(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b"
    r"|[\s{;](?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
MOVING = re.compile(r"\b(?:transition|animation)(?:-duration)?\s*:([^;}]*)")
OWN_TIME = re.compile(r"\d+m?s\b")


@pytest.fixture(params=SHEETS, ids=lambda sheet: sheet.name)
def rules(request: pytest.FixtureRequest) -> str:
    """The sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", request.param.read_text("utf-8"), flags=re.DOTALL)


def test_every_rule_stands_in_a_layer_and_none_shouts(rules: str) -> None:
    depth, outside = 0, ""
    for part in re.split(r"([{}])", rules):
        outside += part if depth == 0 and part not in "{}" else ""
        depth += {"{": 1, "}": -1}.get(part, 0)
    assert re.fullmatch(r"\s*(?:@layer [\w, ]+;?\s*)+", outside), outside
    assert "!important" not in rules


def test_nothing_is_written_for_one_direction_only(rules: str) -> None:
    assert PHYSICAL.findall(rules) == []


def test_what_moves_stands_still_for_who_asks(rules: str) -> None:
    """Every duration is made of the token that is 0 where people want no motion."""
    moves = [move.strip() for move in MOVING.findall(rules)]
    assert [move for move in moves if "var(--quick)" not in move or OWN_TIME.search(move)] == []

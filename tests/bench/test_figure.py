"""A figure says by itself whether it reaches its goal."""

import pytest

from bench.figure import Figure, Verdict
from bench.table import as_markdown, as_text


@pytest.mark.parametrize(
    ("value", "goal", "at_least", "verdict"),
    [
        (1.3, 1.3, False, Verdict.OK),
        (1.31, 1.3, False, Verdict.SHORT),
        (4_000, 4_000, True, Verdict.OK),
        (3_999, 4_000, True, Verdict.SHORT),
        (1.0, None, False, Verdict.NOTED),
    ],
)
def test_a_figure_meets_its_goal_or_falls_short(
    value: float, goal: float | None, at_least: bool, verdict: Verdict
) -> None:
    assert Figure("home", value, "×", goal, at_least).verdict is verdict


def test_a_figure_that_could_not_be_measured_says_why() -> None:
    failed = Figure.failed("streams", "the server answered 404")
    assert failed.verdict is Verdict.FAILED
    assert "404" in as_text([failed])


def test_the_table_reads_as_text_and_as_markdown() -> None:
    figures = [
        Figure("home", 1.62, "×", 2.0, detail="55 µs against 34 µs"),
        Figure("posts", 4310, "/s", 4000, at_least=True),
    ]
    assert "×1.62     ≤ ×2.00" in as_text(figures)
    assert "| posts | 4 310 /s | ≥ 4 000 /s | ok |  |" in as_markdown(figures)

"""One line of the table: what was measured, and whether it reaches its goal."""

from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan
from typing import Self


class Verdict(StrEnum):
    OK = "ok"
    SHORT = "short"
    FAILED = "failed"
    NOTED = "–"


@dataclass(frozen=True)
class Figure:
    """A measured value beside its goal. `unit` is "×" for a ratio of the same run."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False
    detail: str = ""

    @classmethod
    def failed(cls, name: str, reason: str) -> Self:
        return cls(name, nan, "", detail=reason)

    @property
    def verdict(self) -> Verdict:
        if isnan(self.value):
            return Verdict.FAILED
        if self.goal is None:
            return Verdict.NOTED
        reached = self.value >= self.goal if self.at_least else self.value <= self.goal
        return Verdict.OK if reached else Verdict.SHORT

    @property
    def measured(self) -> str:
        return "–" if isnan(self.value) else quantity(self.value, self.unit)

    @property
    def target(self) -> str:
        if self.goal is None:
            return "–"
        return f"{'≥' if self.at_least else '≤'} {quantity(self.goal, self.unit)}"


def quantity(value: float, unit: str) -> str:
    """`×1.42`, `4 310 /s`, `12.4 ms`: three figures are enough, thousands stand apart."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    number = f"{value:,.{digits}f}".replace(",", " ")
    return f"×{number}" if unit == "×" else f"{number} {unit}"

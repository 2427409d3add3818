"""Counts of requests and their times, cheap enough for every request, and the Prometheus text that tells them.

A label is a route's pattern or a word of ours, never something that came from outside: nobody can fill the memory with
new series (G18 of the known attacks).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds in seconds."""
Labels: TypeAlias = Mapping[str, str]
Sample: TypeAlias = tuple[Labels, float]


class Requests:
    """`series` by (method, route, status): a count per bucket, one for what took longer, then the seconds together."""

    def __init__(self) -> None:
        self.series: dict[tuple[str, str, int], list[float]] = {}

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        key = (method, route, status)
        series = self.series.get(key)
        if series is None:
            series = self.series[key] = [0.0] * (len(BUCKETS) + 2)
        series[bisect_left(BUCKETS, seconds)] += 1
        series[-1] += seconds


@dataclass(frozen=True, slots=True)
class RouteTimes:
    """How long answers of a route took, in milliseconds: on average, and nineteen of twenty at most (`inf`: more than
    the last bucket tells)."""

    route: str
    answers: int
    average: float
    most: float


def slowest_routes(requests: Requests, most: int) -> list[RouteTimes]:
    """Since this process started, the slowest average first; routes that are streams are not answers."""
    found = [_times_of(route, series) for route, series in _by_route(requests).items()]
    return sorted(found, key=lambda each: -each.average)[:most]


def _times_of(route: str, series: list[float]) -> RouteTimes:
    *times, seconds = series
    answers, below, most = sum(times), 0.0, float("inf")
    for bound, count in zip(BUCKETS, times, strict=False):
        below += count
        if below >= 0.95 * answers:
            most = bound * 1000
            break
    return RouteTimes(route, int(answers), seconds / answers * 1000, most)


def family(name: str, kind: str, meaning: str, samples: Iterable[Sample]) -> str:
    """One metric in Prometheus' text format 0.0.4; empty when there is nothing to tell."""
    lines = [f"{name}{_labels(labels)} {value:g}" for labels, value in samples]
    return "\n".join([f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *lines, ""]) if lines else ""


def requests_text(requests: Requests) -> str:
    counted = [
        ({"method": method, "route": route, "status": str(status)}, sum(times))
        for (method, route, status), (*times, _) in sorted(requests.series.items())
    ]
    text = family("mesange_requests_total", "counter", "Answered requests.", counted)
    lines: list[str] = []
    for route, (*times, seconds) in sorted(_by_route(requests).items()):
        below = 0
        for bound, count in zip((*BUCKETS, float("inf")), times, strict=True):
            below += int(count)
            end = "+Inf" if bound == float("inf") else f"{bound:g}"
            lines.append(f"mesange_request_seconds_bucket{_labels({'route': route, 'le': end})} {below}")
        lines.append(f"mesange_request_seconds_sum{_labels({'route': route})} {seconds:.6f}")
        lines.append(f"mesange_request_seconds_count{_labels({'route': route})} {below}")
    head = ["# HELP mesange_request_seconds Time to an answer.", "# TYPE mesange_request_seconds histogram"]
    return text + "\n".join([*head, *lines, ""])


def _by_route(requests: Requests) -> dict[str, list[float]]:
    added: dict[str, list[float]] = {}
    for (_, route, _), series in requests.series.items():
        known = added.get(route)
        added[route] = [one + other for one, other in zip(known, series, strict=True)] if known else series
    return added


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

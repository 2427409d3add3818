"""Counts of requests and their times, cheap enough for every request, and the Prometheus text that tells them.

A label is a route's pattern or a word of ours, never something that came from outside: nobody can fill the memory with
new series (G18 of the known attacks).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import TypeAlias

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds in seconds."""
Labels: TypeAlias = Mapping[str, str]
Sample: TypeAlias = tuple[Labels, float]


class Requests:
    """`counted` by (method, route, status); `times` by route, one count per bucket and one for what took longer."""

    def __init__(self) -> None:
        self.counted: dict[tuple[str, str, int], int] = {}
        self.times: dict[str, list[int]] = {}
        self.seconds: dict[str, float] = {}

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        key = (method, route, status)
        self.counted[key] = self.counted.get(key, 0) + 1
        times = self.times.get(route)
        if times is None:
            times = self.times[route] = [0] * (len(BUCKETS) + 1)
            self.seconds[route] = 0.0
        times[bisect_left(BUCKETS, seconds)] += 1
        self.seconds[route] += seconds


def family(name: str, kind: str, meaning: str, samples: Iterable[Sample]) -> str:
    """One metric in Prometheus' text format 0.0.4; empty when there is nothing to tell."""
    lines = [f"{name}{_labels(labels)} {value:g}" for labels, value in samples]
    return "\n".join([f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *lines, ""]) if lines else ""


def requests_text(requests: Requests) -> str:
    counted = [
        ({"method": method, "route": route, "status": str(status)}, float(count))
        for (method, route, status), count in sorted(requests.counted.items())
    ]
    text = family("mesange_requests_total", "counter", "Answered requests.", counted)
    lines: list[str] = []
    for route, times in sorted(requests.times.items()):
        below = 0
        for bound, count in zip((*BUCKETS, float("inf")), times, strict=True):
            below += count
            end = "+Inf" if bound == float("inf") else f"{bound:g}"
            lines.append(f"mesange_request_seconds_bucket{_labels({'route': route, 'le': end})} {below}")
        lines.append(f"mesange_request_seconds_sum{_labels({'route': route})} {requests.seconds[route]:.6f}")
        lines.append(f"mesange_request_seconds_count{_labels({'route': route})} {below}")
    head = ["# HELP mesange_request_seconds Time to an answer.", "# TYPE mesange_request_seconds histogram"]
    return text + "\n".join([*head, *lines, ""])


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

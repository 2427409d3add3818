"""The one error of the suite: the server did not do what the measure needs."""

from bench.wire import Answer


class MeasureFailed(Exception):
    """Shown in the table instead of a figure; the other figures go on."""


def refused(answer: Answer) -> MeasureFailed:
    return MeasureFailed(f"the server answered {answer.status}: {answer.body[:200].decode(errors='replace')}")

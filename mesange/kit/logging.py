"""Log lines as `time level message key=value …`, one per fact, on the standard error stream."""

import logging
import sys
from typing import Any


class Log:
    """A logger whose facts are keywords. Never pass a secret, a text of a person or a mail address."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, message: str, **facts: object) -> None:
        self._logger.debug(_line(message, facts))

    def info(self, message: str, **facts: object) -> None:
        self._logger.info(_line(message, facts))

    def warning(self, message: str, **facts: object) -> None:
        self._logger.warning(_line(message, facts))

    def exception(self, message: str, **facts: object) -> None:
        self._logger.exception(_line(message, facts))  # noqa: LOG004 - its callers stand in an except block


def configure(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


def _line(message: str, facts: dict[str, Any]) -> str:
    return " ".join([message, *(f"{key}={value!r}" for key, value in facts.items())])


log = Log("mesange")

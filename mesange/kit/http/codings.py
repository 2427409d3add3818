"""Content codings: a body as it is, or gzip inflated no further than the budget allows."""

import zlib
from typing import Protocol

from mesange.kit.http.budget import Budget
from mesange.kit.http.errors import OutgoingFailed

ACCEPTED = "gzip"
GZIP_ONLY = 16 + zlib.MAX_WBITS


class Coding(Protocol):
    def decoded(self, received: bytes) -> bytes: ...

    def finish(self) -> None: ...


class Identity:
    def decoded(self, received: bytes) -> bytes:
        return received

    def finish(self) -> None:
        pass


class Gzip:
    """Raises OutgoingFailed for a bomb, for a body cut short and for anything that is not one gzip member."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._stream = zlib.decompressobj(GZIP_ONLY)
        self._has_begun = False

    def decoded(self, received: bytes) -> bytes:
        self._has_begun = True
        try:
            inflated = self._stream.decompress(received, self._budget.bytes_left + 1)
        except zlib.error:
            raise OutgoingFailed("The other server's gzip cannot be read.") from None
        self._budget.spend_bytes(len(inflated))
        if self._stream.unused_data:
            raise OutgoingFailed("The other server's gzip goes on after its end.")
        return inflated

    def finish(self) -> None:
        if self._has_begun and not self._stream.eof:
            raise OutgoingFailed("The other server's gzip is cut short.")


def coding_named(name: str, budget: Budget) -> Coding:
    match name.strip().lower():
        case "" | "identity":
            return Identity()
        case "gzip" | "x-gzip":
            return Gzip(budget)
        case _:
            raise OutgoingFailed("The other server answered in a coding we did not ask for.")

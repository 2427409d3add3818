"""What one task may spend outside, counted down while it spends."""

import time

from mesange.kit.http.errors import OutgoingFailed, OutgoingRefused

MEBIBYTE = 1 << 20


class Budget:
    """Time, bytes, redirects and requests that one task may spend; pass the same one to each of its requests.

    The clock starts when the budget is made. A byte counts when it comes off the wire, headers included, and once
    more when it inflates.
    """

    def __init__(
        self, *, seconds: float = 30.0, bytes_read: int = MEBIBYTE, redirects: int = 3, requests: int = 10
    ) -> None:
        self._deadline = time.monotonic() + seconds
        self.bytes_left = bytes_read
        self._redirects_left = redirects
        self._requests_left = requests

    def seconds_for(self, wish: float) -> float:
        """As many of the wished seconds as are left, zero at the least."""
        return max(0.0, min(wish, self._deadline - time.monotonic()))

    def spend_bytes(self, count: int) -> None:
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise OutgoingFailed("The other server sent more than we read.")

    def spend_redirect(self) -> None:
        self._redirects_left -= 1
        if self._redirects_left < 0:
            raise OutgoingFailed("The other server redirects too often.")

    def spend_request(self) -> None:
        self._requests_left -= 1
        if self._requests_left < 0:
            raise OutgoingRefused("This task has asked other servers too often.")

"""Rate limits: fixed windows in memory, told in X-RateLimit headers. Each edge has its own numbers."""

from dataclasses import dataclass

from mesange.kit.clock import moment
from mesange.kit.errors import TooMany
from mesange.kit.recent import Recent
from mesange.kit.web.response import Headers

MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` calls in each window of `window` milliseconds."""

    name: str
    most: int
    window: int


class RateLimits:
    """[end of the window, calls in it] by (limit, who); who is a user's id or a visitor's address (IPv6 by /64)."""

    def __init__(self) -> None:
        self._counted: Recent[tuple[str, int | str], list[int]] = Recent(MOST_COUNTED)
        self._resets: Recent[int, bytes] = Recent(100)

    def count(self, limit: Limit, who: int | str, now: int) -> Headers:
        """Count one call; the headers that tell it. Raises TooMany with the seconds to wait."""
        end = now - now % limit.window + limit.window
        key = (limit.name, who)
        window = self._counted.get(key)
        if window is None or window[0] != end:
            window = [end, 0]
            self._counted.keep(key, window)
        window[1] += 1
        used = window[1]
        if used > limit.most:
            refusal = TooMany(retry_after=(end - now) // 1000 + 1)
            refusal.told = tuple(self.headers(limit, 0, end))
            raise refusal
        return self.headers(limit, limit.most - used, end)

    def free(self, limit: Limit, now: int) -> Headers:
        """The headers for whom the limits are lifted."""
        return self.headers(limit, limit.most, now - now % limit.window + limit.window)

    def headers(self, limit: Limit, remaining: int, end: int) -> Headers:
        reset = self._resets.get(end)
        if reset is None:
            reset = f"{moment(end):%Y-%m-%dT%H:%M:%S.%f}Z".encode()
            self._resets.keep(end, reset)
        return (
            (b"x-ratelimit-limit", b"%d" % limit.most),
            (b"x-ratelimit-remaining", b"%d" % remaining),
            (b"x-ratelimit-reset", reset),
        )


def network_of(address: str) -> str:
    """IPv4 whole, IPv6 by its first 64 bits."""
    return ":".join(address.split(":")[:4]) if ":" in address else address

"""Who keeps this machine: a request from itself, straight, or one that knows the token."""

import hmac

from mesange.kit.server import Server
from mesange.kit.web.request import Request

LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = (b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via")


def is_operator(server: Server, request: Request) -> bool:
    """From the loopback without having passed a proxy there, or with `Authorization: Bearer METRICS_TOKEN`.

    Whoever comes through a proxy on this machine comes from the loopback as well: what it adds tells them apart.
    """
    token = server.settings.metrics_token
    if token:
        given = request.header(b"authorization").removeprefix("Bearer ").strip()
        return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
    return request.client_address in LOOPBACK and not any(name in request.headers for name in FORWARDED)

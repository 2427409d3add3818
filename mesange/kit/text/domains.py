"""Names of servers, in the one form in which they are compared."""

import re
from collections.abc import Iterator

from mesange.kit.errors import Invalid

MOST_DOMAIN = 253
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
PORT = re.compile(r":[0-9]{1,5}", re.ASCII)


def checked_domain(text: str) -> str:
    """Lower case, ASCII, without a dot at the end; a port stays. Raises Invalid for what is no name of a server.

    Names in other scripts become their `xn--` form (RFC 3490).
    """
    name = text[: 4 * MOST_DOMAIN].strip().lower().removeprefix("https://").removeprefix("http://")
    host, colon, port = name.removeprefix("@").removesuffix("/").partition(":")
    host = _ascii(host).removesuffix(".")
    is_name = 0 < len(host) <= MOST_DOMAIN and all(LABEL.fullmatch(label) for label in host.split("."))
    if not is_name or (colon and not PORT.fullmatch(colon + port)):
        raise Invalid("This is not the name of a server.", field="domain")
    return host + colon + port


def _ascii(host: str) -> str:
    """Empty when the name has no such form."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def parents_of(domain: str) -> Iterator[str]:
    """The domain itself and every name above it: `a.b.example` is under `b.example` and `example`."""
    name = domain.partition(":")[0]
    if name != domain:
        yield domain
    while name:
        yield name
        name = name.partition(".")[2]

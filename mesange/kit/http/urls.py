"""Reading a URL in one way only, so that what is checked is what is visited.

A host is a name, a dotted IPv4 address or a bracketed IPv6 address. Every other spelling of a number (integer, octal,
hexadecimal, short form, trailing dot) is refused even for a public address: one spelling cannot be misread.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

from mesange.kit.http.addresses import Address
from mesange.kit.http.errors import OutgoingRefused

LONGEST_URL = 4_096
LONGEST_HOST = 253
USUAL_PORTS = {"http": 80, "https": 443}
FIRST_UNPRIVILEGED_PORT = 1_024

FORBIDDEN_CHARACTER = re.compile("[\x00-\x20\x7f\\\\\ud800-\udfff]")
URL = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<ipv6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:[/?][^#]*)?)(?:#.*)?",
    re.ASCII | re.IGNORECASE,
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.ASCII | re.IGNORECASE)
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)


@dataclass(frozen=True)
class Target:
    """Where one request goes. `address` is set when the host is written as a number."""

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None

    @classmethod
    def read(cls, url: str) -> "Target":
        """The target of an http or https URL; raises OutgoingRefused for everything unclear."""
        refuse_unclear(url)
        if (match := URL.fullmatch(url)) is None:
            raise OutgoingRefused("Only a plain http or https address can be visited.")
        scheme = match["scheme"].lower()
        host = (match["name"] or match["ipv6"]).lower()
        address = read_ipv6(host) if match["ipv6"] else read_host(host)
        return cls(scheme, host, read_port(match["port"], scheme), spelled(match["path"]), address)

    @property
    def authority(self) -> str:
        """What stands in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == USUAL_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path

    def redirected(self, location: str) -> "Target":
        """Where a Location header, whole or relative, leads from here."""
        refuse_unclear(location)
        if SCHEME.match(location):
            return Target.read(location)
        try:
            return Target.read(urljoin(self.url, location))
        except ValueError:
            raise OutgoingRefused(f"{self.host} redirects to an address that cannot be read.") from None


def refuse_unclear(url: str) -> None:
    if len(url) > LONGEST_URL:
        raise OutgoingRefused("This address is too long.")
    if FORBIDDEN_CHARACTER.search(url):
        raise OutgoingRefused("This address holds a character that no address may hold.")


def read_host(host: str) -> IPv4Address | None:
    """None for a name, the address for a dotted IPv4; raises OutgoingRefused for anything in between."""
    labels = host.split(".")
    if len(host) > LONGEST_HOST or not all(LABEL.fullmatch(label) for label in labels):
        raise OutgoingRefused("The name of this host is not well formed.")
    if not NUMBER.fullmatch(labels[-1]):
        return None
    try:
        return IPv4Address(host)
    except ValueError:
        raise OutgoingRefused("An address in numbers is written with four decimal numbers.") from None


def read_ipv6(host: str) -> IPv6Address:
    try:
        return IPv6Address(host)
    except ValueError:
        raise OutgoingRefused("The name of this host is not well formed.") from None


def read_port(port: str | None, scheme: str) -> int:
    """Any port a web server may use: 80, 443 and the unprivileged ones, so never SSH, SMTP, DNS or IMAP."""
    number = int(port) if port else USUAL_PORTS[scheme]
    if number in USUAL_PORTS.values() or FIRST_UNPRIVILEGED_PORT <= number <= 0xFFFF:
        return number
    raise OutgoingRefused(f"Port {number} is not a port of the web.")


def spelled(path: str) -> str:
    """Path and query in ASCII, never empty."""
    path = path if path.startswith("/") else "/" + path
    return "".join(sign if sign.isascii() else quote(sign) for sign in path)

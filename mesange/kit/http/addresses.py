"""Which addresses are nobody's public server.

Python's own `ipaddress` is not a sufficient filter: of 38 dangerous addresses `is_private` is false for 14 and
`is_global` true for 13. So the table stands here, whole, and IPv6 must besides be global unicast (2000::/3).
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

FORBIDDEN_IPV4 = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    255.255.255.255/32
"""
FORBIDDEN_IPV6 = """
    ::/128 ::1/128 ::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:10::/28
    2001:20::/28 2001:db8::/32 2002::/16 3fff::/20 fc00::/7 fe80::/10 fec0::/10 ff00::/8
"""
FORBIDDEN: tuple[Network, ...] = tuple(ip_network(text) for text in (FORBIDDEN_IPV4 + FORBIDDEN_IPV6).split())
GLOBAL_UNICAST = IPv6Network("2000::/3")


def is_forbidden(address: Address, allowed: Collection[Network] = ()) -> bool:
    """Whether our server must not connect there. `allowed` are the exceptions of development and tests."""
    if any(address in network for network in allowed):
        return False
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return True
    return any(address in network for network in FORBIDDEN)

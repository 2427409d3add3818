"""Outgoing HTTP: the only door through which this server opens a connection to a stranger.

Every address is checked after it is resolved and before it is used, at every redirect; every answer is counted
in time and in bytes while it is read. Limits to match or beat: Mastodon's (5 s, 10 s, 30 s, 3 redirects, 1 MB).
"""

from ipaddress import ip_network

from mesange.kit.http.addresses import Network, is_forbidden
from mesange.kit.http.budget import Budget
from mesange.kit.http.client import Answer, Http
from mesange.kit.http.errors import OutgoingFailed, OutgoingRefused
from mesange.kit.http.urls import Target
from mesange.kit.settings import Settings

__all__ = [
    "Answer",
    "Budget",
    "Http",
    "Network",
    "OutgoingFailed",
    "OutgoingRefused",
    "Target",
    "is_forbidden",
    "open_http",
]


def open_http(settings: Settings) -> Http:
    """The server's one client of other servers. Raises ValueError for a reachable network that is none."""
    reachable = frozenset(ip_network(network) for network in settings.reachable_networks)
    return Http(settings.public_origin, allowed_addresses=reachable)

"""Everything that this room answers to, screens apart."""

from mesange.workspace.publishing.api import links, outside, publications, relays

ROUTES = [*publications.ROUTES, *relays.ROUTES, *links.ROUTES, *outside.ROUTES]

"""Everything that this room answers to, screens apart."""

from mesange.workspace.publishing.api import links, outside, relays

ROUTES = [*relays.ROUTES, *links.ROUTES, *outside.ROUTES]

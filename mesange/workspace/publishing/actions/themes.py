"""Themes of the editorial calendar."""

from mesange.core.accounts.model import Viewer
from mesange.kit.errors import Invalid
from mesange.kit.server import Server
from mesange.workspace.publishing.model import Theme
from mesange.workspace.publishing.queries import check_planner
from mesange.workspace.publishing.tables import themes

MOST_NAME, MOST_COLOURS = 60, 12


async def add_theme(server: Server, viewer: Viewer, organization_id: int, name: str, colour: int = 0) -> Theme:
    """Raises NotFound, Forbidden (only editors of the whole organization), Invalid, Duplicate."""
    if not 0 < len(name := name.strip()) <= MOST_NAME or not 0 <= colour < MOST_COLOURS:
        raise Invalid(f"A theme has a name of at most {MOST_NAME} signs, and one of {MOST_COLOURS} colours.")
    theme = Theme(server.ids.next(), organization_id, name, colour)
    async with server.db.transaction() as tx:
        await check_planner(tx, viewer, organization_id)
        await tx.insert(themes, theme)
    return theme

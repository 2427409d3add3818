"""Links of our own: made for an account that wants them, led on, and counted by the day."""

import secrets
import string

from mesange.core.accounts.model import Account, Viewer
from mesange.core.teams.actions import note_act
from mesange.core.teams.model import Deed
from mesange.kit.clock import DAY
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server
from mesange.workspace.publishing.model.links import (
    LinkTracking,
    ShortLink,
    checked_tracking,
    checked_url,
    is_bot,
    tagged,
)
from mesange.workspace.publishing.queries.links import find_link_to, find_tracking
from mesange.workspace.publishing.queries.rights import writing_role
from mesange.workspace.publishing.tables import short_links

SIGNS = string.ascii_letters + string.digits
CODE_LENGTH = 8


async def shorten_link(server: Server, viewer: Viewer, account_id: int, url: str, campaign: str = "") -> ShortLink:
    """The account's short link to an address, with its UTM values if it has any; the same one each time.

    Raises NotFound, Forbidden, Invalid.
    """
    organization_id, _ = await writing_role(server.db, viewer, account_id)
    url = checked_url(url)
    tracking = await find_tracking(server.db, account_id)
    if tracking is not None:
        name = await server.db.value("SELECT username FROM accounts WHERE id = ?", account_id)
        url = tagged(url, tracking, name or "", campaign)
    return await _kept(server, viewer, organization_id, account_id, url, campaign)


async def _kept(
    server: Server, viewer: Viewer, organization_id: int, account_id: int, url: str, campaign: str
) -> ShortLink:
    if found := await find_link_to(server.db, account_id, url):
        return found
    code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    made = ShortLink(server.ids.next(), code, organization_id, account_id, viewer.user_id, url, campaign[:100])
    async with server.db.transaction() as tx:
        await tx.execute(f"{short_links.insert_text} ON CONFLICT DO NOTHING", *short_links.values(made))
    # Somebody else may have been first.
    return await find_link_to(server.db, account_id, url) or made


async def led_over_ours(server: Server, viewer: Viewer, account: Account, url: str, campaign: str = "") -> str:
    """The address to write into a post of the account: its own, unless the account tracks its links."""
    tracking = await find_tracking(server.db, account.id) if url and account.organization_id else None
    if tracking is None or url.startswith(f"{server.settings.public_origin}/"):
        return url
    address = tagged(url, tracking, account.username, campaign)
    link = await _kept(server, viewer, account.organization_id or 0, account.id, address, campaign)
    return f"{server.settings.public_origin}/l/{link.code}"


async def track_links(server: Server, viewer: Viewer, tracking: LinkTracking) -> None:
    """From now on, links that this room publishes for the account are led over ours. Raises NotFound, Forbidden,
    Invalid."""
    await _change_tracking(server, viewer, tracking.account_id, checked_tracking(tracking))


async def stop_tracking(server: Server, viewer: Viewer, account_id: int) -> None:
    """Links that are out keep working, and count on. Raises NotFound, Forbidden."""
    await _change_tracking(server, viewer, account_id, None)


async def _change_tracking(server: Server, viewer: Viewer, account_id: int, tracking: LinkTracking | None) -> None:
    organization_id, role = await writing_role(server.db, viewer, account_id)
    if not role.may_publish:
        raise Forbidden("Only who may publish for this account decides how its links are led.")
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM link_trackings WHERE account_id = ?", account_id)
        if tracking is not None:
            await tx.execute(
                "INSERT INTO link_trackings (account_id, organization_id, source, medium, campaign) "
                "VALUES (?, ?, ?, ?, ?)",
                *(account_id, organization_id, tracking.source, tracking.medium, tracking.campaign),
            )
        act = "link tracking began" if tracking else "link tracking ended"
        await note_act(server, tx, organization_id, Deed(act, viewer.user_id, account_id, viewer.client_id))


async def count_click(server: Server, link: ShortLink, user_agent: str) -> None:
    """One more today; nothing of who it was is kept."""
    bot = int(is_bot(user_agent))
    async with server.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO link_counts (link_id, day, people, bots) VALUES (?, ?, ?, ?) ON CONFLICT (link_id, day) "
            "DO UPDATE SET people = link_counts.people + excluded.people, bots = link_counts.bots + excluded.bots",
            *(link.id, server.clock.now() // DAY, 1 - bot, bot),
        )

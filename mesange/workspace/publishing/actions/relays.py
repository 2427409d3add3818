"""Relays as members make and keep them: look first, add, pause, go on, end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import get_account
from mesange.core.teams.actions import note_act
from mesange.core.teams.model import Deed
from mesange.kit.db import Duplicate, Transaction
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.feeds import Feed
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.feeds import FeedFailed, Fetched, fetch_feed
from mesange.workspace.publishing.actions.hubs import meet_hub
from mesange.workspace.publishing.model.readings import entries_of
from mesange.workspace.publishing.model.relay_texts import DEFAULT_TEMPLATE, checked_template, post_text
from mesange.workspace.publishing.model.relays import (
    MOST_FIRST,
    MOST_RELAYS,
    FeedRelay,
    ItemState,
    RelayedItem,
    RelayState,
    RelayTrouble,
    spread,
)
from mesange.workspace.publishing.queries.relays import get_relay, hold_relay
from mesange.workspace.publishing.queries.rights import writing_role
from mesange.workspace.publishing.tables import feed_relays, relayed_items

MOST_SHOWN = 10


class UnfitFeed(Invalid):
    """No relay can be made of this address; `feeds` are those that stand there as a page names them."""

    def __init__(self, failure: FeedFailed) -> None:
        super().__init__(
            TROUBLE_WORDS[failure.trouble].format(detail=failure.detail), field="url", code=failure.trouble
        )
        self.feeds = failure.feeds


TROUBLE_WORDS = {
    RelayTrouble.PAGE: "This is a page, not a feed.",
    RelayTrouble.NO_FEED: "What stands there is no feed that can be read: neither RSS, Atom nor JSON Feed.",
    RelayTrouble.HOSTILE: "This feed is made to harm whoever reads it. It is not read.",
    RelayTrouble.TOO_LARGE: "This feed is too large.",
    RelayTrouble.TOO_SLOW: "This feed takes too long to read.",
    RelayTrouble.REFUSED: "This address may not be visited from here.",
    RelayTrouble.UNREACHABLE: "The other server did not answer as it should.",
    RelayTrouble.ANSWER: "The other server does not give out this feed: it answered {detail}.",
    RelayTrouble.GONE: "The other server says that this feed has ended.",
}


@dataclass(frozen=True, slots=True)
class RelayPreview:
    """What a relay would publish: posts of the newest items, each with its item."""

    url: str
    title: str
    posts: tuple[tuple[str, RelayedItem], ...]


def signs_of(server: Server, account: Account) -> int:
    return account.max_signs or server.settings.max_signs


async def check_relaying(server: Server, viewer: Viewer, account_id: int) -> int:
    """The organization of an account to which the viewer may relay. Raises NotFound, Forbidden."""
    organization_id, role = await writing_role(server.db, viewer, account_id)
    if not role.may_publish:
        raise Forbidden("Only who may publish for this account relays feeds to it.")
    return organization_id


async def preview_relay(server: Server, viewer: Viewer, account_id: int, url: str, template: str) -> RelayPreview:
    """Read the feed now, and change nothing. Raises NotFound, Forbidden, Invalid, UnfitFeed."""
    await check_relaying(server, viewer, account_id)
    template = checked_template(template)
    fetched, feed = await _fetched(server, url)
    most = signs_of(server, await get_account(server, account_id))
    newest = entries_of(0, feed.items)[::-1][:MOST_SHOWN]
    return RelayPreview(fetched.url, feed.title, tuple((post_text(template, item, most), item) for item in newest))


async def _fetched(server: Server, url: str) -> tuple[Fetched, Feed]:
    try:
        fetched = await fetch_feed(server, url.strip())
    except FeedFailed as failure:
        raise UnfitFeed(failure) from failure
    if fetched.feed is None:
        raise NotFound()
    return fetched, fetched.feed


async def add_relay(
    server: Server, viewer: Viewer, account_id: int, url: str, template: str, first: int = 0
) -> FeedRelay:
    """Relay from now on what is new, and of what is there the newest `first`. Raises what `preview_relay` raises."""
    organization_id = await check_relaying(server, viewer, account_id)
    template = checked_template(template)
    if not 0 <= first <= MOST_FIRST:
        raise Invalid(f"At most {MOST_FIRST} items that are there already can be relayed.", field="first")
    fetched, feed = await _fetched(server, url)
    relay = _new_relay(server, viewer, organization_id, account_id, template, fetched, feed)
    entries = entries_of(relay.id, feed.items)
    async with server.db.transaction() as tx:
        await _check_room(tx, organization_id)
        try:
            await tx.insert(feed_relays, relay)
        except Duplicate:
            raise Invalid("This account relays this feed already.", field="url") from None
        for number, entry in enumerate(entries, 1):
            state = ItemState.WAITING if number > len(entries) - first else ItemState.KNOWN
            await tx.insert(relayed_items, replace(entry, id=server.ids.next(), state=state))
        await meet_hub(server, tx, relay.id, feed)
        await _note(server, tx, viewer, "relay added", relay)
    return relay


def _new_relay(
    server: Server,
    viewer: Viewer,
    organization_id: int,
    account_id: int,
    template: str,
    fetched: Fetched,
    feed: Feed,
) -> FeedRelay:
    now = server.clock.now()
    relay = FeedRelay(
        id=server.ids.next(),
        organization_id=organization_id,
        account_id=account_id,
        user_id=viewer.user_id,
        url=fetched.url,
        host=urlsplit(fetched.url).netloc,
        template=template,
        state=RelayState.ACTIVE,
        title=feed.title[:200],
        since=now,
        asked_at=now,
        read_at=now,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        digest=fetched.digest,
    )
    return replace(relay, next_at=now + spread(relay.wait, relay.id, now))


async def bring_relays(server: Server, viewer: Viewer, account_id: int, urls: Sequence[str]) -> int:
    """A relay of each address that the account has not yet, read soon: what stands there then is not relayed.

    How many there are now more. Raises NotFound, Forbidden, Invalid.
    """
    organization_id = await check_relaying(server, viewer, account_id)
    if not urls:
        raise Invalid("There is no feed in this list.", field="opml")
    fetched = [Fetched(url[:2_000], None) for url in urls]
    blank = Feed("", "", ())
    made = 0
    async with server.db.transaction() as tx:
        await _check_room(tx, organization_id, len(urls))
        for each in fetched:
            relay = _new_relay(server, viewer, organization_id, account_id, DEFAULT_TEMPLATE, each, blank)
            relay = replace(relay, read_at=None, asked_at=0, next_at=server.clock.now())
            statement = f"{feed_relays.insert_text} ON CONFLICT DO NOTHING"
            if await tx.execute(statement, *feed_relays.values(relay)):
                made += 1
                await _note(server, tx, viewer, "relay added", relay)
    return made


async def _check_room(tx: Transaction, organization_id: int, more: int = 1) -> None:
    await tx.row("SELECT id FROM organizations WHERE id = ? FOR UPDATE", organization_id)
    held = await tx.value("SELECT count(*) FROM feed_relays WHERE organization_id = ?", organization_id)
    if held + more > MOST_RELAYS:
        raise Invalid(f"An organization has at most {MOST_RELAYS} relays.")


async def change_template(server: Server, viewer: Viewer, relay_id: int, template: str) -> FeedRelay:
    """For the posts to come; those that are there stay as they are. Raises NotFound, Forbidden, Invalid."""
    template = checked_template(template)
    async with server.db.transaction() as tx:
        relay = await _held(server, tx, viewer, relay_id)
        changed = replace(relay, template=template)
        await tx.update(feed_relays, changed)
        await _note(server, tx, viewer, "relay changed", relay)
    return changed


async def pause_relay(server: Server, viewer: Viewer, relay_id: int) -> FeedRelay:
    """Raises NotFound, Forbidden."""
    async with server.db.transaction() as tx:
        relay = await _held(server, tx, viewer, relay_id)
        paused = replace(relay, state=RelayState.PAUSED, next_at=None)
        await tx.update(feed_relays, paused)
        await _note(server, tx, viewer, "relay paused", relay)
    return paused


async def resume_relay(server: Server, viewer: Viewer, relay_id: int, *, catches_up: bool = False) -> FeedRelay:
    """Go on, from now in the viewer's name. What came meanwhile, or still waits, is relayed only with `catches_up`.

    Raises NotFound, Forbidden.
    """
    now = server.clock.now()
    async with server.db.transaction() as tx:
        relay = await _held(server, tx, viewer, relay_id)
        resumed = replace(
            relay,
            user_id=viewer.user_id,
            state=RelayState.ACTIVE,
            trouble=RelayTrouble.NONE,
            detail="",
            attempts=0,
            next_at=now,
            since=relay.since if catches_up else now,
            read_at=relay.read_at if catches_up else None,
            digest="",
            etag="",
            last_modified="",
        )
        await tx.update(feed_relays, resumed)
        if not catches_up:
            await tx.execute(
                "UPDATE relayed_items SET state = ? WHERE relay_id = ? AND state = ?",
                ItemState.KNOWN,
                relay_id,
                ItemState.WAITING,
            )
        await _note(server, tx, viewer, "relay resumed", relay)
    return resumed


async def end_relay(server: Server, viewer: Viewer, relay_id: int) -> None:
    """Its posts stay. Raises NotFound, Forbidden."""
    async with server.db.transaction() as tx:
        relay = await _held(server, tx, viewer, relay_id)
        await tx.execute("DELETE FROM feed_relays WHERE id = ?", relay_id)
        await tx.execute("DELETE FROM relayed_items WHERE relay_id = ?", relay_id)
        await tx.execute("DELETE FROM relay_warnings WHERE relay_id = ?", relay_id)
        await tx.execute("DELETE FROM hub_leases WHERE id = ?", relay_id)
        await _note(server, tx, viewer, "relay ended", relay)


async def _held(server: Server, tx: Transaction, viewer: Viewer, relay_id: int) -> FeedRelay:
    await check_relaying(server, viewer, (await get_relay(tx, viewer, relay_id)).account_id)
    relay = await hold_relay(tx, relay_id)
    if relay is None:
        raise NotFound()
    return relay


async def _note(server: Server, tx: Transaction, viewer: Viewer, act: str, relay: FeedRelay) -> None:
    deed = Deed(act, viewer.user_id, relay.account_id, viewer.client_id, told={"relay": relay.id, "url": relay.url})
    await note_act(server, tx, relay.organization_id, deed)

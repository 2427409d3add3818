"""Following hashtags, and other people's public lists."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.follows.actions import hold_accounts
from mesange.core.lists.model import MOST_FOLLOWED_HASHTAGS, FollowedHashtag, checked_hashtag
from mesange.core.lists.queries import readable_list
from mesange.core.lists.tables import hashtag_follows
from mesange.events.lists import HashtagFollowed, HashtagUnfollowed, ListFollowed, ListUnfollowed
from mesange.kit.errors import Invalid
from mesange.kit.server import Server


async def follow_hashtag(server: Server, viewer: Viewer, written: str) -> None:
    """Public posts with it come to the viewer's home. Raises Invalid, also when one follows as many as one may."""
    account_id, (name, written) = acting_account(viewer), checked_hashtag(written)
    followed = FollowedHashtag(server.ids.next(), account_id, name, written)
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        if await tx.execute(hashtag_follows.insert_text + " ON CONFLICT DO NOTHING", *hashtag_follows.values(followed)):
            count = await tx.value("SELECT count(*) FROM hashtag_follows WHERE account_id = ?", account_id)
            if count > MOST_FOLLOWED_HASHTAGS:
                raise Invalid("You follow as many hashtags as one may.", field="name")
            tx.emit(HashtagFollowed(account_id=account_id, name=name))


async def unfollow_hashtag(server: Server, viewer: Viewer, written: str) -> None:
    account_id, (name, _) = acting_account(viewer), checked_hashtag(written)
    async with server.db.transaction() as tx:
        if await tx.execute("DELETE FROM hashtag_follows WHERE account_id = ? AND name = ?", account_id, name):
            tx.emit(HashtagUnfollowed(account_id=account_id, name=name))


async def follow_list(server: Server, viewer: Viewer, list_id: int) -> None:
    """Have a public list among one's own. Raises NotFound (also for a private one), Invalid (too many)."""
    account_id = acting_account(viewer)
    account_list = await readable_list(server, viewer, list_id)
    if account_list.account_id == account_id:
        raise Invalid("This list is yours.")
    async with server.db.transaction() as tx:
        await hold_accounts(tx, account_id)
        if await tx.execute(
            "INSERT INTO list_follows (id, account_id, list_id) SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), id "
            "FROM account_lists WHERE id = ? AND is_public = 1 ON CONFLICT DO NOTHING",
            server.ids.next(),
            account_id,
            list_id,
        ):
            count = await tx.value("SELECT count(*) FROM list_follows WHERE account_id = ?", account_id)
            if count > server.settings.max_lists:
                raise Invalid("You follow as many lists as one may.")
            tx.emit(ListFollowed(list_id=list_id, account_id=account_id))


async def unfollow_list(server: Server, viewer: Viewer, list_id: int) -> None:
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        if await tx.execute("DELETE FROM list_follows WHERE account_id = ? AND list_id = ?", account_id, list_id):
            tx.emit(ListUnfollowed(list_id=list_id, account_id=account_id))

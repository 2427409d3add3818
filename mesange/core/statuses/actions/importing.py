"""Importing posts with their own times: each is in once, however often the import is run."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.statuses.actions.publish import find_mentioned, write_hashtags
from mesange.core.statuses.model import Composition, Status, Visibility, checked_visibility, composed
from mesange.core.statuses.tables import statuses
from mesange.events.statuses import StatusesImported
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.ids import SLOTS_PER_MILLISECOND, first_id_at, time_of
from mesange.kit.server import Server

MOST_SIGNS_IMPORTED = 5_000


@dataclass(frozen=True, slots=True)
class OldPost:
    """A post from elsewhere. `occurrence` counts equal lines before it, so that true doubles stay two posts."""

    account_id: int
    text: str
    created_at: int
    language: str = ""
    visibility: str = "public"
    occurrence: int = 0

    @property
    def id(self) -> int:
        """Made from the time and the content: the same line always gives the same id."""
        seed = f"{self.account_id}\0{self.text}\0{self.occurrence}".encode("utf-8", "surrogatepass")
        slot = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big") % SLOTS_PER_MILLISECOND
        return first_id_at(self.created_at) + slot


def checked_post(server: Server, post: OldPost) -> Composition:
    """Raises Invalid for what cannot be a post: empty, far too long, or from the future."""
    composition = composed(post.text, "")
    checked_visibility(post.visibility, Visibility.PUBLIC)
    if composition.signs > MOST_SIGNS_IMPORTED:
        raise Invalid(f"The text has {composition.signs} signs; the most is {MOST_SIGNS_IMPORTED}.")
    if not 0 <= post.created_at <= server.clock.now():
        raise Invalid("The time is in the future or before 1970.")
    return composition


async def import_posts(server: Server, posts: Sequence[tuple[OldPost, Composition]]) -> int:
    """One batch, all or nothing; how many were new. Followers' home timelines are made again on their next look."""
    named = await find_mentioned(server, [pair for _, text in posts for pair in text.mentions])
    new: dict[int, list[int]] = {}
    async with server.db.transaction() as tx:
        for post, composition in posts:
            id = await _insert(server, tx, post, composition, named)
            if id is not None:
                new.setdefault(post.account_id, []).append(id)
        for account_id, ids in new.items():
            await _count(tx, account_id, len(ids), time_of(max(ids)))
            tx.emit(StatusesImported(account_id=account_id, count=len(ids), first_id=min(ids), last_id=max(ids)))
    return sum(len(ids) for ids in new.values())


async def _insert(
    server: Server, tx: Transaction, post: OldPost, composition: Composition, named: dict[tuple[str, str], int]
) -> int | None:
    """The id of the new post; None when it is there already, or was deleted here."""
    id = await _free_id(tx, post, composition.text)
    if await tx.value("SELECT 1 FROM tombstones WHERE status_id = ?", id):
        return None
    status = Status(
        id=id,
        account_id=post.account_id,
        text=composition.text,
        spoiler_text="",
        is_sensitive=False,
        language=post.language[:10],
        visibility=Visibility(post.visibility),
    )
    if not await tx.execute(statuses.insert_text + " ON CONFLICT DO NOTHING", *statuses.values(status)):
        return None
    for pair in composition.mentions:
        if pair in named:
            await tx.execute(
                "INSERT INTO mentions (status_id, account_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                status.id,
                named[pair],
            )
    if status.visibility is Visibility.PUBLIC:
        await write_hashtags(server, tx, status.id, composition.hashtags)
    return status.id


async def _free_id(tx: Transaction, post: OldPost, text: str) -> int:
    """The post's own id, or the next one when another post of the same millisecond has it."""
    id = post.id
    while True:
        row = await tx.row("SELECT account_id, text FROM statuses WHERE id = ?", id)
        if row is None or tuple(row) == (post.account_id, text) or await _had_text(tx, id, text):
            return id
        id += 1


async def _had_text(tx: Transaction, status_id: int, text: str) -> bool:
    """Whether this is an imported post that was edited since."""
    return bool(await tx.value("SELECT 1 FROM status_edits WHERE status_id = ? AND text = ?", status_id, text))


async def _count(tx: Transaction, account_id: int, number: int, newest: int) -> None:
    await tx.execute(
        "INSERT INTO account_stats (account_id, statuses, last_status_at) VALUES (?, ?, ?) ON CONFLICT (account_id) "
        "DO UPDATE SET statuses = account_stats.statuses + excluded.statuses, last_status_at = "
        "CASE WHEN account_stats.last_status_at > excluded.last_status_at THEN account_stats.last_status_at "
        "ELSE excluded.last_status_at END",
        account_id,
        number,
        newest,
    )

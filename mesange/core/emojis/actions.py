"""Writes of custom emoji: the staff's."""

from mesange.core.emojis.model import MOST_CATEGORY, MOST_EMOJIS, CustomEmoji, checked_shortcode
from mesange.core.emojis.tables import custom_emojis
from mesange.core.media.actions.files import doom_files, keep_files, store_file
from mesange.events.emojis import EmojisChanged
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.images import ImageKind, Images
from mesange.kit.server import Server
from mesange.kit.text import clean_name


async def add_emoji(server: Server, shortcode: str, original: bytes, category: str = "") -> CustomEmoji:
    """A new emoji, or another picture for one that is there. Raises Invalid, Unavailable."""
    shortcode = checked_shortcode(shortcode)
    made = await server.of(Images).process(original, ImageKind.EMOJI)
    image = await store_file(server, made.body, made.media_type)
    new = CustomEmoji(server.ids.next(), shortcode, image, clean_name(category, MOST_CATEGORY))
    async with server.db.transaction() as tx:
        if await tx.value("SELECT count(*) FROM custom_emojis") >= MOST_EMOJIS:
            raise Invalid(f"There are {MOST_EMOJIS} emoji already: remove one first.")
        row = await tx.row("SELECT image FROM custom_emojis WHERE shortcode = ? FOR UPDATE", shortcode)
        await tx.execute("DELETE FROM custom_emojis WHERE shortcode = ?", shortcode)
        await tx.insert(custom_emojis, new)
        await keep_files(tx, [image])
        await doom_files(server, tx, row or ())
        tx.emit(EmojisChanged(emoji_id=new.id))
    return new


async def change_emoji(server: Server, shortcode: str, category: str, *, is_hidden: bool) -> None:
    """Under what name it is offered, and whether it is. Raises NotFound."""
    async with server.db.transaction() as tx:
        row = await tx.row(
            "UPDATE custom_emojis SET category = ?, is_hidden = ? WHERE shortcode = ? RETURNING id",
            clean_name(category, MOST_CATEGORY),
            int(is_hidden),
            shortcode,
        )
        if row is None:
            raise NotFound()
        tx.emit(EmojisChanged(emoji_id=row[0]))


async def remove_emoji(server: Server, shortcode: str) -> None:
    """Posts show its shortcode from now on. Raises NotFound."""
    async with server.db.transaction() as tx:
        row = await tx.row("DELETE FROM custom_emojis WHERE shortcode = ? RETURNING id, image", shortcode.strip(":"))
        if row is None:
            raise NotFound()
        await doom_files(server, tx, [row[1]])
        tx.emit(EmojisChanged(emoji_id=row[0]))

"""The pictures of this place: made anew from what was brought, as those of people are."""

from mesange.core.accounts.model import Viewer
from mesange.core.media.actions.files import doom_files, keep_files, store_file
from mesange.core.moderation.actions.log import note_act
from mesange.events.upkeep import SettingsChanged
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.images import ImageKind, Images
from mesange.kit.server import Server

PICTURES = {"logo": ImageKind.AVATAR, "banner": ImageKind.HEADER}


async def change_picture(server: Server, viewer: Viewer, name: str, original: bytes) -> None:
    """Another logo or banner. Raises Invalid for what is no picture, NotFound, Unavailable."""
    if name not in PICTURES:
        raise NotFound()
    try:
        made = await server.of(Images).process(original, PICTURES[name])
    except Invalid as error:
        raise Invalid(error.public_text, field=name) from None
    file = await store_file(server, made.body, made.media_type)
    async with server.db.transaction() as tx:
        before = await tx.row("SELECT file FROM site_pictures WHERE name = ? FOR UPDATE", name)
        await tx.execute(
            "INSERT INTO site_pictures (name, file) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET file = excluded.file",
            name,
            file,
        )
        await keep_files(tx, [file])
        await doom_files(server, tx, before or ())
        await note_act(server, tx, viewer, "picture changed", f"picture:{name}", file=file)
        tx.emit(SettingsChanged(name=name))


async def remove_picture(server: Server, viewer: Viewer, name: str) -> None:
    """Back to the bird's own. Raises NotFound when there is none."""
    async with server.db.transaction() as tx:
        row = await tx.row("DELETE FROM site_pictures WHERE name = ? RETURNING file", name)
        if row is None:
            raise NotFound()
        await doom_files(server, tx, row)
        await note_act(server, tx, viewer, "picture removed", f"picture:{name}")
        tx.emit(SettingsChanged(name=name))

"""Portraits and banners: made anew, kept with the profile they belong to, and the ones before deleted."""

from collections.abc import Iterable, Mapping

import msgspec

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.model import Account, Viewer, acting_account
from mesange.core.accounts.queries import get_account
from mesange.core.media.actions.files import doom_files, keep_files, store_file
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.images import ImageKind, Images
from mesange.kit.server import Server


async def change_profile_and_portraits(
    server: Server, viewer: Viewer, change: ProfileChange, originals: Mapping[ImageKind, bytes]
) -> Account:
    """Apply a change with new images. Raises Invalid naming the field, Unavailable."""
    before = await get_account(server, acting_account(viewer))
    names = {kind.value: await _stored(server, kind, original) for kind, original in originals.items()}
    async with server.db.transaction() as tx:
        await keep_files(tx, names.values())
    try:
        changed = await change_profile(server, viewer, msgspec.structs.replace(change, **names))
    except MesangeError:
        await _forget(server, names.values())
        raise
    await _forget(server, [getattr(before, field) for field in names])
    return changed


async def _forget(server: Server, names: Iterable[str]) -> None:
    async with server.db.transaction() as tx:
        await doom_files(server, tx, names)


async def _stored(server: Server, kind: ImageKind, original: bytes) -> str:
    try:
        image = await server.of(Images).process(original, kind)
    except Invalid as error:
        raise Invalid(error.public_text, field=kind.value) from error
    return await store_file(server, image.body, image.media_type)

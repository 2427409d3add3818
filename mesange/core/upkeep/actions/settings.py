"""Changing settings while the server runs. Order of what counts: variables > changed here > the file > defaults."""

from collections.abc import Mapping
from typing import Any

import msgspec

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.log import note_act
from mesange.core.upkeep.memory import UpkeepMemory
from mesange.core.upkeep.model import CHANGEABLE, checked_together, read_typed
from mesange.events.upkeep import SettingsChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import Conflict, Invalid, NotFound
from mesange.kit.logging import log
from mesange.kit.server import Server
from mesange.kit.settings import given_where


async def apply_settings(server: Server) -> None:
    """Go by what staff changed, from the next request on. What no longer fits a setting is left out."""
    memory = server.of(UpkeepMemory)
    if memory.started_with is None:
        memory.started_with = server.settings
        memory.given = dict(given_where(server.settings.data))
    settings = memory.started_with
    for name, text in await server.db.rows("SELECT name, value FROM changed_settings ORDER BY name"):
        if name not in CHANGEABLE or memory.given.get(name) == "environment":
            continue
        try:
            settings = checked_together(settings, {name: msgspec.json.decode(text)})
        except (Invalid, msgspec.DecodeError):
            log.warning("a changed setting does not fit any more", setting=name)
    server.settings = settings


async def change_settings(server: Server, viewer: Viewer, typed: Mapping[str, str]) -> list[str]:
    """All of them or none; the names of those that have another value now. Raises Invalid, Conflict."""
    given = server.of(UpkeepMemory).given
    values = {name: read_typed(CHANGEABLE[name], text) for name, text in typed.items() if name in CHANGEABLE}
    checked = checked_together(server.settings, values)
    now = {name: getattr(checked, name) for name in values}
    new = {name: value for name, value in now.items() if value != getattr(server.settings, name)}
    if fixed := [name for name in new if given.get(name) == "environment"]:
        raise Conflict(f"MESANGE_{fixed[0].upper()} is set where the server is started; it cannot be changed here.")
    async with server.db.transaction() as tx:
        for name, value in new.items():
            await _write(tx, name, value)
            await _note(server, tx, viewer, name, value)
    return list(new)


async def reset_setting(server: Server, viewer: Viewer, name: str) -> None:
    """Back to what the file says, or the default. Raises NotFound when it was not changed here."""
    started_with = server.of(UpkeepMemory).started_with or server.settings
    async with server.db.transaction() as tx:
        if not await tx.execute("DELETE FROM changed_settings WHERE name = ?", name):
            raise NotFound()
        await _note(server, tx, viewer, name, getattr(started_with, name, ""))


async def _write(tx: Transaction, name: str, value: Any) -> None:
    await tx.execute(
        "INSERT INTO changed_settings (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        msgspec.json.encode(value).decode(),
    )


async def _note(server: Server, tx: Transaction, viewer: Viewer, name: str, value: Any) -> None:
    before = {"value": str(getattr(server.settings, name, ""))}
    await note_act(server, tx, viewer, "setting changed", f"setting:{name}", before, value=str(value))
    tx.emit(SettingsChanged(name=name))

"""Lets every process go by the same settings."""

from mesange.core.upkeep.actions.settings import apply_settings
from mesange.core.upkeep.memory import UpkeepMemory
from mesange.events.upkeep import SettingsChanged
from mesange.kit.server import Server


async def on_settings_changed(server: Server, event: SettingsChanged) -> None:
    server.of(UpkeepMemory).pictures = None
    await apply_settings(server)


LISTENERS = {SettingsChanged: [on_settings_changed]}

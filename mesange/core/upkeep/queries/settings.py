"""Settings changed here."""

from mesange.kit.db import Reader


async def changed_settings(db: Reader) -> set[str]:
    """Their names."""
    return {name for (name,) in await db.rows("SELECT name FROM changed_settings")}

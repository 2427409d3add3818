"""Brings a database to the newest version, one transaction per migration: it is wholly there or not at all."""

import pkgutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module

from mesange.kit.db import Database, Duplicate

VERSIONS = "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"


@dataclass(frozen=True)
class Migration:
    version: int
    name: str
    statements: Sequence[str]


def read_migrations(package: str) -> list[Migration]:
    """Migrations of a package whose modules are named `m0001_what_it_does` and hold `STATEMENTS`."""
    path = import_module(package).__path__
    names = sorted(module.name for module in pkgutil.iter_modules(path))
    return [
        Migration(int(name[1:5]), name[6:], import_module(f"{package}.{name}").STATEMENTS)
        for name in names
        if name.startswith("m")
    ]


async def current_version(database: Database) -> int:
    with suppress(Duplicate):  # Another server made the table in this very moment.
        async with database.transaction() as tx:
            await tx.execute(VERSIONS)
    return await database.value("SELECT coalesce(max(version), 0) FROM migrations")


async def migrate(database: Database, migrations: Sequence[Migration]) -> list[Migration]:
    """Run what is missing, in order; the migrations that were run."""
    version = await current_version(database)
    return [
        migration
        for migration in migrations
        if migration.version > version
        and await database.define(migration.statements, migration.version, migration.name)
    ]

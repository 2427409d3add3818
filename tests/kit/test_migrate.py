"""Migrations: wholly there or not at all, once, and the tables are what the nouns say."""

import asyncio
import importlib
import pkgutil
from collections.abc import AsyncGenerator, Iterator
from dataclasses import fields
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest

import mesange.core
from mesange.kit.db import Database, open_database
from mesange.kit.db.dialect import Postgres, Sqlite
from mesange.kit.db.migrate import Migration, current_version, migrate, read_migrations
from mesange.kit.db.table import Table
from mesange.kit.settings import Settings

OURS = read_migrations("mesange.migrations")
TABLES_OF = {
    "sqlite": "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
    "postgres": "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'public' AND relkind IN ('r', 'i') ORDER BY relname",
}
COLUMNS_OF = {
    "sqlite": 'SELECT name, type, "notnull" = 0 AND pk = 0 FROM pragma_table_info(?) ORDER BY cid',
    "postgres": "SELECT column_name::text, data_type::text, is_nullable = 'YES' FROM information_schema.columns "
    "WHERE table_name = ? ORDER BY ordinal_position",
}
WHOLE_NUMBERS = ("BIGINT", "INTEGER", "SMALLINT")


@pytest.fixture
async def fresh(folder: Path, empty_database_url: str) -> AsyncGenerator[Database]:
    """A database before its first migration."""
    database = open_database(Settings(data=folder, database_url=empty_database_url))
    await database.open()
    yield database
    await database.close()


async def names_in(database: Database) -> list[str]:
    return [name for (name,) in await database.rows(TABLES_OF[database.engine])]


async def columns_of(database: Database, table: str) -> list[tuple[str, str, bool]]:
    """(name, type, may be null)."""
    rows = await database.rows(COLUMNS_OF[database.engine], table)
    return [(name, kind.upper(), bool(may_be_null)) for name, kind, may_be_null in rows]


def tables() -> Iterator[Table[Any]]:
    for module in pkgutil.walk_packages(mesange.core.__path__, "mesange.core."):
        if module.name.endswith(".tables"):
            yield from (each for each in vars(importlib.import_module(module.name)).values() if isinstance(each, Table))


async def test_our_migrations_run_once(fresh: Database) -> None:
    assert await migrate(fresh, OURS) == OURS
    made = await names_in(fresh)
    assert await migrate(fresh, OURS) == []
    assert await names_in(fresh) == made
    assert await current_version(fresh) == OURS[-1].version
    assert await fresh.check() == ""
    assert await fresh.size() > 0


@pytest.mark.slow
async def test_a_migration_that_breaks_after_any_statement_leaves_the_old_state_whole(fresh: Database) -> None:
    await migrate(fresh, [Migration(1, "before", ["CREATE TABLE kept (id INTEGER PRIMARY KEY)"])])
    before = await names_in(fresh)
    statements = [statement for migration in OURS for statement in migration.statements]
    every = 1 if fresh.engine == "sqlite" else 9
    for number in range(0, len(statements) + 1, every):
        broken = Migration(2, "broken", [*statements[:number], "CREATE TABLE broken ("])
        with pytest.raises(Exception, match=r"(?i)syntax|incomplete"):
            await migrate(fresh, [broken])
        assert await names_in(fresh) == before, number
        assert await current_version(fresh) == 1
    whole = Migration(2, "whole", statements)
    assert await migrate(fresh, [whole]) == [whole]


async def test_servers_that_start_at_once_run_each_migration_once(
    fresh: Database, folder: Path, empty_database_url: str
) -> None:
    others = [open_database(Settings(data=folder, database_url=empty_database_url)) for _ in range(3)]
    for other in others:
        await other.open()

    ran = await asyncio.gather(*(migrate(database, OURS) for database in (fresh, *others)))

    assert sorted(migration.version for each in ran for migration in each) == [each.version for each in OURS]
    for other in others:
        await other.close()


async def test_only_what_is_missing_runs(fresh: Database) -> None:
    first = Migration(1, "first", ["CREATE TABLE one (id INTEGER PRIMARY KEY)"])
    second = Migration(2, "second", ["ALTER TABLE one ADD COLUMN name TEXT", "CREATE INDEX one_name ON one (name)"])
    assert await migrate(fresh, [first]) == [first]
    assert await migrate(fresh, [first, second]) == [second]
    assert [name for name, _, _ in await columns_of(fresh, "one")] == ["id", "name"]


def test_no_two_migrations_have_one_number() -> None:
    versions = [migration.version for migration in OURS]
    assert versions == sorted(set(versions))


@pytest.mark.parametrize("table", list(tables()), ids=lambda table: table.name)
async def test_a_table_has_the_columns_of_its_noun(numbers: Database, table: Table[Any]) -> None:
    columns = {name: (kind, may_be_null) for name, kind, may_be_null in await columns_of(numbers, table.name)}
    assert list(table.fields) == list(columns), "same names in the same order"
    hints = get_type_hints(table.noun)
    for field in fields(table.noun):
        hint = hints[field.name]
        kinds = set(get_args(hint) or (hint,))
        stored_as, may_be_null = columns[field.name]
        assert may_be_null == (NoneType in kinds), field.name
        if any(issubclass(kind, int) and kind is not bool for kind in kinds):
            assert stored_as in WHOLE_NUMBERS, field.name
        elif bool in kinds:
            assert stored_as == "SMALLINT", field.name
        elif float in kinds:
            assert stored_as == "DOUBLE PRECISION", field.name
        elif bytes in kinds:
            assert stored_as in ("BLOB", "BYTEA"), field.name
        else:
            assert stored_as == "TEXT", field.name


def test_nouns_were_found() -> None:
    assert {"users", "accounts", "statuses", "follows", "notifications"} <= {table.name for table in tables()}


@pytest.mark.parametrize(
    ("portable", "sqlite", "postgres"),
    [
        ("SELECT ? + ?", "SELECT ? + ?", "SELECT $1 + $2"),
        (
            "DELETE FROM t WHERE a = ANY(?) AND b <> ALL(?) AND c = ?",
            "DELETE FROM t WHERE a IN (SELECT value FROM json_each(?)) AND b NOT IN (SELECT value FROM json_each(?)) "
            "AND c = ?",
            "DELETE FROM t WHERE a = ANY($1) AND b <> ALL($2) AND c = $3",
        ),
        (
            "SELECT 1 FROM t WHERE a = ? FOR UPDATE",
            "SELECT 1 FROM t WHERE a = ?",
            "SELECT 1 FROM t WHERE a = $1 FOR UPDATE",
        ),
        ("SELECT 1 FROM t FOR SHARE", "SELECT 1 FROM t", "SELECT 1 FROM t FOR SHARE"),
    ],
)
def test_a_statement_is_written_once_for_both_engines(portable: str, sqlite: str, postgres: str) -> None:
    assert (Sqlite.translated(portable)[0], Postgres.statement(portable)) == (sqlite, postgres)

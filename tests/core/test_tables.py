"""Each noun fits the table that the migrations made for it."""

import importlib
import pkgutil
from typing import Any

import pytest

import mesange.core
import mesange.kit
import mesange.workspace
from mesange.kit.db.table import Table
from mesange.kit.server import Server

COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info(?)",
    "postgres": "SELECT column_name FROM information_schema.columns WHERE table_name = ?",
}


def all_tables() -> list[Table[Any]]:
    rooms = [
        *pkgutil.walk_packages(mesange.core.__path__, "mesange.core."),
        *pkgutil.walk_packages(mesange.workspace.__path__, "mesange.workspace."),
        *_kit(),
    ]
    modules = [importlib.import_module(room.name) for room in rooms]
    found = {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Table)}
    return sorted(found.values(), key=lambda table: table.name)


def _kit() -> list[pkgutil.ModuleInfo]:
    return [module for module in pkgutil.iter_modules(mesange.kit.__path__, "mesange.kit.") if module.ispkg]


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
async def test_a_noun_has_the_columns_of_its_table(server: Server, table: Table[Any]) -> None:
    columns = [name for (name,) in await server.db.rows(COLUMNS[server.db.engine], table.name)]
    assert sorted(columns) == sorted(table.fields)

"""How a noun is stored: one table whose columns are the noun's fields, in their order."""

import dataclasses
from collections.abc import Callable
from enum import Enum
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_type_hints

Noun = TypeVar("Noun")


class Table(Generic[Noun]):
    """Statement texts and row conversion for a frozen dataclass.

    Columns hold int, str, bytes or None; booleans are stored as 0 and 1, enums by their value.
    """

    def __init__(self, name: str, noun: type[Noun], key: str = "id") -> None:
        fields = tuple(field.name for field in dataclasses.fields(noun))  # type: ignore[arg-type]
        self.name = name
        self.noun = noun
        self.key = key
        self.fields = fields
        self.columns = ", ".join(fields)
        self.insert_text = f"INSERT INTO {name} ({self.columns}) VALUES ({', '.join('?' * len(fields))})"
        others = [field for field in fields if field != key]
        self.update_text = f"UPDATE {name} SET {', '.join(f'{field} = ?' for field in others)} WHERE {key} = ?"
        self._key_at = fields.index(key)
        self._all_of = attrgetter(*fields)
        hints = get_type_hints(noun)
        self._readers = _converted(fields, hints, _reader_of)
        self._writers = _converted(fields, hints, _writer_of)

    def columns_of(self, alias: str) -> str:
        return ", ".join(f"{alias}.{field}" for field in self.fields)

    def load(self, row: tuple[Any, ...]) -> Noun:
        if not self._readers:
            return self.noun(*row)
        values = list(row)
        for position, read in self._readers:
            values[position] = read(values[position])
        return self.noun(*values)

    def values(self, noun: object) -> tuple[Any, ...]:
        return self._stored(self._all_of(noun))

    def update_values(self, noun: object) -> tuple[Any, ...]:
        values = self.values(noun)
        at = self._key_at
        return (*values[:at], *values[at + 1 :], values[at])

    def _stored(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        if not self._writers:
            return values
        stored = list(values)
        for position, write in self._writers:
            stored[position] = write(stored[position])
        return tuple(stored)


def _converted(
    fields: tuple[str, ...], hints: dict[str, Any], choose: Callable[[Any], Callable[[Any], Any] | None]
) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    chosen = ((position, choose(hints[field])) for position, field in enumerate(fields))
    return tuple((position, convert) for position, convert in chosen if convert is not None)


def _reader_of(hint: Any) -> Callable[[Any], Any] | None:
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return None


def _writer_of(hint: Any) -> Callable[[Any], Any] | None:
    if hint is bool:
        return int
    if isinstance(hint, type) and issubclass(hint, Enum) and not issubclass(hint, str):
        return attrgetter("value")
    return None

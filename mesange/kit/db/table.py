"""How a noun is stored: one table whose columns are the noun's fields, in their order."""

import dataclasses
from collections.abc import Callable
from enum import Enum
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
        self._others = others
        hints = get_type_hints(noun)
        self._readers = tuple(
            (position, reader)
            for position, field in enumerate(fields)
            if (reader := _reader_of(hints[field])) is not None
        )

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
        return tuple(_stored(getattr(noun, field)) for field in self.fields)

    def update_values(self, noun: object) -> tuple[Any, ...]:
        return (*(_stored(getattr(noun, field)) for field in self._others), getattr(noun, self.key))


def _reader_of(hint: Any) -> Callable[[Any], Any] | None:
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return None


def _stored(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.value if isinstance(value, Enum) else value

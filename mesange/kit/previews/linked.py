"""JSON that stands in or beside a page: JSON-LD and oEmbed. Anything may be of any type in it."""

from collections.abc import Iterator
from typing import Any, TypeAlias, cast

import msgspec

MOST_THINGS = 50
LONGEST_TEXT = 2_000

Thing: TypeAlias = dict[str, Any]


def decoded(text: str | bytes) -> Any:
    """None for what is no JSON, or is too deep to be read."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def thing(found: Any) -> Thing:
    return cast("Thing", found) if isinstance(found, dict) else {}


def article(text: str) -> Thing:
    """The first thing with a headline."""
    none: Thing = {}
    return next((each for each in _things(decoded(text)) if text_of(each, "headline")), none)


def _things(found: Any) -> Iterator[Thing]:
    for each in map(thing, _list(found)):
        yield each
        yield from map(thing, _list(each.get("@graph")))


def _list(found: Any) -> list[Any]:
    return cast("list[Any]", found)[:MOST_THINGS] if isinstance(found, list) else [found]


def text_of(thing: Thing, key: str) -> str:
    value = thing.get(key)
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def name_of(found: Any, key: str, of: str = "name") -> str:
    """JSON-LD gives a text, a thing with a name, or a list of these."""
    value = next(iter(_list(thing(found).get(key))), None)
    return value[:LONGEST_TEXT] if isinstance(value, str) else text_of(thing(value), of)

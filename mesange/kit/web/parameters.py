"""One reading of parameters for JSON, form, multipart and query, with `a[]`, repeated `a`, `a[b]`, `a[0][b]`,
`a[][b]`.

Clients send the same parameter in any of these forms on any verb; endpoints never know which.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

import msgspec

from mesange.kit.errors import BadRequest, TooLarge

Parameters: TypeAlias = dict[str, Any]

MOST_FIELDS = 1_000
MOST_INDEX = 100
MOST_DEPTH = 8
NUL_IN_JSON = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""NUL is no sign of any text: it is left out wherever it comes from."""
MOST_KEPT = 100
KEY = re.compile(r"\[([^\[\]]{0,64})\]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent in a multipart form."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileUpload:
    """A file sent in a multipart form, written to disk as it came; it is gone when the request is answered."""

    filename: str
    path: Path
    size: int


class Repeated(list[Any]):
    """The values of a name that came several times without brackets."""


def from_query(query: bytes) -> Parameters:
    """Queries come again and again, word for word: the short ones are read once."""
    if not query:
        return {}
    return dict(_short(query)) if len(query) < MOST_KEPT else nested(_pairs(query))


@lru_cache(maxsize=2_000)
def _short(query: bytes) -> Parameters:
    return nested(_pairs(query))


def from_form(body: bytes) -> Parameters:
    return nested(_pairs(body))


def from_json(body: bytes) -> Parameters:
    """Raises BadRequest when the body is no JSON object, however deep or broken."""
    try:
        value = msgspec.json.decode(NUL_IN_JSON.sub(rb"\1", body) if b"u0000" in body else body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise BadRequest("The body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise BadRequest("The body must be a JSON object.")
    return value  # type: ignore[no-any-return]


def nested(pairs: list[tuple[str, Any]]) -> Parameters:
    parameters: Parameters = {}
    for name, value in pairs:
        head, bracket, _ = name.partition("[")
        if not bracket:
            _repeat(parameters, name, value)
        else:
            _place(parameters, [head, *_keys(name, len(head))], value)
    return {name: _listed(value) for name, value in parameters.items()}


def _repeat(parameters: Parameters, name: str, value: Any) -> None:
    if name not in parameters:
        parameters[name] = value
    elif isinstance(earlier := parameters[name], Repeated):
        earlier.append(value)
    else:
        parameters[name] = Repeated((earlier, value))


def _pairs(encoded: bytes) -> list[tuple[str, Any]]:
    try:
        text = encoded.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except UnicodeDecodeError:
        raise BadRequest("The parameters are not valid UTF-8.") from None
    except ValueError:
        raise TooLarge("There are too many parameters.") from None
    return [(name.replace("\0", ""), value.replace("\0", "")) for name, value in pairs]


def _keys(name: str, start: int) -> list[str]:
    keys: list[str] = KEY.findall(name, start)
    if len(keys) > MOST_DEPTH:
        raise BadRequest("The parameters are nested too deep.")
    return keys


def _place(parameters: Parameters, path: list[str], value: Any) -> None:
    """`a[]` appends; `a[0][b]` and `a[b]` make nested objects, turned into lists afterwards when their keys count."""
    here: Any = parameters
    for at, key in enumerate(path[:-1]):
        if at and not key:
            key = _item(here, path[at + 1])
        if not isinstance(here.get(key), dict):
            here[key] = {}
        here = here[key]
    last = path[-1] or str(len(here))
    here[last] = value


def _item(items: Parameters, key: str) -> str:
    """`a[][b]` belongs to the last item, or begins a new one when that has its b already."""
    last = items.get(str(len(items) - 1))
    return str(len(items) - 1 if isinstance(last, dict) and key not in last else len(items))


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    items: dict[str, Any] = {key: _listed(below) for key, below in value.items()}  # type: ignore[misc]
    if items and all(key.isascii() and key.isdigit() and int(key) < MOST_INDEX * 10 for key in items):
        return [items[key] for key in sorted(items, key=int)]
    return items

"""A trie of path segments, and a short cut for plain paths: finding a route costs the same with ten or a thousand."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mesange.kit.errors import MesangeError
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response

Endpoint: TypeAlias = Callable[[Any, Request], Awaitable["Response | None"]]
"""`async def endpoint(server, request)`; None when it has answered by itself (a stream)."""
ErrorPage: TypeAlias = Callable[[Any, Request, MesangeError], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Route:
    """`path` has `:name` for a segment, `@:name` for one that begins with @ (or another single sign), `:name.rss` for
    one with that ending, and may end in `*name` for the rest. `errors` words what goes wrong there."""

    method: str
    path: str
    endpoint: Endpoint
    errors: ErrorPage
    access: Any = None
    """What its edge asks of who calls, so that tests can hold every route to it."""


@dataclass(slots=True)
class _Node:
    below: "dict[str, _Node]" = field(default_factory=dict[str, Any])
    named: "_Node | None" = None
    marked: "dict[str, _Node]" = field(default_factory=dict[str, Any])
    ended: "dict[tuple[str, str], _Node]" = field(default_factory=dict[tuple[str, str], Any])
    rest: "dict[str, tuple[Route, list[str]]]" = field(default_factory=dict[str, Any])
    routes: "dict[str, tuple[Route, list[str]]]" = field(default_factory=dict[str, Any])


class Router:
    def __init__(self) -> None:
        self._root = _Node()
        self._plain: dict[tuple[str, str], Route] = {}
        self.routes: list[Route] = []

    def add(self, route: Route) -> None:
        self.routes.append(route)
        if ":" not in route.path and "*" not in route.path:
            self._plain[route.method, route.path] = route
        node, names = self._root, list[str]()
        for segment in route.path.strip("/").split("/"):
            if segment.startswith("*"):
                node.rest[route.method] = (route, [*names, segment[1:]])
                return
            mark, colon, name = segment.partition(":")
            if colon:
                name, _, ending = name.partition(".")
                names.append(name)
                node = node.ended.setdefault((mark, ending), _Node()) if ending else _named(node, mark)
            else:
                node = node.below.setdefault(segment, _Node())
        node.routes[route.method] = (route, names)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | set[str]:
        """The route with its segments' values, or the methods that this path answers to."""
        plain = self._plain.get((method, path))
        if plain is not None:
            return plain, {}
        if "\0" in path:
            return set()
        parts = path.strip("/").split("/")
        values: list[str] = []
        found = _walk(self._root, parts, 0, values)
        if found is None:
            return set()
        match = found.get(method) or (found.get("GET") if method == "HEAD" else None)
        if match is None:
            return set(found)
        route, names = match
        return route, dict(zip(names, values, strict=True))


def _named(node: _Node, mark: str) -> _Node:
    if mark:
        return node.marked.setdefault(mark, _Node())
    node.named = node.named or _Node()
    return node.named


def _ended(node: _Node, part: str) -> Iterator[tuple[_Node | None, str]]:
    """What takes a segment by its ending, with what stands before the ending. `@ada@host.rss` ends in the name of a
    host: where the sign stands twice there is no ending."""
    stem, _, ending = part.rpartition(".")
    if stem:
        yield node.ended.get((part[:1], ending)) if part[:1] not in stem[1:] else None, stem
        yield node.ended.get(("", ending)), stem


def _walk(node: _Node, parts: list[str], at: int, values: list[str]) -> dict[str, tuple[Route, list[str]]] | None:
    if at == len(parts):
        return node.routes or None
    below = node.below.get(parts[at])
    if below is not None and (found := _walk(below, parts, at + 1, values)):
        return found
    part = parts[at]
    for named, value in (
        *(_ended(node, part) if node.ended else ()),
        (node.marked.get(part[:1]), part),
        (node.named, part),
    ):
        if named is None or not part:
            continue
        values.append(value)
        if found := _walk(named, parts, at + 1, values):
            return found
        values.pop()
    if node.rest:
        values.append("/".join(parts[at:]))
        return node.rest
    return None

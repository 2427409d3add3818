"""Writes the pages of docs/ that are made from the code: rooms, events and settings. `make docs` runs it.

A house test compares these pages with what this module would write, so they cannot grow old.
"""

import ast
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from scripts.code import PACKAGE, ROOT, Source, is_under, sources

NOTICE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"


def pages() -> dict[Path, str]:
    """Each generated page and what it must say."""
    writers: dict[str, Callable[[], list[str]]] = {"rooms": rooms, "events": events, "settings": settings}
    return {ROOT / "docs" / f"{name}.md": "\n".join([NOTICE, *write(), ""]) for name, write in writers.items()}


def rooms() -> list[str]:
    """One paragraph for each package on the floors where people's business lives, in their own words."""
    lines = [
        "# Rooms",
        "",
        "Each folder of these floors, in its own words: what it is for, what it listens to, what it tells.",
    ]
    for floor in ("core", "workspace", "edges"):
        doors = [source for source in sources() if source.place.count("/") == 2 and is_under(source.place, floor)]
        doors = [source for source in doors if source.place.endswith("/__init__.py")]
        if doors:
            lines += ["", f"## {floor}"]
        for door in doors:
            lines += ["", f"### {door.place.split('/')[1]}", "", *_paragraphs(door.docstring)]
    return lines


def _paragraphs(docstring: str) -> list[str]:
    story, _, facts = docstring.partition("\n\n")
    return [story, *(["", "```", facts, "```"] if facts else [])]


def events() -> list[str]:
    """Every event with its facts, who emits it and who consumes it."""
    lines = [
        "# Events",
        "",
        "Facts in the past tense: ids, and what cannot be read again later. Written in the commit that made them true.",
    ]
    for source in sources():
        if is_under(source.place, "events") and source.place != "events/__init__.py":
            lines += ["", f"## {Path(source.place).stem}", "", source.docstring]
            for event in (node for node in source.tree.body if isinstance(node, ast.ClassDef)):
                lines += ["", *_event(event)]
    return lines


def _event(event: ast.ClassDef) -> list[str]:
    facts = [ast.unparse(node) for node in event.body if isinstance(node, ast.AnnAssign)]
    emitters = _folders(lambda source: event.name in source.called)
    consumers = _folders(lambda source: event.name in source.names) - emitters
    consumers |= _folders(lambda source: "consumers" in source.place and event.name in source.names)
    told = ast.get_docstring(event)
    return [
        f"### {event.name}",
        "",
        *([told, ""] if told else []),
        f"- facts: {', '.join(f'`{fact}`' for fact in facts)}",
        f"- emitted by {', '.join(sorted(emitters)) or 'nobody'}",
        f"- consumed by {', '.join(sorted(consumers)) or 'nobody yet'}",
    ]


def _folders(matches: Callable[[Source], bool]) -> set[str]:
    places = [source.place for source in sources() if not is_under(source.place, "events") and matches(source)]
    return {"/".join(place.split("/")[:2]).removesuffix(".py") for place in places}


def settings() -> list[str]:
    """Every field of Settings with its variable, its default and its meaning."""
    source = next(source for source in sources() if source.place == "kit/settings.py")
    body = next(node for node in source.tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings").body
    lines = [
        "# Settings",
        "",
        "Read once at the start: defaults, then `mesange.toml` in the data folder, then variables of the environment,",
        "then the command's own options. In the file, `MESANGE_MAX_SIGNS` is called `max_signs`.",
        "",
        "| variable | type | default | meaning |",
        "|---|---|---|---|",
    ]
    for field, meaning in pairwise(body):
        if isinstance(field, ast.AnnAssign):
            assert isinstance(meaning, ast.Expr), f"{ast.unparse(field.target)} has no docstring below it"
            lines.append(_setting(field, ast.literal_eval(meaning.value)))
    return lines


def _setting(field: ast.AnnAssign, meaning: str) -> str:
    kind = ast.unparse(field.annotation).replace("|", "\\|")
    default = ast.unparse(field.value) if field.value else "(none)"
    return f"| `MESANGE_{ast.unparse(field.target).upper()}` | `{kind}` | `{default}` | {' '.join(meaning.split())} |"


if __name__ == "__main__":
    for page, text in pages().items():
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, "utf-8")
        print(f"wrote {page.relative_to(ROOT)}")
    print(f"from {len(sources())} files of {PACKAGE.name}")

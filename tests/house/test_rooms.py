"""Every room has the same shape, and its front door tells the truth about the events that pass through it."""

import re
from collections import Counter
from pathlib import Path

import pytest

from scripts.code import PACKAGE, Source, is_under, sources

FLOORS = ("core", "workspace")
# `memory` is what a room keeps at hand (`server.of(…)`): lost without harm, filled again from its tables.
SHAPE = {"__init__", "model", "tables", "actions", "queries", "consumers", "jobs", "memory"}
WORKSPACE_SHAPE = SHAPE | {"pages", "api", "templates"}
VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common|data)(_|$)")

ROOMS = [
    folder
    for floor in FLOORS
    for folder in sorted((PACKAGE / floor).glob("*/"))
    if folder.is_dir() and (folder / "__init__.py").exists()
]
EVENTS = {
    name: source
    for source in sources()
    if is_under(source.place, "events") and not source.place.endswith("__init__.py")
    for name in re.findall(r"^class (\w+)\(", source.text, re.MULTILINE)
}


def files_of(room: Path) -> list[Source]:
    return [source for source in sources() if is_under(source.place, room.relative_to(PACKAGE).as_posix())]


def front_door(room: Path, label: str) -> set[str]:
    """The events that a room's docstring names on its `Consumes` or `Emits` line and the indented ones below."""
    found = re.search(rf"^{label}\s(.*(?:\n +.*)*)", files_of(room)[0].docstring, re.MULTILINE)
    assert found, f"{room.name}/__init__.py does not say what it {label.lower()}"
    return set(re.findall(r"\b[A-Z]\w+", found[1])) & EVENTS.keys()


def named_events(files: list[Source]) -> set[str]:
    return {name for source in files for name in source.names} & EVENTS.keys()


def called_events(files: list[Source]) -> set[str]:
    return {name for source in files for name in source.called} & EVENTS.keys()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_has_only_files_of_the_common_shape(room: Path) -> None:
    allowed = WORKSPACE_SHAPE if room.parent.name == "workspace" else SHAPE
    found = {file.stem for file in room.iterdir() if file.name not in ("__pycache__", "py.typed")}
    assert found <= allowed, f"{room.name} has {sorted(found - allowed)}"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_emits_what_its_front_door_says(room: Path) -> None:
    assert front_door(room, "Emits") == called_events(files_of(room))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_consumes_what_its_front_door_says(room: Path) -> None:
    consumed = named_events([source for source in files_of(room) if re.search(r"/consumers(\.py|/)", source.place)])
    said = front_door(room, "Consumes")
    own = front_door(room, "Emits") if "its own events" in files_of(room)[0].docstring else set[str]()
    assert said == consumed - own


def test_each_event_is_emitted_somewhere() -> None:
    silent = EVENTS.keys() - called_events([source for source in sources() if not is_under(source.place, "events")])
    assert not silent


def test_names_say_what_they_hold() -> None:
    vague = [
        source.place for source in sources() for part in Path(source.place).with_suffix("").parts if VAGUE.search(part)
    ]
    assert not vague


def test_no_two_templates_share_a_name() -> None:
    """They are looked for in all rooms: the first one found would hide the other."""
    names = Counter(
        str(file.relative_to(folder)) for folder in PACKAGE.rglob("templates") for file in folder.rglob("*.html")
    )
    assert not [name for name, count in names.items() if count > 1]

"""Server: the running parts, handed to every action and query."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from mesange.kit.clock import Clock
from mesange.kit.db import Database
from mesange.kit.eventlog import EventLog
from mesange.kit.http import Http
from mesange.kit.ids import Ids
from mesange.kit.live import Live
from mesange.kit.mail import Mail
from mesange.kit.media import MediaStore
from mesange.kit.remote import Remote
from mesange.kit.settings import Settings

Part = TypeVar("Part")


@dataclass
class Server:
    settings: Settings
    db: Database
    eventlog: EventLog
    live: Live
    clock: Clock
    ids: Ids
    remote: Remote
    mail: Mail
    http: Http
    media: MediaStore
    _parts: dict[type, Any] = field(default_factory=dict[type, Any])

    def parts(self) -> list[tuple[type, Any]]:
        """What was asked for so far, by its kind."""
        return list(self._parts.items())

    def of(self, kind: type[Part]) -> Part:
        """This server's one instance of a room's in-memory part, such as its timelines."""
        part = self._parts.get(kind)
        if part is None:
            part = self._parts[kind] = kind()
        return part

"""What this process remembers of calendars: when each last changed, and who writes where. Lost without harm."""

from dataclasses import dataclass, field

from mesange.kit.clock import SECOND

WRITES_FOR = 12 * SECOND
"""Who typed within so long is said to be writing."""


@dataclass(slots=True)
class Desks:
    """What changed before `begun_at` is unknown here, so every page from before then is told to look again."""

    begun_at: int = 0
    changed: dict[int, int] = field(default_factory=dict[int, int])
    writing: dict[int, dict[int, int]] = field(default_factory=dict[int, dict[int, int]])

    def note_change(self, organization_id: int, now: int) -> None:
        self.changed[organization_id] = now

    def has_changed(self, organization_id: int, since: int, now: int) -> bool:
        self.begun_at = self.begun_at or now
        return self.changed.get(organization_id, self.begun_at) >= since

    def note_writing(self, publication_id: int, user_id: int, now: int) -> None:
        self.writing.setdefault(publication_id, {})[user_id] = now

    def stop_writing(self, publication_id: int, user_id: int) -> None:
        self.writing.get(publication_id, {}).pop(user_id, None)

    def writers(self, publication_id: int, now: int) -> list[int]:
        """Users, and nobody who has been quiet for a while."""
        at = self.writing.get(publication_id, {})
        for user_id in [user_id for user_id, typed in at.items() if now - typed > WRITES_FOR]:
            del at[user_id]
        if not at:
            self.writing.pop(publication_id, None)
        return list(at)


def calendar_channel(organization_id: int) -> str:
    """What happens on the calendar of an organization."""
    return f"publishing:calendar:{organization_id}"


def publication_channel(publication_id: int) -> str:
    """What happens to one publication, and who writes in it."""
    return f"publishing:publication:{publication_id}"

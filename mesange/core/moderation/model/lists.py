"""Lists of blocks as servers of this network exchange them, and what taking one over would change."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mesange.core.moderation.model.domains import DomainBlock, Severity
from mesange.kit.errors import Invalid
from mesange.kit.text import checked_domain, clean

MOST_LINES = 20_000
MOST_BLOCK_COMMENT = 1_000


@dataclass(frozen=True, slots=True)
class BlockSubscription:
    """A list that others keep, read every day unless it is stopped. `pending` is a list that waits for a person,
    because of `why_waits`: review or sudden; `names` are those of the list that was taken over last; `severity` counts
    for all of them, "" as the list says."""

    id: int
    url: str
    applies_itself: bool
    next_at: int
    attempts: int = 0
    failure: str = ""
    read_at: int | None = None
    names: int = 0
    pending: str = ""
    why_waits: str = ""
    severity: str = ""
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What a list would do here: blocks that come, that change, that go; `kept` stand here already, by hand or by
    another list, and stay as they are."""

    added: tuple[DomainBlock, ...]
    changed: tuple[DomainBlock, ...]
    removed: tuple[DomainBlock, ...]
    kept: tuple[DomainBlock, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def list_changes(here: Mapping[str, DomainBlock], wanted: Iterable[DomainBlock], list_id: int = 0) -> ListChanges:
    """Of a list that is subscribed to (`list_id`), or of one that is taken over once."""
    named = {block.domain: replace(block, subscription_id=list_id or None) for block in wanted}
    held = {domain: here[domain] for domain in named if domain in here}
    own = {domain for domain, block in here.items() if list_id and block.subscription_id == list_id}
    return ListChanges(
        added=tuple(block for domain, block in named.items() if domain not in held),
        changed=tuple(named[domain] for domain in named if domain in own and _differs(held[domain], named[domain])),
        removed=tuple(here[domain] for domain in sorted(own - named.keys())),
        kept=tuple(block for domain, block in held.items() if domain not in own),
    )


def _differs(one: DomainBlock, other: DomainBlock) -> bool:
    return replace(one, created_at=0) != replace(other, created_at=0)


def wanted_by(subscription: BlockSubscription, text: str, now: int) -> list[DomainBlock]:
    """Blocks of what a subscribed list says, as severe as it is read here. Raises Invalid naming the line at fault."""
    blocks = read_blocks(text, now)
    severity = Severity(subscription.severity) if subscription.severity else None
    return [replace(block, severity=severity) for block in blocks] if severity else blocks


def is_sudden(before: int, now: int) -> bool:
    """A list that shrinks or grows by more than half since it was taken over is looked at by a person first."""
    return before > 0 and abs(now - before) * 2 > before


def block_of(given: Mapping[str, str], now: int) -> DomainBlock:
    """A block as it was typed. Raises Invalid."""
    try:
        severity = Severity(given.get("severity") or Severity.SUSPEND)
    except ValueError:
        raise Invalid("This severity does not exist.", field="severity") from None
    return DomainBlock(
        domain=checked_domain(given.get("domain", "")),
        severity=severity,
        rejects_media=_is_yes(given.get("rejects_media", "")),
        rejects_reports=_is_yes(given.get("rejects_reports", "")),
        public_comment=clean(given.get("public_comment", ""), MOST_BLOCK_COMMENT),
        private_comment=clean(given.get("private_comment", ""), MOST_BLOCK_COMMENT),
        is_obfuscated=_is_yes(given.get("obfuscates", "")),
        created_at=now,
    )


def _is_yes(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes", "on")


def read_blocks(text: str, now: int) -> list[DomainBlock]:
    """Blocks of a CSV list, with Mastodon's columns or of names alone. Raises Invalid naming the line at fault."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(cell.strip() for cell in row)]
    except csv.Error:
        raise Invalid("This is no list of names.", field="list") from None
    if len(rows) > MOST_LINES:
        raise Invalid("This list is too long.", field="list")
    has_heads = bool(rows) and rows[0][0].lstrip("#").strip().lower() == "domain"
    heads = [cell.strip().lstrip("#").lower() for cell in rows[0]] if has_heads else ["domain"]
    return [_read(heads, row, number, now) for number, row in enumerate(rows[has_heads:], 1 + has_heads)]


def _read(heads: list[str], row: list[str], number: int, now: int) -> DomainBlock:
    cells = dict(zip(heads, row, strict=False))
    given = {
        "domain": cells.get("domain", ""),
        "severity": cells.get("severity", "").strip().lower(),
        "rejects_media": cells.get("reject_media", ""),
        "rejects_reports": cells.get("reject_reports", ""),
        "public_comment": cells.get("public_comment", ""),
        "obfuscates": cells.get("obfuscate", ""),
    }
    try:
        return block_of(given, now)
    except Invalid as error:
        raise Invalid(f"Line {number}: {error.public_text}", field="list") from None

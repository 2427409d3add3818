"""The audit of an organization: its owners and admins read it, nobody else."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import msgspec

from mesange.core.teams.model import Deed, Role, audit_scope
from mesange.core.teams.queries.members import check_role
from mesange.kit.db import Reader
from mesange.kit.paging import Page
from mesange.kit.scopelog import Entry, EntryFilter, first_broken, list_entries, read_entries


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is left empty is not asked for; `since` and `until` (excluded) in milliseconds."""

    account_id: int = 0
    user_id: int = 0
    act: str = ""
    since: int = 0
    until: int = 0

    @property
    def entries(self) -> EntryFilter:
        subject = f"account:{self.account_id}" if self.account_id else ""
        return EntryFilter(self.act, self.user_id, subject, self.since, self.until)


async def list_audit(
    db: Reader, user_id: int, organization_id: int, page: Page, only: AuditFilter
) -> list[tuple[Entry, Deed]]:
    """Newest first, by number. Raises NotFound, Forbidden for whoever is not owner or admin of the whole."""
    await check_role(db, user_id, organization_id, Role.ADMIN)
    return [
        (entry, deed_of(entry)) for entry in await list_entries(db, audit_scope(organization_id), page, only.entries)
    ]


async def read_audit(
    db: Reader, user_id: int, organization_id: int, only: AuditFilter, until: int
) -> AsyncGenerator[tuple[Entry, Deed]]:
    """From the first entry on up to number `until`, without holding it all in memory. Raises as `list_audit` does."""
    await check_role(db, user_id, organization_id, Role.ADMIN)
    async for entry in read_entries(db, audit_scope(organization_id), only.entries, until):
        yield entry, deed_of(entry)


async def count_acts(db: Reader, organization_id: int, user_id: int, act: str, since: int) -> int:
    """How often a member did this since then."""
    return await db.value(
        "SELECT count(*) FROM scope_entries WHERE scope = ? AND actor_id = ? AND kind = ? AND at >= ?",
        audit_scope(organization_id),
        user_id,
        act,
        since,
    )


async def check_audit(db: Reader, user_id: int, organization_id: int) -> int:
    """Number of the first entry that was changed or is missing; 0 when all holds. Raises as `list_audit` does."""
    await check_role(db, user_id, organization_id, Role.ADMIN)
    return await first_broken(db, audit_scope(organization_id))


def deed_of(entry: Entry) -> Deed:
    """The deed that an entry tells of."""
    told: dict[str, object] = msgspec.json.decode(entry.body, type=dict[str, object])
    kind, _, id = entry.subject.partition(":")
    return Deed(
        act=entry.kind,
        user_id=entry.actor_id,
        account_id=int(id) if kind == "account" else 0,
        client_id=msgspec.convert(told.pop("client", 0), int),
        status_id=msgspec.convert(told.pop("status", 0), int),
        approved_by=msgspec.convert(told.pop("approved_by", ()), tuple[int, ...]),
        told=told,
    )

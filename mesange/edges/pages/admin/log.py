"""The log of staff acts: who did what, how it was and how it is; never shown outside."""

from dataclasses import dataclass

import msgspec

from mesange.core.accounts.queries import find_account_by_acct, load_accounts
from mesange.core.moderation.actions.log import SCOPE
from mesange.edges.pages.admin.deeds import choices, said
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.visit import Visit
from mesange.kit.scopelog import Entry, EntryFilter, list_entries, signed_head
from mesange.kit.signing import signer_in
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class EntryView:
    number: int
    at: int
    kind: str
    actor: str
    subject: str
    facts: tuple[tuple[str, str], ...]


async def show(visit: Visit) -> Response:
    """Filtered by who (a handle), what, and about what."""
    server, window = visit.server, window_of(visit, 50)
    who, kind, subject = visit.text("who")[:320], visit.text("kind")[:100], visit.text("about")[:320]
    actor = await find_account_by_acct(server, who) if who else None
    only = EntryFilter(kind, actor.id if actor else (1 if who else 0), subject)
    entries = await list_entries(server.db, SCOPE, window, only)
    accounts = await load_accounts(server, {entry.actor_id for entry in entries if entry.actor_id})
    names = {id: f"@{account.acct}" for id, account in accounts.items()}
    more = tuple((name, value) for name, value in (("who", who), ("kind", kind), ("about", subject)) if value)
    return await admin_page(
        visit,
        "log.html",
        entries=[_view(visit, entry, names) for entry in entries],
        kinds=choices(visit),
        who=who,
        kind=kind,
        about=subject,
        page=page_of(window, [entry.number for entry in entries], Feed("/admin/log", more=more)),
    )


def _view(visit: Visit, entry: Entry, names: dict[int, str]) -> EntryView:
    body = msgspec.json.decode(entry.body, type=dict[str, dict[str, object]])
    before, after = body.get("before", {}), body.get("after", {})
    facts = [(name, f"{before[name]} → {value}" if name in before else str(value)) for name, value in after.items()]
    facts += [(name, str(value)) for name, value in before.items() if name not in after]
    return EntryView(
        entry.number, entry.at, said(visit, entry.kind), names.get(entry.actor_id, "—"), entry.subject, tuple(facts)
    )


async def head(visit: Visit) -> Response:
    """How far the log has come, signed: kept elsewhere, it shows whether the log was rewritten since."""
    signer = signer_in(visit.server.settings.data)
    found = await signed_head(visit.server.db, signer, SCOPE, visit.server.clock.now())
    response = Response(msgspec.json.format(msgspec.json.encode(found)))
    return response.with_header(b"content-disposition", b'attachment; filename="log-head.json"')

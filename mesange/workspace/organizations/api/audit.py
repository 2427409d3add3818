"""The audit of an organization, filtered and by pages, and its signed head."""

from datetime import date

import msgspec

from mesange.core.accounts.queries import load_colleagues
from mesange.core.teams.model import audit_scope
from mesange.core.teams.queries import AuditFilter, check_audit, list_audit
from mesange.front.api import Api, Call
from mesange.front.paging import ACCOUNTS, list_response, page_of
from mesange.kit.clock import DAY
from mesange.kit.errors import Invalid
from mesange.kit.scopelog import signed_head
from mesange.kit.signing import signer_in
from mesange.kit.web.response import Response, encode_json, json_response
from mesange.workspace.organizations.api.entities import entry_entity, id_given
from mesange.workspace.organizations.queries import get_admin_house

api = Api()


class AuditAsked(msgspec.Struct):
    """`since` and `until` are days (2026-11-24), both included, in UTC."""

    account_id: str | int = 0
    user_id: str | int = 0
    act: str = ""
    since: str = ""
    until: str = ""


def filter_in(asked: AuditAsked) -> AuditFilter:
    """Raises Invalid for what is no day."""
    until = day_in(asked.until, "until")
    return AuditFilter(
        account_id=id_given(asked.account_id),
        user_id=id_given(asked.user_id),
        act=asked.act[:100],
        since=day_in(asked.since, "since"),
        until=until + DAY if until else 0,
    )


def day_in(text: str, field: str) -> int:
    """The day's beginning in milliseconds; 0 for none."""
    if not text.strip():
        return 0
    try:
        return (date.fromisoformat(text.strip()) - date(1970, 1, 1)).days * DAY
    except ValueError:
        raise Invalid("Give a day such as 2026-11-24.", field=field) from None


@api.get("/api/mesange/organizations/:name/audit", "read:accounts")
async def show_audit(call: Call) -> Response:
    house = await get_admin_house(call.server.db, call.viewer, call.request.segments["name"])
    page, only = page_of(call, ACCOUNTS), filter_in(call.query(AuditAsked))
    found = await list_audit(call.server.db, call.viewer.user_id, house.organization.id, page, only)
    who = await load_colleagues(call.server.db, [deed.user_id for _, deed in found])
    body = encode_json([entry_entity(entry, deed, who) for entry, deed in found])
    return list_response(call, body, [entry.number for entry, _ in found], page)


@api.get("/api/mesange/organizations/:name/audit/head", "read:accounts")
async def show_head(call: Call) -> Response:
    """How far the audit has come, signed, and the first entry that does not hold (0: all do)."""
    house = await get_admin_house(call.server.db, call.viewer, call.request.segments["name"])
    server, organization_id = call.server, house.organization.id
    broken = await check_audit(server.db, call.viewer.user_id, organization_id)
    signer = signer_in(server.settings.data)
    head = await signed_head(server.db, signer, audit_scope(organization_id), server.clock.now())
    return json_response({"head": msgspec.to_builtins(head), "broken_at": broken})


ROUTES = api.routes

"""Reporting an account or its posts to the moderation of this server."""

from typing import Any

import msgspec

from mesange.core.moderation.actions.reports import file_report
from mesange.core.moderation.model import MOST_REPORTED, Category, Report, ReportDraft, ids_in
from mesange.edges.mastodon.api import Api, Call
from mesange.edges.mastodon.entities.account import accounts_bytes
from mesange.edges.mastodon.limits import REPORTS
from mesange.kit.clock import iso
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.ids import id_of
from mesange.kit.web.response import Response, encode_json

api = Api()
Given = list[str | int] | str | int


class Asked(msgspec.Struct):
    account_id: str | int = ""
    status_ids: Given = msgspec.field(default_factory=list[str | int])
    comment: str = ""
    forward: bool = False
    category: str = Category.OTHER.value
    rule_ids: Given = msgspec.field(default_factory=list[str | int])


@api.post("/api/v1/reports", "write:reports", limit=REPORTS)
async def report(call: Call) -> Response:
    asked = await call.read(Asked)
    draft = ReportDraft(
        target_id=id_of(str(asked.account_id)) or 0,
        status_ids=_ids(asked.status_ids),
        comment=asked.comment,
        category=asked.category,
        rule_ids=_ids(asked.rule_ids),
        forward=asked.forward,
    )
    filed = await file_report(call.server, call.viewer, draft)
    target = (await accounts_bytes(call.server, [filed.target_id]))[filed.target_id]
    return Response(encode_json(report_entity(filed))[:-1] + b',"target_account":' + target + b"}")


def _ids(given: Given) -> list[int]:
    """Raises Invalid beyond what a report may name, NotFound for what can be no id."""
    texts = given if isinstance(given, list) else [given]
    if len(texts) > MOST_REPORTED:
        raise Invalid(f"A report names at most {MOST_REPORTED} posts.", field="status_ids")
    ids = [id_of(str(text)) for text in texts if text != ""]
    if None in ids:
        raise NotFound()
    return [id for id in ids if id is not None]


def report_entity(report: Report) -> dict[str, Any]:
    return {
        "id": str(report.id),
        "action_taken": report.resolved_at is not None,
        "action_taken_at": iso(report.resolved_at) if report.resolved_at else None,
        "category": report.category.value,
        "comment": report.comment,
        "forwarded": report.is_forwarded,
        "created_at": iso(report.created_at),
        "status_ids": [str(id) for id in ids_in(report.status_ids)],
        "rule_ids": [str(id) for id in ids_in(report.rule_ids)],
        "collection_ids": [],
    }


ROUTES = api.routes

"""Reporting an account or its posts to the moderation of this server."""

import msgspec

from mesange.core.moderation.actions.reports import file_report
from mesange.core.moderation.model import MOST_REPORTED, Category, ReportDraft
from mesange.edges.mastodon.entities.report import reports_bytes
from mesange.front.api import Api, Call
from mesange.front.limits import REPORTS
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.ids import id_of
from mesange.kit.web.response import Response

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
    return Response((await reports_bytes(call.server, [filed]))[filed.id])


def _ids(given: Given) -> list[int]:
    """Raises Invalid beyond what a report may name, NotFound for what can be no id."""
    texts = given if isinstance(given, list) else [given]
    if len(texts) > MOST_REPORTED:
        raise Invalid(f"A report names at most {MOST_REPORTED} posts.", field="status_ids")
    ids = [id_of(str(text)) for text in texts if text != ""]
    if None in ids:
        raise NotFound()
    return [id for id in ids if id is not None]


ROUTES = api.routes

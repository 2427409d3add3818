"""Report: what somebody told the moderation of an account."""

from collections.abc import Sequence
from typing import Any

from mesange.core.moderation.model import Report, ids_in
from mesange.edges.mastodon.entities.account import accounts_bytes
from mesange.kit.clock import iso
from mesange.kit.server import Server
from mesange.kit.web.response import encode_json


async def reports_bytes(server: Server, found: Sequence[Report]) -> dict[int, bytes]:
    """By id; without those about an account that is gone."""
    targets = await accounts_bytes(server, [each.target_id for each in found])
    return {
        each.id: encode_json(_report(each))[:-1] + b',"target_account":' + targets[each.target_id] + b"}"
        for each in found
        if each.target_id in targets
    }


def _report(report: Report) -> dict[str, Any]:
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

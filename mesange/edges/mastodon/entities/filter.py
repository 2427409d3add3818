"""Filter of both versions, and FilterResult: what a viewer's filters say of a status."""

from collections.abc import Sequence
from typing import Any

from mesange.core.filters.model import Filter, FilterKeyword, FilterMatch, FilterStatus, FullFilter
from mesange.core.filters.queries import active_filters, load_filter_matches
from mesange.core.statuses.queries import load_statuses
from mesange.kit.clock import iso
from mesange.kit.server import Server
from mesange.kit.web.response import encode_json


async def filtered_bytes(server: Server, viewer_id: int, ids: Sequence[int]) -> dict[int, bytes]:
    """`filtered` of those statuses of which the viewer's filters speak; nothing is read for who has none."""
    if await active_filters(server, viewer_id) is None:
        return {}
    statuses = await load_statuses(server, ids)
    found = await load_filter_matches(server, viewer_id, list(statuses.values()))
    return {id: encode_json([_result(match) for match in matches]) for id, matches in found.items()}


def _result(match: FilterMatch) -> dict[str, Any]:
    return {
        "filter": _rule(match.filter),
        "keyword_matches": list(match.keywords),
        "status_matches": [str(id) for id in match.status_ids],
    }


def _rule(one: Filter) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "context": one.contexts.names,
        "expires_at": iso(one.expires_at) if one.expires_at else None,
        "filter_action": one.action.value,
    }


def filter_entity(full: FullFilter) -> dict[str, Any]:
    return _rule(full.filter) | {
        "keywords": [keyword_entity(each) for each in full.keywords],
        "statuses": [filter_status_entity(each) for each in full.statuses],
    }


def keyword_entity(keyword: FilterKeyword) -> dict[str, Any]:
    return {"id": str(keyword.id), "keyword": keyword.keyword, "whole_word": keyword.is_whole_word}


def filter_status_entity(held: FilterStatus) -> dict[str, str]:
    return {"id": str(held.id), "status_id": str(held.status_id)}


def first_filter_entity(full: FullFilter, keyword: FilterKeyword) -> dict[str, Any]:
    """V1::Filter: one keyword with the filter around it; its id is the keyword's."""
    rule = _rule(full.filter)
    return {
        "id": str(keyword.id),
        "phrase": keyword.keyword,
        "context": rule["context"],
        "whole_word": keyword.is_whole_word,
        "expires_at": rule["expires_at"],
        "irreversible": full.filter.action.value == "hide",
    }

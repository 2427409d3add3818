"""Paging parameters and the Link header of every list."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode

import msgspec

from mesange.front.api import Call
from mesange.kit.paging import Page, page_from
from mesange.kit.web.response import Response

CURSORS = ("max_id", "since_id", "min_id", "access_token")


class Paging(msgspec.Struct):
    max_id: str | int | None = None
    since_id: str | int | None = None
    min_id: str | int | None = None
    limit: str | int | None = None


STATUSES = (20, 40)
ACCOUNTS = (40, 80)
HASHTAGS = (100, 200)
NOTIFICATIONS = (40, 80)


def page_of(call: Call, sizes: tuple[int, int]) -> Page:
    """`sizes` are the default and the most. Raises Invalid for a cursor that is no id."""
    if not call.request.scope["query_string"]:
        return Page(limit=sizes[0])
    asked = call.query(Paging)
    limit = str(asked.limit or "")
    return page_from(
        max_id=_text(asked.max_id),
        since_id=_text(asked.since_id),
        min_id=_text(asked.min_id),
        limit=int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 6 else None,
        default=sizes[0],
        most=sizes[1],
    )


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def list_response(
    call: Call, body: bytes, cursors: Sequence[int], page: Page, *, goes_on: bool | None = None
) -> Response:
    """A list with its neighbours: older ones while the page is full or it `goes_on`, newer ones always."""
    is_full = len(cursors) >= page.limit if goes_on is None else goes_on
    response = Response(body)
    if cursors:
        base = _address(call)
        links: list[str] = []
        if is_full or page.forwards:
            links.append(f'<{base}max_id={cursors[-1]}>; rel="next"')
        links.append(f'<{base}min_id={cursors[0]}>; rel="prev"')
        response.headers.append((b"link", ", ".join(links).encode()))
    return response


def _address(call: Call) -> str:
    """This call's own address without its cursors, ready for one more."""
    path: bytes = call.request.scope.get("raw_path") or quote(call.request.path).encode()
    address = f"{call.server.settings.origin}{path.decode('latin-1')}?"
    query: bytes = call.request.scope["query_string"]
    if not query:
        return address
    kept = [(name, value) for name, value in parse_qsl(query.decode("latin-1")) if name not in CURSORS]
    return f"{address}{urlencode(kept)}&" if kept else address

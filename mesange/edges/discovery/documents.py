"""Documents for programs of other sites: anyone may read them, from any page, and keep them for a while."""

from mesange.kit.web.plain_errors import FOR_ANYONE
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, encode_json
from mesange.kit.web.tagged import tagged

JSON = b"application/json; charset=utf-8"
KEPT = (b"cache-control", b"public, max-age=300")


def document(request: Request, body: bytes, media_type: bytes) -> Response:
    """304 without a body to who has it already."""
    return tagged(Response(body, 200, media_type, [FOR_ANYONE, KEPT])).answer(request)


def json_document(request: Request, value: object, media_type: bytes = JSON) -> Response:
    return document(request, encode_json(value), media_type)

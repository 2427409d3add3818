"""Documents for programs of other sites: anyone may read them, from any page, and keep them for a while."""

from mesange.kit.web.plain_errors import FOR_ANYONE
from mesange.kit.web.response import Response, encode_json

JSON = b"application/json; charset=utf-8"
KEPT = (b"cache-control", b"public, max-age=300")


def document(body: bytes, media_type: bytes) -> Response:
    return Response(body, 200, media_type, [FOR_ANYONE, KEPT])


def json_document(value: object, media_type: bytes = JSON) -> Response:
    return document(encode_json(value), media_type)

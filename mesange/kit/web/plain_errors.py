"""Refusals for programs that are no client of an API: feed readers, other servers, crawlers."""

from typing import Any

from mesange.kit.errors import MesangeError
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, json_response

FOR_ANYONE = (b"access-control-allow-origin", b"*")


async def plain_json_error(server: Any, request: Request, error: MesangeError) -> Response:
    response = json_response({"error": error.public_text}, error.http_status)
    return response.with_header(*FOR_ANYONE)


async def plain_text_error(server: Any, request: Request, error: MesangeError) -> Response:
    return Response(error.public_text.encode(), error.http_status, b"text/plain; charset=utf-8")

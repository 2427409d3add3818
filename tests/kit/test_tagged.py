"""Answers that a reader may hold already."""

import gzip

import pytest

from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.tagged import FEWEST_ZIPPED, tagged

CHANGED = 1_700_000_000_000


def asked(**headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": named}
    return Request(scope, None, None, {})  # type: ignore[arg-type]  (it has no body)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": 'W/"else"'}, 200),
        ({"if_modified_since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 304),
        ({"if_modified_since": "Tue, 14 Nov 2023 22:13:21 GMT"}, 200),
        ({"if_modified_since": "nonsense"}, 200),
        ({"if_none_match": 'W/"else"', "if_modified_since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 200),
    ],
)
def test_a_tag_counts_before_a_date_and_a_date_must_be_the_same(headers: dict[str, str], status: int) -> None:
    assert tagged(Response(b"body"), CHANGED).answer(asked(**headers)).status == status


def test_the_tag_is_that_of_the_content() -> None:
    one, same, other = (tagged(Response(body)) for body in (b"a", b"a", b"b"))
    assert one.tag == same.tag != other.tag
    assert one.answer(asked(if_none_match=one.tag.decode())).status == 304
    assert one.answer(asked(if_none_match=other.tag.decode())).status == 200
    assert one.answer(asked(if_modified_since="")).status == 200


@pytest.mark.parametrize("offer", ["gzip", "br, gzip", "GZIP;q=0.5", "deflate,gzip ; q=1"])
def test_who_takes_gzip_gets_it(offer: str) -> None:
    body = b"x" * FEWEST_ZIPPED
    answer = tagged(Response(body)).answer(asked(accept_encoding=offer))
    assert gzip.decompress(answer.body) == body
    assert (b"vary", b"accept-encoding") in answer.headers


@pytest.mark.parametrize("offer", ["", "identity", "gzip;q=0", "gzip; q=0.0", "xgzip"])
def test_who_does_not_take_it_gets_the_plain_body(offer: str) -> None:
    body = b"x" * FEWEST_ZIPPED
    assert tagged(Response(body)).answer(asked(accept_encoding=offer)).body == body


def test_what_is_short_is_not_compressed() -> None:
    assert tagged(Response(b"short")).answer(asked(accept_encoding="gzip")).body == b"short"

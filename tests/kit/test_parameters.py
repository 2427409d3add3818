"""Parameters: one reading of JSON, form and query."""

from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesange.kit.errors import BadRequest, MesangeError, TooLarge
from mesange.kit.web.parameters import MOST_FIELDS, from_form, from_json, from_query

TWO_LINES = {"f": [{"name": "n", "value": "v"}, {"name": "m"}]}
FORMS = [
    ([("a", "1")], {"a": "1"}),
    ([("a", "")], {"a": ""}),
    ([("a", "1"), ("a", "2")], {"a": ["1", "2"]}),
    ([("a[]", "1"), ("a[]", "2")], {"a": ["1", "2"]}),
    ([("a[]", "1")], {"a": ["1"]}),
    ([("a[1]", "y"), ("a[0]", "x")], {"a": ["x", "y"]}),
    ([("a[b]", "1"), ("a[c]", "2")], {"a": {"b": "1", "c": "2"}}),
    ([("a[b][]", "1"), ("a[b][]", "2")], {"a": {"b": ["1", "2"]}}),
    ([("f[0][name]", "n"), ("f[0][value]", "v"), ("f[1][name]", "m")], TWO_LINES),
    ([("f[][name]", "n"), ("f[][value]", "v"), ("f[][name]", "m")], TWO_LINES),
    ([("a", "1"), ("a[b]", "2")], {"a": {"b": "2"}}),
    ([("a[b", "1")], {"a": "1"}),
    ([("a[²]", "1")], {"a": {"²": "1"}}),
    ([("a[٣]", "1")], {"a": {"٣": "1"}}),
    ([("a[5000]", "1")], {"a": {"5000": "1"}}),
    ([("é", "ü & = + %")], {"é": "ü & = + %"}),
    ([("a", "x\0y"), ("b\0", "1")], {"a": "xy", "b": "1"}),
]  # fmt: skip


@pytest.mark.parametrize(("pairs", "expected"), FORMS)
def test_brackets_make_lists_and_objects(pairs: list[tuple[str, str]], expected: dict) -> None:
    encoded = urlencode(pairs).encode()
    assert from_form(encoded) == from_query(encoded) == expected


def test_json_is_taken_as_it_is() -> None:
    assert from_json(b'{"a": [1, {"b": null}], "c": "x\\u0000y"}') == {"a": [1, {"b": None}], "c": "xy"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"a"',
        b"1",
        b"null",
        b"{",
        b'{"a": }',
        b'{"a": "\xff"}',
        b'{"a":' * 10_000,
        b'{"a":' + b"[" * 100_000,
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        from_json(body)


@pytest.mark.parametrize("encoded", [b"a=%ff", b"\xff=1", b"a[" + b"][" * 5_000 + b"]=1"])
def test_what_is_no_utf8_or_nested_too_deep_is_refused(encoded: bytes) -> None:
    with pytest.raises(BadRequest):
        from_form(encoded)


def test_too_many_fields_are_refused() -> None:
    assert len(from_form(b"&".join(b"a%d=1" % n for n in range(MOST_FIELDS)))) == MOST_FIELDS
    with pytest.raises(TooLarge):
        from_form(b"a=1&" * (MOST_FIELDS + 1))


@given(st.binary(max_size=60) | st.text("ab[]=&%0²\0", max_size=60).map(str.encode))
def test_no_bytes_are_a_fault(encoded: bytes) -> None:
    for read in (from_form, from_query, from_json):
        try:
            found = read(encoded)
        except MesangeError as refusal:
            found = {"refused": refusal.http_status}
        msgspec.json.encode(found)

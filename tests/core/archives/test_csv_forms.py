"""CSV as it is written and read."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesange.core.archives.model import FORMS, Kind, checked_lines, line_of, read_lines
from mesange.kit.errors import Invalid

FORM = FORMS[Kind.FOLLOWING]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_injection_a_formula_becomes_text(sign: str) -> None:
    cell = f'{sign}HYPERLINK("https://evil.example")'
    [[written]] = csv.reader(io.StringIO(line_of([cell]).decode(), newline=""))
    assert written == f"'{cell}"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_csv_injection_no_cell_begins_as_a_formula(cells: list[str]) -> None:
    [written] = csv.reader(io.StringIO(line_of(cells).decode(), newline="")) or [[""]]
    assert not [cell for cell in written if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    "text",
    [
        "Account address,Show boosts\nbob,true\n",
        "account ADDRESS,show BOOSTS\nbob,true\n",
        "\ufeffAccount address,Show boosts\r\nbob,true",
        "bob,true\n",
        "Account address,Other,Show boosts\nbob,x,true\n",
        '"bob","true"\n',
    ],
)
def test_heads_may_be_there_or_not(text: str) -> None:
    content = text.encode()
    assert checked_lines(content, FORM) == 1
    [(_, cells)] = read_lines(io.StringIO(text.removeprefix("\ufeff"), newline=""), FORM)
    assert (cells["Account address"], cells["Show boosts"]) == ("bob", "true")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for form in FORMS.values():
        with suppress(Invalid):
            assert checked_lines(content, form) > 0

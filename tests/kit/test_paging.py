"""Paging: Mastodon's cursors, read once for every list."""

import pytest

from mesange.kit.errors import Invalid
from mesange.kit.ids import HIGHEST_ID
from mesange.kit.paging import Page, page_from


def page(**given: object) -> Page:
    asked: dict = {"max_id": None, "since_id": None, "min_id": None, "limit": None, "default": 20, "most": 40} | given
    return page_from(**asked)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, Page()),
        ({"max_id": "9"}, Page(below=9)),
        ({"since_id": "3"}, Page(above=3)),
        ({"min_id": "3"}, Page(above=3, forwards=True)),
        ({"min_id": "3", "since_id": "5", "max_id": "9"}, Page(above=3, below=9, forwards=True)),
        ({"min_id": "0"}, Page(above=0, forwards=True)),
        ({"max_id": "", "since_id": "", "min_id": ""}, Page()),
        ({"max_id": "9999999999999999999"}, Page(below=HIGHEST_ID)),
        ({"limit": 5}, Page(5)),
        ({"limit": 0}, Page(20)),
        ({"limit": -3}, Page(1)),
        ({"limit": 10**30}, Page(40)),
    ],
)
def test_cursors_make_a_window(given: dict, expected: Page) -> None:
    assert page(**given) == expected


@pytest.mark.parametrize("name", ["max_id", "since_id", "min_id"])
@pytest.mark.parametrize("text", ["x", "-1", "1.5", "²", "1 ", "9" * 20, "0x10", "null"])
def test_what_is_no_id_is_refused_with_its_name(name: str, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        page(**{name: text})
    assert (refused.value.field, refused.value.http_status) == (name, 422)


def test_a_page_knows_whether_it_is_the_first_and_how_it_is_read() -> None:
    assert Page().is_first
    assert not Page(below=5).is_first and not Page(above=5).is_first
    assert (Page().order, Page(forwards=True).order) == ("DESC", "ASC")
    assert (Page().newest_first([3, 2]), Page(forwards=True).newest_first([2, 3])) == ([3, 2], [3, 2])

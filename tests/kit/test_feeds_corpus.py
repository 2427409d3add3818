"""Feeds of all the world's makings: the cases of feedparser's own suite, each with the value it must come out with."""

import datetime as dt
import os
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from feedparser.urls import make_safe_absolute_uri

from mesange.kit.cage.inside.feed import feed, parsed
from mesange.kit.feeds.reading import feed_in

REPOSITORY = Path(__file__).parents[2]
FEEDS = Path(os.environ.get("MESANGE_SHARED_DATA", REPOSITORY / "../shared/data")) / "feeds/feeds.tar.gz"
SERVED_FROM = "http://127.0.0.1:8097/"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
EXPECT = re.compile(r"Expect:\s*(.+?)\s*-->", re.DOTALL)
HEADER = re.compile(r"^\s*Header:\s*([^:]+):[ \t]*(.*)$", re.MULTILINE)
ENCODINGS = ("utf-8", "utf-32", "utf-16", "utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be", "cp037")


def cases() -> Iterator[tuple[str, bytes]]:
    if not FEEDS.exists():
        pytest.skip("feeds/feeds.tar.gz is not there (MESANGE_SHARED_DATA)")
    with tarfile.open(FEEDS) as packed:
        for member in packed:
            if member.isfile() and (file := packed.extractfile(member)):
                yield member.name, file.read()


def comment_of(body: bytes) -> str:
    """The comment that says what is expected, whatever the case is encoded in."""
    for encoding in ENCODINGS:
        text = body.decode(encoding, "replace")
        if "Expect:" in text and (found := COMMENT.search(text)):
            return found[0]
    raise AssertionError("no case without an expectation")


def is_as_expected(name: str, body: bytes) -> bool:
    comment = comment_of(body)
    headers = {key.lower(): value.strip() for key, value in HEADER.findall(comment)}
    served = SERVED_FROM + name if "http" in name else ""
    location = make_safe_absolute_uri(served, headers.get("content-location", "")) or served
    result = parsed(body, headers.get("content-type", "application/xml"), location, headers.get("content-language", ""))
    names = {"datetime": dt, "headers": headers, **result}
    # What an answer carries beside its body is the business of whoever fetched it.
    kept = {"etag": "etag", "modified": "last-modified", "modified_parsed": "last-modified"}
    names |= {key: headers[header] for key, header in kept.items() if headers.get(header)}
    expected = EXPECT.search(comment)
    assert expected
    return bool(eval(expected[1].replace("\n", " "), {}, names))


def test_every_case_is_read_with_the_value_it_expects(capsys: pytest.CaptureFixture[str]) -> None:
    wrong, right, items = list[str](), 0, 0
    for name, body in cases():
        if is_as_expected(name, body):
            right += 1
        else:
            wrong.append(name)
        read = feed_in(feed(body, "application/xml", SERVED_FROM + name))
        items += len(read.items) if read else 0
    with capsys.disabled():
        print(f"\n{right} of {right + len(wrong)} feeds read as they expect; {items} items", file=sys.stderr)
    assert (wrong, right) == ([], 1749)

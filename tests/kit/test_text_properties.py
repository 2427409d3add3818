"""Whatever is written, nothing raises, nothing is lost, nothing is slow."""

import time
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesange.kit.text import (
    FoundHashtag,
    FoundLink,
    FoundMention,
    clean,
    clean_name,
    count_signs,
    entities,
    excerpt,
    fold,
    hashtag_name,
    plain,
    sanitise,
    to_html,
)

VOID = {"br"}
PIECES = st.sampled_from(
    [
        *("@", "#", "＃", "lucie", "@a@b.example", "http://", "https://a.io/(b)?c", "://", ".", "/", " ", "\n", "\n\n"),
        *("&", "<b>", '"', "1", "é", "\u0301", "日本", "\u200d", "👩", "\u202e", "\x00", "\ud800", "_", "-", "t.co/"),
        *("(", ")", "?"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)
LENGTH = 100_000
UNITS = [
    *("@", "#", "＃", "a", "1", "_", "-", ".", " ", "\n", "\r\n", "\u2028", "<", ">", "&", "é", "日", "\u0301"),
    *("\u200d", "👩\u200d", "🇫", "\u202e", "\ud800", "@a", "#a", "#1", "@a@", "@a.", "@a@a.", "a@a", "a.", "a-"),
    *("://", "http://", "#http://", "http://a.", "http://a.b", "http://a_b.", "http://t.co/a", "http://a.co/("),
    *("http://a.co/()", "http://a.co/?", "http://a.co/!", "http://a.co/(b"),
]
LEADS = ["", "#", "@a@a", "http://", "http://a.", "http://a.co/", "http://a.co/(", "http://a.co/?"]
HTML_UNITS = [
    *("<b>", "<a>", "<div>", "<ul><li>", "<p>", "<h1 ", "<h1>", "</h1>", "<br ", "</p ", "</p>\n", "<!--", "<!-- -->"),
    *("&amp;", "&", "<a b=c ", "<", "a=b "),
]


class Balance(HTMLParser):
    """Fails when an element is closed that is not the one open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def is_balanced(html: str) -> bool:
    parser = Balance()
    parser.feed(html)
    parser.close()
    return parser.open == []


def rendered(text: str) -> str:
    return to_html(text, entities(text), known_target, lambda hashtag: f"/tags/{hashtag_name(hashtag.name)}")


def known_target(mention: FoundMention) -> tuple[str, str] | None:
    return None if mention.domain else (f"/@{mention.acct}", mention.acct)


@given(TEXTS)
@settings(deadline=None)
def test_every_entity_is_where_it_says(text: str) -> None:
    position = 0
    for found in entities(text).in_order():
        assert position <= found.start < found.end <= len(text)
        position = found.end
        written = text[found.start : found.end]
        match found:
            case FoundHashtag(name=name):
                assert written[1:] == name
                assert hashtag_name(name)
            case FoundMention(acct=acct):
                assert written == f"@{acct}"
            case FoundLink(url=url):
                assert written == url


@given(TEXTS)
@settings(deadline=None)
def test_no_text_raises(text: str) -> None:
    assert count_signs(text) >= 0
    assert is_balanced(rendered(text))
    assert is_balanced(sanitise(text))
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)
    clean(text).encode()
    assert "\n" not in clean_name(text)
    assert count_signs(excerpt(clean(text), 10), entities("")) <= 10
    plain(text)


@given(TEXTS)
@settings(deadline=None)
def test_our_html_says_what_was_written(text: str) -> None:
    kept = clean(text).replace("＃", "#")
    assert "".join(plain(rendered(kept)).split()) == "".join(kept.split())


def seconds(run: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    run(text)
    return time.process_time() - started


def is_slow(run: Callable[[str], object], text: str, *, limit: float) -> bool:
    """Slow twice, so that a busy machine is not blamed on the text."""
    return seconds(run, text) > limit and seconds(run, text) > limit


@pytest.mark.parametrize("lead", LEADS)
def test_g7_no_text_is_slow_to_read(lead: str) -> None:
    texts = [(lead + unit * LENGTH)[:LENGTH] for unit in UNITS]
    assert [text[:20] for text in texts if is_slow(entities, text, limit=0.05)] == []


@pytest.mark.parametrize("run", [clean, clean_name, fold, hashtag_name], ids=lambda run: run.__name__)
def test_no_text_is_slow_to_clean(run: Callable[[str], object]) -> None:
    texts = [(unit * LENGTH)[:LENGTH] for unit in UNITS]
    assert [text[:20] for text in texts if is_slow(run, text, limit=0.05)] == []


def test_no_text_is_slow_to_count() -> None:
    texts = [(unit * LENGTH)[:LENGTH] for unit in UNITS]
    assert [text[:20] for text in texts if is_slow(count_signs, text, limit=0.1)] == []


@pytest.mark.parametrize("run", [sanitise, plain], ids=lambda run: run.__name__)
def test_no_html_is_slow_to_clean(run: Callable[[str], object]) -> None:
    texts = [(unit * LENGTH)[:LENGTH] for unit in HTML_UNITS]
    assert [text[:20] for text in texts if is_slow(run, text, limit=0.15)] == []

"""Reading feeds in the cage: what sites write, and what those send who mean ill."""

import pytest

from mesange.kit.feeds import Feed, FeedItem, Trouble, Unreadable, feeds_named, read_feed
from mesange.kit.feeds.reading import MOST_BYTES, FeedCages

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Le blog &amp;amp; nous</title>
<link>https://blog.example/</link><atom:link rel="hub" href="https://hub.example/"/>
<atom:link rel="self" href="https://blog.example/feed"/>
<item><guid isPermaLink="false">no-1</guid><title>Été à l’usine</title><link>/1?a=1&amp;b=2</link>
<pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate><category>Made in France</category>
<description>&lt;p&gt;Un &lt;b&gt;bel&lt;/b&gt; été&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Notes</title><id>urn:a</id>
<entry><id>urn:1</id><title type="text">a &lt; b</title><link href="https://a.example/1"/>
<updated>2026-01-02T00:00:00Z</updated><published>2026-01-01T00:00:00+01:00</published>
<summary type="text">one &lt;two&gt;</summary></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "home_page_url": "https://a.example/",
"hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
"items": [{"id": 7, "url": "https://a.example/7", "content_html": "<p>Seven</p>", "tags": ["seven", "seven"],
"date_published": "2026-01-01T00:00:00Z"}, {"id": "8", "content_text": "a < b"}]}"""
NEW_YEAR = 1767225600000


async def read(body: bytes | str, content_type: str = "") -> Feed:
    sent = body.encode() if isinstance(body, str) else body
    return await read_feed(FeedCages(), sent, content_type, "https://blog.example/feed")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
async def test_rss_is_read_in_its_encoding_without_markup(encoding: str) -> None:
    found = await read(RSS.format(encoding=encoding).encode(encoding))
    assert (found.title, found.hub, found.topic) == (
        "Le blog & nous",
        "https://hub.example/",
        "https://blog.example/feed",
    )
    (item,) = found.items
    assert (item.guid, item.title, item.summary) == ("no-1", "Été à l’usine", "Un bel été")
    assert (item.link, item.tags, item.published_at) == (
        "https://blog.example/1?a=1&b=2",
        ("Made in France",),
        NEW_YEAR,
    )


async def test_atom_is_read_as_text_where_it_is_text() -> None:
    (item,) = (await read(ATOM)).items
    assert (item.title, item.summary, item.link) == ("a < b", "one <two>", "https://a.example/1")
    assert (item.published_at, item.updated_at) == (NEW_YEAR - 3_600_000, NEW_YEAR + 86_400_000)


async def test_json_feed_is_read() -> None:
    found = await read(JSON, "application/feed+json")
    assert (found.hub, [item.guid for item in found.items]) == ("https://hub.example/", ["7", "8"])
    assert found.items[0] == FeedItem(
        "7", "https://a.example/7", "", "Seven", NEW_YEAR, None, ("seven",), is_summary_html=True
    )
    assert found.items[1].summary == "a < b"


HOSTILE = {
    "a billion laughs": ('<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><title>&b;</title></rss>', "hostile"),
    "on lines of their own": ("<!DOCTYPE a [\n<!ENTITY a 'ha'>\n<!ENTITY b '&a;'>\n]>\n<rss/>", "hostile"),
    "too large": (" " * (MOST_BYTES + 1), "too_large"),
    "endless depth": ("<a>" * 50_000, "too_slow|no_feed"),
    "brackets without end": ('{"version":' + "[" * 50_000, "no_feed"),
    "another JSON": ('{"version": 2}', "no_feed"),
    "nothing": ("", "no_feed"),
    "words": ("Good morning", "no_feed"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_no_feed_or_means_ill_is_named(name: str) -> None:
    body, trouble = HOSTILE[name]
    with pytest.raises(Unreadable) as refused:
        await read(body)
    assert refused.value.trouble in trouble.split("|")


async def test_a_file_named_in_an_entity_is_never_opened() -> None:
    found = await read(
        '<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/passwd">\n]>\n<rss version="2.0"><title>&x;</title></rss>'
    )
    assert "root" not in found.title


async def test_a_page_says_where_its_feeds_are() -> None:
    page = (
        '<!doctype html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        '<link rel="alternate" hreflang="fr" href="/fr"><link rel=alternate type=application/feed+json href="j.json">'
    )
    with pytest.raises(Unreadable) as refused:
        await read(page, "text/html")
    assert refused.value.trouble is Trouble.PAGE
    assert refused.value.feeds == ["https://blog.example/feed.xml", "https://blog.example/j.json"]
    assert feeds_named(b"", "", "https://a.example/") == []

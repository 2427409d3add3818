"""What pages say about themselves, read from any bytes: broken, deep, enormous, in any charset."""

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesange.kit.http import Http, OutgoingFailed
from mesange.kit.previews import fetch_preview, read_page
from mesange.kit.previews.charset import text_of
from mesange.kit.previews.linked import decoded
from mesange.kit.previews.saying import Said, with_oembed
from tests.kit.loopback import LOOPBACK, Loopback

HERE = "https://site.example/a/page"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Plain &eacute; &#233;\n title</title>", "Plain é é title"),
        ("<TITLE lang=en>Loud</TITLE >", "Loud"),
        ("<title>T</title><meta property='og:title' content=\"O\">", "O"),
        ("<meta name=twitter:title content=W><title>T</title>", "W"),
        ("<meta content=First property=og:title><meta content=Second property=og:title>", "First"),
        ("<meta property=og:title content=''><title>T</title>", "T"),
        ("<!-- <title>no</title> --><title>yes</title>", "yes"),
        ("<script>var a = '<title>no</title>'</script><title>yes</title>", "yes"),
        ("<noscript><meta property=og:title content=no></noscript><title>yes</title>", "yes"),
        ("<meta property=og:title content=yes /><p title='>'>", "yes"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"X"},{"headline":"Linked"}]}</script><title>T',
            "Linked",
        ),
        ("</head><title>after the head</title>", ""),
        ("<body><title>in the body</title>", ""),
        ("<title>never closed", ""),
        ("<!-- never closed <title>x</title>", ""),
        ("\u202e<title>a\u202eb\u200b</title>", "ab"),
    ],
)
def test_a_title_is_found_where_pages_put_it(head: str, title: str) -> None:
    assert read_page(f"<!doctype html><html><head>{head}", HERE).title == title


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/x.png", "https://site.example/x.png"),
        ("x.png", "https://site.example/a/x.png"),
        ("//cdn.example/x.png", "https://cdn.example/x.png"),
        ("http://other.example/x.png", "http://other.example/x.png"),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,xx", ""),
        ("file:///etc/passwd", ""),
        ("http://[bad", ""),
        ("/" + "x" * 3_000, ""),
    ],
)
def test_c13_only_addresses_of_the_web_are_taken_from_a_page(address: str, whole: str) -> None:
    assert read_page(f'<meta property=og:image content="{address}">', HERE).image == whole


def test_json_ld_says_who_wrote_what_when() -> None:
    said = read_page(
        '<script type="application/ld+json">[{"@type":"WebSite"},{"headline":"H","author":[{"name":"Ines"}],'
        '"image":{"url":"/i.png"},"datePublished":"2026-05-01"}]</script>',
        HERE,
    )
    assert (said.title, said.author_name, said.image) == ("H", "Ines", "https://site.example/i.png")
    assert said.published_at == 1_777_593_600_000


def test_oembed_fills_only_what_is_missing() -> None:
    answer = b'{"type":"photo","title":"O","url":"https://x.example/p.png","author_url":"javascript:1","html":"<b>"}'
    said = with_oembed(Said(title="T"), answer, HERE)
    assert (said.title, said.image, said.author_url, said.is_photo) == ("T", "https://x.example/p.png", "", True)


@pytest.mark.parametrize("answer", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"title":7,"type":[]}', b'"text"'])
def test_g5_an_oembed_that_is_no_object_or_too_deep_says_nothing(answer: bytes) -> None:
    assert with_oembed(Said(title="T"), answer, HERE) == Said(title="T")
    decoded(answer)


HOSTILE = {
    "depth": "<div>" * 100_000,
    "open tags": "<" * 1_000_000,
    "open comments": "<!--" * 250_000,
    "half comments": "<!-- -" * 170_000,
    "open scripts": "<script>" * 120_000,
    "open titles": "<title" * 160_000,
    "attributes": "<meta " + "a=b " * 250_000,
    "quotes": '<meta a="' * 110_000,
    "mixed quotes": "<meta a=\"' b='\" " * 60_000,
    "entities": "<title>" + "&#9" * 300_000 + "</title>",
    "number": "<meta property=og:title content='&#" + "9" * 900_000 + ";'>",
    "metas": "<meta property=og:title content=x>" * 30_000,
    "json": "<script type=application/ld+json>" + "[" * 900_000 + "</script>",
    "spaces": "<meta" + " " * 1_000_000,
    "slashes": "<meta" + "/" * 1_000_000,
    "equals": "<meta a" + "=" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_g5_g6_a_hostile_page_is_read_in_no_time(name: str) -> None:
    began = time.thread_time()
    read_page(HOSTILE[name], HERE)
    assert time.thread_time() - began < 1


@given(st.text(alphabet="<>/=\"'!- metailnksrpcog:\x00é&#9;", max_size=300))
def test_d4_reading_a_page_never_raises(text: str) -> None:
    read_page(text, HERE)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("é".encode(), "text/html; charset=utf-8"),
        ("é".encode(), "text/html"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("un été".encode("latin-1"), "text/html"),
        (b"<meta charset=windows-1252>" + "é".encode("latin-1"), "text/html"),
        ("é".encode("utf-8-sig"), "text/html; charset=latin1"),
        ("é".encode("utf-16"), "text/html"),
        ("é".encode(), 'text/html; charset="nonsense"'),
        ("é".encode(), "text/html; charset=zip"),
    ],
)
def test_the_charset_is_the_one_declared_or_the_one_that_fits(body: bytes, content_type: str) -> None:
    assert text_of(body, content_type).endswith("é")


def test_a_page_cut_inside_a_sign_is_still_utf_8() -> None:
    assert text_of("ééé".encode()[:-1], "text/html") == "éé\ufffd"


def page(body: bytes, more: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + b"\r\n" + body


async def test_only_the_beginning_of_an_endless_page_is_read(loopback: Loopback) -> None:
    async def endless(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(page(b"<title>Endless</title></head>"))
        while True:
            writer.write(b"<p>more" * 10_000)
            await writer.drain()

    port = await loopback.serve(endless)
    http = Http("https://here.example", allowed_addresses=LOOPBACK)
    found = await fetch_preview(http, f"http://127.0.0.1:{port}/")
    assert found is not None and found.said.title == "Endless"


async def test_a_long_page_with_its_length_announced_is_read_too(loopback: Loopback) -> None:
    body = b"<title>Long</title>" + b"x" * 3_000_000
    port = await loopback.serve(page(body, b"Content-Length: %d\r\n" % len(body)))
    http = Http("https://here.example", allowed_addresses=LOOPBACK)
    found = await fetch_preview(http, f"http://127.0.0.1:{port}/")
    assert found is not None and found.said.title == "Long"


@pytest.mark.slow
async def test_g1_a_page_that_drips_is_given_up(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mesange.kit.previews.fetching.SECONDS", 1.0)

    sent: list[int] = []

    async def drip(request: bytes, writer: asyncio.StreamWriter) -> None:
        for byte in page(b"<title>Slow</title>"):
            sent.append(byte)
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.2)

    port = await loopback.serve(drip)
    http = Http("https://here.example", allowed_addresses=LOOPBACK)
    with pytest.raises(OutgoingFailed):
        await fetch_preview(http, f"http://127.0.0.1:{port}/")
    assert len(sent) < 15

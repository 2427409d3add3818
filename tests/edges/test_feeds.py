"""Feeds and oEmbed: valid for a real reader, true to what visitors may see, cheap to ask again."""

import gzip
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from mesange.core.accounts.actions.accounts import create_account
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import get_account
from mesange.core.accounts.tables import accounts
from mesange.core.media.model import MediaAttachment, MediaKind, MediaState
from mesange.core.media.tables import media_attachments
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.kit.errors import Invalid
from mesange.kit.media import new_name
from mesange.kit.server import Server
from tests.edges.reader import ORIGIN, Reader, create

HOSTILE = '<script>alert(\'&"\')</script> ]]> <![CDATA[ &lt; é 🐦 <!ENTITY a "b">'
FORMATS = ("rss", "atom")


@pytest.fixture
async def alma(server: Server) -> Viewer:
    return (await create(server, "alma"))[2]


async def say(server: Server, viewer: Viewer, text: str, **more: Any) -> Status:
    return await publish_status(server, viewer, Draft(text, **more))


async def read(reader: Reader, path: str) -> Any:
    """The feed as a reader of feeds understands it, which must find nothing wrong with it."""
    page = await reader.open(path)
    assert page.status_code == 200, page.text
    found = feedparser.parse(page.content, response_headers=dict(page.headers))
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("ending", FORMATS)
async def test_a_profile_has_a_feed(server: Server, reader: Reader, alma: Viewer, ending: str) -> None:
    first = await say(server, alma, "Bonjour #Rio\n\nà tous")
    second = await say(server, alma, "https://example.org/a?b=1&c=2", spoiler_text="Attention")
    found = await read(reader, f"/@alma.{ending}")
    assert found.feed.title == "alma (@alma@127.0.0.1:8140)"
    assert found.feed.link == f"{ORIGIN}/@alma"
    assert [entry.link for entry in found.entries] == [f"{ORIGIN}/@alma/{each.id}" for each in (second, first)]
    assert "Attention" in found.entries[0].title
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html_of(found.entries[0])
    assert f'href="{ORIGIN}/tags/Rio"' in html_of(found.entries[1])
    assert [tag.term for tag in found.entries[1].tags] == ["rio"]
    assert any(link.rel == "self" and link.href == f"{ORIGIN}/@alma.{ending}" for link in found.feed.links)


def html_of(entry: Any) -> str:
    return entry.content[0].value if "content" in entry else entry.summary


@pytest.mark.parametrize("ending", FORMATS)
async def test_a_hashtag_has_a_feed(server: Server, reader: Reader, alma: Viewer, ending: str) -> None:
    said = await say(server, alma, "Un #Café")
    found = await read(reader, f"/tags/café.{ending}")
    assert [entry.link for entry in found.entries] == [f"{ORIGIN}/@alma/{said.id}"]
    assert not (await read(reader, f"/tags/nobody.{ending}")).entries
    assert (await reader.open(f"/tags/a b.{ending}")).status_code == 404


@pytest.mark.parametrize("ending", FORMATS)
async def test_f2_a_feed_tells_only_what_was_said_to_everyone(
    server: Server, reader: Reader, alma: Viewer, ending: str
) -> None:
    leo = (await create(server, "leo"))[2]
    await say(server, alma, "public #aviary")
    for visibility in ("unlisted", "private", "direct"):
        await say(server, alma, f"canary @leo #aviary {visibility}", visibility=visibility)
    answered = await say(server, leo, "canary by another")
    await say(server, alma, "canary as an answer", in_reply_to_id=answered.id)
    await reblog_status(server, alma, answered.id)
    gone = await say(server, alma, "canary deleted #aviary")
    await delete_status(server, alma, gone.id)
    for path in (f"/@alma.{ending}", f"/tags/aviary.{ending}"):
        assert len((await read(reader, path)).entries) == 1, path
        assert "canary" not in reader.page.text


@pytest.mark.parametrize("ending", FORMATS)
async def test_d10_hostile_words_are_text_in_a_feed(server: Server, reader: Reader, alma: Viewer, ending: str) -> None:
    await say(server, alma, HOSTILE, spoiler_text=HOSTILE)
    found = await read(reader, f"/@alma.{ending}")
    assert b"<!ENTITY" not in reader.page.content and b"<![CDATA[" not in reader.page.content
    assert "<script" not in html_of(found.entries[0])
    assert "alert(" in html_of(found.entries[0])


async def test_a_feed_is_sent_once_and_then_only_when_it_changed(server: Server, reader: Reader, alma: Viewer) -> None:
    await say(server, alma, "One")
    first = await reader.open("/@alma.rss")
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for held in ({"If-None-Match": tag}, {"If-None-Match": f'"x", {tag}'}, {"If-Modified-Since": date}):
        again = await reader.open("/@alma.rss", **held)
        assert (again.status_code, again.content) == (304, b""), held
    assert "set-cookie" not in first.headers
    await say(server, alma, "Two")
    assert (await reader.open("/@alma.rss", **{"If-None-Match": tag})).status_code == 200


async def test_a_feed_is_compressed_for_who_takes_it(server: Server, reader: Reader, alma: Viewer) -> None:
    for number in range(20):
        await say(server, alma, f"Post {number}")
    plain = await reader.open("/@alma.atom", **{"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    async with reader.http.stream("GET", "/@alma.atom", headers={"Accept-Encoding": "gzip"}) as zipped:
        sent = b"".join([piece async for piece in zipped.aiter_raw()])
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(sent) == plain.content and len(sent) < len(plain.content) / 3


@pytest.mark.parametrize("ending", FORMATS)
async def test_a_picture_is_enclosed_with_its_words(server: Server, reader: Reader, alma: Viewer, ending: str) -> None:
    name = new_name("image/png")
    await server.media.put(name, b"\x89PNG")
    file = MediaAttachment(
        server.ids.next(),
        alma.account_id,
        MediaKind.IMAGE,
        MediaState.READY,
        "Le port",
        file=name,
        size=4,
        loose_since=1,
    )
    async with server.db.transaction() as tx:
        await tx.insert(media_attachments, file)
    await say(server, alma, "Voilà", media_ids=(file.id,))
    found = await read(reader, f"/@alma.{ending}")
    [enclosure] = found.entries[0].enclosures
    assert (enclosure.href, enclosure.type, enclosure.length) == (f"{ORIGIN}/media/{name}", "image/png", "4")
    assert "Le port" in reader.page.text


@pytest.mark.parametrize("path", ["/@nobody.rss", "/@nobody.atom", "/@nobody@else.example.rss"])
async def test_nobody_has_no_feed(reader: Reader, path: str) -> None:
    assert (await reader.open(path)).status_code == 404


@pytest.mark.parametrize("ending", FORMATS)
async def test_an_account_elsewhere_is_not_shadowed_by_an_ending(
    server: Server, reader: Reader, alma: Viewer, ending: str
) -> None:
    """Names of other servers may hold dots, and so do hosts; ours hold none, whoever makes them."""
    async with server.db.transaction() as tx:
        with pytest.raises(Invalid):
            await create_account(server, tx, f"alma.{ending}", user_id=alma.user_id, by_staff=True)
        known = await get_account(server, alma.account_id)
        elsewhere = replace(
            known, id=server.ids.next(), username=f"alma.{ending}", domain=f"port.{ending}", user_id=None
        )
        await tx.insert(accounts, elsewhere)
    page = await reader.open(f"/@{elsewhere.acct}")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert f"@alma.{ending}@port.{ending}" in reader.text


async def test_a_post_can_be_embedded(server: Server, reader: Reader, alma: Viewer) -> None:
    said = await say(server, alma, "A post for other sites")
    told = (await reader.open(f"/api/oembed?url={ORIGIN}/@alma/{said.id}&maxwidth=300")).json()
    assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 300)
    assert f'src="{ORIGIN}/@alma/{said.id}/embed"' in told["html"]
    assert told["author_url"] == f"{ORIGIN}/@alma"
    assert reader.page.headers["access-control-allow-origin"] == "*"
    assert (await reader.open(f"/api/oembed?url={ORIGIN}/@alma/{said.id}&format=yaml")).status_code == 501
    in_xml = await reader.open(f"/api/oembed?url={ORIGIN}/@alma/{said.id}&maxwidth=300&format=xml")
    assert in_xml.headers["content-type"] == "text/xml; charset=utf-8"
    read = ET.fromstring(in_xml.text)
    assert {each.tag: each.text for each in read} == {name: str(value) for name, value in told.items()}


async def test_f3_oembed_answers_the_same_for_what_is_hidden_missing_or_elsewhere(
    server: Server, reader: Reader, alma: Viewer
) -> None:
    hidden = [await say(server, alma, "canary", visibility=each) for each in ("private", "direct")]
    quiet = await say(server, alma, "quiet", visibility="unlisted")
    await create(server, "leo")
    wrong = [f"{ORIGIN}/@alma/{each.id}" for each in hidden]
    wrong += [f"{ORIGIN}/@alma/1", f"{ORIGIN}/@leo/{quiet.id}", f"https://else.example/@alma/{quiet.id}"]
    wrong += ["", "x", "https://[", f"{ORIGIN}/@alma", f"{ORIGIN}/@alma/{'9' * 20}", f"{ORIGIN}/@alma/٣"]
    answers = {(await reader.open("/api/oembed?url=" + url)).content for url in wrong}
    assert answers == {b'{"error":"Record not found"}'}
    assert (await reader.open(f"/api/oembed?url={ORIGIN}/@alma/{quiet.id}")).status_code == 200


async def test_the_embedded_page_may_stand_anywhere_and_knows_nobody(server: Server, reader: Reader) -> None:
    alma = (await create(server, "alma"))[2]
    said = await say(server, alma, "Seen elsewhere", spoiler_text="Warned")
    anonymous = await reader.open(f"/@alma/{said.id}/embed")
    policy = anonymous.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "script-src" not in policy and "form-action 'none'" in policy
    assert not reader.soup.select("script, form, button, input")
    assert "Seen elsewhere" in reader.text
    await reader.sign_in("alma")
    signed_in = await reader.open(f"/@alma/{said.id}/embed")
    assert signed_in.content == anonymous.content and "set-cookie" not in signed_in.headers
    for path in ("/", f"/@alma/{said.id}", "/@alma", "/local", "/nothing", "/@alma/1/embed"):
        page = await reader.open(path)
        assert "frame-ancestors *" not in page.headers.get("content-security-policy", ""), path


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_f9_neither_embed_nor_opengraph_tells_what_is_hidden(
    server: Server, reader: Reader, alma: Viewer, visibility: str
) -> None:
    hidden = await say(server, alma, "canary", visibility=visibility, spoiler_text="canary")
    missing = await reader.open("/@alma/1/embed")
    assert (await reader.open(f"/@alma/{hidden.id}/embed")).content == missing.content
    await reader.open(f"/@alma/{hidden.id}")
    assert reader.page.status_code == 404 and "canary" not in reader.page.text
    await reader.open("/@alma")
    assert "canary" not in reader.page.text

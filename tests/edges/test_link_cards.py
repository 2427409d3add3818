"""Link cards on pages and in the API: there when they came, and nothing in them asks another host."""

import json
from collections.abc import AsyncGenerator

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.cards.actions.fetching import fetch_due_cards
from mesange.core.follows.actions import block_account
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.edges.mastodon.entities.status import status_bytes
from mesange.kit.http import Http
from mesange.kit.live import Message
from mesange.kit.server import Server
from tests.core.cards.pages import Site, html, picture
from tests.edges.reader import ORIGIN, Reader, create, digest
from tests.kit.loopback import LOOPBACK, Loopback

HEAD = (
    '<meta property="og:title" content="&lt;script&gt;alert(1)&lt;/script&gt;"><meta property=og:image content=/x.png>'
    '<meta property=og:description content="A walk"><link rel=alternate type="application/json+oembed" href="/o">'
)


@pytest.fixture
async def site(server: Server) -> AsyncGenerator[Site]:
    loopback, site = Loopback(), Site()
    await site.open(loopback)
    site.pages = {"/": html(HEAD), "/x.png": picture()}

    async def resolve(host: str) -> list[str]:
        return ["127.0.0.1"]

    server.http = Http(ORIGIN, allowed_addresses=LOOPBACK, resolve=resolve)
    yield site
    loopback.close()


async def say(server: Server, viewer: Viewer, text: str) -> Status:
    status = await publish_status(server, viewer, Draft(text))
    await digest(server)
    return status


async def entity(server: Server, viewer_id: int, status: Status) -> dict[str, object]:
    return json.loads(await status_bytes(server, viewer_id, status.id))


class Heard:
    def __init__(self) -> None:
        self.messages: list[Message] = []

    def push(self, channel: str, message: Message) -> None:
        self.messages.append(message)

    def close(self) -> None:
        pass


async def test_a_card_comes_to_pages_and_streams_that_showed_the_post_without(
    server: Server, site: Site, reader: Reader
) -> None:
    _user, account, alma = await create(server, "alma")
    status = await say(server, alma, f"Look {site.url()}")
    heard = Heard()
    server.live.join(f"user:{account.id}", heard)
    for path in ("/local", f"/@alma/{status.id}"):
        await reader.open(path)
        assert not reader.soup.select(".preview")
    assert (await entity(server, 0, status))["card"] is None
    await fetch_due_cards(server)
    card = (await entity(server, 0, status))["card"]
    assert isinstance(card, dict)
    assert (card["title"], card["html"], card["type"]) == ("<script>alert(1)</script>", "", "link")
    assert (card["url"], card["provider_name"]) == (site.url(), "site.example.test")
    assert str(card["image"]).startswith(f"{ORIGIN}/media/")
    assert [message.event for message in heard.messages] == ["status.update"]
    for path in ("/local", f"/@alma/{status.id}"):
        await reader.open(path)
        preview = reader.soup.select_one(".preview")
        assert preview is not None
        assert (preview["href"], preview["rel"]) == (site.url(), ["nofollow", "noopener", "noreferrer"])
        assert "<script>alert(1)</script>" in preview.get_text()


async def test_j1_a_card_makes_no_reader_ask_another_host(server: Server, site: Site, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    await say(server, alma, f"Look {site.url()}")
    await fetch_due_cards(server)
    await reader.open("/local")
    assert reader.soup.select(".preview-image")
    for tag in reader.soup.find_all(True):
        for name in ("src", "srcset", "data", "poster"):
            assert str(tag.get(name, "/")).startswith(("/", "data:")), tag
    assert (await reader.http.get(str(reader.soup.select(".preview-image")[0]["src"]))).status_code == 200


async def test_a_warning_hides_the_card_too(server: Server, site: Site, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    await publish_status(server, alma, Draft(site.url(), spoiler_text="Birds"))
    await digest(server)
    await fetch_due_cards(server)
    await reader.open("/local")
    assert reader.soup.select("details .preview")


async def test_a_quote_is_shown_to_who_may_see_it_and_followed_when_it_changes(
    server: Server, alma: Reader, reader: Reader
) -> None:
    server.settings = type(server.settings)(data=server.settings.data, origin="http://here.example")
    _user, _account, bruno = await create(server, "bruno")
    said = await say(server, bruno, "The blue tit is back")
    _user, account, carla = await create(server, "carla")
    quoting = await say(server, carla, f"Yes http://here.example/@bruno/{said.id}")
    card = (await entity(server, 0, quoting))["card"]
    assert isinstance(card, dict)
    assert (card["title"], card["description"]) == ("bruno (@bruno)", "The blue tit is back")
    await alma.open("/local")
    preview = alma.soup.select_one(".preview-post")
    assert preview is not None and preview["href"] == f"/@bruno/{said.id}"
    alma_id = await server.db.value("SELECT id FROM accounts WHERE username = 'alma'")
    await block_account(server, bruno, alma_id)
    await alma.open("/local")
    assert not alma.soup.select(".preview-post")
    assert (await entity(server, alma_id, quoting))["card"] is None
    assert (await entity(server, account.id, quoting))["card"] is not None
    await reader.open("/local")
    assert reader.soup.select(".preview-post")

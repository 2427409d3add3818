"""Messages on pages: an inbox, who reads what, and a question before a name lets somebody in."""

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.conversations.queries import list_conversations
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.edges.reader import Reader, create, digest


async def say(server: Server, viewer: Viewer, text: str, to: Status | None = None) -> Status:
    status = await publish_status(
        server, viewer, Draft(text, visibility="direct", in_reply_to_id=to.id if to else None)
    )
    await digest(server)
    return status


@pytest.fixture
async def bruno(server: Server) -> Viewer:
    return (await create(server, "bruno"))[2]


async def test_a_message_waits_in_the_inbox_until_it_is_opened(server: Server, alma: Reader, bruno: Viewer) -> None:
    await alma.open("/messages")
    assert "No messages yet" in alma.text
    await say(server, bruno, "@alma the nest is full")
    await alma.open("/")
    assert [badge.text for badge in alma.soup.select("[data-messages-count]")] == ["1"]
    await alma.open("/messages")
    row = alma.soup.select_one(".talk[data-unread]")
    assert row is not None and "bruno" in row.get_text() and "the nest is full" in row.get_text()
    await alma.open(str(row.select("a")[0]["href"]))
    assert "Read by you and @bruno" in alma.text
    assert "Will be read by @bruno" in alma.text
    await alma.open("/messages")
    assert not alma.soup.select("[data-unread]")
    assert alma.soup.select("[data-messages-count]")[0].has_attr("hidden")


async def test_f4_f7_a_conversation_of_others_is_not_found(
    server: Server, alma: Reader, leo: Reader, bruno: Viewer
) -> None:
    await say(server, bruno, "@alma a secret canary")
    (found,) = await list_conversations(server.db, bruno, Page())
    assert (await leo.open(f"/messages/{found.id}")).status_code == 404
    assert "canary" not in leo.page.text
    assert (await leo.http.post(f"/messages/{found.id}/put-away")).status_code in (403, 404)
    assert (await alma.open(f"/messages/{found.id}")).status_code == 200


async def test_a_conversation_is_put_away(server: Server, alma: Reader, bruno: Viewer) -> None:
    await say(server, bruno, "@alma hello")
    (found,) = await list_conversations(server.db, bruno, Page())
    await alma.open(f"/messages/{found.id}")
    await alma.send(f"/messages/{found.id}/put-away")
    assert "The conversation is put away" in alma.text
    assert "No messages yet" in alma.text


async def test_naming_somebody_new_asks_before_it_lets_them_in(server: Server, alma: Reader, bruno: Viewer) -> None:
    carla = (await create(server, "carla"))[2]
    await say(server, bruno, "@alma between us")
    (found,) = await list_conversations(server.db, bruno, Page())
    await alma.open(f"/messages/{found.id}")
    await alma.send("/compose", text="@bruno as @carla said")
    assert "By naming @carla you let them read this message" in alma.text
    assert await list_conversations(server.db, carla, Page()) == []
    await alma.send("/compose", text="@bruno as @carla and @leo said")
    await digest(server)
    assert len(await list_conversations(server.db, carla, Page())) == 1


async def test_naming_who_is_there_already_asks_nothing(server: Server, alma: Reader, bruno: Viewer) -> None:
    await say(server, bruno, "@alma between us")
    (found,) = await list_conversations(server.db, bruno, Page())
    await alma.open(f"/messages/{found.id}")
    await alma.send("/compose", text="@bruno yes")
    assert "Your post is out" in alma.text

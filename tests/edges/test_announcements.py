"""Announcements on top of the home."""

from mesange.core.announcements.actions import announce
from mesange.kit.server import Server
from tests.edges.reader import Reader


async def test_an_announcement_stands_on_top_of_the_home_until_it_is_read(
    server: Server, alma: Reader, leo: Reader, reader: Reader
) -> None:
    found = await announce(server, "The nest moves on Sunday: https://here.example/nest <b>")
    await alma.open("/")
    told = alma.soup.select_one(".announcement")
    assert told is not None and "The nest moves on Sunday" in told.get_text() and "<b>" in told.get_text()
    await alma.send(f"/announcements/{found.id}/dismiss")
    assert alma.page.url.path == "/"
    assert not alma.soup.select(".announcement")
    await leo.open("/")
    assert leo.soup.select(".announcement")
    for path in ("/local", "/bookmarks"):
        await leo.open(path)
        assert not leo.soup.select(".announcement")
    await reader.open("/")
    assert reader.soup.select(".announcement") and not reader.soup.select("form[action*=dismiss]")

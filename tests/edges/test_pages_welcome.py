"""The server's home: what a visitor learns of this place, what is alive in it, and the ways in."""

import pytest
from msgspec.structs import replace

from mesange.core.accounts.model import VISITOR
from mesange.core.announcements.actions import announce
from mesange.core.moderation.actions.site import write_rule
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from tests.edges.reader import ORIGIN, Reader, create


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, title="Port-Perdu", description="Un quai.", contact_account="alma")


async def test_the_home_says_what_this_place_is_and_what_is_alive(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    for number in range(6):
        await write_rule(server, VISITOR, 0, (f"Rule {number}.", "", "", ""))
    await announce(server, "The harbour moves on Saturday")
    await publish_status(server, alma, Draft("Premier #vol"))
    await reader.open("/")
    for words in ("Port-Perdu", "Un quai.", "1 account", "1 post", "The harbour moves on Saturday", "Premier"):
        assert words in reader.text, words
    facts = reader.soup.select_one(".welcome-facts")
    assert facts and "alma" in facts.text
    assert facts.get_text(" ", strip=True).endswith("Rule 2 · Rule 3 · All the rules")
    assert [str(each["href"]) for each in reader.soup.select(".chips a")] == ["/tags/vol", "/trends"]
    assert [str(each["href"]) for each in reader.soup.select(".welcome-door a")] == [
        "/sign-up",
        "/sign-in",
        "/continue",
    ]
    assert reader.soup.select('[data-stream="/live/local"]')
    assert not reader.soup.select("form[action*=announcements]")


async def test_an_empty_place_that_nobody_can_join_says_both(server: Server, settings: Settings) -> None:
    server.settings = replace(settings, registrations="closed")
    for language, nobody in (("en", "Nobody has spoken yet"), ("fr", "Personne n’a encore parlé")):
        reader = Reader(server, language)
        await reader.open("/")
        assert nobody in reader.text
        assert not reader.soup.select('a[href="/sign-up"]')
        assert reader.soup.select_one('.welcome-door .button-main[href="/sign-in"]')


async def test_who_lives_elsewhere_says_so_once(server: Server, reader: Reader) -> None:
    await create(server, "alma")
    await reader.open("/continue")
    page = await reader.send("/continue", handle="no handle")
    assert page.status_code == 422 and reader.soup.select("#handle[aria-invalid]")
    await reader.send("/continue", handle="@nour@else.example")
    assert reader.page.url == f"{ORIGIN}/"
    assert "Noted in this browser" in reader.text
    await reader.open("/continue?act=follow&to=/@alma")
    field = reader.soup.select_one("#handle")
    assert field and field["value"] == "nour@else.example"

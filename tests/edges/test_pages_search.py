"""The pages on which people search, explore and decide what may be shown."""

import pytest
from bs4 import Tag

from mesange.core.accounts.model import UserRole, Viewer
from mesange.core.discovery.actions import rank_trends
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.edges.reader import Reader, create, digest, fields_of


async def say(server: Server, viewer: Viewer, *drafts: str | Draft) -> None:
    for draft in drafts:
        await publish_status(server, viewer, Draft(draft) if isinstance(draft, str) else draft)
    await digest(server)


@pytest.fixture
async def nora(server: Server) -> Viewer:
    return (await create(server, "nora"))[2]


async def test_words_are_found_and_marked_without_touching_anything_else(
    server: Server, nora: Viewer, reader: Reader
) -> None:
    await say(server, nora, 'Les Forêts & <b>forets</b> "brûlent" #forêt http://forets.example/forets')
    await reader.open("/search?q=forêt")
    marked = [mark.get_text() for mark in reader.soup.select(".post-text mark")]
    assert marked[:3] == ["Forêts", "forets", "forêt"]
    link = reader.soup.select_one(".post-text a[href='http://forets.example/forets']")
    assert link is not None
    assert not reader.soup.select(".post-text b")
    assert "&amp;" in reader.page.text


@pytest.mark.parametrize(
    "asked", ['"><script>alert(1)</script>', "<b>", "' onfocus=x", '"never closed', "\\", "%", "🐦"]
)
async def test_hostile_searches_stay_words(reader: Reader, asked: str) -> None:
    page = await reader.http.get("/search", params={"q": asked})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    reader.page = page
    assert reader.soup.select_one("#q")["value"] == asked  # type: ignore[index]


@pytest.mark.parametrize("asked", ["has:wings", "word " * 300, "since:yesterday", "-only"])
async def test_g11_a_search_that_cannot_be_is_refused_on_the_page_with_what_was_typed(leo: Reader, asked: str) -> None:
    page = await leo.http.get("/search", params={"q": asked})
    leo.page = page
    assert page.status_code == 422
    assert leo.soup.select_one(".notice-problem") is not None
    assert leo.soup.select_one("#q")["value"] == asked.strip()  # type: ignore[index]


async def test_people_and_hashtags_have_their_own_tabs(server: Server, nora: Viewer, reader: Reader) -> None:
    await say(server, nora, "#harbour")
    await reader.open("/search?q=nor&type=people")
    assert "@nora" in reader.text
    await reader.open("/search?q=harb&type=hashtags")
    assert "#harbour" in reader.text
    assert "1 post this week" in reader.text
    await reader.open("/search?q=nothing+like+this")
    assert "Nothing found" in reader.text


async def test_people_that_are_found_are_followed_from_there(server: Server, nora: Viewer, alma: Reader) -> None:
    for name in ("nolan", "noel"):
        await create(server, name)
    await digest(server)
    await alma.open("/search?q=no&type=people")
    follow = f"/accounts/{nora.account_id}/follow"
    button = alma.soup.find("button", formaction=follow)
    assert isinstance(button, Tag) and isinstance(button.parent, Tag)
    assert button.get_text() == "Follow @nora"
    sent = fields_of(button.parent)
    alma.page = await alma.http.post(follow, data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert (alma.page.url.path, alma.page.url.params["q"], alma.page.url.params["type"]) == ("/search", "no", "people")
    assert alma.soup.find("button", formaction=f"/accounts/{nora.account_id}/unfollow")
    assert len(alma.soup.select(".person-row button")) == 3
    await alma.open("/search?q=alma&type=people")
    assert "@alma" in alma.text and not alma.soup.select(".person-row button")


async def test_visitors_and_blocked_people_find_no_button(server: Server, nora: Viewer, alma: Reader) -> None:
    await digest(server)
    visitor = Reader(server)
    await visitor.open("/search?q=nora&type=people")
    assert "@nora" in visitor.text and not visitor.soup.select(".person-row button")
    await alma.open("/@nora")
    await alma.open(f"/accounts/{nora.account_id}/block")
    await alma.send(f"/accounts/{nora.account_id}/block")
    await alma.open("/search?q=@nora&type=people")
    assert not alma.soup.select(".person-row button")


async def test_older_hits_are_a_page_away(server: Server, nora: Viewer, reader: Reader) -> None:
    await say(server, nora, *(f"echo number {number}" for number in range(23)))
    await reader.open("/search?q=echo")
    assert len(reader.soup.select("article.post")) == 20
    older = reader.soup.select_one("a[rel=next]")
    await reader.open(str(older["href"]))  # type: ignore[index]
    assert len(reader.soup.select("article.post")) == 3


async def test_a_trend_is_shown_once_staff_said_so(server: Server, alma: Reader, reader: Reader) -> None:
    for name in ("nora", "otto", "pia"):
        await say(server, (await create(server, name))[2], "#storm http://storm.example/map")
    await rank_trends(server)
    await reader.open("/trends")
    assert "Nothing stands out just now" in reader.text
    assert (await alma.open("/admin/trends")).status_code == 404
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET role = ? WHERE email LIKE 'alma%'", UserRole.MODERATOR.value)
    server._parts.clear()
    await alma.open("/admin/trends")
    button = next(each for each in alma.soup.select("button[name=approve]") if "#" not in each["value"])
    await alma.send("/admin/trends", approve=str(button["value"]))
    await reader.open("/trends?")
    assert "#storm" in reader.text
    assert "3 people today" in reader.text
    assert "storm.example" not in reader.text


async def test_the_directory_shows_who_is_here(server: Server, nora: Viewer, reader: Reader) -> None:
    await reader.open("/directory?order=new")
    assert "@nora" in reader.text
    await reader.open("/directory")
    assert "Nobody here yet" in reader.text


async def test_f2_private_words_are_on_no_page_of_others(
    server: Server, nora: Viewer, alma: Reader, reader: Reader
) -> None:
    closed = ("unlisted", "private", "direct")
    await say(server, nora, *(Draft(f"canary{each} #canary", visibility=each) for each in closed))
    for who in (alma, reader):
        for path in (
            "/search?q=canaryprivate",
            "/search?q=canarydirect",
            "/search?q=%23canary",
            "/trends",
            "/directory",
        ):
            await who.open(path)
            assert not who.soup.select("article.post"), path

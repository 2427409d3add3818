"""What other sites copy: buttons that follow and share, a post in a frame."""

import pytest
from bs4 import BeautifulSoup, Tag

from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.edges.reader import ORIGIN, Reader, create


def copied(reader: Reader) -> list[Tag]:
    return [BeautifulSoup(each.get_text(), "html.parser") for each in reader.soup.select(".snippet-code")]


@pytest.mark.parametrize("of", ["@alma", "alma", "alma@127.0.0.1:8140", f"{ORIGIN}/@alma"])
async def test_an_account_is_followed_by_a_link_that_needs_nothing_else(
    server: Server, reader: Reader, of: str
) -> None:
    await create(server, "alma")
    await reader.http.get("/")
    page = await reader.http.get("/share/buttons", params={"of": of, "colour": "dark", "size": "large"})
    reader.page = page
    follow, share = copied(reader)
    for snippet in (follow, share):
        assert {tag.name for tag in snippet.find_all(True)} == {"a", "svg", "rect", "path", "text"}
        assert not [tag for tag in snippet.find_all(True) if {"style", "class", "src"} & set(tag.attrs)]
    assert follow.text == "Follow @alma" and follow.svg and follow.svg["height"] == "44"
    await reader.open(str(follow.a["href"]) if follow.a else "")
    assert "Follow alma" in reader.text and reader.page.status_code == 200
    assert share.a and share.a["href"] == f"{ORIGIN}/share?url=http%3A%2F%2F127.0.0.1%3A8140%2F%40alma"


async def test_a_post_is_shown_shared_and_its_author_followed_in_the_language_asked(
    server: Server, reader: Reader
) -> None:
    _user, _account, alma = await create(server, "alma")
    post = await publish_status(server, alma, Draft("Bonjour"))
    await reader.open(f"/share/buttons?of={ORIGIN}/@alma/{post.id}&language=fr")
    frame, follow, share = copied(reader)
    assert frame.iframe and frame.iframe["src"] == f"{ORIGIN}/@alma/{post.id}/embed"
    assert (follow.text, share.text) == ("Suivre @alma", "Partager sur Mésange")
    dark = await reader.open(f"/@alma/{post.id}/embed?theme=dark")
    assert 'data-theme="dark"' in dark.text and "frame-ancestors *" in dark.headers["content-security-policy"]


@pytest.mark.parametrize("of", ["nobody", "javascript:alert(1)", '"><script>', "/@alma", "@else@where.example"])
async def test_d6_what_is_no_page_gives_nothing_to_copy(server: Server, reader: Reader, of: str) -> None:
    await create(server, "alma")
    reader.page = await reader.http.get("/share/buttons", params={"of": of})
    assert not copied(reader)
    assert reader.soup.select("#of[aria-invalid]") and "neither an account" in reader.text
    assert not reader.soup.select("script:not([src])")


async def test_any_page_is_shared(reader: Reader) -> None:
    address = "https://else.example/a?b=1&c=<2"
    reader.page = await reader.http.get("/share/buttons", params={"of": address.replace("<", "%3C")})
    [share] = copied(reader)
    assert share.a and str(share.a["href"]).endswith("url=https%3A%2F%2Felse.example%2Fa%3Fb%3D1%26c%3D%253C2")

"""Reading: what visitors get, kept and true; hostile words; what is wrong said in words."""

from dataclasses import replace

import msgspec
import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.memory import AccountMemory
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.edges.pages.around import busiest
from mesange.front.views import AccountView, StatusView
from mesange.front.visit import assets, templates
from mesange.kit.db import Row, Value
from mesange.kit.errors import TooMany
from mesange.kit.server import Server
from tests.edges.reader import ORIGIN, Reader, create

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='x", "{{ 7*7 }}", "</title>"]


async def test_a_kept_page_is_made_again_when_something_happens(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    first = await reader.open("/local")
    assert (await reader.open("/local")).content == first.content
    status = await publish_status(server, alma, Draft("Just said"))
    assert "Just said" in (await reader.open("/local")).text
    await delete_status(server, alma, status.id)
    assert "Just said" not in (await reader.open("/local")).text


@pytest.mark.parametrize(("language", "sentence"), [("en", "Our mistake"), ("fr", "C’est notre faute")])
async def test_a_fault_of_ours_is_told_in_words_whatever_is_broken(
    server: Server, language: str, sentence: str
) -> None:
    await create(server, "alma")
    visitor, alma = Reader(server, language), Reader(server, language)
    await alma.sign_in("alma")

    async def broken(sql: str, *values: Value) -> list[Row]:
        raise RuntimeError("a canary in the trace")

    server.of(AccountMemory).viewers.forget_all()
    server.db.rows = server.db.row = broken  # type: ignore[method-assign, assignment]  # a database that fails on purpose
    for reader, path in ((visitor, "/@alma/about"), (alma, "/lists"), (alma, "/")):
        await reader.open(path)
        assert reader.page.status_code == 500, path
        assert sentence in reader.text and "canary" not in reader.page.text
        assert reader.soup.select(".door-card a.button")


async def test_what_is_kept_for_visitors_is_not_shown_to_the_signed_in(reader: Reader, alma: Reader) -> None:
    await reader.open("/local")
    await alma.open("/local")
    assert "Sign in" not in alma.text
    await reader.open("/local")
    assert "Sign out" not in reader.text


async def test_reading_sets_no_cookie(server: Server, reader: Reader) -> None:
    await create(server, "alma")
    for path in ("/", "/local", "/@alma", "/tags/x", "/nothing/at/all"):
        assert "set-cookie" not in (await reader.open(path)).headers, path


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_words_stay_words(server: Server, hostile: str, language: str) -> None:
    _user, _account, alma = await create(server, "alma")
    await change_profile(server, alma, ProfileChange(display_name=hostile, note=hostile, fields=[(hostile, hostile)]))
    status = await publish_status(server, alma, Draft(hostile, spoiler_text=hostile))
    reader = Reader(server, language)
    for path in ("/local", "/@alma", "/@alma/about", f"/@alma/{status.id}", f"/@alma/{status.id}/history"):
        await reader.open(path)
        assert hostile in reader.soup.get_text(), path
        assert not reader.soup.select("script:not([src]):not([type='application/ld+json'])")
        assert not [tag for tag in reader.soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nothing", 404, "Cette page n’existe pas"),
        ("/@nobody", 404, "Cette page n’existe pas"),
        ("/@alma/9", 404, "Cette page n’existe pas"),
        ("/@alma/x", 404, "Cette page n’existe pas"),
        ("/tags/a b", 404, "Cette page n’existe pas"),
        ("/local?max_id=x", 422, "Presque"),
        ("/oauth/authorize", 200, "Se connecter"),
        ("/owner/wrong", 404, "Ce lien n’est plus valable"),
        ("/confirm/wrong", 404, "Ce lien n’est plus valable"),
        ("/reset/wrong", 404, "Ce lien n’est plus valable"),
        ("/switch", 405, "Pas par ce chemin"),
    ],
)
async def test_what_is_wrong_is_said_in_words(server: Server, path: str, status: int, sentence: str) -> None:
    await create(server, "alma")
    reader = Reader(server, "fr")
    await reader.open(path)
    assert (reader.page.status_code, sentence in reader.text) == (status, True), reader.text
    assert "Traceback" not in reader.page.text


async def test_who_was_signed_out_meanwhile_is_led_back_to_the_form(alma: Reader) -> None:
    await alma.open("/settings/profile")
    alma.http.cookies.clear()
    alma.page = await alma.http.post("/settings/profile", headers={"Referer": f"{ORIGIN}/settings/profile?a=b"})
    assert alma.page.status_code == 401
    assert alma.soup.select("a.button-main")[0]["href"] == "/sign-in?return=/settings/profile%3Fa%3Db"
    alma.page = await alma.http.post("/settings/profile", headers={"Referer": "https://evil.example/settings/profile"})
    assert alma.soup.select("a.button-main")[0]["href"] == "/sign-in?return=/"


async def test_too_many_sign_ins_are_slowed(server: Server, reader: Reader) -> None:
    server.settings = msgspec.structs.replace(server.settings, rate_limits="on")
    for _ in range(11):
        await reader.open("/sign-in")
        await reader.send("/sign-in", email="alma@example.com", password="wrong")
    assert reader.page.status_code == TooMany.http_status
    seconds = int(reader.page.headers["retry-after"])
    assert f"Try again in {seconds} seconds" in reader.text or f"in {-(-seconds // 60)} minutes" in reader.text
    assert "A little slower, please" in reader.text


async def test_live_posts_are_only_those_one_may_see(alma: Reader, reader: Reader, server: Server) -> None:
    _user, _account, leo = await create(server, "leo")
    hidden = await publish_status(server, leo, Draft("Between us", visibility="private"))
    shown = await publish_status(server, leo, Draft("For everyone"))
    await alma.open(f"/live/posts/cards?ids={hidden.id},{shown.id}")
    assert [article["data-status"] for article in alma.soup.select("article")] == [str(shown.id)]
    await reader.open("/live/local/cards?after=0")
    assert len(reader.soup.select("article")) == 1
    assert (await reader.open("/live/home/cards")).status_code == 404


async def test_busy_hashtags_are_counted_once_a_post_and_shown_as_written(server: Server) -> None:
    _user, _account, alma = await create(server, "alma")
    texts = ["#LeCafé #lecafe encore", "un #LeCafé", "#Rio"]
    statuses = [await publish_status(server, alma, Draft(text)) for text in texts]
    assert [(each.name, each.uses) for each in busiest(statuses)[0]] == [("LeCafé", 2), ("Rio", 1)]


def test_assets_carry_their_version_and_join_the_sheets() -> None:
    sheet = assets().find("style.css")
    assert sheet is not None
    assert b"@layer tokens, base, components, rooms, overrides;" in sheet.content
    assert len(sheet.zipped) < 16_000
    with pytest.raises(KeyError):
        assets().url("js/none.js")


def test_a_post_without_words_of_ours_is_whole() -> None:
    account = AccountView("1", "Alma", Markup("Alma"), "@alma", "/@alma", 1)
    status = StatusView("2", "/@alma/2", account, Markup("<p>x</p>"), "private", 0)
    head = templates().macro("fr", "components/post.html", "head")
    soup = BeautifulSoup(head(replace(status, warning="Fin"), "now"), "html.parser")
    assert soup.select("summary")[0].get_text(strip=True) == "Fin"
    assert "Abonnés seulement" in soup.get_text()


async def test_the_place_says_what_it_is(reader: Reader) -> None:
    page = await reader.open("/about")
    assert "AGPL" in page.text and "small place" in page.text

"""How one works here: keys that do something or nothing, keys for scripts, the language of what one writes."""

import re

import httpx

from mesange.core.accounts.queries import get_account_by_acct
from mesange.kit.server import Server
from mesange.kit.web.assets import FOLDER
from mesange.kit.zones import instant_in
from mesange.main import build_app
from tests.edges.reader import ORIGIN, Reader
from tests.edges.test_pages_writing import write


async def test_single_letters_can_be_told_to_do_nothing(alma: Reader) -> None:
    await alma.open("/settings/writing")
    assert alma.soup.html and not alma.soup.html.get("data-keys")
    await alma.send("/settings/writing", has_keys="")
    assert alma.soup.html and alma.soup.html.get("data-keys") == "off"
    await alma.open("/local")
    assert "Keys:" not in alma.text, "what does nothing is not praised"
    await alma.open("/settings/writing")
    await alma.send("/settings/writing", has_keys="1")
    assert alma.soup.html and not alma.soup.html.get("data-keys")


async def test_every_key_that_does_something_is_told(alma: Reader) -> None:
    script = (FOLDER / "js" / "keys.js").read_text("utf-8")
    alone, after_g = (script.partition(f"const {name} = {{")[2].partition("};")[0] for name in ("ALONE", "AFTER_G"))
    single = re.findall(r"^  \"?([^\s\":]+)\"?:", alone, re.MULTILINE)
    wanted = set(single) | {f"g {key}" for key in re.findall(r"(\w): open", after_g)}
    await alma.open("/local")
    told = {" ".join(each.get_text(" ").split()) for each in alma.soup.select("#keys dt")}
    shown = told | {key for each in told if not each.startswith("g ") for key in each.split()}
    assert len(wanted) > 15 and not wanted - shown


async def test_somebody_is_muted_for_a_while(server: Server, alma: Reader, leo: Reader) -> None:
    leos = await get_account_by_acct(server, "leo")
    await alma.open(f"/accounts/{leos.id}/mute")
    await alma.send(f"/accounts/{leos.id}/mute", duration="1800")
    assert alma.page.url.path == "/@leo"
    await alma.open("/settings/hidden")
    assert "Muted until" in alma.text
    until = instant_in(str(alma.soup.select(".person-row time")[0]["datetime"]))
    assert until and 0 < until - server.clock.now() <= 1_800_000
    await alma.open(f"/accounts/{leos.id}/mute", **{"HX-Request": "true", "Referer": f"{ORIGIN}/local?page=2"})
    assert alma.soup.select("[name=return]")[0]["value"] == "/local?page=2", "one comes back to where one was"
    await alma.send(f"/accounts/{leos.id}/mute", duration="no number")
    await alma.open("/settings/hidden")
    assert "Muted for ever" in alma.text


async def test_a_key_for_a_script_is_shown_once_and_does_what_was_ticked(server: Server, alma: Reader) -> None:
    await alma.open("/settings/sessions")
    await alma.send("/settings/sessions/token", name="")
    assert "Give it a name." in alma.text
    await alma.send("/settings/sessions/token", name="My script", read="1")
    key = str(alma.soup.select("#token")[0]["value"])
    transport = httpx.ASGITransport(build_app(server), client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as script:
        bearer = {"Authorization": f"Bearer {key}"}
        told = await script.get("/api/v1/accounts/verify_credentials", headers=bearer)
        assert told.json()["username"] == "alma"
        assert (await script.post("/api/v1/statuses", data={"status": "no"}, headers=bearer)).status_code == 403
    await alma.open("/settings/sessions")
    assert "My script" in alma.text and "last used" in alma.text and key not in alma.page.text
    await alma.send("/settings/sessions", revoke=str(alma.soup.select("button[name=revoke]")[0]["value"]))
    assert "My script" not in alma.text


async def test_a_post_is_in_the_language_one_chose(server: Server, alma: Reader) -> None:
    for chosen, kept in (("es", "es"), ("xx", ""), ("", "")):
        await alma.open("/compose")
        await alma.send("/compose", text=f"Buenos días {chosen}", language=chosen)
        newest = await server.db.row("SELECT language FROM statuses ORDER BY id DESC LIMIT 1")
        assert newest in ((kept,), (kept or "en",))


async def test_an_edit_says_in_more_than_colour_what_changed(alma: Reader) -> None:
    await write(alma, "The boat leaves at nine")
    await alma.open("/")
    post = str(alma.soup.select("article")[0]["data-status"])
    await alma.open(f"/statuses/{post}/edit")
    await alma.send(f"/statuses/{post}/edit", text="The boat leaves at ten today")
    await alma.open(f"/@alma/{post}/history")
    (changed,) = alma.soup.select(".history-changes")
    assert [each.get_text(strip=True) for each in changed.select("del")] == ["removed:nine"]
    assert [each.get_text(strip=True) for each in changed.select("ins")] == ["added:ten today"]

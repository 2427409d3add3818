"""The administration: for those who keep the server, and nothing at all for everyone else."""

import pytest

from mesange.core.accounts.model import UserRole, Viewer
from mesange.core.moderation.actions.keeping_out import keep_out
from mesange.core.moderation.actions.list_reading import fetch_lists
from mesange.core.moderation.actions.reports import file_report
from mesange.core.moderation.model import Kept, Report, ReportDraft, Severity, SignUpBlock, block_of
from mesange.core.moderation.queries import (
    ReportFilter,
    check_may_sign_up,
    is_kept_away,
    list_domain_blocks,
    list_reports,
    list_subscriptions,
)
from mesange.core.moderation.queries.keeping_out import KeptOut
from mesange.core.moderation.tables import domain_blocks, sign_up_blocks
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.edges.pages.admin.routes import SCREENS
from mesange.events.accounts import UserConfirmed
from mesange.kit.db import Row, Value
from mesange.kit.http import Answer, OutgoingFailed
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.emojis.test_emojis import picture
from tests.edges.reader import PASSWORD, Reader, create, digest, fields_of

SAME = {"Sec-Fetch-Site": "same-origin"}


async def new_staff(server: Server, name: str, role: UserRole, language: str = "en") -> Reader:
    """Somebody with a role, signed in."""
    user, _account, _viewer = await create(server, name)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET role = ? WHERE id = ?", role.value, user.id)
    staff = Reader(server, language)
    await staff.sign_in(name)
    return staff


def token(reader: Reader) -> dict[str, str]:
    return {"csrf": str(reader.soup.select("[name=csrf]")[0]["value"])}


def acts(reader: Reader) -> str:
    """What the log of acts says on the page."""
    return " ".join(reader.soup.select(".table tbody")[0].get_text(" ").split())


READ = [path for path, screen in SCREENS.items() if screen.read and ":" not in path]


@pytest.mark.parametrize("path", READ)
async def test_admin_pages_do_not_exist_for_others(alma: Reader, reader: Reader, path: str) -> None:
    await alma.open(path)
    assert alma.page.status_code == 404
    await reader.open(path)
    assert reader.page.url.path == "/sign-in"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_staff_see_the_sections_of_their_role(server: Server, language: str) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER, language)
    for path, screen in SCREENS.items():
        if screen.read and ":" not in path:
            await owner.open(path)
            assert owner.page.status_code == 200, (path, owner.text)
            if "text/html" in owner.page.headers["content-type"]:
                assert owner.soup.select_one(".sections a[aria-current]"), path


async def reported(server: Server) -> tuple[Viewer, Viewer, Report]:
    """Leo wrote something, Alma reported it."""
    _, _, leo = await create(server, "leo")
    _, _, alma = await create(server, "alma")
    status = await publish_status(server, leo, Draft("LOUD"))
    report = await file_report(server, alma, ReportDraft(leo.account_id, [status.id], "Too loud", "spam"))
    return leo, alma, report


async def test_a_report_is_read_with_its_posts_and_decided(server: Server) -> None:
    leo, _, report = await reported(server)
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open("/admin/reports")
    assert "@leo" in mod.text and "Too loud" in mod.text
    await mod.open(f"/admin/reports/{report.id}")
    assert "LOUD" in mod.text
    form = f"/admin/reports/{report.id}"
    for sent in ({"take": "mine"}, {"write": "1", "note": "Seen this before."}):
        await mod.http.post(form, data=token(mod) | sent, headers=SAME)
    await mod.open(form)
    assert "Leave it to others" in mod.text and "Seen this before." in mod.text
    wordless = await mod.http.post(form, data=token(mod) | {"write": "1"}, headers=SAME)
    assert wordless.status_code == 422
    sent = token(mod) | {"measure": "delete", "ground": "rule", "text": ""}
    mod.page = await mod.http.post(form, data=sent, headers=SAME)
    assert mod.page.status_code == 422 and "Say to the person concerned" in mod.text
    decided = {"measure": "delete", "ground": "rule", "text": "It was too loud.", "posts[]": report.status_ids}
    mod.page = await mod.http.post(form, data=token(mod) | decided, headers=SAME)
    assert mod.page.url.path == "/admin/reports" and "The people concerned are told" in mod.text
    assert not await list_reports(server.db, Page(), ReportFilter())
    reader = Reader(server)
    await reader.sign_in("leo")
    await reader.open("/settings/moderation")
    assert "Posts deleted" in reader.text and "It was too loud." in reader.text
    assert "mo" not in reader.text.split() and str(leo.account_id) not in reader.text


async def test_staff_find_a_report_and_a_newcomer_among_their_notifications(server: Server) -> None:
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open("/admin/sign-ups")
    await mod.http.post("/admin/sign-ups", data=token(mod) | {"hear": "yes"}, headers=SAME)
    _leo, _alma, report = await reported(server)
    user, account, _newcomer = await create(server, "new")
    async with server.db.transaction() as tx:
        tx.emit(UserConfirmed(user_id=user.id))
    await digest(server)
    await mod.open("/notifications")
    assert "has reported somebody" in mod.text and "has signed up" in mod.text
    addresses = [str(link["href"]) for link in mod.soup.select("article .button-row a")]
    assert addresses == [f"/admin/accounts/{account.id}", f"/admin/reports/{report.id}"]
    for address in addresses:
        assert (await mod.open(address)).status_code == 200


async def test_j6_the_suspended_read_why_and_answer_and_nothing_else(server: Server) -> None:
    _, account, _leo = await create(server, "leo")
    leo = Reader(server)
    await leo.sign_in("leo")
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open(f"/admin/accounts/{account.id}")
    await mod.send(f"/admin/accounts/{account.id}", measure="suspend", ground="law", text="It was illegal.")
    assert "Suspended" in mod.text
    for path in ("/", "/notifications", "/settings/profile", "/compose", "/bookmarks", "/settings/hidden"):
        await leo.open(path)
        assert leo.page.url.path == "/settings/moderation", path
    assert "It was illegal." in leo.text and "@mo" not in leo.text
    assert "is erased, unless the decision is taken back before" in leo.text
    again = Reader(server)
    await again.open("/sign-in")
    await again.send("/sign-in", email="leo@example.com", password=PASSWORD)
    assert again.page.url.path == "/settings/moderation"
    await again.send("/settings/moderation", appeal="It was a quotation.")
    assert "Your answer has arrived" in again.text
    assert "not before the answer has been looked at" in again.text
    await mod.open("/admin/reports")
    assert "It was a quotation." in mod.text
    await mod.send("/admin/appeals", answer="grant")
    await leo.open("/")
    assert leo.page.url.path == "/"


async def test_a_list_of_servers_goes_out_and_comes_in(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    await owner.open("/admin/domains/lists")
    written = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n"
    written += "bad.example,suspend,true,false,=cmd(),false\nB\u00fccher.example,silence,false,false,,true\n"
    form = next(form for form in owner.soup.find_all("form") if form.find("textarea", attrs={"name": "list"}))
    sent = fields_of(form) | {"list": written}
    await owner.http.post("/admin/domains/lists", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert not await list_domain_blocks(server.db), "a list is looked at before it changes anything"
    page = await owner.http.post("/admin/domains/lists", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert "xn--bcher-kva.example" in page.text and "New" in page.text
    await owner.http.post("/admin/domains/lists", data=sent | {"sure": "1"}, headers={"Sec-Fetch-Site": "same-origin"})
    found = {block.domain: block for block in await list_domain_blocks(server.db)}
    assert found.keys() == {"bad.example", "xn--bcher-kva.example"} and found["bad.example"].rejects_media
    exported = (await owner.http.get("/admin/domains/list")).text
    assert "bad.example,suspend,true,false,'=cmd(),false" in exported
    for wrong in ("a b", "#domain,#severity\nx.example,shout", "ok.example\nexa/mple"):
        sent["list"] = wrong
        answer = await owner.http.post("/admin/domains/lists", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 422 and "Line" in answer.text, wrong
    assert await is_kept_away(server, "deep.under.BAD.example.") and not await is_kept_away(server, "notbad.example")


class Library:
    """Another server that keeps a list; the border where our requests leave."""

    def __init__(self, text: str) -> None:
        self.text = text

    async def get(self, url: str, **asked: object) -> Answer:
        if not self.text:
            raise OutgoingFailed()
        return Answer(200, {}, self.text.encode(), url)


async def test_a_list_that_others_keep_is_read_every_day(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    server.http = library = Library("a.example\nb.example\nc.example\nd.example")  # type: ignore[assignment]  # the seam stands at the border
    await owner.open("/admin/domains/lists")
    await owner.send("/admin/domains/lists", url="http://lists.example/a.csv")
    assert owner.page.status_code == 422 and "begins with https://" in owner.text
    await owner.send("/admin/domains/lists", url="https://lists.example/a.csv")

    async def domains() -> list[str]:
        return [block.domain for block in await list_domain_blocks(server.db)]

    async def read() -> str:
        async with server.db.transaction() as tx:
            await tx.execute("UPDATE block_subscriptions SET next_at = 0")
        await fetch_lists(server)
        await owner.open("/admin/domains/lists")
        return owner.text

    assert "Changes wait" in await read() and not await domains()
    (found,) = await list_subscriptions(server.db)
    here = f"/admin/domains/lists/{found.id}"
    await owner.open(here)
    await owner.send(here)
    assert await domains() == ["a.example", "b.example", "c.example", "d.example"]
    await owner.open("/admin/domains/lists")
    await owner.send(here, mode="apply", severity="silence")
    await read()
    assert {block.severity for block in await list_domain_blocks(server.db)} == {Severity.SILENCE}
    assert "4 blocks here" in owner.text
    library.text = "a.example\nb.example\nc.example"
    await read()
    assert await domains() == ["a.example", "b.example", "c.example"], "what leaves the list leaves here"
    library.text = "z.example"
    assert "by more than half" in await read() and len(await domains()) == 3
    library.text = ""
    assert "Tried again" in await read() and len(await domains()) == 3
    await owner.send(here, mode="stop", severity="")
    library.text = "a.example"
    await read()
    assert len(await domains()) == 3, "what is stopped is not read"
    await owner.open(f"{here}/take-back")
    assert "Take back what this list brought?" in owner.text and len(await domains()) == 3
    await owner.send(f"{here}/take-back")
    assert not await domains() and "0 blocks here" in owner.text
    await owner.http.post(here, data=token(owner) | {"end": "keep"}, headers=SAME)
    assert not await list_subscriptions(server.db)
    await owner.open("/admin/log")
    assert acts(owner).count("https://lists.example/a.csv") >= 9, "each change names its list"


async def test_g15_who_may_not_ask_costs_nothing(server: Server, alma: Reader) -> None:
    """The guard stands before any count or search is made."""
    asked: list[str] = []
    rows = server.db.rows

    async def watched(sql: str, *values: Value) -> list[Row]:
        asked.append(sql)
        return await rows(sql, *values)

    server.db.rows = watched  # type: ignore[method-assign]
    for path in ("/admin", "/admin/log?who=x", "/admin/accounts?q=" + "a" * 5_000, "/admin/reports/1"):
        assert (await alma.open(path)).status_code == 404
    assert not [sql for sql in asked if "reports" in sql or "scope_entries" in sql or "cursors" in sql]


async def test_every_act_of_staff_stands_in_the_log(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    await owner.open("/admin/rules")
    await owner.send("/admin/rules", text_en="Be kind", text_fr="Soyez gentils")
    await owner.open("/admin/texts?name=about&language=en")
    await owner.send("/admin/texts", body="A quiet place")
    await owner.open("/admin/keeping-out")
    await owner.send("/admin/keeping-out", kind="email_domain", value="spam.example")
    await owner.open("/admin/log")
    for said in ("A rule written", "A text of this place written", "Kept out of sign-ups", "@rosa"):
        assert said in acts(owner)
    await owner.open("/admin/log?kind=kept+out")
    assert "A rule written" not in acts(owner)
    newcomer = Reader(server)
    await newcomer.open("/rules")
    assert "Be kind" in newcomer.text


async def test_emoji_are_brought_hidden_and_taken_away_by_the_staff(server: Server, reader: Reader) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    form = await emoji_form(owner)
    refused = await owner.http.post("/admin/emojis", data=form, files={"image": ("x.png", b"lies")}, headers=SAME)
    owner.page = refused
    assert refused.status_code == 422 and owner.soup.select("#image[aria-invalid]")
    assert owner.soup.select_one("#category[value=Birds]")
    await owner.http.post("/admin/emojis", data=form, files={"image": ("x.png", picture())}, headers=SAME)
    await owner.open("/admin/emojis")
    change = next(each for each in owner.soup.find_all("form") if each.find("button", attrs={"value": "tit"}))
    hidden = fields_of(change) | {"change": "tit", "is_hidden": "1"}
    await owner.http.post("/admin/emojis", data=hidden, headers=SAME)
    (listed,) = (await reader.http.get("/api/v1/custom_emojis")).json()
    assert (listed["category"], listed["visible_in_picker"]) == ("Birds", False)
    await owner.open("/admin/emojis/tit/delete")
    await owner.send("/admin/emojis/tit/delete")
    assert "No emoji yet" in owner.text
    assert (await owner.open("/admin/emojis/tit/delete")).status_code == 404
    await owner.open("/admin/log")
    for said in ("An emoji added", "An emoji no longer offered", "An emoji deleted"):
        assert said in acts(owner)


async def emoji_form(owner: Reader) -> dict[str, str]:
    await owner.open("/admin/emojis")
    form = next(each for each in owner.soup.find_all("form") if each.get("enctype"))
    typed = fields_of(form) | {"shortcode": ":tit:", "category": "Birds"}
    return {name: value for name, value in typed.items() if name != "image"}


async def test_announcements_are_written_planned_told_and_withdrawn(server: Server, alma: Reader) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    await owner.open("/admin/announcements")
    await owner.send(
        "/admin/announcements", text="The nest moves", starts_at="2999-03-01T10:00", ends_at="2999-02-01T10:00"
    )
    assert owner.page.status_code == 422 and owner.soup.select("[name=ends_at][aria-invalid]")
    assert "The nest moves" in owner.text
    await owner.send("/admin/announcements", ends_at="2999-03-02T10:00", published_at="2999-01-01T00:00", all_day="1")
    assert "Waits" in owner.text
    await alma.open("/")
    assert "The nest moves" not in alma.text
    publish = next(button["formaction"] for button in owner.soup.select("button[formaction$=publish]"))
    await owner.http.post(str(publish), data=token(owner), headers=SAME)
    await alma.open("/")
    assert "The nest moves" in alma.text and "1 Mar 2999 → 2 Mar 2999" in alma.text
    withdraw = str(publish).replace("publish", "withdraw")
    await owner.open(withdraw)
    await owner.send(withdraw)
    await alma.open("/")
    assert "The nest moves" not in alma.text
    await owner.open("/admin/log")
    for said in ("An announcement written", "An announcement told", "An announcement withdrawn"):
        assert said in acts(owner)


WRITTEN = [path for path, screen in SCREENS.items() if screen.write and screen.least is UserRole.ADMIN]


@pytest.mark.parametrize("path", WRITTEN)
async def test_what_is_the_admins_to_write_does_not_exist_for_moderators(server: Server, path: str) -> None:
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open("/admin")
    address = path.replace(":id", "1").replace(":shortcode", "tit")
    assert (await mod.http.post(address, data=token(mod), headers=SAME)).status_code == 404


async def test_who_is_kept_out_cannot_sign_up(server: Server) -> None:
    for kind, value in (("email_domain", "spam.example"), ("name", "casino"), ("network", "198.51.100.0/24")):
        await keep_out(server, Viewer(), kind, value)
    refused = [("leo", "leo@deep.spam.example", "1.2.3.4"), ("BestC\u00e4sino", "a@b.example", "1.2.3.4")]
    refused += [("leo", "a@b.example", "198.51.100.77"), ("leo", "a@b.example", "::ffff:198.51.100.77")]
    for given in refused:
        with pytest.raises(KeptOut):
            await check_may_sign_up(server.db, *given)
    await check_may_sign_up(server.db, "leo", "leo@notspam.example", "198.51.101.1")


async def test_what_is_kept_out_is_searched_and_paged(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    async with server.db.transaction() as tx:
        for number in range(120):
            name = f"spam{number:03d}.example"
            await tx.insert(sign_up_blocks, SignUpBlock(Kept.EMAIL_DOMAIN, name, "100 % spam", 0))
            await tx.insert(domain_blocks, block_of({"domain": name, "public_comment": "Noise"}, 0))
        await tx.insert(sign_up_blocks, SignUpBlock(Kept.NETWORK, "198.51.100.0/24", "", 0))
        await tx.insert(sign_up_blocks, SignUpBlock(Kept.NAME, "admin", "", 0))
    for path, most in (("/admin/domains", 120), ("/admin/keeping-out", 122)):
        seen, address = list[str](), path
        while address:
            await owner.open(address)
            seen += names_in(owner)
            after = owner.soup.select_one(".pages [rel=next]")
            address = str(after["href"]) if after else ""
        assert len(seen) == len(set(seen)) == most, "every one of them, once"
        before = owner.soup.select_one(".pages [rel=prev]")
        assert before
        await owner.open(str(before["href"]))
        assert names_in(owner) == seen[most - most % 50 - 50 : most - most % 50]
        await owner.open(f"{path}?q=SPAM11")
        assert names_in(owner) == [f"spam{number}.example" for number in range(110, 120)]
        await owner.open(f"{path}?q=%25_")
        assert not names_in(owner) and "Nothing found" in owner.text, "signs of a pattern are signs"
    await owner.open("/admin/keeping-out?only=network&q=198.51")
    assert names_in(owner) == ["198.51.100.0/24"]


def names_in(reader: Reader) -> list[str]:
    return [each.get_text(strip=True) for each in reader.soup.select(".table tbody th bdi")]

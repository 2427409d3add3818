"""One decision about many: accounts and sign-ups chosen from a list; and what will be read, before it is sent."""

import pytest

from mesange.core.accounts.actions.sign_ups import sign_up
from mesange.core.accounts.actions.standing import withdraw_account
from mesange.core.accounts.actions.users import confirm_email
from mesange.core.accounts.model import VISITOR, Account, UserRole
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import get_account, list_waiting
from mesange.core.moderation.actions.newcomers import refuse_newcomers
from mesange.core.moderation.model import Rule
from mesange.core.moderation.queries import list_strikes_of
from mesange.core.moderation.tables import rules
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.edges.reader import PASSWORD, Reader, create, fields_of
from tests.edges.test_newcomers import setting
from tests.edges.test_pages_admin import SAME, acts, new_staff, reported, token

REASON = "The same words to forty people."


async def press(staff: Reader, path: str, chosen: list[int], **typed: str) -> None:
    """The form of this address (the one with a measure, if there are several), with these boxes ticked."""
    forms = [each for each in staff.soup.find_all("form") if each.get("action") == path]
    form = next((each for each in forms if each.find("select")), forms[0])
    fields = {name: value for name, value in fields_of(form).items() if name != "chosen[]"}
    sent = {**fields, "chosen[]": [str(id) for id in chosen], **typed}
    staff.page = await staff.http.post(path, data=sent, headers=SAME)


async def several(server: Server, *names: str) -> list[Account]:
    return [(await create(server, name))[1] for name in names]


async def test_several_accounts_are_decided_about_after_one_question(server: Server) -> None:
    one, two, three = await several(server, "one", "two", "three")
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open("/admin/accounts")
    boxes = {str(box["value"]) for box in mod.soup.select("[name='chosen[]']")}
    assert {str(each.id) for each in (one, two, three)} <= boxes
    path = "/admin/accounts/several"
    await mod.open(f"{path}?chosen[]={one.id}&chosen[]={two.id}&chosen[]=77")
    assert "@one" in mod.text and "@two" in mod.text and "@three" not in mod.text
    await press(mod, path, [one.id, two.id], measure="limit", text=" ")
    assert mod.page.status_code == 422 and "Say to the person concerned" in mod.text
    await press(mod, path, [one.id, two.id], measure="limit", text=REASON, preview="1")
    assert "What @one will read" in mod.text and f"Why: {REASON}" in mod.text
    assert not await list_strikes_of(server.db, one.id), "to look is not to decide"
    await press(mod, path, [one.id, two.id])
    assert mod.page.url.path == "/admin/accounts" and "The people concerned are told" in mod.text
    for account in (one, two):
        assert (await get_account(server, account.id)).limited_at
        (strike,) = await list_strikes_of(server.db, account.id)
        assert strike.text == REASON
    assert (await get_account(server, three.id)).limited_at is None
    mails = await server.mail.list_newest()
    assert sorted(mail.recipient for mail in mails if REASON in mail.body) == ["one@example.com", "two@example.com"]
    await mod.open("/admin/log?kind=decided:+limit")
    assert acts(mod).count("Decided: Posts shown to followers only") == 2


async def test_those_about_whom_nothing_could_be_decided_are_named(server: Server) -> None:
    one, gone = await several(server, "one", "gone")
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    (above,) = await server.db.rows("SELECT id FROM accounts WHERE username = 'rosa'")
    path, chosen = "/admin/accounts/several", [one.id, above[0], gone.id]
    await mod.open(f"{path}?" + "&".join(f"chosen[]={id}" for id in chosen))
    async with server.db.transaction() as tx:
        await withdraw_account(server, tx, gone.id)
    await press(mod, path, chosen, measure="freeze", text=REASON)
    assert mod.page.status_code == 409 and "Decided about 1 of 3" in mod.text
    assert (
        "@rosa" in mod.text
        and "This account is gone." in mod.text
        and "Only somebody of a higher role" in mod.text
        and "@one" not in mod.text
    )
    assert mod.soup.find("textarea", string=REASON), "what was typed is kept"
    assert (await get_account(server, one.id)).frozen_at
    assert (await owner.open("/compose")).status_code == 200, "the owner is not frozen"


@pytest.mark.parametrize("path", ["/admin/accounts/several", "/admin/sign-ups"])
async def test_nobody_chosen_changes_nothing(server: Server, path: str) -> None:
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open("/admin/accounts")
    mod.page = await mod.http.post(path, data=token(mod) | {"verdict": "accept", "measure": "warn"}, headers=SAME)
    assert "Nobody was chosen" in mod.text


async def waiting(server: Server, *names: str) -> dict[str, int]:
    """Newcomers whose address is confirmed."""
    setting(server, registrations="approval")
    for name in names:
        await sign_up(server, SignUp(name, f"{name}@example.com", PASSWORD, reason="Birds."))
        letter = (await server.mail.list_newest())[0].body
        await confirm_email(server, letter.partition("/confirm/")[2].split()[0])
    return {account.username: user.id for user, account in await list_waiting(server.db, Page())}


async def test_several_newcomers_are_let_in_or_refused_with_one_reason(server: Server) -> None:
    ids = await waiting(server, "ada", "ben", "cleo", "dan")
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open("/admin/sign-ups")
    await press(mod, "/admin/sign-ups", [ids["ada"], ids["ben"]], verdict="accept")
    assert "Accept 2 sign-ups?" in mod.text and len(await list_waiting(server.db, Page())) == 4
    await press(mod, "/admin/sign-ups", [ids["ada"], ids["ben"]])
    assert "They are in" in mod.text and "@ada" not in mod.text

    await press(mod, "/admin/sign-ups", [ids["cleo"], ids["dan"]], verdict="refuse")
    assert "Refuse 2 sign-ups?" in mod.text and "cleo@example.com" in mod.text
    await press(mod, "/admin/sign-ups", [ids["cleo"], ids["dan"]], why="x" * 1_001)
    assert mod.page.status_code == 422 and "at most 1000 signs" in mod.text
    await refuse_newcomers(server, VISITOR, [ids["dan"]])
    await press(mod, "/admin/sign-ups", [ids["cleo"], ids["dan"]], why="We know only half of your story.")
    assert mod.page.status_code == 409 and "Somebody else has decided already about @dan." in mod.text
    mails = {mail.recipient: mail.body for mail in reversed(await server.mail.list_newest())}
    assert "half of your story" in mails["cleo@example.com"] and "half of your story" not in mails["dan@example.com"]
    assert "Come in" in mails["ada@example.com"]
    await mod.open("/admin/log")
    assert acts(mod).count("A sign-up accepted") == 2 and acts(mod).count("A sign-up refused") == 2


async def test_one_newcomer_is_refused_after_a_question_too(server: Server) -> None:
    ids = await waiting(server, "ada")
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    await mod.open("/admin/sign-ups")
    await mod.send("/admin/sign-ups", refuse=str(ids["ada"]))
    assert "Refuse 1 sign-up?" in mod.text and await list_waiting(server.db, Page())
    await press(mod, "/admin/sign-ups", [ids["ada"]])
    assert not await list_waiting(server.db, Page())


async def test_what_will_be_read_is_shown_in_the_language_of_its_reader(server: Server) -> None:
    _leo, _alma, report = await reported(server)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET locale = 'fr' WHERE email = 'leo@example.com'")
        await tx.insert(rules, Rule(7, 1, "Calm", "Du calme", "", ""))
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    here = f"/admin/reports/{report.id}"
    await mod.open(here)
    typed = {"measure": "delete", "ground": "rule", "text": "C’était trop fort.", "rules[]": "7", "preview": "1"}
    await press(mod, here, [], **typed, **{"posts[]": report.status_ids})
    (letter,) = mod.soup.select("article.mailing")
    assert letter["lang"] == "fr" and "certains messages ont été supprimés" in letter.text
    assert "Pourquoi\u00a0: C’était trop fort." in letter.text and "- Du calme" in letter.text
    assert "quelqu’un l’a signalé" in letter.text and "@mo" not in letter.text
    assert mod.soup.select_one("[name='posts[]'][checked]") and mod.soup.select_one("[name='rules[]'][checked]")
    shown = mod.soup.select_one(".mailing pre")
    await press(mod, here, [])
    (sent,) = [mail for mail in await server.mail.list_newest() if mail.recipient == "leo@example.com"]
    assert shown and shown.text == sent.body, "what was shown is what was sent"


async def test_a_preview_says_when_nobody_reads_it_and_hides_the_language_of_a_pseudonym(server: Server) -> None:
    (far, near) = await several(server, "far", "near")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE accounts SET domain = 'else.example', user_id = NULL WHERE id = ?", far.id)
        await tx.execute("UPDATE accounts SET is_pseudonym = 1 WHERE id = ?", near.id)
    mod = await new_staff(server, "mo", UserRole.MODERATOR)
    for account, langs in ((far, []), (near, ["en", "fr"])):
        here = f"/admin/accounts/{account.id}"
        await mod.open(here)
        await press(mod, here, [], measure="suspend", text=REASON, preview="1")
        assert [each["lang"] for each in mod.soup.select("article.mailing")] == langs
        assert ("Nobody here gets a letter" in mod.text) is (account is far)
    assert "Which language stands behind a pseudonym is not shown" in mod.text

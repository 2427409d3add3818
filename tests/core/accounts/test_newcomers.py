"""Who comes in where sign-up is by approval or by invitation, and under which name."""

import asyncio

import pytest
from msgspec.structs import replace as changed

from mesange.core.accounts.actions.accounts import NameTaken, ProfileChange, change_profile, create_account
from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.actions.invitations import create_invitation, end_invitation, invite
from mesange.core.accounts.actions.sessions import NotAccepted, check_password
from mesange.core.accounts.actions.sign_ups import (
    ClosedHere,
    InvitationNeeded,
    WornStamp,
    call_staff,
    sign_up,
)
from mesange.core.accounts.actions.users import EmailTaken, confirm_email, create_user
from mesange.core.accounts.model import VISITOR, Hindrance, UserRole, Viewer
from mesange.core.accounts.model.sign_ups import SignUp, SignUpRefused
from mesange.core.accounts.queries import (
    find_ids_by_name,
    find_user,
    get_account,
    list_invitations,
    list_waiting,
    viewer_by_token,
)
from mesange.core.moderation.actions.newcomers import accept_newcomers, refuse_newcomers
from mesange.core.teams.actions import create_organization, protect_name, release_name
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.accounts.test_sign_up import PASSWORD, last_link

NOUR = SignUp("nour", "nour@example.org", PASSWORD, reason="I write about birds.")


def setting(server: Server, **values: object) -> None:
    server.settings = changed(server.settings, **values)


async def letters(server: Server) -> list[tuple[str, str]]:
    """(recipient, subject), oldest first."""
    return [(each.recipient, each.subject) for each in reversed(await server.mail.list_newest())]


async def test_a_newcomer_waits_until_staff_accepts(server: Server) -> None:
    setting(server, registrations="approval")
    await create_user(server, SignUp("mod", "mod@example.org", PASSWORD), UserRole.MODERATOR)
    user, account = await sign_up(server, NOUR)
    client, _ = await register_client(server, Registration("Ivory", ["x:/y"], "read"))
    token = await create_token(server, client, user, account, "read")
    assert (await viewer_by_token(server, token) or Viewer()).hindrance is Hindrance.UNCONFIRMED
    assert await list_waiting(server.db, Page()) == [], "first the address is confirmed"

    await call_staff(server, await confirm_email(server, await last_link(server, "confirm")))

    with pytest.raises(NotAccepted):
        await check_password(server, NOUR.email, PASSWORD)
    with pytest.raises(NotFound):
        await get_account(server, account.id)
    assert await find_ids_by_name(server.db, [("nour", "")]) == {}
    assert (await viewer_by_token(server, token) or Viewer()).hindrance is Hindrance.AWAITING
    assert [found.reason for found, _ in await list_waiting(server.db, Page())] == ["I write about birds."]

    assert not await accept_newcomers(server, VISITOR, [user.id])

    assert (await check_password(server, NOUR.email, PASSWORD)).reason == "", "the reason is forgotten"
    assert (await get_account(server, account.id)).username == "nour"
    assert (await viewer_by_token(server, token) or Viewer()).hindrance is None
    assert [to for to, _ in await letters(server)] == ["nour@example.org", "mod@example.org", "nour@example.org"]
    assert await accept_newcomers(server, VISITOR, [user.id]) == [user.id]


async def test_whoever_is_refused_leaves_nothing_behind(server: Server) -> None:
    setting(server, registrations="approval")
    user, account = await sign_up(server, NOUR)
    client, _ = await register_client(server, Registration("Ivory", ["x:/y"], "read"))
    token = await create_token(server, client, user, account, "read")
    await refuse_newcomers(server, VISITOR, [user.id], "We know only half of your story.")
    assert await find_user(server.db, user.id) is None
    assert await viewer_by_token(server, token) is None
    for table in ("accounts", "users", "access_tokens", "mail_links"):
        assert await server.db.value(f"SELECT count(*) FROM {table}") == 0, table
    last = (await server.mail.list_newest())[0]
    assert last.subject == "Your sign-up on Mésange" and last.body.endswith("\nWe know only half of your story.\n")


async def test_staff_is_called_once_while_somebody_waits(server: Server) -> None:
    setting(server, registrations="approval")
    await create_user(server, SignUp("mod", "mod@example.org", PASSWORD), UserRole.ADMIN)
    for name in ("one", "two"):
        await sign_up(server, NOUR._replace(username=name, email=f"{name}@example.org"))
        await call_staff(server, await confirm_email(server, await last_link(server, "confirm")))
    assert sum(to == "mod@example.org" for to, _ in await letters(server)) == 1


async def test_without_a_proof_an_open_server_asks_staff(server: Server) -> None:
    user, _ = await sign_up(server, NOUR, is_proven=False)
    assert user.awaits_since is not None
    proven, _ = await sign_up(server, SignUp("lea", "lea@example.org", PASSWORD))
    assert proven.awaits_since is None


async def test_a_form_is_good_once(server: Server) -> None:
    await sign_up(server, NOUR, stamp="one form")
    with pytest.raises(WornStamp):
        await sign_up(server, SignUp("lea", "lea@example.org", PASSWORD), stamp="one form")
    assert await server.db.value("SELECT count(*) FROM users") == 1


async def test_an_invitation_lets_in_so_many_for_so_long(server: Server, clock: FixedClock) -> None:
    setting(server, registrations="invitation")
    with pytest.raises(InvitationNeeded):
        await sign_up(server, NOUR)
    invitation = await create_invitation(server, most_uses=2, days=3)
    people = [
        NOUR._replace(username=f"n{number}", email=f"n{number}@example.org", invitation=invitation.code)
        for number in range(4)
    ]

    came = await asyncio.gather(*(sign_up(server, each) for each in people), return_exceptions=True)

    assert sum(isinstance(each, tuple) for each in came) == 2
    assert all(isinstance(each, tuple | Invalid) for each in came)
    assert all(each[0].invitation_id == invitation.id for each in came if isinstance(each, tuple))
    other = await create_invitation(server, most_uses=1, days=3)
    clock.move(3 * DAY)
    for code in (other.code, "no-such-code"):
        with pytest.raises(Invalid) as refused:
            await sign_up(server, NOUR._replace(invitation=code))
        assert refused.value.field == "invitation"


async def test_an_invitation_spares_the_wait(server: Server) -> None:
    setting(server, registrations="approval")
    invitation = await create_invitation(server, most_uses=1, days=1)
    user, _ = await sign_up(server, NOUR._replace(reason="", invitation=invitation.code), is_proven=False)
    assert user.awaits_since is None


async def test_a_closed_server_takes_no_invitation(server: Server) -> None:
    invitation = await create_invitation(server, most_uses=1, days=1)
    setting(server, registrations="closed")
    with pytest.raises(ClosedHere):
        await sign_up(server, NOUR._replace(invitation=invitation.code))


@pytest.mark.parametrize(
    ("setting_is", "role", "may"),
    [
        ("everyone", UserRole.USER, True), ("staff", UserRole.USER, False), ("staff", UserRole.MODERATOR, True),
        ("nobody", UserRole.OWNER, False),
    ],
)  # fmt: skip
async def test_who_may_invite_is_a_setting(
    server: Server, ada: Viewer, setting_is: str, role: UserRole, may: bool
) -> None:
    setting(server, invitations_by=setting_is)
    viewer = Viewer(account_id=ada.account_id, user_id=ada.user_id, role=role)
    if not may:
        with pytest.raises(Forbidden):
            await invite(server, viewer, 1, 1)
        return
    made = await invite(server, viewer, 1, 1)
    assert await list_invitations(server.db, ada.user_id, server.clock.now()) == [made]
    await end_invitation(server, viewer, made.id)
    assert await list_invitations(server.db, ada.user_id, server.clock.now()) == []


async def test_an_invitation_of_another_cannot_be_ended(server: Server, ada: Viewer, bob: Viewer) -> None:
    setting(server, invitations_by="everyone")
    made = await invite(server, ada, 1, 1)
    with pytest.raises(NotFound):
        await end_invitation(server, bob, made.id)


@pytest.mark.parametrize(("uses", "days"), [(0, 1), (1, 0), (1_001, 1), (1, 366)])
async def test_an_invitation_has_limits(server: Server, uses: int, days: int) -> None:
    with pytest.raises(Invalid):
        await create_invitation(server, uses, days)


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("2010-11-15", "ERR_BELOW_LIMIT"), ("", "ERR_INVALID"), ("soon", "ERR_INVALID"), ("1066-01-01", "ERR_INVALID"),
        ("2030-01-01", "ERR_INVALID"),
    ],
)  # fmt: skip
async def test_the_age_is_checked_and_the_date_is_not_kept(server: Server, born: str, code: str) -> None:
    """The clock of the test stands in November 2023."""
    setting(server, min_age=16)
    with pytest.raises(Invalid) as refused:
        await sign_up(server, NOUR._replace(birth_date=born))
    assert (refused.value.field, refused.value.code) == ("date_of_birth", code)
    await sign_up(server, NOUR._replace(birth_date="2007-11-14"))
    row = await server.db.row("SELECT * FROM users")
    assert "2007" not in str(row)


async def test_all_that_is_wrong_is_said_at_once(server: Server) -> None:
    setting(server, registrations="approval", refused_mail_domains=("trash.example",))
    await create_user(server, SignUp("nour", "nour@example.org", PASSWORD))
    with pytest.raises(SignUpRefused) as refused:
        await sign_up(server, SignUp("Nour", "x@sub.trash.example", "short", reason=" "))
    problems = {getattr(each, "field", ""): each.code for each in refused.value.problems}
    assert problems == {
        "username": "ERR_TAKEN", "email": "ERR_BLOCKED", "password": "ERR_TOO_SHORT", "reason": "ERR_BLANK",
    }  # fmt: skip
    with pytest.raises(EmailTaken):
        await sign_up(server, SignUp("other", "nour@example.org", PASSWORD, reason="Because."))


@pytest.mark.parametrize("name", ["Adm1n", "adrnin", "Supp0rt", "m0derat0r", "a_d_m_i_n", "SECURlTY", "rnoderator"])
async def test_a_name_that_looks_reserved_is_refused(server: Server, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        await sign_up(server, NOUR._replace(username=name))
    assert refused.value.code == "ERR_RESERVED"


@pytest.mark.parametrize("name", ["kerlann", "Ker1ann", "kerIann", "k_e_r_l_a_n_n", "kerlann_official", "sav_kerlann"])
async def test_a_name_that_looks_like_a_protected_one_is_refused(server: Server, ada: Viewer, name: str) -> None:
    organization = await create_organization(server, "Kerlann", ada.user_id)
    with pytest.raises(Invalid) as refused:
        await sign_up(server, NOUR._replace(username=name))
    assert refused.value.code == "ERR_RESERVED"
    async with server.db.transaction() as tx:
        own = await create_account(server, tx, name, organization_id=organization.id)
    assert own.username == name


@pytest.mark.parametrize(
    "name", ["Kerlаnn", "K\u200berlann", "\u202eKerlann", "KERLANN officiel", "Modérateur", "Mésange"]
)
async def test_a_display_name_does_not_mislead(server: Server, ada: Viewer, bob: Viewer, name: str) -> None:
    await create_organization(server, "Kerlann", ada.user_id)
    with pytest.raises(Invalid) as refused:
        await change_profile(server, bob, ProfileChange(display_name=name))
    assert refused.value.field == "display_name"
    assert (await change_profile(server, bob, ProfileChange(display_name="Bob de Kerlann"))).display_name


async def test_a_protection_can_end(server: Server, bob: Viewer) -> None:
    await protect_name(server, "Zéphyr")
    with pytest.raises(Invalid):
        await change_profile(server, bob, ProfileChange(display_name="Zephyr"))
    assert await release_name(server, "zéphyr")
    await change_profile(server, bob, ProfileChange(display_name="Zephyr"))
    assert not await release_name(server, "zéphyr")


@pytest.mark.parametrize("name", ["a.b", "a-b", "a b", "é", "ſ", ""])
async def test_a_name_is_letters_figures_and_underscores(server: Server, name: str) -> None:
    with pytest.raises(Invalid):
        await sign_up(server, NOUR._replace(username=name))


async def test_f14_the_name_of_a_deleted_account_is_given_to_nobody_again(server: Server, ada: Viewer) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE accounts SET deleted_at = 1 WHERE id = ?", ada.account_id)
    with pytest.raises(NameTaken):
        await sign_up(server, NOUR._replace(username="ADA"))
    async with server.db.transaction() as tx:
        with pytest.raises(NameTaken):
            await create_account(server, tx, "Ada", by_staff=True)


async def test_h2_a_mail_address_has_one_plain_recipient(server: Server) -> None:
    for address in (
        "a%b@example.org",
        '"a,b"@example.org',
        "a@b,c@example.org",
        "x" * 330 + "@example.org",
        "a@[1.2.3.4]",
    ):
        with pytest.raises(Invalid) as refused:
            await sign_up(server, NOUR._replace(email=address))
        assert refused.value.field == "email"
    assert await letters(server) == []

"""Signing up, confirming, resetting: who gets in, by which link, how often."""

import asyncio
import re

import pytest
from msgspec.structs import replace as changed

from mesange.core.accounts.actions.accounts import NameTaken
from mesange.core.accounts.actions.sessions import NotConfirmed, WrongPassword, check_password
from mesange.core.accounts.actions.sign_ups import ClosedHere, sign_up
from mesange.core.accounts.actions.users import (
    EmailTaken,
    SignUp,
    ask_for_reset,
    check_owner_link,
    confirm_email,
    create_owner,
    create_user,
    offer_owner_link,
    reset_password,
    send_confirmation,
    set_locale,
)
from mesange.core.accounts.model import UserRole
from mesange.core.accounts.queries import find_user_by_email, has_owner
from mesange.kit.clock import DAY, MINUTE, FixedClock
from mesange.kit.errors import Gone, Invalid, NotFound
from mesange.kit.server import Server

PASSWORD = "a long enough password"
ADA = SignUp("ada", "ada@example.org", PASSWORD)


async def last_link(server: Server, kind: str) -> str:
    """The secret in the newest mail."""
    newest = (await server.mail.list_newest())[0]
    found = re.search(rf"https://here\.example/{kind}/(\S+)", newest.body)
    assert found, newest.body
    return found[1]


async def mails(server: Server) -> int:
    return len(await server.mail.list_newest())


async def test_someone_signs_up_confirms_and_signs_in(server: Server) -> None:
    user, account = await sign_up(server, ADA)
    assert (account.user_id, account.username, user.role) == (user.id, "ada", UserRole.USER)
    with pytest.raises(NotConfirmed):
        await check_password(server, "ada@example.org", PASSWORD)

    await confirm_email(server, await last_link(server, "confirm"))

    assert (await check_password(server, " ADA@example.org", PASSWORD)).id == user.id
    for email, password in (("ada@example.org", "wrong"), ("bob@example.org", PASSWORD), ("", "")):
        with pytest.raises(WrongPassword):
            await check_password(server, email, password)


async def test_a_closed_server_takes_nobody_but_its_staff_may_invite(server: Server) -> None:
    server.settings = changed(server.settings, registrations="closed")
    with pytest.raises(ClosedHere):
        await sign_up(server, ADA)
    assert await mails(server) == 0
    await create_user(server, ADA)
    assert (await check_password(server, "ada@example.org", PASSWORD)).email == "ada@example.org"


@pytest.mark.parametrize(
    ("username", "email", "refusal"),
    [
        ("ADA", "other@example.org", NameTaken),
        ("Ada", "other@example.org", NameTaken),
        ("bob", "ada@example.org", EmailTaken),
        ("bob", "ADA@Example.ORG", EmailTaken),
    ],
)
async def test_a_name_and_an_address_are_taken_once_in_any_case(
    server: Server, username: str, email: str, refusal: type[Exception]
) -> None:
    await sign_up(server, ADA)
    with pytest.raises(refusal) as refused:
        await sign_up(server, SignUp(username, email, PASSWORD))
    assert getattr(refused.value, "http_status", 0) == 422
    assert getattr(refused.value, "code", "") == "ERR_TAKEN"
    assert await server.db.value("SELECT count(*) FROM users") == 1, "nothing is half written"
    assert await mails(server) == 1


@pytest.mark.parametrize(
    "username", ["", " ", "x" * 31, "adé", "a b", "admin", "Support", "ada@example", "<b>", "ſſ", "\u212a", "-", "a\0"]
)
async def test_a_name_that_may_not_be_is_refused_with_its_field(server: Server, username: str) -> None:
    with pytest.raises(Invalid) as refused:
        await sign_up(server, SignUp(username, "ada@example.org", PASSWORD))
    assert refused.value.field == "username"


@pytest.mark.parametrize("password", ["", "short", "x" * 257])
async def test_a_password_has_8_to_256_signs(server: Server, password: str) -> None:
    with pytest.raises(Invalid) as refused:
        await sign_up(server, SignUp("ada", "ada@example.org", password))
    assert refused.value.field == "password"


async def test_staff_may_take_a_reserved_name(server: Server) -> None:
    _, account = await create_user(server, SignUp("support", "support@example.org", PASSWORD), UserRole.ADMIN)
    assert account.username == "support"


async def test_ten_at_once_for_one_name_are_one(server: Server) -> None:
    attempts = (sign_up(server, SignUp("ada", f"p{number}@example.org", PASSWORD)) for number in range(4))
    results = await asyncio.gather(*attempts, return_exceptions=True)
    assert sorted(type(result) is NameTaken for result in results) == [False, True, True, True]
    assert await server.db.value("SELECT count(*) FROM users") == 1


async def test_a_confirmation_link_is_good_once_and_for_a_week(server: Server, clock: FixedClock) -> None:
    user, _ = await sign_up(server, ADA)
    clock.move(7 * DAY)
    with pytest.raises(NotFound):
        await confirm_email(server, await last_link(server, "confirm"))
    old = await last_link(server, "confirm")
    await send_confirmation(server, user)
    with pytest.raises(NotFound):
        await confirm_email(server, old)

    results = await asyncio.gather(
        *(confirm_email(server, link) for link in [await last_link(server, "confirm")] * 3), return_exceptions=True
    )

    assert sum(isinstance(result, NotFound) for result in results) == 2
    confirmed = await find_user_by_email(server.db, "ada@example.org")
    assert confirmed and confirmed.confirmed_at == clock.now()
    count = await mails(server)
    await send_confirmation(server, confirmed)
    assert await mails(server) == count


async def test_a_reset_link_is_good_once_and_for_an_hour(server: Server, clock: FixedClock) -> None:
    await create_user(server, ADA)
    await ask_for_reset(server, "ada@example.org")
    late = await last_link(server, "reset")
    clock.move(60 * MINUTE)
    with pytest.raises(NotFound):
        await reset_password(server, late, "another password")
    await ask_for_reset(server, "Ada@example.org")
    link = await last_link(server, "reset")
    with pytest.raises(Invalid):
        await reset_password(server, link, "short")

    chosen = [f"new password {number}" for number in range(3)]
    results = await asyncio.gather(
        *(reset_password(server, link, password) for password in chosen), return_exceptions=True
    )

    winners = [password for password, result in zip(chosen, results, strict=True) if result is None]
    assert len(winners) == 1
    await check_password(server, "ada@example.org", winners[0])
    with pytest.raises(WrongPassword):
        await check_password(server, "ada@example.org", PASSWORD)


async def test_an_unknown_address_gets_no_mail_and_no_hint(server: Server) -> None:
    await ask_for_reset(server, "nobody@example.org")
    assert await mails(server) == 0


async def test_a_link_of_one_kind_is_none_of_the_other(server: Server) -> None:
    await sign_up(server, ADA)
    link = await last_link(server, "confirm")
    with pytest.raises(NotFound):
        await reset_password(server, link, "another password")
    await confirm_email(server, link)


async def test_letters_come_in_the_person_s_language(server: Server) -> None:
    user, _ = await sign_up(server, ADA._replace(locale="fr"))
    assert "Confirmez" in (await server.mail.list_newest())[0].subject
    await set_locale(server, user.id, "en")
    await ask_for_reset(server, "ada@example.org")
    assert "new password" in (await server.mail.list_newest())[0].subject
    with pytest.raises(Invalid):
        await set_locale(server, user.id, "tlh")


async def test_the_owner_s_link_is_good_once(server: Server) -> None:
    first = await offer_owner_link(server)
    second = await offer_owner_link(server)
    assert first and second
    for wrong in (first, "guess", ""):
        with pytest.raises(NotFound):
            await check_owner_link(server, wrong)
    takers = [SignUp("ada", "ada@example.org", PASSWORD), SignUp("bob", "bob@example.org", PASSWORD)]
    results = await asyncio.gather(*(create_owner(server, second, taker) for taker in takers), return_exceptions=True)
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [Gone]
    assert await has_owner(server.db)
    assert await offer_owner_link(server) is None
    assert await server.db.value("SELECT count(*) FROM users") == 1

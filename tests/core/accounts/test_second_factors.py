"""Codes, recovery codes and passkeys: what opens a sign-in, how often, and who hears of it."""

import asyncio
import json
from collections.abc import Awaitable
from pathlib import Path

import pytest
from msgspec.structs import replace as changed
from pyotp.totp import TOTP
from webauthn.helpers import bytes_to_base64url

from mesange.core.accounts.actions.challenges import BeginAgain
from mesange.core.accounts.actions.credentials import ask_for_new_email, confirm_new_email
from mesange.core.accounts.actions.passkeys import (
    BadPasskey,
    CopiedPasskey,
    add_passkey,
    begin_new_passkey,
    begin_use_of_passkey,
    remove_passkey,
    use_passkey,
)
from mesange.core.accounts.actions.second_factors import (
    WrongCode,
    begin_codes,
    begin_second_step,
    check_code,
    confirm_codes,
    finish_second_step,
    remove_codes,
    renew_recovery_codes,
    reset_second_factors,
)
from mesange.core.accounts.actions.sessions import Browser, NotAccepted, WrongPassword, check_password, start_session
from mesange.core.accounts.actions.users import EmailTaken, WornLink, create_user
from mesange.core.accounts.model import Hindrance, User, UserRole
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import (
    count_recovery_codes,
    find_user,
    has_second_factor,
    list_passkeys,
    viewer_by_session,
)
from mesange.kit.clock import MINUTE, SECOND, FixedClock
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from tests.core.accounts.authenticator import PRESENT, Authenticator
from tests.core.accounts.test_sign_up import PASSWORD, last_link

HERE, HOST = "https://here.example", "here.example"
COOKIE = "the cookie of this browser"


@pytest.fixture
async def ada(server: Server) -> User:
    user, _ = await create_user(server, SignUp("ada", "ada@example.org", PASSWORD))
    return user


def code_at(server: Server, secret: str, steps: int = 0) -> str:
    return str(TOTP(secret).at(server.clock.now() // SECOND + 30 * steps))


async def with_codes(server: Server, user: User) -> tuple[str, list[str]]:
    secret = (await begin_codes(server, user, COOKIE)).secret
    return secret, await confirm_codes(server, user, COOKIE, code_at(server, secret))


async def subjects(server: Server) -> list[str]:
    return [each.subject for each in reversed(await server.mail.list_newest())]


async def test_codes_are_asked_once_the_application_makes_good_ones(server: Server, ada: User) -> None:
    new = await begin_codes(server, ada, COOKIE)
    assert new.address.startswith("otpauth://totp/") and "ada%40example.org" in new.address
    with pytest.raises(WrongCode):
        await confirm_codes(server, ada, COOKIE, "000000")
    assert not await has_second_factor(server.db, ada.id)
    with pytest.raises(BeginAgain):
        await confirm_codes(server, ada, "another cookie", code_at(server, new.secret))

    recovery = await confirm_codes(server, ada, COOKIE, code_at(server, new.secret))

    assert await has_second_factor(server.db, ada.id)
    assert len(set(recovery)) == 10 == await count_recovery_codes(server.db, ada.id)
    assert await subjects(server) == ["Codes protect your sign-in on Mésange"]
    with pytest.raises(BeginAgain):
        await confirm_codes(server, ada, COOKIE, code_at(server, new.secret, 1))


async def test_a_code_is_good_once_and_for_its_neighbours_time(server: Server, ada: User, clock: FixedClock) -> None:
    secret, _ = await with_codes(server, ada)
    with pytest.raises(WrongCode):
        await check_code(server, ada, code_at(server, secret))
    clock.move(MINUTE)
    for late in (-2, 2):
        with pytest.raises(WrongCode):
            await check_code(server, ada, code_at(server, secret, late))
    code = code_at(server, secret, 1)
    tries = [check_code(server, ada, f" {code[:3]} {code[3:]}") for _ in range(4)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(each is None for each in done) == 1
    with pytest.raises(WrongCode):  # No earlier one is good after it.
        await check_code(server, ada, code_at(server, secret))


async def test_a_recovery_code_is_good_once_however_it_is_typed(server: Server, ada: User) -> None:
    _, codes = await with_codes(server, ada)
    await check_code(server, ada, codes[0].upper().replace("-", " "))
    with pytest.raises(WrongCode):
        await check_code(server, ada, codes[0])
    assert await count_recovery_codes(server.db, ada.id) == 9
    assert (await subjects(server))[-1] == "A recovery code opened your sign-in on Mésange"
    fresh = await renew_recovery_codes(server, ada)
    with pytest.raises(WrongCode):
        await check_code(server, ada, codes[1])
    await check_code(server, ada, fresh[1])


async def test_h3_the_second_step_belongs_to_the_browser_that_took_the_first(
    server: Server, ada: User, clock: FixedClock
) -> None:
    secret, _ = await with_codes(server, ada)
    clock.move(MINUTE)
    await begin_second_step(server, ada, COOKIE)
    for stranger in ("", "another cookie"):
        with pytest.raises(BeginAgain):
            await finish_second_step(server, stranger, code_at(server, secret))
    assert (await finish_second_step(server, COOKIE, code_at(server, secret))).id == ada.id
    with pytest.raises(BeginAgain):
        await finish_second_step(server, COOKIE, code_at(server, secret, 1))
    await begin_second_step(server, ada, COOKIE)
    clock.move(10 * MINUTE)
    with pytest.raises(BeginAgain):
        await finish_second_step(server, COOKIE, code_at(server, secret))


async def test_g14_five_codes_may_be_tried_after_each_password(server: Server, ada: User, clock: FixedClock) -> None:
    secret, _ = await with_codes(server, ada)
    clock.move(MINUTE)
    await begin_second_step(server, ada, COOKIE)
    tries = [finish_second_step(server, COOKIE, "000000") for _ in range(20)]
    refused = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, WrongCode) for each in refused) == 5
    assert sum(isinstance(each, BeginAgain) for each in refused) == 15
    with pytest.raises(BeginAgain):
        await finish_second_step(server, COOKIE, code_at(server, secret))


async def test_h4_neither_password_nor_secret_nor_code_is_found_in_what_is_kept(server: Server, ada: User) -> None:
    secret, codes = await with_codes(server, ada)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET disabled_at = 1 WHERE id = ?", ada.id)
    with pytest.raises(WrongPassword):
        await check_password(server, ada.email, PASSWORD)
    planted = [PASSWORD, secret, *codes, *(code.replace("-", "") for code in codes)]
    kept = b"".join([path.read_bytes() for path in Path(server.settings.data).rglob("*") if path.is_file()])
    for table in ("users", "second_factors", "recovery_codes", "mails", "challenges", "events", "sessions"):
        kept += repr(await server.db.rows(f"SELECT * FROM {table}")).encode()
    assert [each for each in planted if each.encode() in kept] == []


async def test_h5_the_servers_key_is_for_its_owner_alone(server: Server, ada: User) -> None:
    await begin_codes(server, ada, COOKIE)
    path = server.settings.data / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_bytes()) == 32


async def test_codes_can_be_given_up(server: Server, ada: User) -> None:
    await with_codes(server, ada)
    await remove_codes(server, ada)
    assert not await has_second_factor(server.db, ada.id)
    assert await count_recovery_codes(server.db, ada.id) == 0
    with pytest.raises(NotFound):
        await renew_recovery_codes(server, ada)


async def passkey_of(server: Server, user: User) -> Authenticator:
    key = Authenticator(HERE, HOST)
    await add_passkey(server, user, COOKIE, key.create(await begin_new_passkey(server, user, COOKIE)), "Phone")
    return key


async def test_a_passkey_signs_in_without_a_password(server: Server, ada: User) -> None:
    key = await passkey_of(server, ada)
    assert (await use_passkey(server, COOKIE, key.get(await begin_use_of_passkey(server, COOKIE)))).id == ada.id
    assert [each.sign_count for each in await list_passkeys(server.db, ada.id)] == [2]
    assert await subjects(server) == ["A new passkey on Mésange"]
    options = json.loads(await begin_new_passkey(server, ada, COOKIE))
    assert options["user"]["name"] == "ada@example.org" and str(ada.id) not in json.dumps(options)
    assert options["authenticatorSelection"]["userVerification"] == "required"


async def test_a_signature_is_good_once_and_in_one_browser(server: Server, ada: User) -> None:
    key = await passkey_of(server, ada)
    signed = key.get(await begin_use_of_passkey(server, COOKIE))
    with pytest.raises(BeginAgain):
        await use_passkey(server, "another cookie", signed)
    await use_passkey(server, COOKIE, signed)
    with pytest.raises(BeginAgain):
        await use_passkey(server, COOKIE, signed)
    await begin_use_of_passkey(server, COOKIE)
    with pytest.raises(BadPasskey):
        await use_passkey(server, COOKIE, signed)


@pytest.mark.parametrize("forgery", ["origin", "host", "unverified", "key", "unknown", "nonsense", "empty", "deep"])
async def test_a_forged_signature_opens_nothing(server: Server, ada: User, forgery: str) -> None:
    key = await passkey_of(server, ada)
    forger = Authenticator(
        "https://evil.example" if forgery == "origin" else HERE,
        "evil.example" if forgery == "host" else HOST,
        b"unknown" if forgery == "unknown" else key.credential_id,
        count=9,
        flags=PRESENT if forgery == "unverified" else key.flags,
    )
    if forgery not in ("key", "unknown"):
        forger.key = key.key
    options = await begin_use_of_passkey(server, COOKIE)
    identity = bytes_to_base64url(key.credential_id)
    deep = f'{{"id": "{identity}", "x": {"[" * 9_000 + "]" * 9_000}}}'
    said = {"nonsense": '{"id": "AAAA"}', "empty": "", "deep": deep}.get(forgery, forger.get(options))
    with pytest.raises(BadPasskey):
        await use_passkey(server, COOKIE, said)


async def test_a_copied_passkey_is_blocked_and_its_person_hears_of_it(server: Server, ada: User) -> None:
    key = await passkey_of(server, ada)
    copy = Authenticator(HERE, HOST, count=key.count, key=key.key)
    await use_passkey(server, COOKIE, key.get(await begin_use_of_passkey(server, COOKIE)))
    for each in (copy, key):
        with pytest.raises(CopiedPasskey):
            await use_passkey(server, COOKIE, each.get(await begin_use_of_passkey(server, COOKIE)))
    assert (await subjects(server))[1:] == ["A passkey may have been copied (Mésange)"]
    assert not await has_second_factor(server.db, ada.id)


async def test_passkeys_of_phones_that_do_not_count_are_fine(server: Server, ada: User) -> None:
    key = Authenticator(HERE, HOST, count=0)
    await add_passkey(server, ada, COOKIE, key.create(await begin_new_passkey(server, ada, COOKIE)), "Phone")
    for _ in range(2):
        key.count = -1
        await use_passkey(server, COOKIE, key.get(await begin_use_of_passkey(server, COOKIE)))


async def test_a_passkey_belongs_to_one_login_and_is_removed_by_it_alone(server: Server, ada: User) -> None:
    bob, _ = await create_user(server, SignUp("bob", "bob@example.org", PASSWORD))
    key = await passkey_of(server, ada)
    with pytest.raises(BadPasskey):
        await add_passkey(server, bob, COOKIE, key.create(await begin_new_passkey(server, bob, COOKIE)), "Mine")
    other = Authenticator(HERE, HOST, b"other")
    with pytest.raises(BadPasskey):
        await add_passkey(server, bob, COOKIE, other.create(await begin_new_passkey(server, ada, COOKIE)), "Mine")
    passkey = (await list_passkeys(server.db, ada.id))[0]
    with pytest.raises(NotFound):
        await remove_passkey(server, bob, passkey.id)
    await remove_passkey(server, ada, passkey.id)
    assert (await subjects(server))[-1] == "A passkey was removed on Mésange"


async def test_h4_a_disabled_or_waiting_person_does_not_come_in_by_passkey(server: Server, ada: User) -> None:
    key = await passkey_of(server, ada)
    for column, refusal in (("awaits_since", NotAccepted), ("disabled_at", BadPasskey)):
        async with server.db.transaction() as tx:
            await tx.execute(f"UPDATE users SET {column} = 1 WHERE id = ?", ada.id)
        with pytest.raises(refusal):
            await use_passkey(server, COOKIE, key.get(await begin_use_of_passkey(server, COOKIE)))


async def test_whoever_lost_everything_is_let_in_by_the_keeper_of_the_server(server: Server, ada: User) -> None:
    await with_codes(server, ada)
    await passkey_of(server, ada)
    secret = await start_session(server, ada, Browser("203.0.113.9", "Firefox"))
    await reset_second_factors(server, ada)
    assert not await has_second_factor(server.db, ada.id)
    assert await viewer_by_session(server, secret) is None
    assert (await subjects(server))[-1] == "Your second factor on Mésange was taken away"


async def test_a_role_can_ask_for_a_second_factor_first(server: Server) -> None:
    server.settings = changed(server.settings, second_factor_for=("owner", "admin"))
    boss, _ = await create_user(server, SignUp("boss", "boss@example.org", PASSWORD), UserRole.OWNER)
    user, _ = await create_user(server, SignUp("user", "user@example.org", PASSWORD))

    async def hindrance(each: User) -> Hindrance | None:
        viewer = await viewer_by_session(server, await start_session(server, each, Browser("", "")))
        assert viewer is not None
        return viewer.hindrance

    assert (await hindrance(boss), await hindrance(user)) == (Hindrance.UNSECURED, None)
    await with_codes(server, boss)
    assert await hindrance(boss) is None


async def test_a_new_address_counts_once_its_letter_is_opened(server: Server, ada: User) -> None:
    await create_user(server, SignUp("bob", "bob@example.org", PASSWORD))
    with pytest.raises(EmailTaken):
        await ask_for_new_email(server, ada, "BOB@example.org")
    await ask_for_new_email(server, ada, "new@example.org")
    letter = (await server.mail.list_newest())[0]
    assert letter.recipient == "new@example.org"
    link = await last_link(server, "change-email")
    used: list[Awaitable[None]] = [confirm_new_email(server, link) for _ in range(3)]
    done = await asyncio.gather(*used, return_exceptions=True)
    assert sorted(type(each) is WornLink for each in done) == [False, True, True]
    assert (await find_user(server.db, ada.id) or ada).email == "new@example.org"
    told = (await server.mail.list_newest())[0]
    assert (told.recipient, told.subject) == ("ada@example.org", "Your address on Mésange changed")

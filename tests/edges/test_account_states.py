"""Who has lost access, or has none yet, reads and hears nothing more than a visitor."""

import re

import pytest

from mesange.core.accounts.actions.clients import Registration, create_token, register_client, revoke_own_token
from mesange.core.accounts.actions.second_factors import reset_second_factors
from mesange.core.accounts.actions.sessions import Browser, end_session, start_session
from mesange.core.accounts.actions.users import create_user, set_password
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import viewer_by_session, viewer_by_token
from mesange.edges.mastodon.routes import ROUTES
from mesange.kit.server import Server
from tests.edges.reader import PASSWORD, Reader

STATES = {
    "unconfirmed": "UPDATE users SET confirmed_at = NULL WHERE id = ?",
    "awaiting": "UPDATE users SET awaits_since = 1 WHERE id = ?",
    "disabled": "UPDATE users SET disabled_at = 1 WHERE id = ?",
}
FOR_NEWCOMERS = ("/api/v1/emails/check_confirmation", "/api/v1/apps/verify_credentials")
READ = sorted({re.sub(r":\w+|\*\w+", "1", route.path) for route in ROUTES if route.method == "GET"})


@pytest.mark.parametrize("state", STATES)
async def test_j5_e1_no_list_is_shown_to_whoever_is_not_in(server: Server, reader: Reader, state: str) -> None:
    """Each address that is read answers 401 or 403, or what it tells any visitor."""
    user, account = await create_user(server, SignUp("alma", "alma@example.com", PASSWORD))
    client, _ = await register_client(server, Registration("Ivory", ["x:/y"], "read"))
    token = await create_token(server, client, user, account, "read write follow push")
    async with server.db.transaction() as tx:
        await tx.execute(STATES[state], user.id)
    looked = 0
    for path in READ:
        if path in FOR_NEWCOMERS or "streaming/" in path:
            continue
        theirs = await reader.open(path, Authorization=f"Bearer {token}")
        if theirs.status_code not in (401, 403):
            told, theirs_told = (await reader.open(path)).text, theirs.text
            assert theirs_told == told, path
        looked += 1
    assert looked > 50


class Stream:
    """Something open under an access."""

    def __init__(self) -> None:
        self.is_open = True

    def push(self, channel: str, message: object) -> None:
        raise AssertionError("nothing is said here")

    def close(self) -> None:
        self.is_open = False


@pytest.mark.parametrize("act", ["revoke", "sign-out", "password", "second factor lost"])
async def test_e4_open_streams_end_with_the_access_they_were_opened_under(server: Server, act: str) -> None:
    user, account = await create_user(server, SignUp("alma", "alma@example.com", PASSWORD))
    client, _ = await register_client(server, Registration("Ivory", ["x:/y"], "read"))
    token = await create_token(server, client, user, account, "read")
    cookie = await start_session(server, user, Browser("", ""))
    by_token = await viewer_by_token(server, token) or Viewer()
    by_session = await viewer_by_session(server, cookie) or Viewer()
    under_token, under_session = Stream(), Stream()
    for channel in (f"token:{by_token.token_id}", f"login:{user.id}"):
        server.live.join(channel, under_token)
    for channel in (f"session:{by_session.session_id}", f"login:{user.id}"):
        server.live.join(channel, under_session)

    match act:
        case "revoke":
            await revoke_own_token(server, by_session, by_token.token_id)
        case "sign-out":
            await end_session(server, by_session, by_session.session_id)
        case "password":
            await set_password(server, user.id, "another quiet sentence")
        case _:
            await reset_second_factors(server, user)

    open_now = (under_token.is_open, under_session.is_open)
    assert open_now == {"revoke": (False, True), "sign-out": (True, False)}.get(act, (False, False))
    gone = {"revoke": (True, False), "sign-out": (False, True)}.get(act, (True, True))
    assert (await viewer_by_token(server, token) is None, await viewer_by_session(server, cookie) is None) == gone

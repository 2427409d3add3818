"""Sessions, tokens and who may act as which account."""

import asyncio

import pytest

from mesange.core.accounts.actions.clients import (
    Grant,
    InvalidGrant,
    Registration,
    create_token,
    exchange_code,
    grant_client_token,
    grant_code,
    register_client,
    revoke_own_token,
    revoke_token,
)
from mesange.core.accounts.actions.sessions import (
    Browser,
    end_session,
    forget_old_sessions,
    start_session,
    switch_account,
)
from mesange.core.accounts.actions.users import set_password
from mesange.core.accounts.model import SESSION_LIFE, Account, OAuthClient, User, Viewer
from mesange.core.accounts.model.scopes import allows, are_known, are_within
from mesange.core.accounts.queries import (
    find_account,
    find_user,
    list_granted_clients,
    list_own_accounts,
    list_sessions,
    viewer_by_session,
    viewer_by_token,
)
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Membership, Role, strongest
from mesange.events.accounts import MembershipChanged
from mesange.kit.clock import MINUTE, FixedClock
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.live import Message
from mesange.kit.server import Server
from tests.core.people import new_user, new_viewer, organization_account

FIREFOX = Browser("192.0.2.77", "Firefox")
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636, appendix B.


async def user_of(server: Server, viewer: Viewer) -> User:
    user = await find_user(server.db, viewer.user_id)
    assert user
    return user


async def account_of(server: Server, viewer: Viewer) -> Account:
    account = await find_account(server, viewer.account_id)
    assert account
    return account


@pytest.fixture
async def client(server: Server) -> OAuthClient:
    return (await register_client(server, Registration("Tusky", [OUT_OF_BAND], "read write")))[0]


class Stream:
    """An open stream that only notes its end."""

    is_open = True

    def push(self, channel: str, message: Message) -> None:
        raise AssertionError("nothing is pushed here")

    def close(self) -> None:
        self.is_open = False


async def test_a_session_is_a_viewer_until_it_ends(server: Server, ada: Viewer) -> None:
    secret = await start_session(server, await user_of(server, ada), FIREFOX)
    viewer = await viewer_by_session(server, secret)
    assert viewer and (viewer.account_id, viewer.user_id) == (ada.account_id, ada.user_id)
    assert await viewer_by_session(server, "guess") is None
    (session,) = await list_sessions(server.db, ada.user_id)
    assert (session.address, session.browser) == ("192.0.2.0", "Firefox"), "the address is shortened"
    stream = Stream()
    server.live.join(f"session:{session.id}", stream)

    await end_session(server, viewer, session.id)

    assert await viewer_by_session(server, secret) is None
    assert not stream.is_open


async def test_nobody_ends_another_s_session(server: Server, ada: Viewer, bob: Viewer) -> None:
    await start_session(server, await user_of(server, ada), FIREFOX)
    (session,) = await list_sessions(server.db, ada.user_id)
    with pytest.raises(NotFound):
        await end_session(server, bob, session.id)


async def test_sessions_of_sixty_days_ago_are_forgotten(server: Server, clock: FixedClock, ada: Viewer) -> None:
    secret = await start_session(server, await user_of(server, ada), FIREFOX)
    assert await viewer_by_session(server, secret)
    clock.move(SESSION_LIFE + 1)
    await forget_old_sessions(server)
    assert await viewer_by_session(server, secret) is None


async def test_a_new_password_ends_every_session_token_and_stream(
    server: Server, ada: Viewer, client: OAuthClient
) -> None:
    user, account = await user_of(server, ada), await account_of(server, ada)
    session = await start_session(server, user, FIREFOX)
    token = await create_token(server, client, user, account, "read")
    assert await viewer_by_session(server, session) and await viewer_by_token(server, token)
    stream = Stream()
    server.live.join(f"login:{user.id}", stream)
    await set_password(server, user.id, "another password")
    assert (await viewer_by_session(server, session), await viewer_by_token(server, token)) == (None, None)
    assert not stream.is_open


async def test_one_browser_switches_among_one_s_own_accounts(server: Server, ada: Viewer, bob: Viewer) -> None:
    organization = await create_organization(server, "Thyo", ada.user_id)
    brand = await organization_account(server, "thyo", organization.id)
    secret = await start_session(server, await user_of(server, ada), FIREFOX)
    viewer = await viewer_by_session(server, secret)
    assert viewer
    await switch_account(server, viewer, brand.id)
    switched = await viewer_by_session(server, secret)
    assert switched and switched.account_id == brand.id
    for other in (bob.account_id, 4711):
        with pytest.raises(NotFound):
            await switch_account(server, switched, other)


@pytest.mark.parametrize("role", [*Role, None])
async def test_members_act_as_the_organization_s_account_and_analysts_do_not(
    server: Server, ada: Viewer, bob: Viewer, client: OAuthClient, role: Role | None
) -> None:
    organization = await create_organization(server, "Thyo", ada.user_id)
    brand = await organization_account(server, "thyo", organization.id)
    if role:
        await add_member(server, organization.id, bob.user_id, role)
    held = [account.id for account in await list_own_accounts(server, bob.user_id)]
    grant = Grant(client, brand, "read", OUT_OF_BAND)
    if role in (None, Role.ANALYST):
        assert held == [bob.account_id]
        with pytest.raises(Forbidden):
            await grant_code(server, bob.user_id, grant)
    else:
        assert held == [bob.account_id, brand.id]
        code = await grant_code(server, bob.user_id, grant)
        _, secret = await exchange_code(server, client, code, OUT_OF_BAND, "")
        viewer = await viewer_by_token(server, secret)
        assert viewer and (viewer.account_id, viewer.user_id) == (brand.id, bob.user_id)


async def test_who_is_no_member_any_more_acts_no_more(server: Server, ada: Viewer, bob: Viewer) -> None:
    """The token of a former member is dead at the very next request."""
    organization = await create_organization(server, "Thyo", ada.user_id)
    brand = await organization_account(server, "thyo", organization.id)
    await add_member(server, organization.id, bob.user_id, Role.EDITOR)
    client, _ = await register_client(server, Registration("Tusky", [OUT_OF_BAND], "read"))
    token = await create_token(server, client, await user_of(server, bob), brand, "read")
    assert await viewer_by_token(server, token)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM memberships WHERE user_id = ?", bob.user_id)
        tx.emit(MembershipChanged(organization_id=organization.id, user_id=bob.user_id))
    assert await viewer_by_token(server, token) is None


def membership(role: Role, brand: int | None = None, account: int | None = None) -> Membership:
    return Membership(1, 1, 1, role, 0, brand, account)


@pytest.mark.parametrize(
    ("held", "role"),
    [
        ([], None),
        ([membership(Role.EDITOR)], Role.EDITOR),
        ([membership(Role.EDITOR, brand=7)], Role.EDITOR),
        ([membership(Role.EDITOR, brand=8)], None),
        ([membership(Role.EDITOR, account=5)], Role.EDITOR),
        ([membership(Role.OWNER, account=6), membership(Role.ANALYST)], Role.ANALYST),
        ([membership(Role.ANALYST), membership(Role.CONTRIBUTOR, brand=7)], Role.CONTRIBUTOR),
    ],
)
def test_the_strongest_membership_that_covers_an_account_counts(held: list[Membership], role: Role | None) -> None:
    assert strongest(held, account_id=5, brand_id=7) is role


async def test_a_code_is_changed_once_within_ten_minutes_by_its_client_only(
    server: Server, clock: FixedClock, ada: Viewer, client: OAuthClient
) -> None:
    grant = Grant(client, await account_of(server, ada), "read write", OUT_OF_BAND, CHALLENGE)
    other, _ = await register_client(server, Registration("Other", [OUT_OF_BAND], "read"))
    code = await grant_code(server, ada.user_id, grant)
    for asking, redirect, verifier in (
        (other, OUT_OF_BAND, VERIFIER),
        (client, "https://evil.example", VERIFIER),
        (client, OUT_OF_BAND, ""),
        (client, OUT_OF_BAND, CHALLENGE),
    ):
        with pytest.raises(InvalidGrant):
            await exchange_code(server, asking, code, redirect, verifier)
    tries = await asyncio.gather(
        *(exchange_code(server, client, code, OUT_OF_BAND, VERIFIER) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(result, InvalidGrant) for result in tries) == 4
    late = await grant_code(server, ada.user_id, grant)
    clock.move(10 * MINUTE)
    with pytest.raises(InvalidGrant):
        await exchange_code(server, client, late, OUT_OF_BAND, VERIFIER)


async def test_tokens_are_listed_and_taken_back(server: Server, ada: Viewer, bob: Viewer, client: OAuthClient) -> None:
    token = await create_token(server, client, await user_of(server, ada), await account_of(server, ada), "read")
    viewer = await viewer_by_token(server, token)
    assert viewer and viewer.scopes == {"read"}
    ((access, granted),) = await list_granted_clients(server.db, ada.user_id)
    assert granted == client
    stream = Stream()
    server.live.join(f"token:{access.id}", stream)
    with pytest.raises(NotFound):
        await revoke_own_token(server, bob, access.id)
    await revoke_own_token(server, ada, access.id)
    assert await viewer_by_token(server, token) is None
    assert not stream.is_open


async def test_a_client_revokes_its_own_tokens_only(server: Server, client: OAuthClient) -> None:
    other, _ = await register_client(server, Registration("Other", [OUT_OF_BAND], "read"))
    _, secret = await grant_client_token(server, client, "read")
    viewer = await viewer_by_token(server, secret)
    assert viewer and viewer.is_visitor
    with pytest.raises(Forbidden):
        await revoke_token(server, other, secret)
    await revoke_token(server, client, secret)
    await revoke_token(server, client, "unknown")
    assert await viewer_by_token(server, secret) is None


async def test_a_disabled_login_acts_no_more(server: Server, client: OAuthClient) -> None:
    viewer = await new_viewer(server, "gone")
    token = await create_token(server, client, await user_of(server, viewer), await account_of(server, viewer), "read")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET disabled_at = 1 WHERE id = ?", viewer.user_id)
    assert await viewer_by_token(server, token) is None


async def test_a_login_without_account_cannot_sign_in(server: Server) -> None:
    with pytest.raises(Forbidden):
        await start_session(server, await new_user(server, "empty@example.org"), FIREFOX)


@pytest.mark.parametrize(
    ("held", "needed", "is_allowed"),
    [
        ("read", "read:statuses", True),
        ("read:statuses", "read", False),
        ("read:statuses", "read:accounts", False),
        ("write", "write:media", True),
        ("follow", "write:blocks", True),
        ("follow", "write:statuses", False),
        ("admin:read", "admin:read:reports", True),
        ("read", "admin:read", False),
        ("read", "profile", True),
        ("", "read", False),
    ],
)
def test_a_wider_scope_allows_a_narrower_one(held: str, needed: str, is_allowed: bool) -> None:
    assert allows(frozenset(held.split()), needed) == is_allowed
    assert are_within(needed, held) == is_allowed
    assert are_known(f"{held} {needed}")
    assert not are_known("read:everything")

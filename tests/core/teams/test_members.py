"""Many hands with roles of their own: who lets whom in, as what, and what ends with a membership."""

import secrets
from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.actions.brands import open_account, place_account, take_in_account
from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.model.second_factors import Passkey
from mesange.core.accounts.queries import find_user, get_account, list_own_accounts, viewer_by_token
from mesange.core.accounts.tables import passkeys
from mesange.core.teams.actions import (
    HandleTaken,
    MemberAlready,
    accept_invitation,
    ask_second_factor,
    change_role,
    create_brand,
    create_organization,
    end_membership,
    invite_member,
    withdraw_invitation,
)
from mesange.core.teams.model import (
    MEMBER_INVITATION_LIFE,
    WHOLE,
    By,
    InvitationWorn,
    LastOwner,
    Organization,
    Role,
    Scope,
    SecondFactorNeeded,
)
from mesange.core.teams.queries import list_brands, list_members, list_own_memberships
from mesange.events.accounts import SecondFactorChanged
from mesange.kit.clock import SECOND
from mesange.kit.db import Duplicate
from mesange.kit.errors import Conflict, Forbidden, Invalid, NotFound
from mesange.kit.live import Message
from mesange.kit.paging import Page
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server
from tests.core.people import new_user, new_viewer, post
from tests.core.teams.conftest import Hire

Consume = Callable[[], Awaitable[None]]


class Stream:
    """Somebody who listens."""

    is_closed = False

    def push(self, channel: str, message: Message) -> None:
        raise AssertionError("nothing is told here")

    def close(self) -> None:
        self.is_closed = True


async def role_in(server: Server, organization: Organization, user_id: int) -> Role:
    return (await list_own_memberships(server.db, user_id, organization.id))[0].role


async def membership_of(server: Server, organization: Organization, user_id: int) -> int:
    return (await list_own_memberships(server.db, user_id, organization.id))[0].id


async def token_for(server: Server, viewer: Viewer) -> str:
    client, _ = await register_client(server, Registration("Phone", ["urn:ietf:wg:oauth:2.0:oob"], "read write"))
    user = await find_user(server.db, viewer.user_id)
    assert user
    return await create_token(server, client, user, await get_account(server, viewer.account_id), "read write")


@pytest.mark.parametrize(
    ("name", "handle"),
    [("Maison du Café", "maison-du-cafe"), ("  L'Oréal  ", "l-oreal"), ("3M", "3m"), ("Total & Co.", "total-co")],
)
async def test_a_name_in_addresses_is_made_of_the_name(server: Server, boss: Viewer, name: str, handle: str) -> None:
    assert (await create_organization(server, name, boss.user_id)).handle == handle


async def test_a_name_in_addresses_is_one_organizations(server: Server, boss: Viewer) -> None:
    await create_organization(server, "Kindy", boss.user_id)
    with pytest.raises(HandleTaken):
        await create_organization(server, "Kindy Sport", boss.user_id, "kindy")
    for wrong in ("a b", "été", "-x", "new", "x" * 41):
        with pytest.raises(Invalid):
            await create_organization(server, "Another", boss.user_id, wrong)
    assert (await create_organization(server, "東京", boss.user_id)).handle.startswith("o")


async def test_a_link_lets_one_person_in_once_with_its_role(
    server: Server, organization: Organization, by: By, ada: Viewer, bob: Viewer
) -> None:
    _, link = await invite_member(server, by, organization.id, Role.EDITOR, WHOLE)
    token = link.rpartition("/")[2]
    assert await server.db.value("SELECT count(*) FROM member_invitations WHERE token_hash = ?", secret_hash(token))
    await accept_invitation(server, By(ada.user_id), token)
    assert await role_in(server, organization, ada.user_id) is Role.EDITOR
    with pytest.raises(InvitationWorn):
        await accept_invitation(server, By(bob.user_id), token)


async def test_a_link_ends_with_time_by_withdrawal_and_with_the_right_of_whoever_made_it(
    server: Server, organization: Organization, by: By, ada: Viewer, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await hire(Role.ADMIN)
    withdrawn, first = await invite_member(server, by, organization.id, Role.EDITOR, WHOLE)
    _, second = await invite_member(server, By(admin.user_id), organization.id, Role.EDITOR, WHOLE)
    _, third = await invite_member(server, by, organization.id, Role.EDITOR, WHOLE)
    await withdraw_invitation(server, by, organization.id, withdrawn.id)
    admins = await membership_of(server, organization, admin.user_id)
    await change_role(server, by, organization.id, admins, Role.EDITOR, WHOLE)
    for link in (first, second, first + "x"):
        with pytest.raises(InvitationWorn):
            await accept_invitation(server, By(ada.user_id), link.rpartition("/")[2])
    now = server.clock.now()
    monkeypatch.setattr(server.clock, "now", lambda: now + MEMBER_INVITATION_LIFE + SECOND)
    with pytest.raises(InvitationWorn):
        await accept_invitation(server, By(ada.user_id), third.rpartition("/")[2])


async def test_an_invitation_by_mail_is_a_letter_in_the_language_asked_for(
    server: Server, organization: Organization, by: By
) -> None:
    _, link = await invite_member(server, by, organization.id, Role.EDITOR, WHOLE, "tom@example.org", "fr")
    recipient, subject, body = (await server.db.rows("SELECT recipient, subject, body FROM mails"))[0]
    assert (recipient, link in body) == ("tom@example.org", True)
    assert "vous invite" in subject


async def test_admins_let_in_all_but_owners_and_others_nobody(
    server: Server, organization: Organization, hire: Hire
) -> None:
    admin, editor = await hire(Role.ADMIN), await hire(Role.EDITOR)
    await invite_member(server, By(admin.user_id), organization.id, Role.ADMIN, WHOLE)
    with pytest.raises(Forbidden):
        await invite_member(server, By(admin.user_id), organization.id, Role.OWNER, WHOLE)
    with pytest.raises(Forbidden):
        await invite_member(server, By(editor.user_id), organization.id, Role.ANALYST, WHOLE)


async def test_an_admin_of_one_brand_lets_people_into_that_brand_only(
    server: Server, organization: Organization, by: By, boss: Viewer, ada: Viewer
) -> None:
    thyo = await create_brand(server, by, organization.id, "Thyo")
    achille = await create_brand(server, by, organization.id, "Achille")
    _, link = await invite_member(server, by, organization.id, Role.ADMIN, Scope(thyo.id))
    await accept_invitation(server, By(ada.user_id), link.rpartition("/")[2])
    _, link = await invite_member(server, By(ada.user_id), organization.id, Role.EDITOR, Scope(thyo.id))
    for scope in (WHOLE, Scope(achille.id)):
        with pytest.raises(Forbidden):
            await invite_member(server, By(ada.user_id), organization.id, Role.EDITOR, scope)
    tom = await new_user(server, "tom@example.org")
    await accept_invitation(server, By(tom.id), link.rpartition("/")[2])
    on_thyo = await open_account(server, boss, organization.id, "thyo", thyo.id)
    on_achille = await open_account(server, boss, organization.id, "achille", achille.id)
    await post(server, Viewer(on_thyo.id, tom.id), "Bonjour")
    with pytest.raises(Forbidden):
        await post(server, Viewer(on_achille.id, tom.id), "Bonjour")
    assert [each.id for each in await list_own_accounts(server, tom.id)] == [on_thyo.id]
    await place_account(server, boss, organization.id, on_thyo.id, achille.id)
    with pytest.raises(Forbidden):
        await post(server, Viewer(on_thyo.id, tom.id), "Bonjour")


async def test_nobody_is_a_member_twice_and_the_last_owner_stays(
    server: Server, organization: Organization, by: By, hire: Hire
) -> None:
    admin = await hire(Role.ADMIN)
    _, link = await invite_member(server, by, organization.id, Role.EDITOR, WHOLE)
    with pytest.raises(MemberAlready):
        await accept_invitation(server, By(admin.user_id), link.rpartition("/")[2])
    owner = await membership_of(server, organization, by.user_id)
    with pytest.raises(LastOwner):
        await end_membership(server, by, organization.id, owner, WHOLE)
    with pytest.raises(LastOwner):
        await change_role(server, by, organization.id, owner, Role.ADMIN, WHOLE)
    with pytest.raises(Forbidden):
        await end_membership(server, By(admin.user_id), organization.id, owner, WHOLE)
    admins = await membership_of(server, organization, admin.user_id)
    await change_role(server, by, organization.id, admins, Role.OWNER, WHOLE)
    await end_membership(server, by, organization.id, owner, WHOLE)
    assert len(await list_members(server.db, admin.user_id, organization.id, Page())) == 1


async def test_a_membership_that_ended_cuts_off_clients_for_good(
    server: Server, organization: Organization, by: By, hire: Hire, consume: Consume
) -> None:
    editor = await hire(Role.EDITOR)
    token = await token_for(server, editor)
    viewer = await viewer_by_token(server, token)
    assert viewer
    stream = Stream()
    server.live.join(f"token:{viewer.token_id}", stream)
    membership_id = await membership_of(server, organization, editor.user_id)
    await end_membership(server, by, organization.id, membership_id, WHOLE)
    assert await viewer_by_token(server, token) is None, "at once"
    await consume()
    assert stream.is_closed
    _, link = await invite_member(server, by, organization.id, Role.EDITOR, WHOLE)
    await accept_invitation(server, By(editor.user_id), link.rpartition("/")[2])
    assert await viewer_by_token(server, token) is None, "and for good"
    with pytest.raises(NotFound):
        await end_membership(server, by, organization.id, membership_id, WHOLE)


async def test_a_role_that_needs_a_second_factor_reads_and_nothing_else_without_one(
    server: Server, organization: Organization, by: By, hire: Hire
) -> None:
    editor = await hire(Role.EDITOR)
    token = await token_for(server, editor)
    await ask_second_factor(server, by, organization.id, [Role.EDITOR, Role.ADMIN])
    viewer = await viewer_by_token(server, token)
    assert viewer and viewer.lacks_factor
    with pytest.raises(SecondFactorNeeded):
        await post(server, editor, "Bonjour")
    async with server.db.transaction() as tx:
        key = Passkey(server.ids.next(), editor.user_id, secrets.token_bytes(8), b"key", 0, "key", 0)
        await tx.insert(passkeys, key)
        tx.emit(SecondFactorChanged(user_id=editor.user_id))
    viewer = await viewer_by_token(server, token)
    assert viewer and not viewer.lacks_factor
    await post(server, editor, "Bonjour")


async def test_an_account_of_ones_own_is_taken_in_but_never_a_pseudonym_or_ones_only_one(
    server: Server, organization: Organization, boss: Viewer, ada: Viewer
) -> None:
    from mesange.core.accounts.actions.accounts import add_own_account

    with pytest.raises(Forbidden):
        await take_in_account(server, boss, organization.id)
    pseudonym = await add_own_account(server, boss, "nightingale", is_pseudonym=True)
    with pytest.raises(Forbidden):
        await take_in_account(server, boss, organization.id)
    with pytest.raises(Forbidden):
        await take_in_account(server, Viewer(pseudonym.id, boss.user_id), organization.id)
    await add_own_account(server, boss, "private_boss")
    with pytest.raises(NotFound):
        await take_in_account(server, ada, organization.id)
    taken = await take_in_account(server, boss, organization.id)
    assert (taken.user_id, taken.organization_id) == (None, organization.id)
    with pytest.raises(Conflict):
        await take_in_account(server, boss, organization.id)
    await post(server, boss, "Bonjour")


async def test_brands_have_names_of_their_own_and_are_seen_by_members_alone(
    server: Server, organization: Organization, by: By, ada: Viewer, hire: Hire
) -> None:
    await create_brand(server, by, organization.id, "Thyo")
    with pytest.raises(Duplicate):
        await create_brand(server, by, organization.id, " Thyo ")
    with pytest.raises(Forbidden):
        await create_brand(server, By((await hire(Role.EDITOR)).user_id), organization.id, "Achille")
    for stranger in (ada.user_id, 0):
        with pytest.raises(NotFound):
            await list_brands(server.db, stranger, organization.id)
        with pytest.raises((NotFound, Forbidden)):
            await create_brand(server, By(stranger), organization.id, "Achille")


async def test_the_choice_at_consent_holds_what_the_role_may_act_as(
    server: Server, organization: Organization, brand_account: Account, hire: Hire
) -> None:
    for role in Role:
        member = await hire(role)
        held = [each.id for each in await list_own_accounts(server, member.user_id)]
        assert held == ([] if role is Role.ANALYST else [brand_account.id])
    await new_viewer(server, "nobody")

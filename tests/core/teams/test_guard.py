"""Nobody closes, renames, empties or hands over an account of an organization alone, at once, or in a crisis."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.model import Account, AccountClosed, Viewer
from mesange.core.accounts.queries import get_account
from mesange.core.archives.actions import (
    approve_change,
    ask_change,
    call_back_change,
    carry_out_due_changes,
    erase_departed,
)
from mesange.core.archives.model import GRACE, AskedAlready, ChangeState, Guarded, InCrisis, TwoPeople
from mesange.core.archives.queries import list_changes
from mesange.core.statuses.actions.delete import MOST_DELETIONS, TooManyDeletions, delete_status
from mesange.core.teams.actions import create_organization
from mesange.core.teams.model import Organization, Role
from mesange.core.teams.queries import AuditFilter, check_audit, list_audit
from mesange.kit.clock import HOUR, SECOND
from mesange.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import organization_account, post
from tests.core.teams.conftest import Hire

Later = Callable[[int], None]


@pytest.fixture
def later(server: Server, monkeypatch: pytest.MonkeyPatch) -> Later:
    """Puts the clock forward by so many milliseconds."""

    def later(milliseconds: int) -> None:
        moment = server.clock.now() + milliseconds
        monkeypatch.setattr(server.clock, "now", lambda: moment)

    return later


@pytest.fixture
async def admin(hire: Hire) -> Viewer:
    return await hire(Role.ADMIN)


async def freeze(server: Server, organization: Organization, at: int | None) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE organizations SET frozen_at = ? WHERE id = ?", at, organization.id)


async def acts(server: Server, boss: Viewer, organization: Organization) -> list[str]:
    found = await list_audit(server.db, boss.user_id, organization.id, Page(100), AuditFilter())
    return [deed.act for _, deed in reversed(found) if deed.act.startswith("guarded")]


async def test_closing_an_account_takes_two_people_and_thirty_days(
    server: Server,
    organization: Organization,
    boss: Viewer,
    admin: Viewer,
    brand_account: Account,
    later: Later,
    consume: Callable[[], Awaitable[None]],
) -> None:
    change = await ask_change(server, boss, organization.id, brand_account.id, Guarded.DELETION)
    assert (await server.db.value("SELECT count(*) FROM mails")) == 1, "the other admin is asked"
    await get_account(server, brand_account.id)
    with pytest.raises(TwoPeople):
        await approve_change(server, boss, organization.id, change.id)
    with pytest.raises(AskedAlready):
        await ask_change(server, admin, organization.id, brand_account.id, Guarded.DELETION)
    await approve_change(server, admin, organization.id, change.id)
    with pytest.raises(AccountClosed, match="Maison du Café closed this account on 20"):
        await get_account(server, brand_account.id)
    with pytest.raises(Conflict):
        await approve_change(server, admin, organization.id, change.id)
    later(GRACE - HOUR)
    await carry_out_due_changes(server)
    assert (await list_changes(server.db, boss.user_id, organization.id, Page()))[0].state is ChangeState.APPROVED
    later(2 * HOUR)
    await carry_out_due_changes(server)
    await erase_departed(server)
    await consume()
    ended = (await list_changes(server.db, boss.user_id, organization.id, Page()))[0]
    assert ended.state is ChangeState.DONE
    with pytest.raises(AccountClosed):
        await get_account(server, brand_account.id)
    with pytest.raises(Conflict):
        await call_back_change(server, boss, organization.id, change.id)
    assert await acts(server, boss, organization) == [
        "guarded change asked for", "guarded change approved", "guarded change done"
    ]  # fmt: skip
    assert await check_audit(server.db, boss.user_id, organization.id) == 0


async def test_one_of_them_alone_calls_it_back_and_the_account_is_seen_again(
    server: Server, organization: Organization, boss: Viewer, admin: Viewer, brand_account: Account, later: Later
) -> None:
    change = await ask_change(server, boss, organization.id, brand_account.id, Guarded.DELETION)
    await approve_change(server, admin, organization.id, change.id)
    await call_back_change(server, boss, organization.id, change.id)
    await get_account(server, brand_account.id)
    later(GRACE + HOUR)
    await carry_out_due_changes(server)
    await erase_departed(server)
    await get_account(server, brand_account.id)
    await post(server, admin, "Nous sommes toujours là")


async def test_in_a_crisis_nothing_is_begun_approved_or_carried_out_and_the_attempt_is_noted(
    server: Server, organization: Organization, boss: Viewer, admin: Viewer, brand_account: Account, later: Later
) -> None:
    change = await ask_change(server, boss, organization.id, brand_account.id, Guarded.RENAMING, "caféless"[:3])
    await freeze(server, organization, 1)
    with pytest.raises(InCrisis):
        await ask_change(server, boss, organization.id, brand_account.id, Guarded.DELETION)
    with pytest.raises(InCrisis):
        await approve_change(server, admin, organization.id, change.id)
    assert (await acts(server, boss, organization))[-2:] == ["guarded change refused", "guarded change refused"]
    await freeze(server, organization, None)
    await approve_change(server, admin, organization.id, change.id)
    await freeze(server, organization, 1)
    later(GRACE + SECOND)
    await carry_out_due_changes(server)
    assert await server.db.value("SELECT username FROM accounts WHERE id = ?", brand_account.id) == "maison"
    await freeze(server, organization, None)
    await carry_out_due_changes(server)
    assert await server.db.value("SELECT username FROM accounts WHERE id = ?", brand_account.id) == "caf"


async def test_an_account_is_emptied_or_handed_over_by_two_people_after_thirty_days(
    server: Server, organization: Organization, boss: Viewer, admin: Viewer, brand_account: Account, later: Later
) -> None:
    other = await create_organization(server, "Kindy", boss.user_id)
    for number in range(25):
        await post(server, admin, f"Bonjour {number}")
    emptied = await ask_change(server, boss, organization.id, brand_account.id, Guarded.MASS_DELETION)
    handed = await ask_change(server, admin, organization.id, brand_account.id, Guarded.TRANSFER, other.handle)
    kept = await post(server, admin, "Après")
    await approve_change(server, admin, organization.id, emptied.id)
    await approve_change(server, boss, organization.id, handed.id)
    later(GRACE + SECOND)
    await carry_out_due_changes(server)
    assert await server.db.rows("SELECT id FROM statuses") == [(kept.id,)]
    owner = await server.db.value("SELECT organization_id FROM accounts WHERE id = ?", brand_account.id)
    assert owner == other.id
    with pytest.raises(Forbidden):
        await post(server, admin, "Encore")


async def test_what_cannot_be_is_refused_when_it_is_asked(
    server: Server, organization: Organization, boss: Viewer, brand_account: Account, hire: Hire, ada: Viewer
) -> None:
    for kind, target in ((Guarded.RENAMING, "a b"), (Guarded.RENAMING, "boss"), (Guarded.TRANSFER, "nowhere")):
        with pytest.raises(Invalid):
            await ask_change(server, boss, organization.id, brand_account.id, kind, target)
    for role in (Role.EDITOR, Role.CONTRIBUTOR, Role.ANALYST):
        with pytest.raises(Forbidden):
            await ask_change(server, await hire(role), organization.id, brand_account.id, Guarded.DELETION)
    with pytest.raises(NotFound):
        await ask_change(server, ada, organization.id, brand_account.id, Guarded.DELETION)
    with pytest.raises(NotFound):
        await ask_change(server, boss, organization.id, ada.account_id, Guarded.DELETION)


async def test_one_member_deletes_a_few_posts_an_hour_and_no_more(
    server: Server, organization: Organization, admin: Viewer, brand_account: Account, later: Later
) -> None:
    posts = [await post(server, admin, f"Bonjour {number}") for number in range(MOST_DELETIONS + 1)]
    for each in posts[:-1]:
        await delete_status(server, admin, each.id)
    with pytest.raises(TooManyDeletions):
        await delete_status(server, admin, posts[-1].id)
    later(2 * HOUR)
    await delete_status(server, admin, posts[-1].id)


async def test_an_account_that_a_person_left_says_no_name(server: Server, ada: Viewer) -> None:
    from mesange.core.archives.actions import leave

    await leave(server, ada, forever=False)
    with pytest.raises(Gone, match="The person whose account this was has left"):
        await get_account(server, ada.account_id)


async def test_an_organization_s_account_is_not_left_like_ones_own(
    server: Server, admin: Viewer, brand_account: Account
) -> None:
    from mesange.core.archives.actions import leave

    with pytest.raises(Forbidden):
        await leave(server, admin, forever=True)
    await organization_account(server, "another", brand_account.organization_id or 0)

"""Public actors."""

from collections.abc import Iterable

from mesange.core.accounts.memory import AccountMemory
from mesange.core.accounts.model import (
    Account,
    AccountClosed,
    AccountLeft,
    AccountStats,
    AccountSuspended,
)
from mesange.core.accounts.tables import (
    accounts,
)
from mesange.core.teams.queries import load_organizations
from mesange.kit.clock import iso_date
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.ids import first_id_at
from mesange.kit.server import Server


async def load_accounts(server: Server, ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by id, from memory or in one query; hidden ones too."""
    memory = server.of(AccountMemory)
    found = {id: account for id in ids if (account := memory.accounts.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.accounts.forgotten
        for row in await server.db.rows(f"SELECT {accounts.columns} FROM accounts WHERE id = ANY(?)", missing):
            account = accounts.load(row)
            memory.accounts.keep(account.id, account, since)
            found[account.id] = account
    return found


async def find_account(server: Server, account_id: int) -> Account | None:
    kept = server.of(AccountMemory).accounts.get(account_id)
    return kept or (await load_accounts(server, [account_id])).get(account_id)


async def get_account(server: Server, account_id: int) -> Account:
    """An account that may be shown. Raises NotFound, Gone."""
    account = await find_account(server, account_id)
    await _say_who_closed(server, account)
    return _shown(account)


async def get_account_by_acct(server: Server, acct: str) -> Account:
    """By `name` or `name@host`, ours included. Raises NotFound, Gone."""
    account = await find_account_by_acct(server, acct)
    await _say_who_closed(server, account)
    return _shown(account)


async def find_account_by_acct(server: Server, acct: str) -> Account | None:
    name, _, host = acct.strip().removeprefix("@").removeprefix("acct:").partition("@")
    domain = "" if host.lower() == server.settings.domain.lower() else host.lower()
    row = await server.db.row(
        f"SELECT {accounts.columns} FROM accounts WHERE lower(username) = ? AND domain = ?", name.lower(), domain
    )
    return accounts.load(row) if row else None


async def find_ids_by_name(db: Reader, names: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of (lower-case name, domain or "") pairs, in one query."""
    if not names:
        return {}
    rows = await db.rows(
        "SELECT lower(username), domain, id FROM accounts WHERE lower(username) = ANY(?) "
        "AND suspended_at IS NULL AND deleted_at IS NULL AND is_pending = 0",
        sorted({name for name, _ in names}),
    )
    found = {(name, domain): id for name, domain, id in rows}
    return {pair: found[pair] for pair in names if pair in found}


async def load_account_stats(server: Server, ids: Iterable[int]) -> dict[int, AccountStats]:
    memory = server.of(AccountMemory)
    found = {id: stats for id in ids if (stats := memory.stats.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.stats.forgotten
        # Most often it is one: the author of the newest post.
        which = ("= ?", missing[0]) if len(missing) == 1 else ("= ANY(?)", missing)
        rows = await server.db.rows(
            "SELECT account_id, statuses, followers, following, last_status_at FROM account_stats "
            f"WHERE account_id {which[0]}",
            which[1],
        )
        counted = {id: AccountStats(*counts) for id, *counts in rows}
        for id in missing:
            found[id] = counted.get(id, AccountStats())
            memory.stats.keep(id, found[id], since)
    return found


async def read_markers(db: Reader, account_id: int, timelines: list[str]) -> list[tuple[str, int, int, int]]:
    """(timeline, last read id, version, time of change) of the asked timelines."""
    return await db.rows(  # type: ignore[return-value]
        "SELECT timeline, last_read_id, version, updated_at FROM markers WHERE account_id = ? AND timeline = ANY(?)",
        account_id,
        timelines,
    )


async def count_people(db: Reader, active_since: int) -> tuple[int, int]:
    """Local accounts, and how many of them wrote since then."""
    total = await db.value("SELECT count(*) FROM accounts WHERE domain = '' AND deleted_at IS NULL AND is_pending = 0")
    active = await db.value("SELECT count(*) FROM account_stats WHERE last_status_at > ?", active_since)
    return total or 0, active or 0


async def count_newcomers(db: Reader, since: int) -> int:
    """Local accounts made since then: ids hold the time."""
    return await db.value("SELECT count(*) FROM accounts WHERE id >= ? AND domain = ''", first_id_at(since))


async def _say_who_closed(server: Server, account: Account | None) -> None:
    if account is None or account.deleted_at is None or account.organization_id is None:
        return
    found = await load_organizations(server.db, [account.organization_id])
    if organization := found.get(account.organization_id):
        raise AccountClosed(organization.name, iso_date(account.deleted_at))


def _shown(account: Account | None) -> Account:
    if account is None or account.is_pending:
        raise NotFound()
    if account.deleted_at is not None:
        raise AccountLeft()
    if account.suspended_at is not None:
        raise AccountSuspended()
    return account

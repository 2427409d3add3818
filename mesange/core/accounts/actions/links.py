"""Writes of verified links: pages that point back with `rel="me"` are the person's own."""

import asyncio
import json
from dataclasses import replace
from typing import NamedTuple

from mesange.core.accounts.model import Account
from mesange.core.accounts.model.links import PATIENCE, addresses_in, own_addresses
from mesange.core.accounts.queries import find_account
from mesange.core.accounts.tables import accounts
from mesange.events.accounts import AccountUpdated
from mesange.kit.db import Transaction
from mesange.kit.http import OutgoingFailed
from mesange.kit.previews import points_to
from mesange.kit.server import Server

AT_ONCE = 4


class LinkCheck(NamedTuple):
    account_id: int
    url: str
    due_at: int
    attempts: int


async def plan_checks(server: Server, tx: Transaction, account: Account) -> Account:
    """The profile was changed: its addresses are asked once more; what left the profile is no longer verified."""
    addresses = addresses_in(account.fields, secure_only=server.settings.is_secure)
    await tx.execute("DELETE FROM link_checks WHERE account_id = ?", account.id)
    for address in addresses:
        await tx.execute(
            "INSERT INTO link_checks (account_id, url, due_at, attempts) VALUES (?, ?, ?, 0)",
            account.id,
            address,
            server.clock.now(),
        )
    kept = {url: at for url, at in json.loads(account.verified_links).items() if url in addresses}
    return replace(account, verified_links=json.dumps(kept))


async def check_due_links(server: Server) -> None:
    """Ask the pages that are due, oldest first."""
    rows = await server.db.rows(
        "SELECT account_id, url, due_at, attempts FROM link_checks WHERE due_at <= ? ORDER BY due_at LIMIT ?",
        server.clock.now(),
        AT_ONCE,
    )
    work = [_check(server, LinkCheck(*row)) for row in rows]
    for failure in await asyncio.gather(*work, return_exceptions=True):
        if failure:
            raise failure


async def _check(server: Server, check: LinkCheck) -> None:
    if not await _claim(server, check):
        return
    account = await find_account(server, check.account_id)
    if account is None or account.is_hidden:
        return
    try:
        points = await points_to(server.http, check.url, own_addresses(server.settings.public_origin, account))
    except OutgoingFailed:
        return  # The claim said when to try again, or was the last.
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM link_checks WHERE account_id = ? AND url = ?", account.id, check.url)
        await _write(server, tx, account.id, check.url, points)


async def _claim(server: Server, check: LinkCheck) -> bool:
    """Whether it is ours to ask: it is counted as tried first, so that two servers never ask at once."""
    where = "WHERE account_id = ? AND url = ? AND due_at = ?"
    which = (check.account_id, check.url, check.due_at)
    async with server.db.transaction() as tx:
        if check.attempts >= len(PATIENCE):
            return bool(await tx.execute(f"DELETE FROM link_checks {where}", *which))
        again_at = server.clock.now() + PATIENCE[check.attempts]
        return bool(
            await tx.execute(f"UPDATE link_checks SET due_at = ?, attempts = attempts + 1 {where}", again_at, *which)
        )


async def _write(server: Server, tx: Transaction, account_id: int, url: str, points: bool) -> None:
    row = await tx.row(f"SELECT {accounts.columns} FROM accounts WHERE id = ? FOR UPDATE", account_id)
    account = accounts.load(row or ())
    verified: dict[str, int] = json.loads(account.verified_links)
    is_there = url in addresses_in(account.fields, secure_only=server.settings.is_secure)
    if points and is_there:
        verified.setdefault(url, server.clock.now())
    else:
        verified.pop(url, None)
    changed = json.dumps(verified)
    if changed != account.verified_links:
        await tx.execute("UPDATE accounts SET verified_links = ? WHERE id = ?", changed, account_id)
        tx.emit(AccountUpdated(account_id=account_id))

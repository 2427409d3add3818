"""Writes of public actors."""

import json
import secrets
from dataclasses import replace

import msgspec

from mesange.core.accounts.actions.links import plan_checks
from mesange.core.accounts.model import (
    MOST_DISPLAY_NAME,
    MOST_FIELD,
    MOST_FIELDS,
    MOST_NOTE,
    Account,
    Viewer,
    acting_account,
    checked_username,
)
from mesange.core.accounts.queries import check_display_name, check_handle
from mesange.core.accounts.tables import accounts
from mesange.core.teams.actions import note_act
from mesange.core.teams.model import Act, Deed
from mesange.events.accounts import AccountCreated, AccountUpdated
from mesange.kit.clock import DAY
from mesange.kit.db import Duplicate, Transaction
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.ids import first_id_at, time_of
from mesange.kit.server import Server
from mesange.kit.text import clean, clean_name

MOST_OWN_ACCOUNTS = 20
LONGEST_PAST = 180 * DAY
VISIBILITIES = ("public", "unlisted", "private", "direct")


class NameTaken(Duplicate):
    http_status = 422
    code = "ERR_TAKEN"
    public_text = "This name is taken."
    field = "username"


class ProfileChange(msgspec.Struct, kw_only=True):
    """What a person changes of a profile; None leaves a thing as it is. `avatar` and `header` are file names."""

    display_name: str | None = None
    note: str | None = None
    fields: list[tuple[str, str]] | None = None
    avatar: str | None = None
    header: str | None = None
    is_bot: bool | None = None
    is_locked: bool | None = None
    is_discoverable: bool | None = None
    is_indexable: bool | None = None
    default_visibility: str | None = None
    default_sensitive: bool | None = None
    default_language: str | None = None


async def create_account(
    server: Server,
    tx: Transaction,
    username: str,
    *,
    user_id: int | None = None,
    organization_id: int | None = None,
    by_staff: bool = False,
    is_pending: bool = False,
    is_pseudonym: bool = False,
) -> Account:
    """A new local actor, owned by a user or by an organization. Staff may take reserved names.

    Raises Invalid, NameTaken: also for the name of an account that was deleted, which nobody gets again.
    """
    username = checked_username(username)
    if not by_staff:
        await check_handle(tx, username, organization_id)
    account_id, created_at = server.ids.next(), server.clock.now()
    if is_pseudonym:
        account_id, created_at = await _unlinkable_beginning(tx, created_at)
    account = Account(
        id=account_id,
        username=username,
        domain="",
        display_name="",
        note="",
        fields="[]",
        avatar="",
        header="",
        is_bot=False,
        is_locked=False,
        is_discoverable=True,
        is_indexable=True,
        default_visibility="public",
        default_sensitive=False,
        default_language="",
        created_at=created_at,
        user_id=user_id,
        organization_id=organization_id,
        is_pending=is_pending,
        is_pseudonym=is_pseudonym,
    )
    try:
        await tx.insert(accounts, account)
    except Duplicate:
        raise NameTaken() from None
    tx.emit(AccountCreated(account_id=account.id))
    return account


async def _unlinkable_beginning(tx: Transaction, now: int) -> tuple[int, int]:
    """An id and a day of a time in which the person did nothing: drawn from the life of this server, half a year at
    most. The true moment would say who was signed in just then."""
    first = await tx.value("SELECT min(created_at) FROM users") or now
    drawn = first_id_at(max(first, now - LONGEST_PAST)), first_id_at(now)
    account_id = drawn[0] + secrets.randbelow(max(drawn[1] - drawn[0], 1))
    return account_id, time_of(account_id)


async def add_own_account(server: Server, viewer: Viewer, username: str, *, is_pseudonym: bool = False) -> Account:
    """One more account under the viewer's login. With `is_pseudonym` nothing that others can see leads from one to the
    other. Raises Invalid, NameTaken, Forbidden beyond the most one may hold."""
    acting_account(viewer)
    async with server.db.transaction() as tx:
        if await tx.value("SELECT count(*) FROM accounts WHERE user_id = ?", viewer.user_id) >= MOST_OWN_ACCOUNTS:
            raise Forbidden("You hold as many accounts as one may.")
        return await create_account(server, tx, username, user_id=viewer.user_id, is_pseudonym=is_pseudonym)


def profile_after(account: Account, change: ProfileChange) -> Account:
    """How it would stand, without the checks that ask the server. Raises Invalid naming the field."""
    return replace(account, **_checked(change))


async def change_profile(server: Server, viewer: Viewer, change: ProfileChange) -> Account:
    """Apply a change to the viewer's account. Raises Invalid naming the field."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        row = await tx.row(f"SELECT {accounts.columns} FROM accounts WHERE id = ? FOR UPDATE", account_id)
        account = accounts.load(row or ())
        changed = profile_after(account, change)
        if changed.display_name != account.display_name:
            await check_display_name(tx, server.settings, changed.display_name, account.organization_id)
        if changed.fields != account.fields:
            changed = await plan_checks(server, tx, changed)
        await tx.update(accounts, changed)
        tx.emit(AccountUpdated(account_id=account_id))
        if names := [name for name in accounts.fields if getattr(changed, name) != getattr(account, name)]:
            deed = Deed(Act.PROFILE_CHANGED, viewer.user_id, account_id, viewer.client_id, told={"changed": names})
            await note_act(server, tx, account.organization_id, deed)
    return changed


async def set_sign_limit(server: Server, account_id: int, most: int | None) -> None:
    """Give an account its own number of signs, or the server's again with None."""
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE accounts SET max_signs = ? WHERE id = ?", most, account_id)
        tx.emit(AccountUpdated(account_id=account_id))


def _checked(change: ProfileChange) -> dict[str, object]:
    given = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
    if change.display_name is not None:
        given["display_name"] = _at_most("display_name", clean_name(change.display_name), MOST_DISPLAY_NAME)
    if change.note is not None:
        given["note"] = _at_most("note", clean(change.note), MOST_NOTE)
    if change.fields is not None:
        given["fields"] = json.dumps(_checked_fields(change.fields), ensure_ascii=False)
    if change.default_visibility not in (None, *VISIBILITIES):
        raise Invalid("This visibility does not exist.", field="source[privacy]")
    if change.default_language is not None:
        given["default_language"] = _at_most("source[language]", clean_name(change.default_language), 10)
    return given


def _checked_fields(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kept = [(clean_name(name), clean_name(value)) for name, value in fields]
    kept = [(name, value) for name, value in kept if name or value]
    if len(kept) > MOST_FIELDS:
        raise Invalid(f"A profile has at most {MOST_FIELDS} lines.", field="fields_attributes")
    for pair in kept:
        for text in pair:
            _at_most("fields_attributes", text, MOST_FIELD)
    return kept


def _at_most(field: str, text: str, most: int) -> str:
    if len(text) > most:
        raise Invalid(f"This is {len(text)} signs long; the most is {most}.", field=field, code="ERR_TOO_LONG")
    return text

"""The publication gate: the one door through which every post of every client, bot, job or automation passes.

Its facts live in core/teams (who may act, freeze) and on the account; rooms change them through their actions. It is
called inside the publishing transaction, so a freeze that is committed stops whatever is not.
"""

from typing import NamedTuple

from mesange.core.accounts.model import AccountFrozen, Viewer
from mesange.core.statuses.actions.noting import Passage
from mesange.core.teams.queries import find_role, frozen_since
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.server import Server


class Frozen(Forbidden):
    public_text = "Publishing is frozen for this organization. Nothing was sent."
    code = "frozen"


class NeedsApproval(Forbidden):
    public_text = "Your role writes drafts; an editor publishes them."
    code = "needs_approval"


class Publisher(NamedTuple):
    """What the gate needs to know of the account."""

    suspended_at: int | None
    deleted_at: int | None
    user_id: int | None
    organization_id: int | None
    brand_id: int | None
    max_signs: int | None
    frozen_at: int | None


async def pass_gate(server: Server, tx: Transaction, viewer: Viewer, account_id: int, signs: int) -> Passage:
    """Returns when this may be published now. Raises Forbidden, Frozen, NeedsApproval, Invalid (too many signs)."""
    row = await tx.row(
        "SELECT suspended_at, deleted_at, user_id, organization_id, brand_id, max_signs, frozen_at FROM accounts "
        "WHERE id = ?",
        account_id,
    )
    publisher = Publisher(*row) if row else None
    if publisher is None or publisher.suspended_at or publisher.deleted_at:
        raise Forbidden("This account may not publish.")
    if publisher.frozen_at:
        raise AccountFrozen()
    if publisher.organization_id is not None:
        await _check_member(tx, viewer, account_id, publisher)
    elif publisher.user_id != viewer.user_id:
        raise Forbidden("This account is not yours.")
    most = publisher.max_signs or server.settings.max_signs
    if signs > most:
        raise Invalid(
            f"Validation failed: Text character limit of {most} exceeded", field="status", code="ERR_TOO_LONG"
        )
    return Passage(publisher.organization_id)


async def _check_member(tx: Transaction, viewer: Viewer, account_id: int, publisher: Publisher) -> None:
    organization_id = publisher.organization_id or 0
    role = await find_role(tx, viewer.user_id, organization_id, account_id, publisher.brand_id)
    if role is None:
        raise Forbidden("You are not a member of this organization.")
    if not role.may_act:
        raise Forbidden()
    if await frozen_since(tx, organization_id) is not None:
        raise Frozen()
    if not role.may_publish:
        raise NeedsApproval()

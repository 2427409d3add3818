"""The publication gate: the one door through which every post of every client, bot, job or automation passes.

Its facts live in core/teams (who may act, freeze) and on the account; rooms change them through their actions. It is
called inside the publishing transaction, so a freeze that is committed stops whatever is not.
"""

from typing import NamedTuple

from mesange.core.accounts.model import AccountFrozen, Viewer
from mesange.core.accounts.queries import role_lacks_factor
from mesange.core.statuses.actions.noting import Passage
from mesange.core.teams.model import Role, SecondFactorNeeded, stages_for
from mesange.core.teams.queries import find_role, find_rule, frozen_since, list_approvals
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.server import Server


class Frozen(Forbidden):
    public_text = "Publishing is frozen for this organization. Nothing was sent."
    code = "frozen"


class NeedsApproval(Forbidden):
    public_text = "Your role writes drafts; an editor publishes them."
    code = "needs_approval"


APPROVED_FIRST = "What this account publishes is approved first. Write it as a publication of your team."


class Reviewed(NamedTuple):
    """What of a post may have been approved: these words (`digest`) of a subject; nothing of what a client sends."""

    subject_id: int = 0
    digest: str = ""
    is_answer: bool = False
    """Whether it answers or boosts: rules may leave these alone."""


UNREVIEWED = Reviewed()


class Publisher(NamedTuple):
    """What the gate needs to know of the account."""

    suspended_at: int | None
    deleted_at: int | None
    user_id: int | None
    organization_id: int | None
    brand_id: int | None
    max_signs: int | None
    frozen_at: int | None


async def pass_gate(
    server: Server, tx: Transaction, viewer: Viewer, account_id: int, signs: int, reviewed: Reviewed = UNREVIEWED
) -> Passage:
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
    role = None
    if publisher.organization_id is not None:
        role = await _acting_role(tx, viewer, account_id, publisher)
    elif publisher.user_id != viewer.user_id:
        raise Forbidden("This account is not yours.")
    most = publisher.max_signs or server.settings.max_signs
    if signs > most:
        raise Invalid(
            f"Validation failed: Text character limit of {most} exceeded", field="status", code="ERR_TOO_LONG"
        )
    if role is None:
        return Passage(None)
    return Passage(publisher.organization_id, await _approvers(tx, account_id, publisher, role, reviewed))


async def _acting_role(tx: Transaction, viewer: Viewer, account_id: int, publisher: Publisher) -> Role:
    organization_id = publisher.organization_id or 0
    role = await find_role(tx, viewer.user_id, organization_id, account_id, publisher.brand_id)
    if role is None:
        raise Forbidden("You are not a member of this organization.")
    if not role.may_act:
        raise Forbidden()
    if await role_lacks_factor(tx, viewer.user_id, organization_id, role):
        raise SecondFactorNeeded()
    if await frozen_since(tx, organization_id) is not None:
        raise Frozen()
    return role


async def _approvers(
    tx: Transaction, account_id: int, publisher: Publisher, role: Role, reviewed: Reviewed
) -> tuple[int, ...]:
    """Who approved it. Last of all: what is refused for another reason is not sent for review."""
    rule = await find_rule(tx, publisher.organization_id or 0, account_id, publisher.brand_id)
    stages = stages_for(rule, role, is_answer=reviewed.is_answer)
    given = await list_approvals(tx, reviewed.subject_id, reviewed.digest) if reviewed.subject_id else []
    if len(given) < len(stages):
        raise NeedsApproval(APPROVED_FIRST if role.may_publish else None)
    return tuple(approval.user_id for approval in given)

"""Approval: rules for an organization, a brand or an account, and each approval of words that follow them."""

from collections.abc import Sequence

from mesange.core.teams.model import Approval, ApprovalRule, Role, Tier, check_approver, stored_tiers
from mesange.core.teams.queries import can_be_approved, find_role, list_approvals, list_memberships
from mesange.core.teams.tables import approval_rules, approvals
from mesange.events.accounts import ApprovalRuleChanged
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.server import Server

RULERS = (Role.OWNER, Role.ADMIN)


async def set_rule(
    server: Server,
    user_id: int,
    organization_id: int,
    tiers: Sequence[Tier],
    *,
    covers_answers: bool = False,
    brand_id: int | None = None,
    account_id: int | None = None,
) -> ApprovalRule:
    """From now on posts of these accounts are approved so, in place of an earlier rule for the same.

    Raises NotFound (no member, no such brand or account of it), Forbidden (neither owner nor admin), Invalid.
    """
    rule = ApprovalRule(
        id=server.ids.next(),
        organization_id=organization_id,
        tiers=stored_tiers(tiers),
        covers_answers=covers_answers,
        created_at=server.clock.now(),
        brand_id=brand_id,
        account_id=account_id,
    )
    async with server.db.transaction() as tx:
        await _check_ruler(tx, user_id, organization_id)
        await _check_scope(tx, rule)
        await _remove(tx, rule)
        await tx.insert(approval_rules, rule)
        tx.emit(ApprovalRuleChanged(organization_id=organization_id, user_id=user_id))
    return rule


async def remove_rule(server: Server, user_id: int, organization_id: int, rule_id: int) -> None:
    """Raises NotFound, Forbidden."""
    async with server.db.transaction() as tx:
        await _check_ruler(tx, user_id, organization_id)
        gone = await tx.execute(
            "DELETE FROM approval_rules WHERE id = ? AND organization_id = ?", rule_id, organization_id
        )
        if not gone:
            raise NotFound()
        tx.emit(ApprovalRuleChanged(organization_id=organization_id, user_id=user_id))


async def _check_ruler(tx: Transaction, user_id: int, organization_id: int) -> None:
    held = [each for each in await list_memberships(tx, user_id) if each.organization_id == organization_id]
    if not held:
        raise NotFound()
    if not any(each.role in RULERS and each.brand_id is None and each.account_id is None for each in held):
        raise Forbidden("Only an owner or an administrator of the organization sets rules.")


async def _check_scope(tx: Transaction, rule: ApprovalRule) -> None:
    for table, id in (("brands", rule.brand_id), ("accounts", rule.account_id)):
        if id is not None and not await tx.value(
            f"SELECT 1 FROM {table} WHERE id = ? AND organization_id = ?", id, rule.organization_id
        ):
            raise NotFound()


async def _remove(tx: Transaction, rule: ApprovalRule) -> None:
    await tx.execute(
        "DELETE FROM approval_rules WHERE organization_id = ? AND coalesce(brand_id, 0) = ? "
        "AND coalesce(account_id, 0) = ?",
        rule.organization_id,
        rule.brand_id or 0,
        rule.account_id or 0,
    )


async def approve_subject(
    server: Server,
    tx: Transaction,
    approver_id: int,
    account_id: int,
    stages: Sequence[Tier],
    words: tuple[int, str],
    wrote: Sequence[int],
) -> list[Approval]:
    """Note that these `words` (subject and digest) are approved at their next stage; all their approvals, in order.

    Raises NotFound (no member), Forbidden: written by oneself, not an approver of this stage.
    """
    row = await tx.row("SELECT organization_id, brand_id FROM accounts WHERE id = ? FOR UPDATE", account_id)
    organization_id, brand_id = row or (0, None)
    role = await find_role(tx, approver_id, organization_id, account_id, brand_id)
    if role is None:
        raise NotFound()
    given = await list_approvals(tx, *words)
    if len(given) >= len(stages):
        return given
    stage, before = stages[len(given)], [each.user_id for each in given]
    alone = not await can_be_approved(tx, organization_id, account_id, brand_id, stage, [*wrote, *before])
    check_approver(stage, approver_id, role, wrote, before, alone=alone)
    approval = Approval(server.ids.next(), *words, len(given), approver_id)
    await tx.insert(approvals, approval)
    return [*given, approval]

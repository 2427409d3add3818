"""Which rule an account's posts follow, and what of them is approved."""

from collections.abc import Sequence

from mesange.core.teams.model import Approval, ApprovalRule, Tier, applying_rule, strongest
from mesange.core.teams.tables import approval_rules, approvals, memberships
from mesange.kit.db import Reader


async def list_rules(db: Reader, organization_id: int) -> list[ApprovalRule]:
    """The last one made first."""
    rows = await db.rows(
        f"SELECT {approval_rules.columns} FROM approval_rules WHERE organization_id = ? ORDER BY id DESC",
        organization_id,
    )
    return [approval_rules.load(row) for row in rows]


async def find_rule(db: Reader, organization_id: int, account_id: int, brand_id: int | None) -> ApprovalRule | None:
    """The one rule that counts for an account."""
    return applying_rule(await list_rules(db, organization_id), account_id, brand_id)


async def list_approvals(db: Reader, subject_id: int, digest: str) -> list[Approval]:
    """Of these very words, by tier: those of earlier words count no more."""
    rows = await db.rows(
        f"SELECT {approvals.columns} FROM approvals WHERE subject_id = ? AND digest = ? ORDER BY tier",
        subject_id,
        digest,
    )
    return [approvals.load(row) for row in rows]


async def can_be_approved(
    db: Reader, organization_id: int, account_id: int, brand_id: int | None, stage: Tier, without: Sequence[int]
) -> bool:
    """Whether somebody other than `without` may approve at this stage: members leave, and names of a rule stay."""
    rows = await db.rows(f"SELECT {memberships.columns} FROM memberships WHERE organization_id = ?", organization_id)
    held = [memberships.load(row) for row in rows]
    for user_id in {each.user_id for each in held} - set(without):
        role = strongest([each for each in held if each.user_id == user_id], account_id, brand_id)
        if role is not None and stage.admits(user_id, role):
            return True
    return False

"""Approval: which posts of which accounts somebody else must have read before they leave, and who did."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from mesange.core.teams.model.members import ROLE_ORDER, Role
from mesange.kit.errors import Forbidden, Invalid

MOST_TIERS, MOST_NAMED = 5, 50


class Tier(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who may approve at a stage: members with at least this role, or those who are named."""

    role: Role = Role.EDITOR
    user_ids: tuple[int, ...] = ()

    def admits(self, user_id: int, role: Role) -> bool:
        if self.user_ids:
            return user_id in self.user_ids
        return ROLE_ORDER.index(role) <= ROLE_ORDER.index(self.role)


ONE_EDITOR = (Tier(),)
"""What a contributor writes is approved so, where no rule says otherwise."""


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """`tiers` is a JSON list of Tier, first to last; for the whole organization, one brand or one account.

    `covers_answers`: answers and boosts need it as well.
    """

    id: int
    organization_id: int
    tiers: str
    covers_answers: bool
    created_at: int
    brand_id: int | None = None
    account_id: int | None = None

    @property
    def stages(self) -> tuple[Tier, ...]:
        return msgspec.json.decode(self.tiers, type=tuple[Tier, ...])


@dataclass(frozen=True, slots=True)
class Approval:
    """A user approved these very words (`digest`) of a subject, at a tier counted from 0."""

    id: int
    subject_id: int
    digest: str
    tier: int
    user_id: int


class SelfApproval(Forbidden):
    public_text = "Nobody approves what they wrote themselves. Ask a colleague."
    code = "self_approval"


class NotAnApprover(Forbidden):
    public_text = "You are not among those who approve at this stage."
    code = "not_an_approver"


def stored_tiers(tiers: Sequence[Tier]) -> str:
    """Raises Invalid for none, and for more than anyone would wait for."""
    if not 0 < len(tiers) <= MOST_TIERS or any(len(tier.user_ids) > MOST_NAMED for tier in tiers):
        raise Invalid(f"A rule has between 1 and {MOST_TIERS} stages, each with at most {MOST_NAMED} people.")
    return msgspec.json.encode(list(tiers)).decode()


def applying_rule(rules: Sequence[ApprovalRule], account_id: int, brand_id: int | None) -> ApprovalRule | None:
    """The rule of the account before that of its brand, and that before the organization's."""
    for rule in rules:
        if rule.account_id == account_id:
            return rule
    for rule in rules:
        if rule.brand_id is not None and rule.brand_id == brand_id:
            return rule
    return next((rule for rule in rules if rule.account_id is None and rule.brand_id is None), None)


def stages_for(rule: ApprovalRule | None, role: Role, *, is_answer: bool) -> tuple[Tier, ...]:
    """What a member with this role must have approved before it is published; nothing when they publish freely."""
    if rule is not None and (rule.covers_answers or not is_answer):
        return rule.stages
    return () if role.may_publish else ONE_EDITOR


def check_approver(
    stage: Tier, user_id: int, role: Role, wrote: Sequence[int], approved: Sequence[int], *, alone: bool
) -> None:
    """`wrote` are those whose words these are, `approved` those who approved an earlier stage.

    `alone`: nobody else is left who may approve at this stage, so owners and admins may. Raises Forbidden.
    """
    if user_id in wrote:
        raise SelfApproval()
    if user_id in approved:
        raise NotAnApprover("You approved an earlier stage already: the next one is for somebody else.")
    if not stage.admits(user_id, role) and not (alone and role in (Role.OWNER, Role.ADMIN)):
        raise NotAnApprover()

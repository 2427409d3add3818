"""Writes of teams, by noun."""

from mesange.core.teams.actions.approvals import approve_subject, remove_rule, set_rule
from mesange.core.teams.actions.audit import note_act
from mesange.core.teams.actions.invitations import accept_invitation, invite_member, withdraw_invitation
from mesange.core.teams.actions.members import MemberAlready, add_member, change_role, end_membership
from mesange.core.teams.actions.names import protect, protect_name, release_name
from mesange.core.teams.actions.organizations import (
    HandleTaken,
    ask_second_factor,
    create_brand,
    create_organization,
    rename_brand,
)

__all__ = [
    "HandleTaken",
    "MemberAlready",
    "accept_invitation",
    "add_member",
    "approve_subject",
    "ask_second_factor",
    "change_role",
    "create_brand",
    "create_organization",
    "end_membership",
    "invite_member",
    "note_act",
    "protect",
    "protect_name",
    "release_name",
    "remove_rule",
    "rename_brand",
    "set_rule",
    "withdraw_invitation",
]

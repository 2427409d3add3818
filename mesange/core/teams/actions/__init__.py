"""Writes of teams, by noun."""

from mesange.core.teams.actions.approvals import approve_subject, remove_rule, set_rule
from mesange.core.teams.actions.audit import note_act
from mesange.core.teams.actions.organizations import add_member, create_organization, protect_name, release_name

__all__ = [
    "add_member",
    "approve_subject",
    "create_organization",
    "note_act",
    "protect_name",
    "release_name",
    "remove_rule",
    "set_rule",
]

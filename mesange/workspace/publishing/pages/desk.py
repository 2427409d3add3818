"""Whose calendar is open, and what the viewer may do with each of its accounts."""

from collections.abc import Mapping
from dataclasses import dataclass

from mesange.core.accounts.queries import load_accounts
from mesange.core.teams.model import Organization, Role
from mesange.core.teams.queries import list_organizations
from mesange.front.faces import account_view
from mesange.front.views import AccountView
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound
from mesange.workspace.publishing.queries import list_roles

PLACE = "publishing"
"""The entry of the rail that is lit."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`roles` and `accounts` by account id: those in the viewer's reach. `others` are their other organizations."""

    organization: Organization
    roles: Mapping[int, Role]
    accounts: Mapping[int, AccountView]
    others: tuple[Organization, ...] = ()

    @property
    def id(self) -> int:
        return self.organization.id

    @property
    def writable(self) -> list[AccountView]:
        return [view for id, view in self.accounts.items() if self.roles[id].may_act]

    @property
    def may_publish(self) -> bool:
        return any(role.may_publish for role in self.roles.values())


async def desk_of(visit: Visit, organization_id: int = 0) -> Desk:
    """The organization named by the address (`of`), else that of the account one acts as, else the first.

    Raises NotFound for who is a member of none, or not of that one.
    """
    held = await list_organizations(visit.server.db, visit.viewer.user_id)
    account = await visit.account()
    acting_for = account.organization_id if account else None
    wanted = organization_id or visit.id("of") or (acting_for if acting_for in [each.id for each in held] else None)
    chosen = next((each for each in held if wanted in (None, each.id)), None)
    if chosen is None:
        raise NotFound()
    roles = await list_roles(visit.server.db, visit.viewer, chosen.id)
    found = await load_accounts(visit.server, list(roles))
    shown = {id: account_view(visit.server, found[id]) for id in sorted(roles) if id in found}
    return Desk(chosen, roles, shown, tuple(each for each in held if each.id != chosen.id))

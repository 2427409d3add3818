"""The organization whose relays and links are open, and the accounts of it in the viewer's reach."""

from collections.abc import Mapping
from dataclasses import dataclass

from mesange.core.accounts.queries import load_accounts
from mesange.core.teams.model import Organization
from mesange.core.teams.queries import list_organizations
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound
from mesange.workspace.publishing.queries.rights import list_roles, organization_asked


@dataclass(frozen=True, slots=True)
class Office:
    """`handles` by account id, of all that the viewer sees; `publishable` of those they publish for. `others` are
    their other organizations."""

    organization: Organization
    handles: Mapping[int, str]
    publishable: Mapping[int, str]
    others: tuple[Organization, ...]

    @property
    def id(self) -> int:
        return self.organization.id


async def office_of(visit: Visit, organization_id: int = 0) -> Office:
    """The organization named (`of`), else that of the account one acts as. Raises NotFound for who is no member."""
    db = visit.server.db
    wanted = await organization_asked(db, visit.viewer, organization_id or visit.id("of"))
    held = await list_organizations(db, visit.viewer.user_id)
    chosen = next((each for each in held if each.id == wanted), None)
    if chosen is None:
        raise NotFound()
    roles = await list_roles(db, visit.viewer, chosen.id)
    found = await load_accounts(visit.server, list(roles))
    handles = {id: f"@{found[id].acct}" for id in sorted(roles) if id in found}
    publishable = {id: handle for id, handle in handles.items() if roles[id].may_publish}
    return Office(chosen, handles, publishable, tuple(each for each in held if each.id != chosen.id))

"""Whether a name may be borne: reserved words, protected names and everything that looks like them."""

from mesange.core.accounts.model.names import claims_authority, is_reserved, looks_of
from mesange.core.teams.queries import list_protected
from mesange.kit.db import Reader
from mesange.kit.errors import Invalid
from mesange.kit.settings import Settings
from mesange.kit.text import skeleton


async def check_handle(db: Reader, username: str, organization_id: int | None = None) -> None:
    """Raises Invalid for a handle that is reserved, or that can be taken for a protected name."""
    if is_reserved(username):
        raise Invalid("This name is reserved.", field="username", code="ERR_RESERVED")
    if await _resembles(db, username, organization_id):
        raise Invalid("This name looks like one that belongs to somebody.", field="username", code="ERR_RESERVED")


async def check_display_name(db: Reader, settings: Settings, name: str, organization_id: int | None) -> None:
    """Raises Invalid for a name that claims an office, or that looks like a name protected for others."""
    if claims_authority(name) or (skeleton(name) and skeleton(name) == skeleton(settings.title)):
        raise Invalid("Only the people who run this server may use this name.", field="display_name")
    if await _resembles(db, name, organization_id):
        raise Invalid("This name looks like one that belongs to somebody.", field="display_name")


async def _resembles(db: Reader, name: str, organization_id: int | None) -> bool:
    found = await list_protected(db, looks_of(name))
    return any(each.organization_id is None or each.organization_id != organization_id for each in found)

"""From `@name` or `@name@host` in an address to the account."""

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import get_account_by_acct
from mesange.edges.pages.visit import Visit
from mesange.kit.errors import NotFound


async def account_in_path(visit: Visit) -> Account:
    """Raises NotFound, Gone."""
    handle = visit.request.segments["handle"]
    if len(handle) > 400:
        raise NotFound()
    return await get_account_by_acct(visit.server, handle)

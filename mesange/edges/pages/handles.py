"""From `@name` or `@name@host` in an address to the account."""

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import get_account_by_acct
from mesange.front.faces import url_of
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound


async def account_in_path(visit: Visit) -> Account:
    """Whose page this is, which has one address however the name is capitalised. Raises NotFound, Gone."""
    handle = visit.request.segments["handle"]
    if len(handle) > 400:
        raise NotFound()
    account = await get_account_by_acct(visit.server, handle)
    visit.address = "/".join([url_of(account), *visit.request.path.split("/")[2:]])
    visit.is_indexable = account.is_indexable and account.limited_at is None
    return account

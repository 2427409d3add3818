"""Who will read a direct post, and who would begin to by being named in it."""

from collections.abc import Iterable

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.statuses.model import Status, Visibility
from mesange.core.statuses.queries import load_mentioned
from mesange.front.content import accounts_named_in
from mesange.front.visit import Visit


async def readers_of(visit: Visit, answered: Status) -> list[Account]:
    """The others who read a direct post; nobody in particular reads one that is not."""
    if answered.visibility is not Visibility.DIRECT:
        return []
    ids = {answered.account_id, *(await load_mentioned(visit.server.db, [answered.id])).get(answered.id, [])}
    return list((await load_accounts(visit.server, sorted(ids - {visit.viewer.account_id}))).values())


async def newcomers(visit: Visit, answered: Status | None, texts: Iterable[str]) -> list[Account]:
    """People whom an answer names, and who do not read the direct thread yet: a name is an invitation."""
    if answered is None or answered.visibility is not Visibility.DIRECT or visit.text("visibility") != "direct":
        return []
    reading = {account.id for account in await readers_of(visit, answered)} | {visit.viewer.account_id}
    named = await accounts_named_in(visit.server, texts)
    return [account for account in named.values() if account.id not in reading]

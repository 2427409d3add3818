"""Posts ready for a list: heads and tails joined, in a fixed number of queries."""

from collections.abc import Sequence

from mesange.core.accounts.queries import load_accounts
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import load_statuses, only_visible
from mesange.front.faces import account_view
from mesange.front.filtering import filtered_in
from mesange.front.heads import heads_of
from mesange.front.polls import polls_of
from mesange.front.tails import tails_of
from mesange.front.views import NOTHING_SHOWN, Card
from mesange.front.visit import Visit


async def cards_of(visit: Visit, ids: Sequence[int], context: str = "") -> list[Card]:
    """Those of the statuses that the viewer may see, in the order asked, by their filters of the `context`."""
    entries = await only_visible(visit.server, visit.viewer, ids)
    originals = await load_statuses(visit.server, [entry.reblog_of_id or entry.id for entry in entries])
    shown = list(originals.values())
    accounts = await load_accounts(visit.server, _people(entries, shown))
    filtered = await filtered_in(visit, shown, context)
    veiled = {id: each.title for id, each in filtered.items() if each.is_veiled}
    heads = await heads_of(visit, shown, accounts, veiled)
    tails = await tails_of(visit, shown, accounts)
    polls = await polls_of(visit, shown)
    cards: list[Card] = []
    for entry in entries:
        id = entry.reblog_of_id or entry.id
        filtering = filtered.get(id)
        if id in heads and not (filtering and filtering.is_hidden):
            booster = account_view(visit.server, accounts[entry.account_id]) if entry.reblog_of_id else None
            cards.append(
                Card(
                    str(id),
                    str(entry.id),
                    heads[id],
                    tails[id].html,
                    booster,
                    poll=polls.get(id, NOTHING_SHOWN),
                    filtered=filtering.title if filtering and not filtering.is_veiled else "",
                )
            )
    return cards


def _people(entries: Sequence[Status], shown: Sequence[Status]) -> set[int]:
    writers = {status.account_id for status in (*entries, *shown)}
    return writers | {status.in_reply_to_account_id for status in shown if status.in_reply_to_account_id}

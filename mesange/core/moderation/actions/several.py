"""One decision about many accounts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.decisions import decide
from mesange.core.moderation.model import MOST_AT_ONCE, Decision, checked_decision
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class Undecided:
    """An account about which nothing could be decided, and why."""

    account_id: int
    error: MesangeError


async def decide_about_several(
    server: Server, viewer: Viewer, account_ids: Sequence[int], decision: Decision
) -> list[Undecided]:
    """Decide the same about each: its own commit, its own statement of reasons, its own line in the log.

    What hinders one does not keep the others: those that are left are answered. Raises Invalid for a decision that
    could be taken about none, before anything is done.
    """
    checked_decision(decision)
    chosen = list(dict.fromkeys(account_ids))
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        raise Invalid(f"Choose 1 to {MOST_AT_ONCE} accounts.", field="accounts")
    left: list[Undecided] = []
    for account_id in chosen:
        try:
            await decide(server, viewer, replace(decision, account_id=account_id))
        except (NotFound, Conflict, Forbidden) as error:
            left.append(Undecided(account_id, error))
    return left

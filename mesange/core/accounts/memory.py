"""What this server keeps of accounts to answer at once; the log says when to forget it."""

from mesange.core.accounts.model import Account, AccountStats, Standings, Viewer
from mesange.kit.recent import Recent

MOST_ACCOUNTS = 20_000
MOST_VIEWERS = 20_000


class AccountMemory:
    """`viewers` is keyed by the secret of a token or session."""

    def __init__(self) -> None:
        self.accounts: Recent[int, Account] = Recent(MOST_ACCOUNTS)
        self.stats: Recent[int, AccountStats] = Recent(MOST_ACCOUNTS)
        self.viewers: Recent[str, Viewer] = Recent(MOST_VIEWERS)
        self.standings: Standings | None = None
        self.standings_forgotten = 0

    def forget_standings(self) -> None:
        self.standings = None
        self.standings_forgotten += 1

    def forget_viewers_as(self, account_id: int) -> None:
        for secret in [secret for secret, viewer in self.viewers.items() if viewer.account_id == account_id]:
            self.viewers.forget(secret)
        self.viewers.forgotten += 1

    def forget_viewers_of(self, user_id: int) -> None:
        for secret in [secret for secret, viewer in self.viewers.items() if viewer.user_id == user_id]:
            self.viewers.forget(secret)
        self.viewers.forgotten += 1  # One of them may just be read.

"""The voice one has been speaking with in this browser, so that nobody jokes from the firm's account by mistake."""

from mesange.front.visit import Visit
from mesange.kit.recent import Recent

MANY = 10
MOST_SESSIONS = 20_000


class Voices:
    """By session: the account of the last posts, and how many in a row. Lost with the process, without harm."""

    def __init__(self) -> None:
        self.heard: Recent[int, tuple[int, int]] = Recent(MOST_SESSIONS)


def usual_account(visit: Visit) -> int:
    """The other account by which the last ten posts or more were made; 0 when there is none."""
    account_id, posts = visit.server.of(Voices).heard.get(visit.viewer.session_id, (0, 0))
    return account_id if posts >= MANY and account_id != visit.viewer.account_id else 0


def hear(visit: Visit) -> None:
    """Count a post by the viewer's account."""
    heard = visit.server.of(Voices).heard
    account_id, posts = heard.get(visit.viewer.session_id, (0, 0))
    same = account_id == visit.viewer.account_id
    heard.keep(visit.viewer.session_id, (visit.viewer.account_id, posts + 1 if same else 1))

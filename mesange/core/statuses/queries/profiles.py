"""An account's own statuses."""

from dataclasses import dataclass

from mesange.core.accounts.model import Viewer
from mesange.core.follows.queries import relations_of
from mesange.core.statuses.model import Visibility
from mesange.kit.paging import Page
from mesange.kit.server import Server

WITH_MEDIA = "(s.holds & 1) = 1"


@dataclass(frozen=True, slots=True)
class AccountFilter:
    excludes_replies: bool = False
    excludes_reblogs: bool = False
    only_pinned: bool = False
    hashtag: str = ""
    only_public: bool = False
    only_media: bool = False


async def list_account_statuses(
    server: Server, viewer: Viewer, account_id: int, page: Page, only: AccountFilter
) -> list[int]:
    """Ids of an account's statuses that the viewer may see, newest first. Raises NotFound to who is blocked."""
    relations = await relations_of(server, viewer.account_id)
    if account_id in relations.blocked_by:
        return []
    where, values = ["s.account_id = ?", "s.id < ?", "s.id > ?"], [account_id, page.below, page.above]
    if account_id != viewer.account_id:
        where.append(_visible_of(account_id in relations.following))
        if viewer.account_id:
            where[-1] = (
                f"({where[-1]} OR EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = ?))"
            )
            values.append(viewer.account_id)
    if only.excludes_replies:
        where.append("(s.in_reply_to_id IS NULL OR s.in_reply_to_account_id = s.account_id)")
    if only.excludes_reblogs:
        where.append("s.reblog_of_id IS NULL")
    if only.only_public:
        where.append("s.visibility = 'public'")
    if only.only_media:
        where.append(WITH_MEDIA)
    joins = "JOIN pins p ON p.status_id = s.id AND p.account_id = s.account_id " if only.only_pinned else ""
    if only.hashtag:
        joins += "JOIN status_hashtags h ON h.status_id = s.id JOIN hashtags t ON t.id = h.hashtag_id "
        where.append("t.name = ?")
        values.append(only.hashtag)  # type: ignore[arg-type]
    rows = await server.db.rows(
        f"SELECT s.id FROM statuses s {joins}WHERE {' AND '.join(where)} ORDER BY s.id {page.order} LIMIT ?",
        *values,
        page.limit,
    )
    return page.newest_first([id for (id,) in rows])


def _visible_of(is_follower: bool) -> str:
    return f"s.visibility IN ('public', 'unlisted'{', ' + repr(str(Visibility.PRIVATE)) if is_follower else ''})"

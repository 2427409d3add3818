"""Lists of accounts: followers, who boosted, who asks to follow, whom one has hidden."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from mesange.core.accounts.queries import load_accounts
from mesange.core.follows.queries import list_blocked, list_follow_requests, list_muted, relations_of
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.faces import account_view
from mesange.front.views import AccountView, Act, Page, PersonRow
from mesange.front.visit import Visit
from mesange.kit.paging import Page as Window
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

Acts = Callable[[AccountView], tuple[Act, ...]]
MOST_HIDDEN = 500


def no_acts(_account: AccountView) -> tuple[Act, ...]:
    return ()


async def people(
    visit: Visit, title: str, rows: Sequence[tuple[int, int]], window: Window, feed: Feed, acts: Acts = no_acts
) -> Response:
    """A page of accounts, for no search engine; `rows` are (cursor, account id)."""
    visit.is_indexable = False
    return await visit.page(
        "people.html",
        title=title,
        back=feed.path.rpartition("/")[0] or "/",
        tabs="",
        rows=await _rows(visit, [id for _row, id in rows], acts),
        nothing=visit.gettext(_("When somebody does, you will see them here.")),
        page=page_of(window, [row for row, _id in rows], feed),
    )


async def _rows(visit: Visit, ids: Sequence[int], acts: Acts) -> list[PersonRow]:
    accounts = await load_accounts(visit.server, ids)
    views = [account_view(visit.server, accounts[id]) for id in ids if id in accounts and not accounts[id].is_hidden]
    return [PersonRow(view, acts(view)) for view in views]


async def requests(visit: Visit) -> Response:
    """Who waits for the consent of a locked account."""
    window = window_of(visit, 40)
    rows = await list_follow_requests(visit.server.db, visit.viewer.account_id, window)

    def acts(account: AccountView) -> tuple[Act, ...]:
        accept = Act(f"/follow_requests/{account.id}/authorize", visit.gettext(_("Accept")), is_main=True)
        return accept, Act(f"/follow_requests/{account.id}/reject", visit.gettext(_("Decline")))

    return await people(visit, visit.gettext(_("They ask to follow you")), rows, window, Feed("/follow_requests"), acts)


async def hidden(visit: Visit) -> Response:
    """Accounts that the viewer blocked or muted, each with the way back."""
    db, viewer_id, window = visit.server.db, visit.viewer.account_id, Window(limit=MOST_HIDDEN)
    blocked = [id for _row, id in await list_blocked(db, viewer_id, window)]
    muted = [id for _row, id in await list_muted(db, viewer_id, window)]

    def unblock(account: AccountView) -> tuple[Act, ...]:
        return (Act(f"/accounts/{account.id}/unblock", visit.gettext(_("Unblock"))),)

    def unmute(account: AccountView) -> tuple[Act, ...]:
        return (Act(f"/accounts/{account.id}/unmute", visit.gettext(_("Hear them again"))),)

    ends = (await relations_of(visit.server, viewer_id)).muted
    unseen = [replace(row, state=visit.gettext(_("Blocked"))) for row in await _rows(visit, blocked, unblock)]
    unheard = [_lasting(visit, row, ends.get(int(row.account.id))) for row in await _rows(visit, muted, unmute)]
    return await visit.page(
        "people.html",
        place="gear",
        title=visit.gettext(_("Settings")),
        back="",
        tabs="hidden",
        rows=[*unseen, *unheard],
        nothing=visit.gettext(_("Accounts that you mute or block will stand here, so that you can change your mind.")),
        page=Page(),
    )


def _lasting(visit: Visit, row: PersonRow, ends: int | None) -> PersonRow:
    state = visit.gettext(_("Muted until")) if ends else visit.gettext(_("Muted for ever"))
    return replace(row, state=state, until=ends)

"""The composer, ready to write: limits, visibility and the key that makes a double click post once."""

from collections.abc import Sequence

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.statuses.model import Status
from mesange.edges.pages.parts import Part, part_views
from mesange.edges.pages.recipients import readers_of
from mesange.front.content import accounts_named_in
from mesange.front.faces import account_view
from mesange.front.heads import status_view
from mesange.front.media import media_of
from mesange.front.previews import previews_of
from mesange.front.views import Draft, PartView, StatusView
from mesange.front.visit import Visit
from mesange.kit.secrets import new_secret
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form

MOST_MENTIONED = 5


async def new_draft(visit: Visit, parts: Sequence[PartView] = (), form: Form | None = None) -> Draft:
    account = await visit.account()
    values = {"visibility": account.default_visibility if account else "public"}
    return Draft(
        action="/compose",
        once=new_secret(),
        verb=visit.gettext(_("Post")),
        max_signs=limit_of(visit, account),
        form=form or Form.of(values),
        parts=tuple(parts) or (PartView(),),
    )


async def reply_draft(
    visit: Visit, answered: Status, parts: Sequence[PartView] = (), form: Form | None = None
) -> Draft:
    account = await visit.account()
    return Draft(
        action="/compose",
        once=new_secret(),
        verb=visit.gettext(_("Reply")),
        max_signs=limit_of(visit, account),
        key=f"reply-{answered.id}",
        form=form or Form.of({"visibility": answered.visibility.value}),
        parts=tuple(parts) or part_views([await _begun_reply(visit, answered)]),
        reply_to=await view_of(visit, answered),
        readers=tuple(account_view(visit.server, account) for account in await readers_of(visit, answered)),
    )


async def _begun_reply(visit: Visit, answered: Status) -> Part:
    """The people answered, named; the same warning."""
    author = (await load_accounts(visit.server, [answered.account_id]))[answered.account_id]
    named = await accounts_named_in(visit.server, [answered.text])
    accts = dict.fromkeys([author.acct, *(account.acct for account in named.values())])
    own = await visit.account()
    if own:
        accts.pop(own.acct, None)
    return Part("".join(f"@{acct} " for acct in list(accts)[:MOST_MENTIONED]), answered.spoiler_text)


async def view_of(visit: Visit, status: Status) -> StatusView:
    people = [status.account_id, *([status.in_reply_to_account_id] if status.in_reply_to_account_id else [])]
    accounts = await load_accounts(visit.server, people)
    names = await accounts_named_in(visit.server, [status.text])
    preview = (await previews_of(visit, [status])).get(status.id)
    media = (await media_of(visit.server, [status])).get(status.id, ())
    return status_view(visit.server, status, accounts, names, preview, media)


def limit_of(visit: Visit, account: Account | None) -> int:
    return (account.max_signs if account else None) or visit.server.settings.max_signs


async def edit_draft(visit: Visit, status: Status, part: PartView) -> Draft:
    return Draft(
        action=f"/statuses/{status.id}/edit",
        once=new_secret(),
        verb=visit.gettext(_("Keep this version")),
        max_signs=limit_of(visit, await visit.account()),
        key=f"edit-{status.id}",
        parts=(part,),
        is_new=False,
    )

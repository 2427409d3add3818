"""Writing: a post or an answer."""

from dataclasses import replace

from mesange.core.accounts.queries import get_account, load_accounts
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft as Words
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import visible_status
from mesange.edges.pages.drafts import new_draft, reply_draft
from mesange.edges.pages.errors import told_of
from mesange.edges.pages.faces import url_of
from mesange.edges.pages.guard import safe_return
from mesange.edges.pages.limits import STATUSES, count
from mesange.edges.pages.views import Draft
from mesange.edges.pages.visit import Visit
from mesange.edges.pages.voice import hear, usual_account
from mesange.kit.errors import Forbidden, Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

KEPT = ("text", "spoiler_text", "visibility")


async def show(visit: Visit) -> Response:
    """`reply` names what is answered; `text` begins the post (a link from elsewhere may fill it, never send it)."""
    answered = await answered_by(visit, visit.id("reply"))
    if answered:
        return await composer_page(visit, await reply_draft(visit, answered))
    draft = await new_draft(visit)
    started = Form.of({**draft.form.values, "text": visit.text("text")[:1_000]})
    return await composer_page(visit, await new_draft(visit, started))


async def send(visit: Visit) -> Response:
    count(visit, STATUSES)
    answered = await answered_by(visit, visit.id("in_reply_to_id"))
    words = Words(
        text=visit.text("text"),
        spoiler_text=visit.text("spoiler_text"),
        visibility=visit.text("visibility") or None,
        in_reply_to_id=answered.id if answered else None,
    )
    other = usual_account(visit)
    if other and not visit.text("sure"):
        return await _sure(visit, answered, other)
    try:
        status = await publish_status(visit.server, visit.viewer, words, visit.text("once"))
    except (Invalid, Forbidden) as error:
        return await _again(visit, answered, error)
    hear(visit)
    return visit.back(await address_of(visit, status) if answered else "/", told="posted")


async def _again(visit: Visit, answered: Status | None, error: MesangeError) -> Response:
    """What was typed, and what is wrong with it."""
    form = Form.of({name: visit.text(name) for name in KEPT}, text=visit.gettext(problem_in(error)))
    notices = told_of(visit, error) if error.http_status != 422 else ()
    return await composer_page(visit, await _draft(visit, answered, form), error.http_status, notices)


async def _sure(visit: Visit, answered: Status | None, other_id: int) -> Response:
    """The same words once more, when the last ten posts were by another of one's accounts."""
    other, own = await get_account(visit.server, other_id), await get_account(visit.server, visit.viewer.account_id)
    question = _("Your last posts were by @%(other)s. Is this one by @%(own)s?")
    draft = await _draft(visit, answered, Form.of({name: visit.text(name) for name in KEPT}))
    verb = visit.gettext(_("Yes, post as @%(own)s"), own=own.acct)
    notice = Told(visit.gettext(question, other=other.acct, own=own.acct), "attention")
    return await composer_page(visit, replace(draft, is_sure=True, verb=verb), 200, (notice,))


async def _draft(visit: Visit, answered: Status | None, form: Form) -> Draft:
    return await reply_draft(visit, answered, form) if answered else await new_draft(visit, form)


def problem_in(error: MesangeError) -> str:
    words = {"ERR_BLANK": _("Write something first."), "ERR_TOO_LONG": _("This is too long. Take a few signs away.")}
    return words.get(error.code, error.public_text)


async def composer_page(visit: Visit, draft: Draft, status: int = 200, notices: tuple[Told, ...] = ()) -> Response:
    return await visit.page(
        "compose.html",
        status=status,
        place="compose",
        title=visit.gettext(_("Answer") if draft.reply_to else _("Write a post")),
        back=safe_return(visit.fields.get("return")),
        draft=draft,
        notices=notices,
    )


async def answered_by(visit: Visit, id: int) -> Status | None:
    """The post that is answered, None when `id` is 0. Raises NotFound."""
    if not id:
        return None
    status = await visible_status(visit.server, visit.viewer, id)
    return await visible_status(visit.server, visit.viewer, status.reblog_of_id) if status.reblog_of_id else status


async def address_of(visit: Visit, status: Status) -> str:
    author = (await load_accounts(visit.server, [status.account_id]))[status.account_id]
    return f"{url_of(author)}/{status.id}"

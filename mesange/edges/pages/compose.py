"""Writing: a post or an answer."""

from mesange.core.accounts.queries import load_accounts
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft as Words
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import visible_status
from mesange.edges.pages.drafts import new_draft, reply_draft
from mesange.edges.pages.errors import told_of
from mesange.edges.pages.faces import url_of
from mesange.edges.pages.guard import safe_return
from mesange.edges.pages.limits import STATUSES, count
from mesange.edges.pages.visit import Visit
from mesange.kit.errors import Forbidden, Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
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
    try:
        status = await publish_status(visit.server, visit.viewer, words, visit.text("once"))
    except (Invalid, Forbidden) as error:
        return await _again(visit, answered, error)
    return visit.back(await address_of(visit, status) if answered else "/", told="posted")


async def _again(visit: Visit, answered: Status | None, error: MesangeError) -> Response:
    """What was typed, and what is wrong with it."""
    form = Form.of({name: visit.text(name) for name in KEPT}, text=visit.gettext(problem_in(error)))
    draft = await reply_draft(visit, answered, form) if answered else await new_draft(visit, form)
    return await composer_page(visit, draft, error.http_status, error)


def problem_in(error: MesangeError) -> str:
    words = {"ERR_BLANK": _("Write something first."), "ERR_TOO_LONG": _("This is too long. Take a few signs away.")}
    return words.get(error.code, error.public_text)


async def composer_page(visit: Visit, draft: object, status: int = 200, error: MesangeError | None = None) -> Response:
    return await visit.page(
        "compose.html",
        status=status,
        place="compose",
        title=visit.gettext(_("Write a post")),
        back=safe_return(visit.fields.get("return")),
        draft=draft,
        notices=told_of(visit, error) if error and error.http_status != 422 else (),
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

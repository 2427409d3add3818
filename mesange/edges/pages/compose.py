"""Writing: a post, an answer, a thread of several parts that goes out all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import find_user, get_account, load_accounts
from mesange.core.statuses.actions.publish import WrongPart, publish_status, publish_thread
from mesange.core.statuses.actions.schedule import hold_back_posts
from mesange.core.statuses.actions.submit import SentForReview
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import visible_status
from mesange.edges.pages.drafts import new_draft, reply_draft
from mesange.edges.pages.later import FIELDS as HOUR_FIELDS
from mesange.edges.pages.later import hour_asked, is_about_the_hour, later_view
from mesange.edges.pages.parts import Part, changed_parts, part_views, parts_sent
from mesange.edges.pages.planning import autosave, begun, forget_draft, keep, plan, said_in, words_of
from mesange.edges.pages.recipients import newcomers
from mesange.front.errors import told_of
from mesange.front.faces import url_of
from mesange.front.guard import safe_return
from mesange.front.limits import STATUSES, count
from mesange.front.views import Draft
from mesange.front.visit import Visit
from mesange.front.voice import hear, usual_account
from mesange.kit.errors import Forbidden, Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

SHARED = ("visibility", "language", *HOUR_FIELDS)
"""Fields of the composer that concern every part."""


async def show(visit: Visit) -> Response:
    """`reply` names what is answered; `text` begins the post (a link from elsewhere may fill it, never send it);
    `visibility` chooses who may read it."""
    if kept := await begun(visit):
        return await composer_page(visit, kept)
    answered = await answered_by(visit, visit.id("reply"))
    if answered:
        return await composer_page(visit, await reply_draft(visit, answered))
    form = Form.of({"visibility": visit.text("visibility")}) if visit.text("visibility") else None
    return await composer_page(visit, await new_draft(visit, part_views([Part(visit.text("text")[:1_000])]), form))


async def send(visit: Visit) -> Response:
    """Publish; or, when another button of the form was pressed, the form with a part more or less."""
    answered = await answered_by(visit, visit.id("in_reply_to_id"))
    parts = await parts_sent(visit)
    do = visit.text("do")
    if do != "autosave" and any(part.has_new_files or part.problem for part in parts):
        return await _to_be_described(visit, answered, parts)
    if changed := changed_parts(do, parts):
        return await composer_page(visit, replace(await _draft(visit, answered, changed), focus=True))
    if do == "save":
        return await keep(visit, parts, answered)
    if do == "autosave":
        return await autosave(visit, parts, answered)
    count(visit, STATUSES)
    other = usual_account(visit)
    if other and not visit.text("sure"):
        return await _sure(visit, answered, parts, other)
    added = await newcomers(visit, answered, [part.text for part in parts])
    if added and visit.text("adds") != names_of(added):
        return await _adding(visit, answered, parts, added)
    try:
        at = await hour_asked(visit)
        if at is not None or visit.id("scheduled_id"):
            await plan(visit, parts, answered, at)
            return visit.back("/scheduled", told="planned")
        where, told = await _publish(visit, answered, parts)
    except SentForReview:
        where, told = "/", "sent-for-review"
    except (Invalid, Forbidden) as error:
        return await _again(visit, answered, parts, error)
    hear(visit)
    await forget_draft(visit, parts)
    return visit.back(where, told)


async def _to_be_described(visit: Visit, answered: Status | None, parts: Sequence[Part]) -> Response:
    """Files that came with the form are shown first: now they can be described."""
    draft = await _draft(visit, answered, parts)
    if any(part.problem for part in parts):
        return await composer_page(visit, draft, 422)
    notice = Told(visit.gettext(_("Your files are here. Describe them, then post.")))
    return await composer_page(visit, draft, 200, (notice,))


async def _publish(visit: Visit, answered: Status | None, parts: Sequence[Part]) -> tuple[str, str]:
    """Now, or in the seconds that this person leaves themselves; where one goes then, and what one is told."""
    words, once = words_of(visit, parts, answered), visit.text("once")
    user = await find_user(visit.server.db, visit.viewer.user_id)
    if user and user.undo_seconds:
        held = await hold_back_posts(visit.server, visit.viewer, words, user.undo_seconds, once)
        where = await address_of(visit, answered) if answered else "/"
        return where, f"leaving-{held.id}-{held.scheduled_at}"
    if len(words) == 1:
        status = await publish_status(visit.server, visit.viewer, words[0], once)
    else:
        status = await publish_thread(visit.server, visit.viewer, words, once)
    return await address_of(visit, status) if answered else "/", "posted"


async def _again(visit: Visit, answered: Status | None, parts: Sequence[Part], error: MesangeError) -> Response:
    """What was typed, and what is wrong with it, beside the part that is wrong."""
    said = said_in(parts)
    number = error.part + 1 if isinstance(error, WrongPart) else 1
    if is_about_the_hour(error):
        draft = await _draft(visit, answered, parts)
        form = Form.of(draft.form.values, scheduled=visit.gettext(error.public_text))
        return await composer_page(visit, replace(draft, form=form), error.http_status)
    problems = {number: {"text": visit.gettext(problem_in(error))}} if error.http_status == 422 else None
    notices = told_of(visit, error) if error.http_status != 422 else ()
    return await composer_page(visit, await _draft(visit, answered, said, problems), error.http_status, notices)


async def _sure(visit: Visit, answered: Status | None, parts: Sequence[Part], other_id: int) -> Response:
    """The same words once more, when the last ten posts were by another of one's accounts."""
    other, own = await get_account(visit.server, other_id), await get_account(visit.server, visit.viewer.account_id)
    question = _("Your last posts were by @%(other)s. Is this one by @%(own)s?")
    draft = await _draft(visit, answered, parts)
    verb = visit.gettext(_("Yes, post as @%(own)s"), own=own.acct)
    notice = Told(visit.gettext(question, other=other.acct, own=own.acct), "attention")
    return await composer_page(visit, replace(draft, is_sure=True, verb=verb), 200, (notice,))


async def _adding(visit: Visit, answered: Status | None, parts: Sequence[Part], added: list[Account]) -> Response:
    """The same words once more, when a name in them brings somebody into a direct thread."""
    names = names_of(added)
    draft = await _draft(visit, answered, parts)
    question = _("By naming %(names)s you let them read this message and answer everyone here. Is that what you want?")
    notice = Told(visit.gettext(question, names=names), "attention")
    verb = visit.gettext(_("Yes, send it to them too"))
    return await composer_page(visit, replace(draft, adds=names, is_sure=True, verb=verb), 200, (notice,))


def names_of(accounts: Sequence[Account]) -> str:
    return ", ".join(f"@{account.acct}" for account in accounts)


async def _draft(
    visit: Visit,
    answered: Status | None,
    parts: Sequence[Part],
    problems: Mapping[int, Mapping[str, str]] | None = None,
) -> Draft:
    """The composer as it was sent."""
    shown = part_views(parts, problems)
    form = Form.of({name: visit.text(name) for name in SHARED})
    draft = await reply_draft(visit, answered, shown, form) if answered else await new_draft(visit, shown, form)
    return replace(draft, draft_id=visit.text("draft_id"), scheduled_id=visit.text("scheduled_id"))


def problem_in(error: MesangeError) -> str:
    words = {"ERR_BLANK": _("Write something first."), "ERR_TOO_LONG": _("This is too long. Take a few signs away.")}
    return words.get(error.code, error.public_text)


async def composer_page(visit: Visit, draft: Draft, status: int = 200, notices: tuple[Told, ...] = ()) -> Response:
    draft = replace(draft, later=await later_view(visit, draft.form))
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

"""Changing what was said: a correction with its history, deleting, and deleting to write again."""

from mesange.core.media.queries import list_media
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import load_polls, visible_status
from mesange.edges.pages.attach import words_typed
from mesange.edges.pages.compose import address_of, answered_by, composer_page, problem_in
from mesange.edges.pages.drafts import edit_draft, new_draft, reply_draft, view_of
from mesange.edges.pages.parts import Part, changed_parts, part_views, parts_sent
from mesange.edges.pages.poll_maker import poll_asked_again
from mesange.front.asking import Question, ask
from mesange.front.media import media_of, media_views
from mesange.front.views import PartView
from mesange.front.visit import Visit
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


async def _own(visit: Visit) -> Status:
    """Raises NotFound, Forbidden."""
    status = await visible_status(visit.server, visit.viewer, visit.request.id("id"))
    if status.account_id != visit.viewer.account_id or status.reblog_of_id:
        raise Forbidden()
    return status


async def edit(visit: Visit) -> Response:
    status = await _own(visit)
    media = (await media_of(visit.server, [status])).get(status.id, ())
    return await _edit_page(visit, status, part_views([Part(status.text, status.spoiler_text, media)])[0])


async def _edit_page(visit: Visit, status: Status, part: PartView, http_status: int = 200) -> Response:
    return await visit.page(
        "compose.html",
        status=http_status,
        place="compose",
        title=visit.gettext(_("Change the post")),
        back=await address_of(visit, status),
        draft=await edit_draft(visit, status, part),
    )


async def send_edit(visit: Visit) -> Response:
    status = await _own(visit)
    typed = (await parts_sent(visit, status.id))[0]
    if typed.has_new_files or typed.problem or changed_parts(visit.text("do"), [typed]):
        return await _edit_page(visit, status, part_views([typed])[0], 422 if typed.problem else 200)
    ids = tuple(int(each.id) for each in typed.media)
    words = {id: words_typed(visit, id) for id in ids}
    correction = Correction(text=typed.text, spoiler_text=typed.spoiler_text, media_ids=ids, media_words=words)
    try:
        await edit_status(visit.server, visit.viewer, status.id, correction)
    except Invalid as error:
        wrong = part_views([typed], {1: {"text": visit.gettext(problem_in(error))}})[0]
        return await _edit_page(visit, status, wrong, error.http_status)
    return visit.back(await address_of(visit, status), told="edited")


async def ask_delete(visit: Visit) -> Response:
    status = await _own(visit)
    question = Question(
        title=_("Delete this post?"),
        back=await address_of(visit, status),
        action=f"/statuses/{status.id}/delete",
        quoted=(await view_of(visit, status)).content,
        text=_("It disappears here and from everyone's pages, with its favourites and boosts."),
        verb=_("Delete it"),
        other_verb=_("Delete and write it again"),
        other_action=f"/statuses/{status.id}/redraft",
    )
    return await ask(visit, question)


async def delete(visit: Visit) -> Response:
    await delete_status(visit.server, visit.viewer, (await _own(visit)).id, deletes_media=True)
    return visit.back("/", told="deleted")


async def redraft(visit: Visit) -> Response:
    """Delete, and put the words back into the composer."""
    status = await _own(visit)
    carried = [int(each.id) for each in (await media_of(visit.server, [status])).get(status.id, ())]
    asked = (await load_polls(visit.server, [status.id])).get(status.id) if status.holds & Holds.POLL else None
    gone = await delete_status(visit.server, visit.viewer, status.id)
    media = media_views(await list_media(visit.server.db, visit.viewer, carried))
    parts = part_views([Part(gone.text, gone.spoiler_text, media, poll=poll_asked_again(asked))])
    answered = await answered_by(visit, gone.in_reply_to_id or 0)
    form = Form.of({"visibility": gone.visibility.value, "language": gone.language})
    draft = await reply_draft(visit, answered, parts, form) if answered else await new_draft(visit, parts, form)
    return await composer_page(visit, draft)

"""One publication: how it stands, its words, what is said about it, and the one next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.teams.model import Role
from mesange.front.clocks import place_of
from mesange.front.views import AccountView, Act, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.ids import time_of
from mesange.kit.paging import Page
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response
from mesange.kit.zones import DoubleHour
from mesange.workspace.publishing.actions.review import stages_of
from mesange.workspace.publishing.actions.scheduling import choose_theme, move_publication
from mesange.workspace.publishing.actions.writing import (
    ChangedMeanwhile,
    comment_on_publication,
    revise_publication,
)
from mesange.workspace.publishing.model import Publication, PublicationState
from mesange.workspace.publishing.pages.desk import PLACE, Desk, desk_of
from mesange.workspace.publishing.pages.editor import (
    Editor,
    PartView,
    changes_parts,
    drafts_of,
    form_of,
    form_typed,
    is_moved,
    parts_of,
    parts_sent,
    plan_sent,
)
from mesange.workspace.publishing.pages.entries import may_move, words_of
from mesange.workspace.publishing.pages.live import writers_of
from mesange.workspace.publishing.pages.turns import Turn, steps_for, turns_of
from mesange.workspace.publishing.pages.warnings import warnings_for, when_of
from mesange.workspace.publishing.pages.words import STATES, STEPS
from mesange.workspace.publishing.pages.writing import problem_of
from mesange.workspace.publishing.queries import (
    get_publication,
    list_comments,
    list_revisions,
    list_themes,
    list_variants,
    names_of,
)

MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, or a step of the history; `name` is who, "" for the program."""

    name: str
    at: Milliseconds
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows of a publication besides its composer."""

    publication: Publication
    account: AccountView
    words: str
    when: str
    state: str
    icon: str
    kind: str
    steps: Sequence[Act]
    turn: Turn | None
    comments: Sequence[Said]
    history: Sequence[Said]
    variants: Sequence[tuple[str, str]]
    writers: Sequence[str]
    may_act: bool
    asks_changes: bool
    moves: bool
    post: str = ""


async def show(visit: Visit) -> Response:
    publication, desk = await _found(visit)
    return await page_of(visit, publication, desk)


async def save(visit: Visit) -> Response:
    """Words, hour and theme. A colleague's newer words are shown beside these, never written over."""
    publication, desk = await _found(visit)
    parts = parts_sent(visit)
    if changes_parts(visit):
        return await page_of(visit, publication, desk, parts=parts, form=form_typed(visit))
    try:
        plan = await plan_sent(visit)
        drafts = drafts_of(parts, publication.drafts)
        instant = plan.instant if plan and is_moved(plan, publication) else None
        if not visit.text("sure"):
            of = [publication.account_id]
            if warnings := await warnings_for(visit, desk, of, drafts, instant, publication.id):
                form = form_typed(visit)
                return await page_of(visit, publication, desk, parts=parts, form=form, warnings=warnings)
        told = visit.id("revision") if visit.text("revision") != "0" else 0
        if publication.boosts_id is None:
            publication = await revise_publication(visit.server, visit.viewer, publication.id, drafts, told)
        if plan and is_moved(plan, publication):
            publication = await move_publication(visit.server, visit.viewer, publication.id, plan)
        if (visit.id("theme") or None) != publication.theme_id:
            await choose_theme(visit.server, visit.viewer, publication.id, visit.id("theme") or None)
    except ChangedMeanwhile as error:
        newer = await get_publication(visit.server.db, visit.viewer, publication.id)
        return await page_of(visit, newer, desk, parts=parts, form=form_typed(visit), error=error)
    except Invalid as error:
        form = form_typed(visit, problem_of(visit, error))
        return await page_of(visit, publication, desk, parts=parts, form=form, error=error)
    return visit.back(f"/publishing/{publication.id}", told="saved")


async def comment(visit: Visit) -> Response:
    publication, desk = await _found(visit)
    try:
        await comment_on_publication(visit.server, visit.viewer, publication.id, visit.text("text"))
    except Invalid as error:
        said = Form.of({"text": visit.text("text")}, text=visit.gettext(error.public_text))
        return await page_of(visit, publication, desk, comment_form=said, error=error)
    return visit.back(f"/publishing/{publication.id}#comments")


async def _found(visit: Visit) -> tuple[Publication, Desk]:
    publication = await get_publication(visit.server.db, visit.viewer, visit.request.id("id"))
    return publication, await desk_of(visit, publication.organization_id)


async def page_of(
    visit: Visit,
    publication: Publication,
    desk: Desk,
    *,
    parts: Sequence[PartView] = (),
    form: Form | None = None,
    comment_form: Form | None = None,
    warnings: Sequence[str] = (),
    error: MesangeError | None = None,
) -> Response:
    """`parts` and `form` are what was typed, when it is shown again."""
    role = desk.roles[publication.account_id]
    editor = Editor(
        action=f"/publishing/{publication.id}",
        parts=tuple(parts) or parts_of(publication),
        form=form or form_of(publication, (await place_of(visit)).zone.key),
        max_signs=visit.server.settings.max_signs,
        themes=await list_themes(visit.server.db, visit.viewer, desk.id),
        revision=publication.revision,
        is_double=isinstance(error, DoubleHour) or bool(visit.text("turn")),
        warnings=warnings,
    )
    is_conflict = isinstance(error, ChangedMeanwhile)
    is_told = error is not None and not isinstance(error, Invalid)
    notices = (Told(visit.gettext(error.public_text), "problem"),) if error and is_told else ()
    return await visit.page(
        "publication.html",
        status=error.http_status if error else 200,
        place=PLACE,
        notices=notices,
        desk=desk,
        editor=editor if role.may_act and publication.state.is_open and publication.boosts_id is None else None,
        sheet=await _sheet(visit, publication, desk, role),
        theirs=parts_of(publication) if is_conflict else (),
        comment_form=comment_form or Form(),
    )


async def _sheet(visit: Visit, publication: Publication, desk: Desk, role: Role) -> Sheet:
    db, viewer = visit.server.db, visit.viewer
    look = STATES[publication.state]
    in_review = [publication] if publication.state is PublicationState.IN_REVIEW else []
    turn = (await turns_of(db, viewer.user_id, desk.roles, in_review)).get(publication.id)
    needs_review = bool(await stages_of(db, publication))
    reviewing = publication.state in (PublicationState.IN_REVIEW, PublicationState.APPROVED)
    account = desk.accounts[publication.account_id]
    return Sheet(
        publication=publication,
        account=account,
        words=words_of(visit, publication),
        when=when_of(visit, publication, (await place_of(visit)).zone),
        state=visit.gettext(look.words),
        icon=look.icon,
        kind=look.kind,
        steps=steps_for(visit, publication, role, turn, needs_review=needs_review),
        turn=turn,
        comments=await _comments(visit, publication),
        history=await _history(visit, publication),
        variants=[
            (f"/publishing/{each.id}", desk.accounts[each.account_id].handle)
            for each in await list_variants(db, viewer, publication)
            if each.id != publication.id
        ],
        writers=await writers_of(visit, publication.id),
        may_act=role.may_act,
        asks_changes=role.may_publish and reviewing,
        moves=role.may_act and may_move(publication.state),
        post=f"{account.url}/{publication.status_id}" if publication.status_id else "",
    )


async def _comments(visit: Visit, publication: Publication) -> list[Said]:
    found = await list_comments(visit.server.db, visit.viewer, publication.id, Page(limit=MOST_TOLD))
    names = await names_of(visit.server.db, [each.user_id for each in found])
    return [Said(names.get(each.user_id, ""), time_of(each.id), each.text) for each in reversed(found)]


async def _history(visit: Visit, publication: Publication) -> list[Said]:
    found = await list_revisions(visit.server.db, visit.viewer, publication.id, Page(limit=MOST_TOLD))
    names = await names_of(visit.server.db, [each.user_id for each in found])
    return [
        Said(names.get(each.user_id, ""), time_of(each.id), visit.gettext(STEPS[each.step]), each.note)
        for each in found
        if each.step in STEPS
    ]

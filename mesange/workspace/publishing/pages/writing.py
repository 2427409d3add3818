"""A new publication: one text for one account or several, with an hour or without."""

from collections.abc import Sequence

from mesange.front.clocks import place_of
from mesange.front.visit import Visit, id_in
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response
from mesange.kit.zones import DoubleHour
from mesange.workspace.publishing.actions.writing import write_publication
from mesange.workspace.publishing.pages.address import day_in
from mesange.workspace.publishing.pages.desk import PLACE, Desk, desk_of
from mesange.workspace.publishing.pages.editor import (
    Editor,
    PartView,
    changes_parts,
    drafts_of,
    form_typed,
    parts_sent,
    plan_sent,
)
from mesange.workspace.publishing.pages.warnings import warnings_for
from mesange.workspace.publishing.queries import list_themes


async def show(visit: Visit) -> Response:
    """`day`, `hour` and `account` begin it, as a cell of the calendar names them."""
    desk = await desk_of(visit)
    day, hour = day_in(visit.text("day")), visit.text("hour")
    begun = {
        "date": day.isoformat() if day else "",
        "time": f"{hour}:00" if hour.isdigit() and hour.isascii() and len(hour) == 2 else "09:00" if day else "",
        "zone": (await place_of(visit)).zone.key,
        "theme": visit.text("theme"),
    }
    chosen = visit.text("account") or (str(visit.viewer.account_id) if visit.viewer.account_id in desk.roles else "")
    return await _page(visit, desk, (PartView(1, "", ""),), Form.of(begun), frozenset({chosen}))


async def send(visit: Visit) -> Response:
    desk = await desk_of(visit)
    parts = parts_sent(visit)
    chosen = frozenset(visit.texts("account"))
    if changes_parts(visit):
        return await _page(visit, desk, parts, form_typed(visit), chosen)
    try:
        ids = [id for text in sorted(chosen) if (id := id_in(text)) in desk.roles]
        if not ids:
            raise Invalid("Choose at least one account.", field="account")
        drafts, plan = drafts_of(parts), await plan_sent(visit)
        if not visit.text("sure"):
            instant = plan.instant if plan else None
            if warnings := await warnings_for(visit, desk, ids, drafts, instant):
                return await _page(visit, desk, parts, form_typed(visit), chosen, warnings=warnings)
        theme_id = visit.id("theme") or None
        made = [await write_publication(visit.server, visit.viewer, id, drafts, plan, theme_id) for id in ids]
    except Invalid as error:
        return await _page(visit, desk, parts, form_typed(visit, problem_of(visit, error)), chosen, error=error)
    return visit.back(f"/publishing/{made[0].id}", told="kept")


def problem_of(visit: Visit, error: MesangeError) -> dict[str, str]:
    """Beside the field at fault."""
    named = {"wall": "date", "zone": "zone", "status": "text", "account": "account", "name": "name", "text": "comment"}
    field = "date" if error.code in ("ERR_MISSING_HOUR", "ERR_DOUBLE_HOUR") else getattr(error, "field", "") or "text"
    return {named.get(field, field): visit.gettext(error.public_text)}


async def _page(
    visit: Visit,
    desk: Desk,
    parts: Sequence[PartView],
    form: Form,
    chosen: frozenset[str],
    *,
    warnings: Sequence[str] = (),
    error: Invalid | None = None,
) -> Response:
    editor = Editor(
        action=f"/publishing/new?of={desk.id}",
        parts=tuple(parts),
        form=form,
        max_signs=visit.server.settings.max_signs,
        accounts=desk.writable,
        chosen=chosen,
        themes=await list_themes(visit.server.db, visit.viewer, desk.id),
        is_double=isinstance(error, DoubleHour) or bool(visit.text("turn")),
        warnings=warnings,
    )
    status = error.http_status if error else 200
    return await visit.page("publication_new.html", status=status, place=PLACE, desk=desk, editor=editor)

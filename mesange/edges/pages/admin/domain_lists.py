"""Lists of servers: one taken over once, and those that others keep; each looked at before it changes anything."""

from dataclasses import dataclass

from mesange.core.moderation.actions.domains import import_domain_blocks
from mesange.core.moderation.actions.list_reading import take_over
from mesange.core.moderation.actions.lists import (
    change_subscription,
    read_again,
    subscribe_list,
    take_back_list,
    unsubscribe_list,
)
from mesange.core.moderation.model import (
    BlockSubscription,
    DomainBlock,
    ListChanges,
    list_changes,
    read_blocks,
    wanted_by,
)
from mesange.core.moderation.queries import (
    count_blocks_of_lists,
    get_subscription,
    list_domain_blocks,
    list_subscriptions,
)
from mesange.edges.pages.admin.domains import severity_labels, tabs_of
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.asking import Question, ask
from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.parameters import Upload
from mesange.kit.web.response import Response

PATH = "/admin/domains/lists"
MODES = {
    "hold": _("Each change waits for you"),
    "apply": _("Taken over by itself"),
    "stop": _("Stopped: not read any more"),
}
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class ListView:
    """`blocks`: how many stand here because of it; `mode` is a key of MODES."""

    kept: BlockSubscription
    blocks: int
    mode: str


async def show(visit: Visit) -> Response:
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    brought = await count_blocks_of_lists(visit.server.db)
    return await admin_page(
        visit,
        "domain_lists.html",
        status=error.http_status if error else 200,
        tabs=tabs_of(visit),
        lists=[
            ListView(each, brought.get(each.id, 0), _mode(each)) for each in await list_subscriptions(visit.server.db)
        ],
        modes=[(mode, visit.gettext(label)) for mode, label in MODES.items()],
        severities=[
            ("", visit.gettext(_("As the list says"))),
            *((severity.value, label) for severity, label in severity_labels(visit).items()),
        ],
        form=form,
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


def _mode(kept: BlockSubscription) -> str:
    return "stop" if kept.is_stopped else "apply" if kept.applies_itself else "hold"


async def send(visit: Visit) -> Response:
    """A list pasted or brought as a file; or the address of one to `subscribe` to."""
    given = {name: visit.text(name) for name in ("list", "url", "alone")}
    try:
        if visit.text("subscribe"):
            await subscribe_list(visit.server, visit.viewer, given["url"], applies_itself=bool(given["alone"]))
            return visit.back(PATH, told="saved")
        text = _list_in(visit)
        blocks = read_blocks(text, visit.server.clock.now())
        if not blocks:
            raise Invalid("There is no name on this list.", field="list")
        if not visit.text("sure"):
            return await _changes_page(visit, await _changes(visit, blocks), PATH, {"list": text, "sure": "1"})
        await import_domain_blocks(visit.server, visit.viewer, blocks)
    except Invalid as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back("/admin/domains", told="saved")


def _list_in(visit: Visit) -> str:
    """A list that was pasted, or brought as a file."""
    sent = visit.fields.get("file")
    return sent.content.decode("utf-8", "replace") if isinstance(sent, Upload) and sent.content else visit.text("list")


async def _changes(visit: Visit, blocks: list[DomainBlock], list_id: int = 0) -> ListChanges:
    here = {block.domain: block for block in await list_domain_blocks(visit.server.db)}
    return list_changes(here, blocks, list_id)


async def _changes_page(visit: Visit, changes: ListChanges, action: str, hidden: dict[str, str]) -> Response:
    labels = severity_labels(visit)
    rows = [
        (visit.gettext(label), block.domain, labels[block.severity])
        for label, blocks in (
            (_("New"), changes.added),
            (_("Changed"), changes.changed),
            (_("Taken away"), changes.removed),
            (_("Stays as it is"), changes.kept),
        )
        for block in blocks
    ]
    return await admin_page(
        visit,
        "domain_changes.html",
        rows=rows[:MOST_SHOWN],
        more=max(0, len(rows) - MOST_SHOWN),
        action=action,
        hidden=hidden,
        is_empty=changes.is_empty,
    )


async def review(visit: Visit) -> Response:
    """What a list that waits would change."""
    found = await get_subscription(visit.server.db, visit.request.id("id"))
    wanted = wanted_by(found, found.pending, visit.server.clock.now())
    return await _changes_page(visit, await _changes(visit, wanted, found.id), f"{PATH}/{found.id}", {"take": "1"})


async def change(visit: Visit) -> Response:
    """Take over what waits, read it again, read it otherwise, or end it."""
    server, viewer, list_id = visit.server, visit.viewer, visit.request.id("id")
    if visit.text("take"):
        await take_over(server, viewer, list_id)
    elif visit.text("again"):
        await read_again(server, viewer, list_id)
    elif visit.text("end"):
        await unsubscribe_list(server, viewer, list_id)
    elif (mode := visit.text("mode")) in MODES:
        await change_subscription(
            server, viewer, list_id,
            applies_itself=mode == "apply", severity=visit.text("severity"), is_stopped=mode == "stop",
        )  # fmt: skip
    return visit.back(PATH, told="saved")


async def ask_take_back(visit: Visit) -> Response:
    found = await get_subscription(visit.server.db, visit.request.id("id"))
    question = Question(
        title=_("Take back what this list brought?"),
        text=_("Every block that stands here because of it goes, and the list is not read any more until you say so."),
        verb=_("Take it back"),
        action=f"{PATH}/{found.id}/take-back",
        back=PATH,
        quoted=found.url,
    )
    return await ask(visit, question, place="shield")


async def take_back(visit: Visit) -> Response:
    await take_back_list(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back(PATH, told="saved")

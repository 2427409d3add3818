"""Relays: those of an organization, a look before one is added, and what each did."""

from dataclasses import dataclass

from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid
from mesange.kit.ids import time_of
from mesange.kit.paging import Page
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response
from mesange.workspace.publishing.actions.relays import (
    RelayPreview,
    UnfitFeed,
    add_relay,
    change_template,
    end_relay,
    pause_relay,
    preview_relay,
    resume_relay,
)
from mesange.workspace.publishing.model.relay_texts import DEFAULT_TEMPLATE
from mesange.workspace.publishing.model.relays import (
    MOST_FIRST,
    FeedRelay,
    ItemState,
    RelayState,
    RelayTrouble,
    WarningKind,
)
from mesange.workspace.publishing.pages.offices import Office, office_of
from mesange.workspace.publishing.queries.relays import (
    count_warnings,
    get_relay,
    list_relay_warnings,
    list_relayed_items,
    list_relays,
)

PLACE = "publishing"
SHOWN = 50
STATES = {
    RelayState.ACTIVE: (_("Active"), "done"),
    RelayState.PAUSED: (_("Paused"), ""),
    RelayState.IN_ERROR: (_("In error"), "alarm"),
}
TROUBLES = {
    RelayTrouble.PAGE: _("This is a page, not a feed."),
    RelayTrouble.NO_FEED: _("What stands there is no feed that can be read: neither RSS, Atom nor JSON Feed."),
    RelayTrouble.HOSTILE: _("This feed is made to harm whoever reads it. It is not read."),
    RelayTrouble.TOO_LARGE: _("This feed is too large."),
    RelayTrouble.TOO_SLOW: _("This feed takes too long to read."),
    RelayTrouble.REFUSED: _("This address may not be visited from here."),
    RelayTrouble.UNREACHABLE: _("The other server did not answer as it should."),
    RelayTrouble.ANSWER: _("The other server does not give out this feed."),
    RelayTrouble.GONE: _("The other server says that this feed has ended."),
    RelayTrouble.FLOOD: _("So many new items came at once that nothing was posted. Look at them, then go on."),
    RelayTrouble.MAY_NOT_PUBLISH: _("The member who made this relay may not publish for this account now."),
}
WARNINGS = {
    WarningKind.GUID_CHANGED: _("An item got another identifier, with the same link. It was not posted again."),
    WarningKind.ITEM_GONE: _("An item left the feed. Its post was left where it is."),
    WarningKind.POST_GONE: _("An item was edited, but its post had been deleted."),
    WarningKind.EDITED_BY_HAND: _("An item was edited, but its post had been changed by hand. It was left so."),
}
ITEMS = {
    ItemState.KNOWN: _("Not relayed"),
    ItemState.WAITING: _("Waiting"),
    ItemState.RELAYED: _("Relayed"),
    ItemState.EDITED: _("Being edited"),
}


@dataclass(frozen=True, slots=True)
class RelayView:
    """`reason` is in the reader's language; `can_change` for who publishes for the account."""

    relay: FeedRelay
    handle: str
    state: str
    kind: str
    reason: str
    warnings: int
    can_change: bool

    @property
    def id(self) -> int:
        return self.relay.id

    @property
    def is_active(self) -> bool:
        return self.relay.state is RelayState.ACTIVE


def _view(visit: Visit, office: Office, relay: FeedRelay, warnings: int) -> RelayView:
    words, kind = STATES[relay.state]
    told = visit.gettext(TROUBLES[relay.trouble]) if relay.trouble else ""
    return RelayView(
        relay=relay,
        handle=office.handles.get(relay.account_id, ""),
        state=visit.gettext(words),
        kind=kind,
        reason=f"{told} ({relay.detail})" if told and relay.detail else told,
        warnings=warnings,
        can_change=relay.account_id in office.publishable,
    )


async def show_all(visit: Visit) -> Response:
    return await show_form(visit, await office_of(visit), Form.of({"template": DEFAULT_TEMPLATE}))


async def show_form(
    visit: Visit, office: Office, form: Form, feeds: tuple[str, ...] = (), status: int = 200
) -> Response:
    found = await list_relays(visit.server.db, visit.viewer, office.id, Page(200))
    warnings = await count_warnings(visit.server.db, [relay.id for relay in found])
    return await visit.page(
        "relays.html",
        status=status,
        place=PLACE,
        office=office,
        relays=[_view(visit, office, relay, warnings.get(relay.id, 0)) for relay in found],
        form=form,
        feeds=feeds,
    )


async def add(visit: Visit) -> Response:
    """First a look at what would be posted; pressed there, the relay begins."""
    office = await office_of(visit)
    typed = {name: visit.text(name) for name in ("account", "url", "template", "first")}
    account_id, url, template = visit.id("account"), typed["url"], typed["template"]
    try:
        if visit.text("do") == "add":
            first = int(typed["first"]) if typed["first"].isdigit() else 0
            relay = await add_relay(visit.server, visit.viewer, account_id, url, template, first)
            return visit.back(f"/publishing/relays/{relay.id}", told="saved")
        seen = await preview_relay(visit.server, visit.viewer, account_id, url, template)
    except Invalid as error:
        feeds = tuple(error.feeds) if isinstance(error, UnfitFeed) else ()
        return await show_form(visit, office, refused(visit, typed, error), feeds, error.http_status)
    return await _show_preview(visit, office, account_id, typed | {"url": seen.url}, seen)


async def _show_preview(
    visit: Visit, office: Office, account_id: int, typed: dict[str, str], seen: RelayPreview
) -> Response:
    return await visit.page(
        "relay_preview.html",
        place=PLACE,
        office=office,
        account_id=account_id,
        handle=office.handles.get(account_id, ""),
        typed=typed,
        seen=seen,
        most=min(MOST_FIRST, len(seen.posts)),
    )


async def show(visit: Visit) -> Response:
    return await _show(visit, Form())


async def _show(visit: Visit, form: Form, status: int = 200) -> Response:
    db, viewer, relay_id = visit.server.db, visit.viewer, visit.request.id("id")
    relay = await get_relay(db, viewer, relay_id)
    office = await office_of(visit, relay.organization_id)
    warnings = await list_relay_warnings(db, viewer, relay_id, Page(SHOWN))
    items = await list_relayed_items(db, viewer, relay_id, Page(SHOWN))
    return await visit.page(
        "relay.html",
        status=status,
        place=PLACE,
        office=office,
        view=_view(visit, office, relay, len(warnings)),
        waiting=sum(item.state is ItemState.WAITING for item in items),
        warnings=[(visit.gettext(WARNINGS[each.kind]), each.detail, time_of(each.id)) for each in warnings],
        items=[(item, visit.gettext(ITEMS[item.state])) for item in items],
        form=form if form.values else Form.of({"template": relay.template}),
    )


async def change(visit: Visit) -> Response:
    server, viewer, relay_id = visit.server, visit.viewer, visit.request.id("id")
    match visit.text("do"):
        case "pause":
            await pause_relay(server, viewer, relay_id)
        case "resume" | "catch-up" as how:
            await resume_relay(server, viewer, relay_id, catches_up=how == "catch-up")
        case "end":
            await end_relay(server, viewer, relay_id)
            return visit.back("/publishing/relays", told="saved")
        case _:
            try:
                await change_template(server, viewer, relay_id, visit.text("template"))
            except Invalid as error:
                return await _show(visit, refused(visit, {"template": visit.text("template")}, error), 422)
    return visit.back(f"/publishing/relays/{relay_id}", told="saved")

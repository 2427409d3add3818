"""What is told to everyone here: written, planned, changed, told at once, taken back."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mesange.core.announcements.actions import (
    announce,
    change_announcement,
    publish_announcement,
    withdraw_announcement,
)
from mesange.core.announcements.model import Announcement, Plan
from mesange.core.announcements.queries import get_any_announcement, list_all_announcements
from mesange.core.moderation.actions.log import note
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.asking import Question, ask
from mesange.front.clocks import place_of, said, wall_milliseconds
from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.errors import Invalid
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response
from mesange.kit.zones import instant_of, wall_of

PATH = "/admin/announcements"
HOURS = ("starts_at", "ends_at", "published_at")
FIELDS = ("text", "all_day", *HOURS)
EVERYWHERE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class TellingView:
    """`state`: waits, shown or over; it is told from `day` and `hour` on; `form` holds what can be changed."""

    id: str
    text: str
    state: str
    day: int
    hour: str
    form: Form


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def _page(visit: Visit, which: str | None = None, refusal: Form | None = None) -> Response:
    """`refusal` is the form of `which` (an id, "" for a new one) as it was sent, with what is wrong in it."""
    zone = (await place_of(visit)).zone
    return await admin_page(
        visit,
        "announcements.html",
        status=Invalid.http_status if refusal else 200,
        written=[_view(visit, each, zone) for each in await list_all_announcements(visit.server.db)],
        refused=which,
        form=refusal or Form(),
        blank=Form(),
        zone=zone.key,
    )


def _view(visit: Visit, each: Announcement, zone: ZoneInfo) -> TellingView:
    now = visit.server.clock.now()
    state = "waits" if each.published_at > now else "shown" if each.is_shown(now) else "over"
    typed = {"text": each.text, "all_day": "1" if each.all_day else ""}
    for name in HOURS:
        if at := getattr(each, name):
            is_day = each.all_day and name != "published_at"
            typed[name] = f"{wall_of(at, EVERYWHERE if is_day else zone):%Y-%m-%dT%H:%M}"
    day, hour = wall_milliseconds(each.published_at, zone), said(visit, each.published_at, zone)
    return TellingView(str(each.id), each.text, state, day, hour, Form.of(typed))


async def send(visit: Visit) -> Response:
    """A new announcement, or `change` of one."""
    which, text = visit.text("change"), visit.text("text")
    try:
        plan = await _plan(visit)
        if which:
            told = await change_announcement(visit.server, visit.id("change"), text, plan)
        else:
            told = await announce(visit.server, text, plan)
    except Invalid as error:
        return await _page(visit, which, refused(visit, {name: visit.text(name) for name in FIELDS}, error))
    kind = "announcement changed" if which else "announcement written"
    await note(visit.server, visit.viewer, kind, f"announcement:{told.id}")
    return visit.back(PATH, told="saved")


async def _plan(visit: Visit) -> Plan:
    """Hours are read by the clocks of the person's place; whole days are the same everywhere. Raises Invalid."""
    zone, all_day = (await place_of(visit)).zone, bool(visit.text("all_day"))
    starts_at, ends_at = (_typed(visit, name, EVERYWHERE if all_day else zone) for name in HOURS[:2])
    if all_day:
        starts_at = None if starts_at is None else starts_at // DAY * DAY
        ends_at = None if ends_at is None else ends_at // DAY * DAY + DAY - 1
    return Plan(starts_at, ends_at, all_day, _typed(visit, "published_at", zone))


def _typed(visit: Visit, name: str, zone: ZoneInfo) -> int | None:
    """Of an hour that comes twice, the first one. Raises Invalid."""
    written = visit.text(name).strip()
    if not written:
        return None
    try:
        return instant_of(datetime.fromisoformat(written).replace(tzinfo=None), zone, turn=0)
    except (ValueError, OverflowError):
        raise Invalid("Give the day and the hour, both.", field=name) from None
    except Invalid as error:
        raise Invalid(error.public_text, field=name) from None


async def tell(visit: Visit) -> Response:
    await publish_announcement(visit.server, visit.request.id("id"))
    await note(visit.server, visit.viewer, "announcement published", f"announcement:{visit.request.id('id')}")
    return visit.back(PATH, told="saved")


async def ask_withdraw(visit: Visit) -> Response:
    found = await get_any_announcement(visit.server.db, visit.request.id("id"))
    question = Question(
        title=_("Withdraw this announcement?"),
        back=PATH,
        action=f"{PATH}/{found.id}/withdraw",
        quoted=found.text,
        text=_("It is deleted, with the reactions it has, and nobody sees it any more."),
        verb=_("Withdraw it"),
    )
    return await ask(visit, question, place="shield")


async def withdraw(visit: Visit) -> Response:
    await withdraw_announcement(visit.server, visit.request.id("id"))
    await note(visit.server, visit.viewer, "announcement withdrawn", f"announcement:{visit.request.id('id')}")
    return visit.back(PATH, told="saved")

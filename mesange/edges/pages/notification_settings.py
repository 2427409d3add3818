"""What one is told, where: by push in this browser and elsewhere, by mail after an absence."""

from dataclasses import dataclass

from mesange.core.accounts.actions.users import set_away_hours
from mesange.core.accounts.model import AWAY_HOURS
from mesange.core.accounts.queries import find_user, load_accounts
from mesange.core.push.actions.deliveries import queue_test
from mesange.core.push.actions.subscriptions import Wishes, stop_subscription, subscribe_browser
from mesange.core.push.model import ALERTS, PushPolicy, PushSubscription
from mesange.core.push.queries import list_subscriptions
from mesange.edges.pages.session_settings import browser_in
from mesange.edges.pages.strangers import STRANGERS, TREATMENTS, policy_values
from mesange.front.errors import refused, told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response
from mesange.kit.webpush import Recipient, checked_recipient, server_keys

PAGE = "/settings/notifications"
KINDS = {
    "mention": _("Somebody mentions you"),
    "follow": _("Somebody follows you"),
    "follow_request": _("Somebody asks to follow you"),
    "favourite": _("Your post is a favourite"),
    "reblog": _("Your post is boosted"),
    "status": _("Somebody you watch posts"),
    "update": _("A post you boosted was edited"),
    "poll": _("A poll is over"),
}
FIRST_KINDS = ("mention", "follow", "follow_request", "poll")
POLICIES = {
    PushPolicy.ALL: _("Everyone"),
    PushPolicy.FOLLOWED: _("People I follow"),
    PushPolicy.FOLLOWER: _("People who follow me"),
    PushPolicy.NONE: _("Nobody"),
}


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A browser or an application that is told by push: of what, about which account, of whose deeds."""

    id: str
    where: str
    handle: str
    kinds: tuple[str, ...]
    policy: str
    is_here: bool = False


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    user = await find_user(visit.server.db, visit.viewer.user_id)
    found = await list_subscriptions(visit.server.db, visit.viewer)
    here = next((each for each, _browser, _name in found if _is_here(visit, each)), None)
    values = {"away_hours": str(user.away_hours if user else 0), "policy": here.policy.value if here else "all"}
    kinds = here.alerts.split() if here else FIRST_KINDS
    hours = [(str(each), visit.gettext(_("After %(hours)s hours"), hours=each)) for each in AWAY_HOURS if each]
    return await visit.page(
        "settings_notifications.html",
        status=error.http_status if error else 200,
        place="gear",
        form=Form.of(
            {**values, **await policy_values(visit), **dict.fromkeys(kinds, "1"), **form.values}, **form.problems
        ),
        absences=[("0", visit.gettext(_("Never"))), *hours],
        kinds=[(kind, visit.gettext(words)) for kind, words in KINDS.items()],
        strangers=[(name, visit.gettext(words)) for name, words in STRANGERS.items()],
        treatments=[(each.value, visit.gettext(words)) for each, words in TREATMENTS.items()],
        policies=[(policy.value, visit.gettext(words)) for policy, words in POLICIES.items()],
        subscriptions=await _views(visit, found),
        is_here=here is not None,
        push_key=server_keys(visit.server.settings).public,
        notices=told_of(visit, error) if error else (),
    )


def _is_here(visit: Visit, subscription: PushSubscription) -> bool:
    return (subscription.session_id, subscription.account_id) == (visit.viewer.session_id, visit.viewer.account_id)


async def _views(visit: Visit, found: list[tuple[PushSubscription, str, str]]) -> list[SubscriptionView]:
    accounts = await load_accounts(visit.server, {each.account_id for each, _browser, _name in found})
    return [
        SubscriptionView(
            id=str(each.id),
            where=name or browser_in(browser),
            handle=f"@{accounts[each.account_id].acct}",
            kinds=tuple(visit.gettext(KINDS[kind]) for kind in each.alerts.split() if kind in KINDS),
            policy=visit.gettext(POLICIES[each.policy]),
            is_here=_is_here(visit, each),
        )
        for each, browser, name in found
        if each.account_id in accounts
    ]


async def save(visit: Visit) -> Response:
    hours = visit.text("away_hours")
    try:
        await set_away_hours(visit.server, visit.viewer.user_id, int(hours) if hours.isdecimal() else -1)
    except Invalid as error:
        return await _page(visit, refused(visit, {}, error), error)
    return visit.back(PAGE, told="saved")


async def listen(visit: Visit) -> Response:
    """Tell this browser: where it listens comes from its script, or is known already."""
    wishes = Wishes([kind for kind in ALERTS if visit.text(kind)], visit.text("policy"))
    try:
        await subscribe_browser(visit.server, visit.viewer, await _recipient(visit), wishes)
    except Invalid as error:
        typed = {"policy": visit.text("policy"), **{kind: visit.text(kind) for kind in KINDS}}
        error.field = None
        return await _page(visit, refused(visit, typed, error), error)
    return visit.back(PAGE, told="saved")


async def _recipient(visit: Visit) -> Recipient:
    given = [visit.text(name) for name in ("endpoint", "p256dh", "auth")]
    if any(given):
        return checked_recipient(*given, is_standard=True)
    for each, _browser, _name in await list_subscriptions(visit.server.db, visit.viewer):
        if _is_here(visit, each):
            return Recipient(each.endpoint, each.p256dh, each.auth, each.is_standard)
    raise Invalid("This browser did not say where it listens. Allow notifications for this site, then try again.")


async def change(visit: Visit) -> Response:
    """Stop one subscription, or send a word to it."""
    if visit.text("test"):
        await queue_test(visit.server, visit.viewer, visit.id("test"))
        return visit.back(PAGE, told="tested")
    await stop_subscription(visit.server, visit.viewer, visit.id("stop"))
    return visit.back(PAGE, told="stopped")

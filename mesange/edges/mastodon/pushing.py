"""What a push says, as Mastodon's clients read it, and the job that sends it."""

import asyncio

from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import find_user, load_accounts
from mesange.core.notifications.model import Notification
from mesange.core.notifications.queries import find_notification
from mesange.core.push.actions.deliveries import TEST, claim_deliveries, send_push, settle_delivery
from mesange.core.push.actions.subscriptions import opened_token
from mesange.core.push.model import PushDelivery, PushSubscription
from mesange.core.statuses.queries import only_visible
from mesange.edges.mastodon.entities.account import image_url
from mesange.kit.jobs import Job
from mesange.kit.server import Server
from mesange.kit.text import excerpt
from mesange.kit.text.directions import isolated
from mesange.kit.web import catalogue
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import encode_json
from mesange.kit.webpush import Outcome

SIGNS_TOLD = 140
SOMETHING = _("%(name)s has news for you")
TITLES = {
    "mention": _("%(name)s mentioned you"),
    "status": _("%(name)s has posted"),
    "reblog": _("%(name)s boosted your post"),
    "favourite": _("%(name)s made your post a favourite"),
    "follow": _("%(name)s follows you"),
    "follow_request": _("%(name)s asks to follow you"),
    "poll": _("A poll of %(name)s has ended"),
    "update": _("%(name)s edited a post"),
    "admin.report": _("%(name)s has reported somebody"),
    "admin.sign_up": _("%(name)s has signed up"),
}


async def send_due_pushes(server: Server) -> None:
    due = await claim_deliveries(server)
    await asyncio.gather(*(_send(server, delivery, subscription) for delivery, subscription in due))


async def _send(server: Server, delivery: PushDelivery, subscription: PushSubscription) -> None:
    if delivery.notification_id == TEST:
        await send_push(server, delivery, subscription, await _test_message(server, subscription))
        return
    found = await find_notification(server.db, subscription.account_id, delivery.notification_id)
    message = await _message(server, subscription, found) if found else None
    if message is None:  # Dismissed meanwhile, or what it tells of is gone.
        await settle_delivery(server, delivery, Outcome.REFUSED)
    else:
        await send_push(server, delivery, subscription, message)


async def _message(server: Server, subscription: PushSubscription, found: Notification) -> bytes | None:
    viewer = Viewer(account_id=subscription.account_id)
    told = await only_visible(server, viewer, [found.status_id] if found.status_id else [])
    account = (await load_accounts(server, [found.from_account_id])).get(found.from_account_id)
    if account is None or (found.status_id and not told):
        return None
    user = await find_user(server.db, subscription.user_id)
    language = catalogue.chosen(user.locale if user else "", "")
    body = excerpt(told[0].spoiler_text or told[0].text, SIGNS_TOLD) if told else excerpt(account.note, SIGNS_TOLD)
    return encode_json(
        {
            "access_token": opened_token(server, subscription),
            "preferred_locale": language,
            "notification_id": found.id,
            "notification_type": found.kind.value,
            "icon": image_url(server.settings, account.avatar, "avatar.png"),
            "title": _title(language, found, account),
            "body": body,
        }
    )


async def _test_message(server: Server, subscription: PushSubscription) -> bytes:
    user = await find_user(server.db, subscription.user_id)
    words = catalogue.of(catalogue.chosen(user.locale if user else "", ""))
    return encode_json(
        {
            "access_token": opened_token(server, subscription),
            "notification_id": TEST,
            "notification_type": "test",
            "icon": image_url(server.settings, "", "avatar.png"),
            "title": words.gettext(_("It works")),
            "body": words.gettext(_("This is where you will be told.")),
        }
    )


def _title(language: str, found: Notification, account: Account) -> str:
    sentence = catalogue.of(language).gettext(TITLES.get(found.kind.value, SOMETHING))
    return sentence % {"name": isolated(account.display_name or account.username)}


JOBS = [Job("send pushes", seconds=1, run=send_due_pushes)]

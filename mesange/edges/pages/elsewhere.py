"""From here to a visitor's own server and back: follow, reply, boost without an account here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mesange.core.accounts.queries import get_account_by_acct, load_accounts
from mesange.core.statuses.queries import visible_status
from mesange.edges.pages.their_server import Handle, NoHandle, OutOfReach, address_there, handle_in, split_handle
from mesange.front.errors import refused
from mesange.front.faces import account_view, url_of
from mesange.front.guard import cookie_name, set_cookie
from mesange.front.limits import LOOKUPS, LOOKUPS_OF_ONE, count
from mesange.front.views import AccountView
from mesange.front.visit import Visit, id_in
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response, redirect

REMEMBERED = "handle"
MOST_ADDRESS = 2_000
OURS = re.compile(r"/(?:@|users/)(?P<acct>[^/]{1,400})(?:/(?:statuses/)?(?P<id>\d{1,20}))?/?", re.ASCII)
TITLES: Mapping[str, str] = {
    "follow": _("Follow %(name)s"),
    "reply": _("Reply to %(name)s"),
    "boost": _("Boost a post of %(name)s"),
    "favourite": _("A post of %(name)s as a favourite"),
    "share": _("Share a post of %(name)s"),
}


NO_PLACE = _("My account is on another server")


class LivesHere(Invalid):
    public_text = "This account lives here: sign in below."


@dataclass(frozen=True, slots=True)
class Place:
    """A profile or a post of ours, or our front page; `status_id` is 0 for what is no post."""

    account: AccountView | None
    path: str
    status_id: int = 0

    @property
    def is_home(self) -> bool:
        """Nothing of ours is meant yet: only which server is theirs."""
        return self.account is None

    def after_sign_in(self, act: str) -> str:
        return f"/compose?reply={self.status_id}" if act == "reply" and self.status_id else self.path


async def show(visit: Visit) -> Response:
    """The ways on for somebody who pressed a button that asks for an account; without `to`, where theirs is."""
    place = await _place_asked(visit)
    if not visit.viewer.is_visitor and visit.text("act") != "share":
        return redirect(place.after_sign_in(visit.text("act")))
    kept = visit.cookies.get(cookie_name(visit.server.settings, REMEMBERED), "")
    return await _page(visit, place, Form.of({"handle": kept}))


async def send(visit: Visit) -> Response:
    """Ask the server of this handle where it shows our page, and lead there."""
    place, typed = await _place_asked(visit), visit.text("handle")
    try:
        handle = _handle(visit, typed)
        if place.is_home:
            return set_cookie(visit.back("/", "handle-kept"), visit.server.settings, REMEMBERED, str(handle))
        count(visit, LOOKUPS)
        count(visit, LOOKUPS_OF_ONE, handle.domain)
        address = await address_there(visit.server, handle, visit.server.settings.public_origin + place.path)
    except (Invalid, OutOfReach) as error:
        return await _page(visit, place, refused(visit, {"handle": typed}, error), error.http_status)
    return set_cookie(redirect(address), visit.server.settings, REMEMBERED, str(handle))


def _handle(visit: Visit, typed: str) -> Handle:
    if split_handle(typed).domain == visit.server.settings.domain.lower():
        raise LivesHere(field="handle")
    return handle_in(typed)


async def _page(visit: Visit, place: Place, form: Form, status: int = 200) -> Response:
    visit.forms_to = "'self' https:"  # Browsers hold the policy against where a form is redirected, too.
    visit.is_indexable = False
    act = visit.text("act") if visit.text("act") in TITLES else "follow"
    title = visit.gettext(TITLES[act], name=place.account.name) if place.account else visit.gettext(NO_PLACE)
    return await visit.page(
        "elsewhere.html",
        status=status,
        title=title,
        is_home=place.is_home,
        act=act,
        here=place.path,
        url=visit.server.settings.public_origin + place.path,
        inside=place.after_sign_in(act),
        form=form,
    )


async def _place_asked(visit: Visit) -> Place:
    """Raises NotFound for what is not ours."""
    if not visit.text("to"):
        return Place(None, "/")
    place = await place_at(visit, visit.server.settings.public_origin + visit.text("to"))
    if place is None:
        raise NotFound()
    return place


async def arrive(visit: Visit) -> Response:
    """Where other servers send people of ours who want to follow or answer something."""
    place = await place_at(visit, visit.text("uri") or visit.text("acct"))
    if place:
        return redirect(place.path)
    visit.is_indexable = False
    return await visit.page("arrive.html", place="search")


async def place_at(visit: Visit, uri: str) -> Place | None:
    """What this address names, if it is of ours. Raises NotFound, Gone when it is and cannot be shown."""
    acct, status_id = _named(uri.strip(), visit.server.settings.domain.lower())
    if not acct:
        return None
    if not status_id:
        account = await get_account_by_acct(visit.server, acct)
        return Place(account_view(visit.server, account), url_of(account))
    status = await visible_status(visit.server, visit.viewer, status_id)
    author = (await load_accounts(visit.server, [status.account_id]))[status.account_id]
    return Place(account_view(visit.server, author), f"{url_of(author)}/{status.id}", status.id)


def _named(uri: str, domain: str) -> tuple[str, int]:
    """(name, id of a post or 0); ("", 0) for what is not of ours."""
    if len(uri) > MOST_ADDRESS or "[" in uri:
        return "", 0
    if uri.startswith(("https://", "http://")):
        parts = urlsplit(uri)
        found = OURS.fullmatch(unquote(parts.path)) if parts.netloc.lower() == domain else None
        return (found["acct"], id_in(found["id"] or "")) if found else ("", 0)
    try:
        handle = split_handle(uri)
    except NoHandle:
        return "", 0
    return (handle.name, 0) if handle.domain == domain else ("", 0)

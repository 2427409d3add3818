"""One request by a person: who they are, what language they read, and how to answer them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from mesange.core.accounts.model import VISITOR, Account, Viewer
from mesange.core.accounts.queries import find_account, list_own_accounts, viewer_by_session
from mesange.core.conversations.queries import count_unread_conversations
from mesange.core.emojis.queries import known_emojis
from mesange.core.notifications.model import UNDO_FOR
from mesange.core.notifications.queries import count_unread
from mesange.front import guard
from mesange.front.deeds import DEEDS
from mesange.front.faces import person_of
from mesange.front.presence import is_noted_now
from mesange.kit.clock import SECOND
from mesange.kit.ids import HIGHEST_ID
from mesange.kit.server import Server
from mesange.kit.web import catalogue
from mesange.kit.web.assets import Assets
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Frame, Told
from mesange.kit.web.render import Templates
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, redirect

PACKAGE = Path(__file__).parent.parent
FLOORS = ("edges", "workspace")
"""Those whose rooms have templates; no two of them share a name."""
THEMES = ("light", "dark", "contrast")
HTML = b"text/html; charset=utf-8"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; object-src 'none'; form-action {forms}; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'"
)
TOLD = "told"
LEAVING = re.compile(r"leaving-([0-9]{1,19})-([0-9]{1,15})", re.ASCII)
"""Instead of a word of `DEEDS`: a post that waits for its moment of regret to end, and when that is."""
PUT_AWAY = re.compile(r"(cleared|dismissed)-([0-9]{1,15})", re.ASCII)
"""Instead of a word of `DEEDS`: notifications that can be brought back, and when they were put away."""
TO_CLIENTS = "Validation failed: "
"""What clients of the API expect before some refusals, and people do not."""


@cache
def assets() -> Assets:
    return Assets()


@cache
def templates() -> Templates:
    rooms = (folder for floor in FLOORS for folder in sorted(PACKAGE.glob(f"{floor}/*/templates")))
    return Templates([PACKAGE / "front" / "templates", *rooms], assets())


@dataclass(slots=True)
class Visit:
    server: Server
    request: Request
    viewer: Viewer
    language: str
    theme: str
    secret: str
    """The cookie that forms are bound to: the session's, or a passing one of a visitor."""
    cookies: Mapping[str, str]
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What the form holds, once it was checked."""
    forms_to: str = "'self'"
    suspended: Viewer | None = None
    """Signed in as an account that moderation suspended: for all pages but a few, this is a visitor."""
    looks_on: bool = False
    """Reads as another account than the one it acts as: nothing can be pressed."""
    renews: bool = False
    """The session's cookie begins its days anew with this answer."""
    address: str = ""
    """The one path under which anyone may read this page; "" for what belongs to one person."""
    is_indexable: bool = True

    def gettext(self, sentence: str, **values: object) -> str:
        return templates().say(self.language, sentence, **values).removeprefix(TO_CLIENTS)

    def text(self, name: str) -> str:
        """A field as text, "" when it is missing or something else."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Every text of a field that may be sent several times."""
        value = self.fields.get(name, [])
        return [str(each) for each in cast("list[object]", value if isinstance(value, list) else [value])]

    def id(self, name: str) -> int:
        """A field as an id; 0, which nothing has, when it is none."""
        return id_in(self.text(name))

    def ids(self, name: str) -> list[int]:
        """The ids of ticked boxes."""
        given: Any = self.fields.get(name, [])
        return [id for text in ([given] if isinstance(given, str) else list(given)) if (id := id_in(str(text)))]

    @property
    def is_anonymous(self) -> bool:
        """Nothing on the page is for this reader alone: no login, no form of theirs, nothing to be told."""
        return not self.secret and guard.cookie_name(self.server.settings, TOLD) not in self.cookies

    @property
    def is_fragment(self) -> bool:
        """htmx asks: a piece of the page is enough."""
        return self.request.header(b"hx-request") == "true"

    async def account(self) -> Account | None:
        return await find_account(self.server, self.viewer.account_id) if self.viewer.account_id else None

    async def frame(self, place: str = "", notices: tuple[Told, ...] = ()) -> Frame:
        settings = self.server.settings
        account = await self.account()
        held = await list_own_accounts(self.server, self.viewer.user_id) if account else []
        return Frame(
            site=settings.title,
            language=self.language,
            path=self.request.path,
            csrf=guard.form_token(self.secret),
            now=self.server.clock.now(),
            place=place,
            theme=self.theme,
            accent=settings.accent,
            person=person_of(self.server, account) if account else None,
            others=tuple(person_of(self.server, other) for other in held if other.id != self.viewer.account_id),
            unread=await count_unread(self.server.db, account.id) if account else 0,
            is_open=settings.takes_newcomers,
            unread_messages=await count_unread_conversations(self.server, account.id) if account else 0,
            is_staff=self.viewer.role.rank > 0,
            notices=(*self._told_before(), *notices),
            canonical=settings.public_origin + quote(self.address, safe="/@") if self.address else "",
            is_indexable=self.is_indexable,
            has_keys=self.viewer.has_keys,
            is_member=self.viewer.is_member,
        )

    async def page(
        self, template: str, *, status: int = 200, place: str = "", notices: tuple[Told, ...] = (), **values: Any
    ) -> Response:
        frame = await self.frame(place, notices)
        response = Response(templates().page(frame, template, **values), status, HTML)
        return self._guarded(response)

    def fragment(self, html: str) -> Response:
        return self._guarded(Response(html.encode(), 200, HTML))

    def back(self, address: str, told: str = "") -> Response:
        """Go and see; `told` says on the next page what was done."""
        return self.telling(redirect(address), told)

    def telling(self, response: Response, told: str) -> Response:
        return guard.set_cookie(response, self.server.settings, TOLD, told, days=1) if told else response

    def _told_before(self) -> tuple[Told, ...]:
        told = self.cookies.get(guard.cookie_name(self.server.settings, TOLD), "")
        if held := LEAVING.fullmatch(told):
            return (self._told_leaving(held[1], int(held[2])),)
        if held := PUT_AWAY.fullmatch(told):
            return (
                Told(self.gettext(DEEDS[held[1]]), "told", f"/notifications/{held[2]}/undo", int(held[2]) + UNDO_FOR),
            )
        sentence = DEEDS.get(told)
        return (Told(self.gettext(sentence)),) if sentence else ()

    def _told_leaving(self, id: str, at: int) -> Told:
        left, out = -((self.server.clock.now() - at) // SECOND), DEEDS["posted"]
        if left <= 0:
            return Told(self.gettext(out))
        text = self.gettext(_("Your post leaves in %(seconds)s s."), seconds=left)
        return Told(text, "told", f"/scheduled/{id}/undo", at)

    def _guarded(self, response: Response) -> Response:
        response.headers += [
            (b"content-security-policy", POLICY.format(forms=self.forms_to).encode("ascii", "ignore")),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"cache-control", b"no-store" if self.viewer.user_id or self.secret else b"private, no-cache"),
            (b"vary", b"cookie, accept-language, hx-request"),
        ]
        settings = self.server.settings
        if guard.cookie_name(settings, TOLD) in self.cookies:
            guard.set_cookie(response, settings, TOLD, "", days=0)
        if self.renews:
            guard.set_cookie(response, settings, "session", self.secret)
        if self.secret and self.secret not in self.cookies.values():
            guard.set_cookie(response, settings, "visit", self.secret, days=1)
        return response


def id_in(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST_ID))
    return number if is_number and (number := int(text)) <= HIGHEST_ID else 0


def stranger_of(server: Server, request: Request) -> Visit:
    """A visit without a question to the database: it may be the database that fails."""
    cookies = request.cookies
    return Visit(
        server=server,
        request=request,
        viewer=VISITOR,
        language=catalogue.chosen(cookies.get("language", ""), request.header(b"accept-language")),
        theme=theme if (theme := cookies.get("theme", "")) in THEMES else "",
        secret="",
        cookies=cookies,
    )


async def visit_of(server: Server, request: Request) -> Visit:
    await known_emojis(server)
    visit = stranger_of(server, request)
    secret = visit.cookies.get(guard.cookie_name(server.settings, "session"), "")
    viewer = await viewer_by_session(server, secret) if secret else None
    visit.renews = viewer is not None and await is_noted_now(server, viewer)
    visit.secret = secret if viewer else visit.cookies.get(guard.cookie_name(server.settings, "visit"), "")
    if viewer and viewer.is_suspended:
        visit.suspended = viewer
    elif viewer:
        visit.viewer = viewer
    return visit

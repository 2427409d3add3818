"""The part of a post that is the same for everyone, as HTML: made once per language and revision, then kept."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup, escape

from mesange.core.accounts.model import Account
from mesange.core.statuses.model import Holds, Status
from mesange.front.content import Names, accounts_named_in, status_html
from mesange.front.emojis import pictured
from mesange.front.faces import account_view, url_of
from mesange.front.media import media_of
from mesange.front.previews import previews_of
from mesange.front.views import MediaView, PreviewView, StatusView
from mesange.front.visit import Visit, templates
from mesange.kit.recent import Recent
from mesange.kit.rendered import Cache
from mesange.kit.server import Server

MOST_BYTES = 8_000_000
NOTHING_VEILED: Mapping[int, str] = MappingProxyType({})
MOST_EDITIONS = 50_000
WHEN = "\x02when\x03"
"""Stands in a stored head where the time will be: "5 min" would be wrong a minute later."""
VEIL = "\x02veil\x03"
"""Stands where the title of a reader's filter will be, which hides the pictures from them alone."""


class Heads:
    """Stored heads by language, veil, id, edition, revision and face of the author. `editions` counts what changed
    beside the text: a card that came."""

    def __init__(self) -> None:
        self.stored: Cache[tuple[str | int, ...], str] = Cache(MOST_BYTES)
        self.editions: Recent[int, int] = Recent(MOST_EDITIONS)
        self._newest = 0

    def renew_all(self) -> None:
        for key in list(self.stored):
            self.stored.drop(key)

    def renew(self, status_id: int) -> None:
        self._newest += 1
        self.editions.keep(status_id, self._newest)


async def heads_of(
    visit: Visit, statuses: Sequence[Status], accounts: dict[int, Account], veiled: Mapping[int, str] = NOTHING_VEILED
) -> dict[int, Markup]:
    """Heads by status id. `accounts` holds the authors and those whom the statuses answer; `veiled` says behind which
    titles the pictures of a status stand."""
    heads = visit.server.of(Heads)
    stored, editions = heads.stored, heads.editions
    now = visit.server.clock.now()
    keys = {
        each.id: (visit.language, each.id in veiled, editions.get(each.id, 0), *_key(each, accounts[each.account_id]))
        for each in statuses
    }
    found = {each.id: stored.get(keys[each.id]) for each in statuses}
    missing = [each for each in statuses if found[each.id] is None]
    if missing:
        names = await accounts_named_in(visit.server, [each.text for each in missing])
        previews = await previews_of(visit, missing)
        media = await media_of(visit.server, missing)
        head = templates().macro(visit.language, "components/post.html", "head")
        for status in missing:
            view = status_view(visit.server, status, accounts, names, previews.get(status.id), media.get(status.id, ()))
            html = found[status.id] = str(head(view, WHEN, VEIL if status.id in veiled else ""))
            if not status.holds & Holds.QUOTE:  # Not everyone may see what it quotes.
                stored.put(keys[status.id], html, len(html))
    when = templates().macro(visit.language, "components/parts.html", "since")
    shown = {each.id: (found[each.id] or "").replace(WHEN, str(when(each.created_at, now))) for each in statuses}
    shown |= {id: shown[id].replace(VEIL, escape(title)) for id, title in veiled.items()}
    return {id: Markup(html) for id, html in shown.items()}  # noqa: S704  (heads made by our own templates)


def _key(status: Status, author: Account) -> tuple[str | int, ...]:
    looks = author.display_name, author.avatar, author.is_bot
    return status.id, status.revision, status.is_sensitive, *looks


def status_view(
    server: Server,
    status: Status,
    accounts: dict[int, Account],
    names: Names,
    preview: PreviewView | None = None,
    media: tuple[MediaView, ...] = (),
) -> StatusView:
    author = accounts[status.account_id]
    answered = accounts.get(status.in_reply_to_account_id or 0)
    return StatusView(
        id=str(status.id),
        url=f"{url_of(author)}/{status.id}",
        account=account_view(server, author),
        content=status_html(server, status, names),
        visibility=status.visibility.value,
        created_at=status.created_at,
        warning=pictured(server, status.spoiler_text),
        language=status.language,
        reply_to=f"@{answered.acct}" if answered and answered.id != author.id else "",
        edited_at=status.edited_at,
        preview=preview,
        media=media,
        is_sensitive=status.is_sensitive,
    )

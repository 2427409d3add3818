"""The text of a post or a profile as HTML with the links of our pages."""

from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import find_ids_by_name, load_accounts
from mesange.core.statuses.model import Status
from mesange.front.emojis import at_hand, with_pictures
from mesange.front.faces import url_of
from mesange.kit.server import Server
from mesange.kit.text import Entities, FoundHashtag, FoundMention, entities, sanitise, to_html
from mesange.kit.text.html import escape

Names = Mapping[tuple[str, str], Account]
"""Accounts by (lower-case name, domain or "" here)."""


def hashtag_url(name: str) -> str:
    return f"/tags/{quote(name)}"


async def accounts_named_in(server: Server, texts: Iterable[str]) -> Names:
    """Accounts that the texts mention, in two queries at most."""
    wanted = {_key(server, mention) for text in texts if "@" in text for mention in entities(text).mentions}
    ids = await find_ids_by_name(server.db, sorted(wanted))
    accounts = await load_accounts(server, ids.values())
    return {key: accounts[id] for key, id in ids.items() if id in accounts}


def html_of(server: Server, text: str, names: Names, found: Entities | None = None) -> Markup:
    def target(mention: FoundMention) -> tuple[str, str] | None:
        account = names.get(_key(server, mention))
        return (url_of(account), account.acct) if account else None

    def tag(hashtag: FoundHashtag) -> str:
        return hashtag_url(hashtag.name)

    known = at_hand(server)
    decorate = partial(with_pictures, known) if known and ":" in text else escape
    return Markup(to_html(text, found or entities(text), target, tag, decorate))  # noqa: S704  (escaped by to_html)


def status_html(server: Server, status: Status, names: Names) -> Markup:
    """Our own text with links; the HTML of another server only after washing."""
    if status.content is not None:
        return Markup(sanitise(status.content))  # noqa: S704  (washed)
    return html_of(server, status.text, names)


def _key(server: Server, mention: FoundMention) -> tuple[str, str]:
    domain = (mention.domain or "").lower()
    return mention.username.lower(), "" if domain == server.settings.domain.lower() else domain

"""From posts to the entries of a feed."""

from collections.abc import Sequence
from urllib.parse import quote

from mesange.core.accounts.model import VISITOR, Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.media.model import MediaAttachment
from mesange.core.media.queries import load_media
from mesange.core.statuses.model import Holds, Status, Visibility
from mesange.core.statuses.queries import hashtags_of, load_mentioned, only_visible
from mesange.edges.feeds.feed import Enclosure, Entry
from mesange.kit.media import type_of
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import FoundHashtag, FoundMention, entities, excerpt, plain, sanitise, to_html
from mesange.kit.text.html import escape

TITLE_SIGNS = 80


async def entries_of(server: Server, ids: Sequence[int]) -> tuple[Entry, ...]:
    """Those of the posts that stand in public view, in the order asked."""
    seen = await only_visible(server, VISITOR, ids)
    statuses = [each for each in seen if each.visibility is Visibility.PUBLIC and not each.reblog_of_id]
    mentioned = await load_mentioned(server.db, [each.id for each in statuses if "@" in each.text])
    people = {each.account_id for each in statuses} | {id for named in mentioned.values() for id in named}
    accounts = await load_accounts(server, people)
    named = {id: [accounts[one] for one in ids if one in accounts] for id, ids in mentioned.items()}
    files = await load_media(server.db, [each.id for each in statuses if each.holds & Holds.MEDIA])
    return tuple(
        _entry(server.settings, each, accounts[each.account_id], named.get(each.id, []), files.get(each.id, []))
        for each in statuses
    )


def _entry(
    settings: Settings, status: Status, author: Account, mentioned: list[Account], files: list[MediaAttachment]
) -> Entry:
    html = status_html(settings, status, mentioned)
    words = status.text if status.content is None else plain(status.content)
    return Entry(
        uri=status.uri or f"{settings.public_origin}/users/{author.username}/statuses/{status.id}",
        url=status_url(settings, author, status),
        title=excerpt(status.spoiler_text or words, TITLE_SIGNS),
        html=f"<p><strong>{escape(status.spoiler_text)}</strong></p><hr />{html}" if status.spoiler_text else html,
        author=author.display_name or author.username,
        author_url=profile_url(settings, author),
        published_at=status.created_at,
        updated_at=status.edited_at or status.created_at,
        hashtags=tuple(hashtags_of(status)),
        enclosures=tuple(_enclosure(settings, file) for file in files if file.file),
        is_warned=bool(status.spoiler_text),
    )


def _enclosure(settings: Settings, file: MediaAttachment) -> Enclosure:
    url = f"{settings.public_origin}/media/{file.file}"
    return Enclosure(url, type_of(file.file), file.size, file.description)


def profile_url(settings: Settings, account: Account) -> str:
    return f"{settings.public_origin}/@{account.acct}"


def status_url(settings: Settings, author: Account, status: Status) -> str:
    return f"{profile_url(settings, author)}/{status.id}"


def status_html(settings: Settings, status: Status, mentioned: Sequence[Account]) -> str:
    """What the post says, with whole addresses: it is read elsewhere."""
    if status.content is not None:
        return sanitise(status.content)
    known = {(each.username.lower(), each.domain): each for each in mentioned}

    def target(found: FoundMention) -> tuple[str, str] | None:
        domain = (found.domain or "").lower()
        account = known.get((found.username.lower(), "" if domain == settings.domain.lower() else domain))
        return (profile_url(settings, account), account.acct) if account else None

    def tag(found: FoundHashtag) -> str:
        return hashtag_url(settings, found.name)

    return to_html(status.text, entities(status.text), target, tag)


def hashtag_url(settings: Settings, name: str) -> str:
    return f"{settings.public_origin}/tags/{quote(name)}"

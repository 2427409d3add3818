"""What a page tells of itself to other sites: OpenGraph, JSON-LD, its feeds, its place in oEmbed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from mesange.core.accounts.model import Account, AccountStats
from mesange.core.accounts.queries import load_accounts
from mesange.core.media.model import MediaAttachment, MediaKind
from mesange.core.media.queries import load_media
from mesange.core.statuses.model import Holds, Status, Visibility
from mesange.core.statuses.queries import load_status_stats
from mesange.front.content import hashtag_url
from mesange.front.faces import picture_url
from mesange.kit.clock import iso
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import excerpt, plain

MOST_SIGNS = 300
RSS, ATOM = "application/rss+xml", "application/atom+xml"
OEMBED = {"application/json+oembed": {}, "text/xml+oembed": {"format": "xml"}}


@dataclass(frozen=True, slots=True)
class Described:
    """`kind` is OpenGraph's type, `facts` more of its properties; `image_size` is that of a picture worth showing
    large; `data` is JSON-LD with words of schema.org, told only to whom the page may be found by."""

    kind: str
    title: str
    text: str
    url: str
    image: str
    image_text: str = ""
    image_size: tuple[int, int] | tuple[()] = ()
    is_indexable: bool = True
    creator: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])


def described_account(server: Server, account: Account, stats: AccountStats) -> Described:
    settings = server.settings
    url = f"{settings.public_origin}/@{account.acct}"
    person = _person(settings, account)
    counted = {
        "interactionStatistic": [_counter("FollowAction", stats.followers)],
        "agentInteractionStatistic": [_counter("WriteAction", stats.statuses)],
    }
    described = person | {"identifier": str(account.id), "description": account.note} | counted
    return Described(
        kind="profile",
        title=f"{person['name']} ({_handle(settings, account)})",
        text=excerpt(account.note, MOST_SIGNS),
        url=url,
        image=person["image"],
        image_text=person["name"],
        is_indexable=_is_findable(account),
        creator=_handle(settings, account),
        facts=(("profile:username", _handle(settings, account).removeprefix("@")),),
        alternates=_feeds(url) if not account.domain else (),
        data=_linked("ProfilePage", {"dateCreated": iso(account.created_at), "mainEntity": described}),
    )


async def described_post(server: Server, status: Status) -> Described:
    """A post behind a warning tells its warning and nothing else; a sensitive one keeps its pictures to itself."""
    settings = server.settings
    author = (await load_accounts(server, [status.account_id]))[status.account_id]
    person = _person(settings, author)
    picture = await _picture(server, status)
    url = f"{person['url']}/{status.id}"
    words = status.spoiler_text or (status.text if status.content is None else plain(status.content))
    times = [("article:published_time", iso(status.created_at))]
    if status.edited_at:
        times.append(("article:modified_time", iso(status.edited_at)))
    return Described(
        kind="article",
        title=f"{person['name']} ({_handle(settings, author)})",
        text=excerpt(words, MOST_SIGNS),
        url=url,
        image=settings.public_origin + picture_url(picture.file) if picture else person["image"],
        image_text=picture.description if picture else person["name"],
        image_size=(picture.width, picture.height) if picture else (),
        is_indexable=_is_findable(author) and status.visibility is Visibility.PUBLIC,
        creator=_handle(settings, author),
        facts=(*times, ("article:author", person["url"])),
        alternates=_oembed(settings, url) if status.visibility.is_open and not author.domain else (),
        data=await _posting(server, status, person, url, words, picture),
    )


def _is_findable(account: Account) -> bool:
    """Whom moderation limited is met by followers only."""
    return account.is_indexable and account.limited_at is None


async def _picture(server: Server, status: Status) -> MediaAttachment | None:
    """The first one of a post that hides nothing."""
    if not status.holds & Holds.MEDIA or status.is_sensitive or status.spoiler_text:
        return None
    found = (await load_media(server.db, [status.id])).get(status.id, [])
    return next((media for media in found if media.kind is MediaKind.IMAGE), None)


def described_site(server: Server, description: str, picture: str) -> Described:
    settings = server.settings
    url = f"{settings.public_origin}/"
    asking = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{url}search?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    told = {"name": settings.title, "url": url, "description": description, "potentialAction": asking}
    bird = f"{settings.public_origin}{picture}"
    return Described("website", settings.title, description, url, bird, settings.title, data=_linked("WebSite", told))


def described_hashtag(server: Server, name: str) -> Described:
    settings = server.settings
    url = settings.public_origin + hashtag_url(name)
    bird = f"{settings.public_origin}/static/avatar.png"
    title = f"#{name} · {settings.title}"
    return Described("website", title, settings.description, url, bird, settings.title, alternates=_feeds(url))


def _feeds(url: str) -> tuple[tuple[str, str], ...]:
    return (RSS, f"{url}.rss"), (ATOM, f"{url}.atom")


def _oembed(settings: Settings, url: str) -> tuple[tuple[str, str], ...]:
    asked = f"{settings.public_origin}/api/oembed?"
    return tuple((kind, asked + urlencode({"url": url, **more})) for kind, more in OEMBED.items())


def _handle(settings: Settings, account: Account) -> str:
    return f"@{account.username}@{account.domain or settings.domain}"


def _person(settings: Settings, account: Account) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": account.display_name or account.username,
        "alternateName": _handle(settings, account),
        "url": f"{settings.public_origin}/@{quote(account.acct, safe='@')}",
        "image": settings.public_origin + (picture_url(account.avatar) or "/static/avatar.png"),
    }


async def _posting(
    server: Server, status: Status, person: Mapping[str, Any], url: str, words: str, picture: MediaAttachment | None
) -> dict[str, Any]:
    stats = (await load_status_stats(server, [status.id]))[status.id]
    counted = (("LikeAction", stats.favourites), ("ShareAction", stats.reblogs), ("ReplyAction", stats.replies))
    posting = {
        "url": url,
        "author": dict(person),
        "text": words,
        "datePublished": iso(status.created_at),
        "interactionStatistic": [_counter(kind, many) for kind, many in counted],
    }
    posting |= {"inLanguage": status.language} if status.language else {}
    posting |= {"image": server.settings.public_origin + picture_url(picture.file)} if picture else {}
    posting |= {"dateModified": iso(status.edited_at)} if status.edited_at else {}
    return _linked("SocialMediaPosting", posting)


def _counter(kind: str, many: int) -> dict[str, Any]:
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{kind}",
        "userInteractionCount": many,
    }


def _linked(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": kind, **told}

"""Status: a stable head kept as bytes until the post is edited, the account, and a live tail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import load_accounts
from mesange.core.cards.queries import ShownCard, load_status_cards
from mesange.core.media.queries import load_all_media, load_media
from mesange.core.statuses.model import Holds, Status, StatusStats, StatusVersion
from mesange.core.statuses.queries import (
    hashtags_of,
    load_client_names,
    load_marks,
    load_mentioned,
    load_status_stats,
    load_statuses,
)
from mesange.edges.mastodon.entities.account import accounts_bytes, profile_url, tag_url
from mesange.edges.mastodon.entities.card import page_card, quote_card
from mesange.edges.mastodon.entities.emoji import emoji_entities, emojis_of
from mesange.edges.mastodon.entities.filter import filtered_bytes
from mesange.edges.mastodon.entities.media import media_entities, version_media
from mesange.edges.mastodon.entities.poll import poll_asked, polls_bytes
from mesange.kit.clock import iso
from mesange.kit.rendered import Cache
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import FoundMention, entities, hashtag_name, sanitise, to_html
from mesange.kit.web.response import encode_json

MOST_BYTES = 24_000_000
NO_STATS = StatusStats()
TRUE_FALSE = ("false", "true")
NO_POLL = b',"poll":null,'


@dataclass(slots=True)
class StatusHead:
    """`opening` ends where the account begins. The tail of the unmarked status is kept with the counts it shows.

    What `is_personal` is made for one viewer: it quotes a post that not everyone may see.
    """

    opening: bytes
    account_id: int
    reblog_of_id: int
    is_personal: bool = False
    has_poll: bool = False
    stats: StatusStats | None = None
    tail: bytes = b""


class StatusHeads:
    def __init__(self) -> None:
        self.kept: Cache[int, StatusHead] = Cache(MOST_BYTES)


def status_url(settings: Settings, account: Account, status_id: int) -> str:
    return f"{settings.public_origin}/@{account.acct}/{status_id}"


async def status_list(server: Server, viewer_id: int, ids: Sequence[int]) -> bytes:
    """A JSON list of statuses, in the order asked; those that are gone are left out."""
    made = await _pieces(server, viewer_id, ids)
    pieces: list[bytes] = []
    for id in ids:
        if id in made:
            pieces.append(b",")
            pieces += made[id]
    pieces[:1] = [b"["]
    pieces.append(b"]")
    return b"".join(pieces)


async def status_bytes(server: Server, viewer_id: int, status_id: int) -> bytes:
    """Raises KeyError for a status that is gone."""
    return b"".join((await _pieces(server, viewer_id, [status_id]))[status_id])


async def statuses_bytes(server: Server, viewer_id: int, ids: Sequence[int]) -> dict[int, bytes]:
    """Status entities by id."""
    made = await _pieces(server, viewer_id, ids)
    return {id: b"".join(pieces) for id, pieces in made.items()}


Pieces: TypeAlias = tuple[bytes, ...]


async def _pieces(server: Server, viewer_id: int, ids: Sequence[int]) -> dict[int, Pieces]:
    """Status entities by id, still to be joined. What is kept costs no query; the rest a fixed number of them."""
    heads = await _heads(server, viewer_id, ids)
    originals = [head.reblog_of_id for head in heads.values() if head.reblog_of_id]
    if originals:
        heads |= await _heads(server, viewer_id, originals)
    stats = await load_status_stats(server, [head.reblog_of_id or id for id, head in heads.items()])
    marks = await load_marks(server, viewer_id, list(stats))
    polls = await polls_bytes(server, viewer_id, [id for id, head in heads.items() if head.has_poll])
    filtered = await filtered_bytes(server, viewer_id, list(stats))
    accounts = await accounts_bytes(server, [head.account_id for head in heads.values()])
    made: dict[int, Pieces] = {}
    for id in ids:
        head = heads.get(id)
        if head is None:
            continue
        of = head.reblog_of_id
        if not of:
            closing = _closing(head, stats[id], marks.get(id, 0), polls.get(id), filtered.get(id))
            made[id] = (head.opening, accounts[head.account_id], closing)
        elif original := heads.get(of):
            closing = _closing(original, stats[of], marks.get(of, 0), polls.get(of), filtered.get(of))
            inner = original.opening, accounts[original.account_id], closing
            tail = NO_POLL + _tail(stats[of], marks.get(of, 0), filtered.get(of))
            made[id] = (head.opening, accounts[head.account_id], b',"reblog":', *inner, tail)
    return made


def _closing(head: StatusHead, stats: StatusStats, mark: int, poll: bytes | None, filtered: bytes | None) -> bytes:
    if poll:
        return b',"reblog":null,"poll":' + poll + b"," + _tail(stats, mark, filtered)
    if mark or filtered:
        return b',"reblog":null' + NO_POLL + _tail(stats, mark, filtered)
    if head.stats is not stats:
        head.stats, head.tail = stats, b',"reblog":null' + NO_POLL + _tail(stats, 0, None)
    return head.tail


def _tail(stats: StatusStats, mark: int, filtered: bytes | None) -> bytes:
    return (
        (
            f'"replies_count":{stats.replies},"reblogs_count":{stats.reblogs},"favourites_count":{stats.favourites},'
            f'"quotes_count":0,"favourited":{TRUE_FALSE[mark & 1]},"reblogged":{TRUE_FALSE[mark >> 1 & 1]},'
            f'"muted":{TRUE_FALSE[mark >> 4 & 1]},"bookmarked":{TRUE_FALSE[mark >> 2 & 1]},'
            f'"pinned":{TRUE_FALSE[mark >> 3 & 1]},"filtered":'
        ).encode()
        + (filtered or b"[]")
        + b"}"
    )


async def _heads(server: Server, viewer_id: int, ids: Iterable[int]) -> dict[int, StatusHead]:
    kept = server.of(StatusHeads).kept
    found = {id: head for id in ids if (head := kept.get(id))}
    missing = [id for id in dict.fromkeys(ids) if id not in found]
    if missing:
        for head_id, head in (await _rendered(server, viewer_id, missing)).items():
            if not head.is_personal:
                kept.put(head_id, head, len(head.opening) + 400)
            found[head_id] = head
    return found


async def _rendered(server: Server, viewer_id: int, ids: list[int]) -> dict[int, StatusHead]:
    statuses = await load_statuses(server, ids)
    texts = await load_statuses(server, [of for each in statuses.values() if (of := each.reblog_of_id)])
    everything = statuses | texts
    mentioned = await load_mentioned(server.db, [id for id, each in everything.items() if "@" in each.text])
    cards = await load_status_cards(server, Viewer(account_id=viewer_id), everything.values())
    people = {each.account_id for each in everything.values()} | {id for ids in mentioned.values() for id in ids}
    people |= {card.account_id for card in cards.values() if isinstance(card, Status)}
    accounts = await load_accounts(server, people)
    clients = await load_client_names(server, [each.client_id for each in everything.values() if each.client_id])
    media = await load_media(server.db, [id for id, each in everything.items() if each.holds & Holds.MEDIA])
    heads: dict[int, StatusHead] = {}
    for status in statuses.values():
        shown = texts.get(status.reblog_of_id, status) if status.reblog_of_id else status
        named = [accounts[id] for id in mentioned.get(shown.id, []) if id in accounts]
        head = _head(server.settings, status, shown, accounts, named, clients.get(shown.client_id or 0))
        head["card"] = _card(server.settings, cards.get(shown.id), accounts)
        head["emojis"] = emoji_entities(server.settings, await emojis_of(server, shown))
        head["media_attachments"] = media_entities(server.settings, media.get(shown.id, []))
        made = encode_json(head)[:-1] + b',"account":'
        is_personal = bool(shown.holds & Holds.QUOTE)
        has_poll = bool(status.holds & Holds.POLL)
        heads[status.id] = StatusHead(made, status.account_id, status.reblog_of_id or 0, is_personal, has_poll)
    return heads


def _head(
    settings: Settings,
    status: Status,
    shown: Status,
    accounts: dict[int, Account],
    mentioned: list[Account],
    client: tuple[str, str] | None,
) -> dict[str, Any]:
    """`shown` is the status itself, or what a boost shows."""
    account = accounts[status.account_id]
    uri = status.uri or f"{settings.public_origin}/users/{account.username}/statuses/{status.id}"
    return {
        "id": str(status.id),
        "created_at": iso(status.created_at),
        "in_reply_to_id": _text(shown.in_reply_to_id),
        "in_reply_to_account_id": _text(shown.in_reply_to_account_id),
        "sensitive": shown.is_sensitive,
        "spoiler_text": shown.spoiler_text,
        "visibility": status.visibility.value,
        "language": shown.language or None,
        "uri": f"{uri}/activity" if status.reblog_of_id else uri,
        "url": status_url(settings, account, status.id),
        "edited_at": iso(shown.edited_at) if shown.edited_at else None,
        "content": content_html(settings, shown, mentioned),
        "media_attachments": [],
        "mentions": [_mention(settings, each) for each in mentioned],
        "tags": [{"name": name, "url": tag_url(settings, name)} for name in hashtags_of(shown)],
        "emojis": [],
        "card": None,
        "quote": None,
        "quote_approval": {"automatic": [], "manual": [], "current_user": "denied"},
        "application": {"name": client[0], "website": client[1] or None} if client else None,
    }


def _card(settings: Settings, card: ShownCard | None, accounts: dict[int, Account]) -> dict[str, Any] | None:
    if isinstance(card, Status):
        return quote_card(settings, card, accounts[card.account_id])
    return page_card(settings, card) if card else None


def _text(id: int | None) -> str | None:
    return str(id) if id is not None else None


def _mention(settings: Settings, account: Account) -> dict[str, str]:
    return {
        "id": str(account.id),
        "username": account.username,
        "url": profile_url(settings, account),
        "acct": account.acct,
    }


def content_html(settings: Settings, status: Status, mentioned: list[Account]) -> str:
    """HTML of a post: ours from its text, another server's after the sanitiser."""
    if status.content is not None:
        return sanitise(status.content)
    return text_html(settings, status.text, mentioned)


def text_html(settings: Settings, text: str, mentioned: list[Account]) -> str:
    def target(found: FoundMention) -> tuple[str, str] | None:
        domain = (found.domain or "").lower()
        wanted = (found.username.lower(), "" if domain == settings.domain.lower() else domain)
        account = next((each for each in mentioned if (each.username.lower(), each.domain) == wanted), None)
        return (profile_url(settings, account), account.acct) if account else None

    return to_html(text, entities(text), target, lambda tag: tag_url(settings, hashtag_name(tag.name)))


async def status_edits(server: Server, status: Status, versions: Sequence[StatusVersion]) -> bytes:
    """StatusEdit entities, the first version first."""
    account = (await accounts_bytes(server, [status.account_id]))[status.account_id]
    mentioned = (await load_mentioned(server.db, [status.id])).get(status.id, [])
    named = list((await load_accounts(server, mentioned)).values())
    media = await load_all_media(server.db, status.id) if any(version.media for version in versions) else {}
    made = [
        encode_json(
            {
                "content": text_html(server.settings, version.text, named),
                "spoiler_text": version.spoiler_text,
                "sensitive": version.is_sensitive,
                "created_at": iso(version.created_at),
                "media_attachments": version_media(server.settings, version, media),
                "emojis": [],
                "poll": poll_asked(version.poll_options),
                "quote": None,
            }
        )[:-1]
        + b',"account":'
        + account
        + b"}"
        for version in versions
    ]
    return b"[" + b",".join(made) + b"]"

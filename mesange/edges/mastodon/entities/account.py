"""Account, Relationship, Preferences, Role: Mastodon's entities of these names."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from mesange.core.accounts.memory import AccountMemory
from mesange.core.accounts.model import Account, AccountStats, User, UserRole
from mesange.core.accounts.model.links import ProfileLine, profile_lines
from mesange.core.accounts.queries import load_account_stats, load_accounts
from mesange.core.emojis.memory import EmojiMemory
from mesange.core.emojis.model import Emojis, emojis_in
from mesange.core.emojis.queries import known_emojis
from mesange.core.follows.model import Relationship
from mesange.edges.mastodon.entities.emoji import emoji_entities
from mesange.kit.clock import iso, iso_date
from mesange.kit.rendered import Cache
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import entities, hashtag_name, own_link, to_html
from mesange.kit.web.response import encode_json

MOST_BYTES = 8_000_000
ROLES = {UserRole.OWNER: "3", UserRole.ADMIN: "2", UserRole.MODERATOR: "1", UserRole.USER: "-99"}


class AccountHeads:
    """The part of an account's bytes that changes only with the profile."""

    def __init__(self) -> None:
        self.kept: Cache[int, bytes] = Cache(MOST_BYTES)
        self.whole: Cache[int, tuple[AccountStats, bytes]] = Cache(MOST_BYTES)

    def forget_all(self) -> None:
        for kept in (self.kept, self.whole):
            for account_id in list(kept):
                kept.drop(account_id)

    def forget(self, account_id: int) -> None:
        self.kept.drop(account_id)
        self.whole.drop(account_id)


def profile_url(settings: Settings, account: Account) -> str:
    return f"{settings.public_origin}/@{account.acct}"


def tag_url(settings: Settings, name: str) -> str:
    """Page of a hashtag, by its identity."""
    return f"{settings.origin}/tags/{name if name.isascii() else quote(name)}"


def actor_uri(settings: Settings, account: Account) -> str:
    """The account's identity for other servers."""
    return account.uri or f"{settings.public_origin}/users/{account.username}"


def image_url(settings: Settings, name: str, missing: str) -> str:
    path = f"media/{name}" if name else f"static/{missing}"
    return f"{settings.public_origin}/{path}"


def profile_html(settings: Settings, text: str) -> str:
    """A bio or a profile line: links and hashtags live, mentions stay text."""
    return to_html(text, entities(text), lambda _: None, lambda tag: tag_url(settings, hashtag_name(tag.name)))


def account_fields(settings: Settings, account: Account) -> list[dict[str, Any]]:
    return [
        {
            "name": line.name,
            "value": _field_html(settings, line),
            "verified_at": _verified_at(line),
        }
        for line in profile_lines(account)
    ]


def _verified_at(line: ProfileLine) -> str | None:
    return iso(line.verified_at) if line.verified_at else None


def _field_html(settings: Settings, line: ProfileLine) -> str:
    value = line.value
    if line.verified_at:
        return own_link(value)
    return profile_html(settings, value).removeprefix("<p>").removesuffix("</p>")


def account_head(settings: Settings, account: Account, known: Emojis) -> dict[str, Any]:
    avatar = image_url(settings, account.avatar, "avatar.png")
    header = image_url(settings, account.header, "header.png")
    return {
        "id": str(account.id),
        "username": account.username,
        "acct": account.acct,
        "display_name": account.display_name,
        "locked": account.is_locked,
        "bot": account.is_bot,
        "discoverable": account.is_discoverable,
        "indexable": account.is_indexable,
        "group": False,
        "created_at": iso_date(account.created_at) + "T00:00:00.000Z",
        "note": profile_html(settings, account.note),
        "url": profile_url(settings, account),
        "uri": actor_uri(settings, account),
        "avatar": avatar,
        "avatar_static": avatar,
        "avatar_description": "",
        "header": header,
        "header_static": header,
        "header_description": "",
        "noindex": not account.is_indexable,
        "hide_collections": False,
        "emojis": emoji_entities(settings, emojis_in(known, account.display_name, account.note, account.fields)),
        "roles": [],
        "fields": account_fields(settings, account),
        "moved": None,
        "memorial": None,
        "limited": account.limited_at is not None,
        "suspended": account.is_hidden,
    }


def account_bytes(server: Server, account: Account, stats: AccountStats) -> bytes:
    heads = server.of(AccountHeads)
    head = heads.kept.get(account.id)
    if head is None:
        head = encode_json(account_head(server.settings, account, server.of(EmojiMemory).known.get(0) or {}))[:-1]
        heads.kept.put(account.id, head, len(head) + 100)
    last = f'"{iso_date(stats.last_status_at)}"' if stats.last_status_at else "null"
    made = (
        head
        + (
            f',"followers_count":{max(stats.followers, 0)},"following_count":{max(stats.following, 0)},'
            f'"statuses_count":{max(stats.statuses, 0)},"last_status_at":{last}}}'
        ).encode()
    )
    heads.whole.put(account.id, (stats, made), len(made) + 100)
    return made


async def accounts_bytes(server: Server, ids: Iterable[int]) -> dict[int, bytes]:
    """Account entities by id, in at most two queries; unknown ids are missing."""
    kept, stats_kept = server.of(AccountHeads).whole, server.of(AccountMemory).stats
    made: dict[int, bytes] = {}
    stale: list[int] = []
    for id in ids:
        if id not in made:
            whole = kept.get(id)
            if whole is not None and whole[0] is stats_kept.get(id):
                made[id] = whole[1]
            else:
                stale.append(id)
    if stale:
        await known_emojis(server)  # So that the heads find them in memory.
        found = await load_accounts(server, stale)
        stats = await load_account_stats(server, stale)
        made |= {id: account_bytes(server, account, stats[id]) for id, account in found.items()}
    return made


async def account_list(server: Server, ids: Sequence[int]) -> bytes:
    rendered = await accounts_bytes(server, ids)
    return b"[" + b",".join(rendered[id] for id in ids if id in rendered) + b"]"


async def own_account(server: Server, account: Account, user: User | None, requests: int) -> bytes:
    """CredentialAccount: the account as its owner sees it."""
    made = (await accounts_bytes(server, [account.id]))[account.id]
    role = user.role if user and not account.is_pseudonym else UserRole.USER
    source = {
        "source": {
            "note": account.note,
            "fields": [
                {
                    "name": line.name,
                    "value": line.value,
                    "verified_at": _verified_at(line),
                }
                for line in profile_lines(account)
            ],
            "privacy": account.default_visibility,
            "sensitive": account.default_sensitive,
            "language": account.default_language or None,
            "follow_requests_count": requests,
            "hide_collections": False,
            "discoverable": account.is_discoverable,
            "indexable": account.is_indexable,
            "attribution_domains": [],
            "quote_policy": "nobody",
        },
        "role": {
            "id": ROLES[role],
            "name": "" if role is UserRole.USER else role.value.capitalize(),
            "color": "",
            "permissions": "0",
            "highlighted": role is not UserRole.USER,
            "collection_limit": 0,
        },
    }
    return made[:-1] + b"," + encode_json(source)[1:]


def relationship(found: Relationship) -> dict[str, Any]:
    follow = found.following or found.requested
    mute = found.mute
    return {
        "id": str(found.target_id),
        "following": found.following is not None,
        "showing_reblogs": follow.shows_reblogs if follow else False,
        "notifying": follow.notifies if follow else False,
        "languages": follow.languages.split() or None if follow else None,
        "followed_by": found.followed_by,
        "blocking": found.blocking,
        "blocked_by": found.blocked_by,
        "muting": mute is not None,
        "muting_notifications": mute.hides_notifications if mute else False,
        "muting_expires_at": iso(mute.expires_at) if mute and mute.expires_at else None,
        "requested": found.requested is not None,
        "requested_by": found.requested_by,
        "domain_blocking": found.is_domain_hidden,
        "endorsed": False,
        "note": found.note,
    }

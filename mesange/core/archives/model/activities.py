"""Posts and people as ActivityPub writes them: the documents of Mastodon's archive."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from mesange.core.accounts.model import Account
from mesange.core.media.model import FOCUS_STEPS, MediaAttachment
from mesange.core.statuses.model import PollState, Status, Visibility
from mesange.kit.clock import iso
from mesange.kit.media import type_of
from mesange.kit.settings import Settings
from mesange.kit.text import FoundHashtag, FoundMention, entities, hashtag_name, sanitise, to_html

CONTEXT = ["https://www.w3.org/ns/activitystreams", {"sensitive": "as:sensitive", "Hashtag": "as:Hashtag"}]
EVERYONE = "https://www.w3.org/ns/activitystreams#Public"


def actor_uri(settings: Settings, account: Account) -> str:
    return account.uri or f"{settings.public_origin}/users/{account.username}"


def status_uri(settings: Settings, author: Account, status_id: int, uri: str | None = None) -> str:
    return uri or f"{actor_uri(settings, author)}/statuses/{status_id}"


def actor(settings: Settings, account: Account) -> dict[str, Any]:
    """`actor.json`; its pictures stand beside it in the archive."""
    uri = actor_uri(settings, account)
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": uri,
        "type": "Service" if account.is_bot else "Person",
        "preferredUsername": account.username,
        "name": account.display_name,
        "summary": to_html(account.note, entities(account.note), lambda _: None, lambda tag: tag_url(settings, tag)),
        "url": f"{settings.public_origin}/@{account.username}",
        "manuallyApprovesFollowers": account.is_locked,
        "discoverable": account.is_discoverable,
        "indexable": account.is_indexable,
        "published": iso(account.created_at),
        "attachment": [
            {"type": "PropertyValue", "name": name, "value": value} for name, value in json.loads(account.fields)
        ],
        "outbox": "outbox.json",
        "likes": "likes.json",
        "bookmarks": "bookmarks.json",
    }
    for name, kind in (("avatar", "icon"), ("header", "image")):
        if file := getattr(account, name):
            made[kind] = {"type": "Image", "url": f"{name}.{file.rpartition('.')[2]}"}
    return made


def tag_url(settings: Settings, tag: FoundHashtag) -> str:
    return f"{settings.public_origin}/tags/{quote(tag.name)}"


def creation(
    settings: Settings,
    author: Account,
    status: Status,
    named: Sequence[Account],
    files: Sequence[MediaAttachment] = (),
    poll: PollState | None = None,
) -> dict[str, Any]:
    """A post as the activity that made it; `named` are those it mentions, `files` and `poll` what it carries."""
    to, cc = audience(settings, author, status.visibility, named)
    uri = status_uri(settings, author, status.id, status.uri)
    note = {
        "id": uri,
        "type": "Question" if poll else "Note",
        "summary": status.spoiler_text or None,
        "inReplyTo": f"{settings.public_origin}/statuses/{status.in_reply_to_id}" if status.in_reply_to_id else None,
        "published": iso(status.created_at),
        "updated": iso(status.edited_at) if status.edited_at else None,
        "url": f"{settings.public_origin}/@{author.username}/{status.id}",
        "attributedTo": actor_uri(settings, author),
        "to": to,
        "cc": cc,
        "sensitive": status.is_sensitive,
        "content": html_of(settings, status, named),
        "contentMap": {status.language: html_of(settings, status, named)} if status.language else {},
        "source": {"content": status.text, "mediaType": "text/plain"},
        "attachment": [document(file) for file in files],
        "tag": [*(_mention(settings, each) for each in named), *_hashtags(settings, status)],
    }
    if poll:
        note |= _question(poll)
    return _activity(settings, author, "Create", f"{uri}/activity", status, (to, cc), note)


def document(file: MediaAttachment) -> dict[str, Any]:
    """A file of a post; it stands in the archive at the address told here."""
    return {
        "type": "Document",
        "mediaType": type_of(file.file),
        "url": f"/{media_path(file.file)}",
        "name": file.description or None,
        "blurhash": file.blurhash or None,
        "focalPoint": [file.focus_x / FOCUS_STEPS, file.focus_y / FOCUS_STEPS],
        "width": file.width,
        "height": file.height,
    }


def media_path(name: str) -> str:
    return f"media_attachments/files/{name}"


def _question(state: PollState) -> dict[str, Any]:
    """Votes are counted, never named."""
    options = [
        {"type": "Note", "name": option.title, "replies": {"type": "Collection", "totalItems": option.votes}}
        for option in state.options
    ]
    ends = {"endTime": iso(state.poll.expires_at), "votersCount": state.poll.voters}
    return {"anyOf" if state.poll.is_multiple else "oneOf": options, **ends}


def announcement(settings: Settings, author: Account, status: Status, boosted: str) -> dict[str, Any]:
    """A boost of the post at the address `boosted`."""
    addressed = audience(settings, author, status.visibility, ())
    uri = status_uri(settings, author, status.id, status.uri)
    return _activity(settings, author, "Announce", f"{uri}/activity", status, addressed, boosted)


def _activity(
    settings: Settings,
    author: Account,
    kind: str,
    id: str,
    status: Status,
    addressed: tuple[list[str], list[str]],
    of: Any,
) -> dict[str, Any]:
    to, cc = addressed
    made = {"id": id, "type": kind, "actor": actor_uri(settings, author), "published": iso(status.created_at)}
    return {**made, "to": to, "cc": cc, "object": of}


def audience(
    settings: Settings, author: Account, visibility: Visibility, named: Iterable[Account]
) -> tuple[list[str], list[str]]:
    """(to, cc): who is addressed, first of all and besides."""
    people = [actor_uri(settings, each) for each in named]
    followers = f"{actor_uri(settings, author)}/followers"
    if visibility is Visibility.PUBLIC:
        return [EVERYONE], [followers, *people]
    if visibility is Visibility.UNLISTED:
        return [followers], [EVERYONE, *people]
    return ([followers], people) if visibility is Visibility.PRIVATE else (people, [])


def html_of(settings: Settings, status: Status, named: Sequence[Account]) -> str:
    if status.content is not None:
        return sanitise(status.content)
    known = {(each.username.lower(), each.domain): each for each in named}

    def target(found: FoundMention) -> tuple[str, str] | None:
        domain = (found.domain or "").lower()
        account = known.get((found.username.lower(), "" if domain == settings.domain.lower() else domain))
        return (f"{settings.public_origin}/@{account.acct}", account.acct) if account else None

    return to_html(status.text, entities(status.text), target, lambda tag: tag_url(settings, tag))


def _mention(settings: Settings, account: Account) -> dict[str, str]:
    name = f"@{account.username}@{account.domain or settings.domain}"
    return {"type": "Mention", "href": actor_uri(settings, account), "name": name}


def _hashtags(settings: Settings, status: Status) -> list[dict[str, str]]:
    found = {hashtag_name(tag.name): tag for tag in entities(status.text).hashtags}
    return [{"type": "Hashtag", "href": tag_url(settings, tag), "name": f"#{name}"} for name, tag in found.items()]

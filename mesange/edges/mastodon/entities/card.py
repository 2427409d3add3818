"""PreviewCard: a page elsewhere as it presents itself, or a post of this server that is linked."""

from typing import Any
from urllib.parse import urlsplit

from mesange.core.accounts.model import Account
from mesange.core.cards.model import PreviewCard
from mesange.core.statuses.model import Status
from mesange.edges.mastodon.entities.account import image_url, profile_url
from mesange.kit.clock import iso
from mesange.kit.settings import Settings
from mesange.kit.text import excerpt

SIGNS_QUOTED = 500
EMPTY: dict[str, Any] = {
    "language": None,
    "type": "link",
    "author_name": "",
    "author_url": "",
    "provider_name": "",
    "provider_url": "",
    "html": "",
    "width": 0,
    "height": 0,
    "image": None,
    "image_description": "",
    "embed_url": "",
    "blurhash": None,
    "published_at": None,
    "authors": [],
    "missing_attribution": None,
}
"""`html` and `embed_url` stay empty: remote HTML is never handed on."""


def page_card(settings: Settings, card: PreviewCard) -> dict[str, Any]:
    address = urlsplit(card.url)
    author = {"name": card.author_name, "url": card.author_url, "account": None}
    return EMPTY | {
        "url": card.url,
        "title": card.title,
        "description": card.description,
        "language": card.language or None,
        "type": card.kind.value,
        "author_name": card.author_name,
        "author_url": card.author_url,
        "provider_name": card.provider_name or address.hostname,
        "provider_url": f"{address.scheme}://{address.netloc}/",
        "width": card.width,
        "height": card.height,
        "image": image_url(settings, card.image, "") if card.image else None,
        "image_description": card.image_description,
        "blurhash": card.blurhash or None,
        "published_at": iso(card.published_at) if card.published_at else None,
        "authors": [author] if card.author_name else [],
    }


def quote_card(settings: Settings, status: Status, author: Account) -> dict[str, Any]:
    """Who said it is the title; behind a warning, only the warning is told."""
    name = author.display_name or author.username
    return EMPTY | {
        "url": f"{profile_url(settings, author)}/{status.id}",
        "title": f"{name} (@{author.acct})",
        "description": excerpt(status.spoiler_text or status.text, SIGNS_QUOTED),
        "language": status.language or None,
        "author_name": name,
        "author_url": profile_url(settings, author),
        "provider_name": settings.title,
        "provider_url": f"{settings.public_origin}/",
        "published_at": iso(status.created_at),
        "authors": [{"name": name, "url": profile_url(settings, author), "account": None}],
    }

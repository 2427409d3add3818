"""What this server is: instance v1 and v2, custom emojis, preferences, and the documents under /.well-known."""

from html import escape
from typing import Any

import msgspec

from mesange import __version__
from mesange.core.accounts.model import MOST_DISPLAY_NAME, MOST_FIELD, MOST_FIELDS, MOST_NOTE
from mesange.core.accounts.queries import count_people, find_account_by_acct, get_account
from mesange.core.emojis.queries import known_emojis
from mesange.core.media.model import MOST_ATTACHED, MOST_DESCRIPTION
from mesange.core.statuses.model import LONGEST_POLL, MOST_OPTION_SIGNS, MOST_OPTIONS, MOST_PINS, SHORTEST_POLL
from mesange.core.statuses.queries import count_statuses
from mesange.core.upkeep.queries import banner_of, logo_of, site_pictures
from mesange.edges.mastodon.entities.account import accounts_bytes
from mesange.edges.mastodon.entities.emoji import emoji_entities
from mesange.edges.mastodon.oauth import metadata
from mesange.edges.mastodon.site import rule_entities
from mesange.front.api import CORS, Api, Call, Who, json_error
from mesange.kit.clock import DAY
from mesange.kit.images import IMAGE_TYPES, MOST_PICTURE_BYTES, MOST_PIXELS
from mesange.kit.recordings import (
    MOST_FRAME_PIXELS,
    MOST_FRAMES_PER_SECOND,
    MOST_RECORDING_BYTES,
    RECORDING_TYPES,
)
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import SIGNS_PER_LINK
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, json_response
from mesange.kit.web.router import Route
from mesange.kit.webpush import server_keys

api = Api()
VERSION = f"4.2.0 (compatible; Mésange {__version__})"
API_VERSION = 1  # Clients ask for grouped notifications from 2 on.
MONTH = 30 * DAY


@api.get("/api/v1/instance", who=Who.ANYONE, kept=True)
async def show_instance_v1(call: Call) -> Response:
    settings = call.server.settings
    people, _ = await count_people(call.server.db, call.server.clock.now() - MONTH)
    return json_response(
        {
            "uri": settings.domain,
            "title": settings.title,
            "short_description": settings.description,
            "description": settings.description,
            "email": settings.contact_email,
            "version": VERSION,
            "urls": {"streaming_api": settings.streaming_origin},
            "stats": {
                "user_count": people,
                "status_count": await count_statuses(call.server.db),
                "domain_count": 0,
            },
            "thumbnail": settings.public_origin + await banner_of(call.server),
            "languages": list(settings.languages),
            "registrations": settings.takes_newcomers,
            "approval_required": _needs_approval(settings),
            "invites_enabled": settings.registrations != "closed" and settings.invitations_by == "everyone",
            "configuration": _configuration(settings),
            "contact_account": await _contact(call.server),
            "rules": await rule_entities(call.server),
            "max_toot_chars": settings.max_signs,
        }
    )


@api.get("/api/v2/instance", who=Who.ANYONE, kept=True)
async def show_instance_v2(call: Call) -> Response:
    settings = call.server.settings
    _, active = await count_people(call.server.db, call.server.clock.now() - MONTH)
    return json_response(
        {
            "domain": settings.domain,
            "title": settings.title,
            "version": VERSION,
            "source_url": settings.source_url or f"{settings.origin}/about",
            "description": settings.description,
            "usage": {"users": {"active_month": active}},
            "thumbnail": {
                "url": settings.public_origin + await banner_of(call.server),
                "blurhash": None,
                "versions": {},
                "description": None,
            },
            "icon": await _icons(call.server),
            "languages": list(settings.languages),
            "configuration": _configuration(settings) | _configuration_v2(settings),
            "registrations": {
                "enabled": settings.takes_newcomers and settings.client_registrations != "closed",
                "approval_required": _needs_approval(settings),
                "reason_required": settings.registrations == "approval",
                "message": _html(settings.registrations_message),
                "min_age": settings.min_age or None,
                "url": None,
            },
            "api_versions": {"mastodon": API_VERSION},
            "contact": {"email": settings.contact_email, "account": await _contact(call.server)},
            "rules": await rule_entities(call.server),
        }
    )


def _needs_approval(settings: Settings) -> bool:
    """Whether staff looks at a sign-up that comes through a client."""
    return settings.registrations == "approval" or settings.client_registrations == "approval"


def _html(message: str) -> str | None:
    """The message as the HTML that clients expect; None where there is none."""
    return f"<p>{escape(message)}</p>" if message else None


async def _contact(server: Server) -> Any:
    """The account of the people who keep this server, if they named one."""
    name = server.settings.contact_account
    account = await find_account_by_acct(server, name) if name else None
    if account is None or account.is_hidden:
        return None
    return msgspec.Raw((await accounts_bytes(server, [account.id]))[account.id])


async def _icons(server: Server) -> list[dict[str, str]]:
    """The logo, where this place has one of its own."""
    if "logo" not in await site_pictures(server):
        return []
    return [{"src": server.settings.public_origin + await logo_of(server), "size": "400x400"}]


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "accounts": {
            "max_featured_tags": 0,
            "max_pinned_statuses": MOST_PINS,
            "max_profile_fields": MOST_FIELDS,
            "max_note_length": MOST_NOTE,
            "max_display_name_length": MOST_DISPLAY_NAME,
            "max_avatar_description_length": 0,
            "max_header_description_length": 0,
            "profile_field_name_limit": MOST_FIELD,
            "profile_field_value_limit": MOST_FIELD,
        },
        "statuses": {
            "max_characters": settings.max_signs,
            "max_media_attachments": MOST_ATTACHED,
            "characters_reserved_per_url": SIGNS_PER_LINK,
        },
        "media_attachments": {
            "supported_mime_types": [*IMAGE_TYPES, *(RECORDING_TYPES if settings.videos == "on" else ())],
            "description_limit": MOST_DESCRIPTION,
            "image_size_limit": MOST_PICTURE_BYTES,
            "image_matrix_limit": MOST_PIXELS,
            "video_size_limit": MOST_RECORDING_BYTES,
            "video_frame_rate_limit": MOST_FRAMES_PER_SECOND,
            "video_matrix_limit": MOST_FRAME_PIXELS,
        },
        "polls": {
            "max_options": MOST_OPTIONS,
            "max_characters_per_option": MOST_OPTION_SIGNS,
            "min_expiration": SHORTEST_POLL,
            "max_expiration": LONGEST_POLL,
        },
    }


def _configuration_v2(settings: Settings) -> dict[str, Any]:
    open_to_all = {"local": "public", "remote": "disabled"}
    return {
        "urls": {
            "streaming": settings.streaming_origin,
            "status": None,
            "about": f"{settings.public_origin}/about",
            "privacy_policy": f"{settings.public_origin}/privacy",
            "terms_of_service": f"{settings.public_origin}/terms",
        },
        "vapid": {"public_key": server_keys(settings).public},
        "translation": {"enabled": False},
        "timelines_access": {
            "live_feeds": open_to_all,
            "hashtag_feeds": open_to_all,
            "trending_link_feeds": {"local": "disabled", "remote": "disabled"},
        },
        "limited_federation": True,
    }


@api.get("/api/v1/custom_emojis", who=Who.ANYONE)
async def list_custom_emojis(call: Call) -> Response:
    return json_response(emoji_entities(call.server.settings, (await known_emojis(call.server)).values()))


@api.get("/api/v1/preferences", scope="read:accounts")
async def show_preferences(call: Call) -> Response:
    account = await get_account(call.server, call.viewer.account_id)
    return json_response(
        {
            "posting:default:visibility": account.default_visibility,
            "posting:default:sensitive": account.default_sensitive,
            "posting:default:language": account.default_language or None,
            "posting:default:quote_policy": "nobody",
            "reading:expand:media": "default",
            "reading:expand:spoilers": False,
            "reading:autoplay:gifs": False,
        }
    )


async def oauth_metadata(server: Server, request: Request) -> Response:
    headers = [*CORS[:1], (b"cache-control", b"public, max-age=300")]
    return Response(json_response(metadata(server.settings)).body, headers=headers)


ROUTES = [
    *api.routes,
    Route("GET", "/.well-known/oauth-authorization-server", oauth_metadata, json_error),
]

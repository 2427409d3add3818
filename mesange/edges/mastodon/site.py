"""What this place says of itself: its rules, its texts, the servers it keeps away."""

import hashlib
from typing import Any

from mesange.core.moderation.model import Rule, Severity, SiteTextName, obfuscated
from mesange.core.moderation.queries import list_domain_blocks, list_rules, read_site_text
from mesange.front.api import Api, Call, Who
from mesange.kit.clock import iso, iso_date
from mesange.kit.server import Server
from mesange.kit.text import prose_html
from mesange.kit.web.response import Response, json_response

api = Api()


def first_language(server: Server) -> str:
    """Of the languages of this place, the first that our texts exist in."""
    return next((language for language in server.settings.languages if language in ("fr", "en")), "en")


async def rule_entities(server: Server) -> list[dict[str, Any]]:
    language = first_language(server)
    return [_rule(rule, language) for rule in await list_rules(server.db)]


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "id": str(rule.id),
        "text": rule.text_in(language),
        "hint": rule.hint_in(language),
        "translations": {
            code: {"text": rule.text_in(code), "hint": rule.hint_in(code)}
            for code, text in (("en", rule.text_en), ("fr", rule.text_fr))
            if text and code != language
        },
    }


@api.get("/api/v1/instance/rules", who=Who.ANYONE, kept=True)
async def show_rules(call: Call) -> Response:
    return json_response(await rule_entities(call.server))


@api.get("/api/v1/instance/extended_description", who=Who.ANYONE, kept=True)
async def show_extended_description(call: Call) -> Response:
    text = await read_site_text(call.server, SiteTextName.ABOUT, first_language(call.server))
    content = prose_html(text.body or call.server.settings.description)
    return json_response({"updated_at": iso(text.updated_at), "content": content})


@api.get("/api/v1/instance/privacy_policy", who=Who.ANYONE, kept=True)
async def show_privacy_policy(call: Call) -> Response:
    text = await read_site_text(call.server, SiteTextName.PRIVACY, first_language(call.server))
    return json_response({"updated_at": iso(text.updated_at), "content": prose_html(text.body)})


@api.get("/api/v1/instance/terms_of_service", who=Who.ANYONE, kept=True)
async def show_terms(call: Call) -> Response:
    text = await read_site_text(call.server, SiteTextName.TERMS, first_language(call.server))
    body: dict[str, Any] = {
        "effective_date": iso_date(text.updated_at),
        "effective": True,
        "content": prose_html(text.body),
        "succeeded_by": None,
    }
    return json_response(body)


@api.get("/api/v1/instance/domain_blocks", who=Who.ANYONE, kept=True)
async def show_domain_blocks(call: Call) -> Response:
    """Mastodon's form: what an obfuscated name stands for can be checked by its digest, not read."""
    return json_response(
        [
            {
                "domain": obfuscated(block.domain) if block.is_obfuscated else block.domain,
                "digest": hashlib.sha256(block.domain.encode()).hexdigest(),
                "severity": block.severity.value,
                "comment": block.public_comment,
            }
            for block in await list_domain_blocks(call.server.db)
            if block.severity is not Severity.NOOP
        ]
    )


ROUTES = api.routes

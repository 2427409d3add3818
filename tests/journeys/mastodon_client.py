"""Mastodon.py of one person, its every JSON answer held against the published schema."""

from collections.abc import Callable
from typing import Any

import requests
from mastodon import Mastodon  # pyright: ignore[reportMissingTypeStubs]

from tests.journeys.openapi import Contract
from tests.journeys.people import Person, eventually
from tests.journeys.signing_in import consent_out_of_band

Hook = Callable[..., None]
SCOPES = ["read", "write", "follow", "push"]


def logged_in(person: Person, contract: Contract | None, *hooks: Hook) -> Any:
    """Register, consent on the web, trade the code: as the library's manual says. `hooks` see every answer."""
    origin = person.server.origin
    session = requests.Session()
    if contract is not None:
        hooks += (contract.on_response,)
    session.hooks["response"].extend(hooks)  # pyright: ignore[reportUnknownMemberType]
    keys = Mastodon.create_app("Journey", SCOPES, api_base_url=origin, session=session)
    client: Any = Mastodon(*keys, api_base_url=origin, session=session, ratelimit_method="throw")
    address = client.auth_request_url(scopes=SCOPES, allow_http=True)
    code = consent_out_of_band(person, address)
    client.log_in(code=code, scopes=SCOPES, allow_http=True)
    return client


def posted_media(client: Any, file: Any, media_type: str, **more: Any) -> Any:
    """The file's entity once it is ready; the library's own wait for it is five seconds long."""
    made = client.media_post(file, media_type, **more)
    return eventually(lambda: client.media(made.id), lambda seen: seen.url)


def ids(entities: Any) -> list[str]:
    return [str(entity["id"]) for entity in entities]

"""Mastodon.py of one person, its every JSON answer held against the published schema."""

from typing import Any

import requests
from mastodon import Mastodon  # pyright: ignore[reportMissingTypeStubs]

from tests.journeys.openapi import Contract
from tests.journeys.people import Person
from tests.journeys.signing_in import consent_out_of_band

SCOPES = ["read", "write", "follow", "push"]


def logged_in(person: Person, contract: Contract | None) -> Any:
    """Register, consent on the web, trade the code: as the library's manual says."""
    origin = person.server.origin
    session = requests.Session()
    if contract is not None:
        session.hooks["response"].append(contract.on_response)  # pyright: ignore[reportUnknownMemberType]
    keys = Mastodon.create_app("Journey", SCOPES, api_base_url=origin, session=session)
    client: Any = Mastodon(*keys, api_base_url=origin, session=session, ratelimit_method="throw")
    address = client.auth_request_url(scopes=SCOPES, allow_http=True)
    code = consent_out_of_band(person, address)
    client.log_in(code=code, scopes=SCOPES, allow_http=True)
    return client

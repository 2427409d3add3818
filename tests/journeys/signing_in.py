"""OAuth as a client lives it: register, let the person consent on the web, trade the code."""

import re
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.journeys.people import Json, Person
from tests.journeys.visitor import Visitor
from tests.server import PATIENCE

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


def register_client(origin: str, **fields: Any) -> Json:
    """POST /api/v1/apps with sensible values where none is given."""
    usual = {"client_name": "Journey", "redirect_uris": OUT_OF_BAND, "scopes": "read write follow"}
    answer = httpx.post(f"{origin}/api/v1/apps", json=usual | fields, timeout=PATIENCE)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def authorize_path(client: Json, **more: str) -> str:
    usual = {"response_type": "code", "client_id": client["client_id"]}
    usual |= {"redirect_uri": OUT_OF_BAND, "scope": "read write follow"}
    return "/oauth/authorize?" + urlencode(usual | more)


def consent_out_of_band(person: Person, url: str) -> str:
    """Sign in, agree on the consent page, read the code it shows."""
    visitor = Visitor(person.server.origin)
    visitor.sign_in(person, url)
    visitor.submit(visitor.form("client_id"))
    for shown in visitor.soup.select(".code, code, output"):
        code = shown.get_text().strip()
        if re.fullmatch(r"[\w-]{20,}", code):
            return code
    raise AssertionError(f"no code on the page: {visitor.text}")


def trade_code(origin: str, client: Json, code: str, **more: str) -> httpx.Response:
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": OUT_OF_BAND}
    fields |= {"client_id": client["client_id"], "client_secret": client["client_secret"]}
    return httpx.post(f"{origin}/oauth/token", data=fields | more, timeout=PATIENCE)


def token_for(person: Person, client: Json, scope: str = "read write follow") -> str:
    """A fresh access token of this client for this person, by the whole flow."""
    origin = person.server.origin
    code = consent_out_of_band(person, authorize_path(client, scope=scope))
    answer = trade_code(origin, client, code)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def application_token(origin: str, client: Json, scope: str = "read write") -> str:
    """A token of the client itself, without a person behind it."""
    fields = {"grant_type": "client_credentials", "scope": scope}
    fields |= {"client_id": client["client_id"], "client_secret": client["client_secret"]}
    answer = httpx.post(f"{origin}/oauth/token", data=fields, timeout=PATIENCE)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])

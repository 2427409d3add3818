"""OAuth 2: registering clients, tokens, revoking, what a client is (RFC 6749, 7009, 7636; metadata RFC 8414)."""

import base64
import binascii
from urllib.parse import unquote

import msgspec

from mesange.core.accounts.actions.clients import (
    Registration,
    exchange_code,
    grant_client_token,
    register_client,
    revoke_token,
)
from mesange.core.accounts.model import AccessToken, OAuthClient
from mesange.core.accounts.model.scopes import ALL_SCOPES, DEFAULT_SCOPES, are_known, are_within
from mesange.core.accounts.queries import find_client, find_client_by_row
from mesange.front.api import CORS, Api, Call, Who
from mesange.front.limits import CLIENTS
from mesange.kit.errors import BadRequest, Invalid, MesangeError, NotFound, Unauthorized
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import clean_name
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, json_response
from mesange.kit.web.router import Route
from mesange.kit.webpush import server_keys

api = Api()
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
MOST_NAME, MOST_URI, MOST_URIS = 60, 2_000, 20
FORBIDDEN_SCHEMES = ("javascript", "data", "vbscript", "file", "blob", "about")


class NewClient(msgspec.Struct):
    client_name: str = ""
    redirect_uris: str | list[str] = ""
    scopes: str | list[str] = DEFAULT_SCOPES
    website: str | None = None


@api.post("/api/v1/apps", who=Who.ANYONE, limit=CLIENTS)
async def create_app(call: Call) -> Response:
    given = await call.read(NewClient)
    name = clean_name(given.client_name)
    if not name:
        raise Invalid("Validation failed: Application name can't be blank", field="client_name")
    scopes = " ".join(given.scopes) if isinstance(given.scopes, list) else given.scopes or DEFAULT_SCOPES
    if not are_known(scopes):
        raise Invalid("Validation failed: Scopes doesn't match configured on the server.", field="scopes")
    registration = Registration(
        name[:MOST_NAME], _redirect_uris(given.redirect_uris), " ".join(scopes.split()), _website(given.website)
    )
    client, secret = await register_client(call.server, registration)
    body = _application(client) | {
        "client_id": client.client_id,
        "client_secret": secret,
        "client_secret_expires_at": 0,
        "vapid_key": server_keys(call.server.settings).public,
    }
    return json_response(body)


def _redirect_uris(given: str | list[str]) -> list[str]:
    """Absolute addresses of any scheme that runs nothing; custom schemes are how phone clients are called back."""
    uris = given if isinstance(given, list) else given.split()
    if not uris or len(uris) > MOST_URIS:
        raise Invalid("Validation failed: Redirect URI can't be blank", field="redirect_uris")
    for uri in uris:
        scheme, colon, rest = uri.partition(":")
        if not colon or not rest or len(uri) > MOST_URI or scheme.lower() in FORBIDDEN_SCHEMES or uri.split() != [uri]:
            raise Invalid("Validation failed: Redirect URI must be an absolute URI.", field="redirect_uris")
    return uris


def _website(website: str | None) -> str:
    website = (website or "").strip()
    if website and (not website.startswith(("https://", "http://")) or len(website) > MOST_URI):
        raise Invalid("Validation failed: Website must be a valid URL", field="website")
    return website


def _application(client: OAuthClient) -> dict[str, object]:
    uris = client.redirect_uris.split()
    return {
        "id": str(client.id),
        "name": client.name,
        "website": client.website or None,
        "scopes": client.scopes.split(),
        "redirect_uri": "\n".join(uris),
        "redirect_uris": uris,
    }


@api.get("/api/v1/apps/verify_credentials", who=Who.CLIENT)
async def verify_app(call: Call) -> Response:
    client = await find_client_by_row(call.server.db, call.viewer.client_id)
    if client is None:
        raise NotFound()
    return json_response(_application(client) | {"vapid_key": server_keys(call.server.settings).public})


class TokenRequest(msgspec.Struct):
    grant_type: str = ""
    client_id: str = ""
    client_secret: str = ""
    code: str = ""
    redirect_uri: str = ""
    code_verifier: str = ""
    scope: str = ""
    token: str = ""


class OAuthError(BadRequest):
    """An error of RFC 6749, 5.2: `code` is its `error`, the text its `error_description`."""

    code = "invalid_request"


class InvalidClient(OAuthError):
    http_status = 401
    code = "invalid_client"
    public_text = (
        "Client authentication failed due to unknown client, no client authentication included, or unsupported "
        "authentication method."
    )


async def create_token(server: Server, request: Request) -> Response:
    given = await request.read(TokenRequest)
    client = await _authenticated_client(server, request, given)
    if given.grant_type == "authorization_code":
        token, secret = await exchange_code(server, client, given.code, given.redirect_uri, given.code_verifier)
    elif given.grant_type == "client_credentials":
        scopes = given.scope or DEFAULT_SCOPES
        if not are_known(scopes) or not are_within(scopes, client.scopes):
            raise OAuthError("The requested scope is invalid, unknown, or malformed.", code="invalid_scope")
        token, secret = await grant_client_token(server, client, scopes)
    else:
        raise OAuthError("The grant type is not supported by this server.", code="unsupported_grant_type")
    return _open(json_response(_token(token, secret)))


def _token(token: AccessToken, secret: str) -> dict[str, object]:
    return {
        "access_token": secret,
        "token_type": "Bearer",
        "scope": token.scopes,
        "created_at": token.created_at // 1000,
    }


async def delete_token(server: Server, request: Request) -> Response:
    given = await request.read(TokenRequest)
    client = await _authenticated_client(server, request, given)
    await revoke_token(server, client, given.token)
    return _open(json_response({}))


async def _authenticated_client(server: Server, request: Request, given: TokenRequest) -> OAuthClient:
    """client_secret_post or client_secret_basic. Raises InvalidClient."""
    client_id, secret = _basic_credentials(request) or (given.client_id, given.client_secret)
    client = await find_client(server.db, client_id)
    if client is None or client.secret_hash != secret_hash(secret):
        raise InvalidClient()
    return client


def _basic_credentials(request: Request) -> tuple[str, str] | None:
    kind, _, encoded = request.header(b"authorization").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise InvalidClient() from None
    return unquote(name), unquote(secret)


def _open(response: Response) -> Response:
    response.headers += [*CORS[:1], (b"cache-control", b"no-store"), (b"pragma", b"no-cache")]
    return response


async def oauth_error(server: Server, request: Request, error: MesangeError) -> Response:
    code = error.code if isinstance(error, OAuthError | BadRequest | Unauthorized) or error.http_status == 403 else None
    body = {"error": code or "invalid_request", "error_description": error.public_text}
    return _open(json_response(body, error.http_status))


def metadata(settings: Settings) -> dict[str, object]:
    """RFC 8414."""
    origin = settings.public_origin
    return {
        "issuer": f"{origin}/",
        "authorization_endpoint": f"{origin}/oauth/authorize",
        "token_endpoint": f"{origin}/oauth/token",
        "app_registration_endpoint": f"{origin}/api/v1/apps",
        "revocation_endpoint": f"{origin}/oauth/revoke",
        "scopes_supported": list(ALL_SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "service_documentation": "https://docs.joinmastodon.org/",
    }


ROUTES = [
    *api.routes,
    Route("POST", "/oauth/token", create_token, oauth_error),
    Route("POST", "/oauth/revoke", delete_token, oauth_error),
]

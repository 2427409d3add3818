"""Writes of OAuth: registering clients, granting codes, changing codes into tokens, revoking (RFC 6749, 7636, 7009)."""

import base64
import hashlib
from typing import NamedTuple

from mesange.core.accounts.model import (
    CODE_LIFE,
    AccessToken,
    Account,
    AuthorizationCode,
    OAuthClient,
    User,
    Viewer,
)
from mesange.core.accounts.queries import find_code, may_act_as
from mesange.core.accounts.tables import access_tokens, authorization_codes, oauth_clients
from mesange.events.accounts import AccessRevoked
from mesange.kit.errors import BadRequest, Forbidden, NotFound
from mesange.kit.secrets import new_secret, secret_hash
from mesange.kit.server import Server


class InvalidGrant(BadRequest):
    code = "invalid_grant"
    public_text = (
        "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in "
        "the authorization request, or was issued to another client."
    )


class Registration(NamedTuple):
    name: str
    redirect_uris: list[str]
    scopes: str
    website: str = ""


async def register_client(server: Server, given: Registration) -> tuple[OAuthClient, str]:
    """A new client and its secret, which is shown this once."""
    secret = new_secret()
    client = OAuthClient(
        id=server.ids.next(),
        client_id=new_secret(),
        secret_hash=secret_hash(secret),
        name=given.name,
        website=given.website,
        redirect_uris=" ".join(given.redirect_uris),
        scopes=given.scopes,
        created_at=server.clock.now(),
    )
    async with server.db.transaction() as tx:
        await tx.insert(oauth_clients, client)
    return client, secret


class Grant(NamedTuple):
    """What the person agreed to on the consent page."""

    client: OAuthClient
    account: Account
    scopes: str
    redirect_uri: str
    challenge: str = ""


async def grant_code(server: Server, user_id: int, grant: Grant) -> str:
    """A code for one of the user's accounts, good for ten minutes and once. Raises Forbidden for another's account."""
    if not await may_act_as(server.db, user_id, grant.account):
        raise Forbidden()
    code = new_secret()
    row = AuthorizationCode(
        code_hash=secret_hash(code),
        client_id=grant.client.id,
        user_id=user_id,
        account_id=grant.account.id,
        scopes=grant.scopes,
        redirect_uri=grant.redirect_uri,
        challenge=grant.challenge,
        expires_at=server.clock.now() + CODE_LIFE,
    )
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM authorization_codes WHERE expires_at < ?", server.clock.now())
        await tx.insert(authorization_codes, row)
    return code


async def exchange_code(
    server: Server, client: OAuthClient, code: str, redirect_uri: str, verifier: str
) -> tuple[AccessToken, str]:
    """Change a code into a token, once. Raises InvalidGrant."""
    found = await find_code(server.db, code)
    if found is None or not _is_good(found, client, redirect_uri, verifier, server.clock.now()):
        raise InvalidGrant()
    token, secret = _token(server, client.id, found.scopes, found.user_id, found.account_id)
    async with server.db.transaction() as tx:
        if not await tx.execute("DELETE FROM authorization_codes WHERE code_hash = ?", found.code_hash):
            raise InvalidGrant()
        await tx.insert(access_tokens, token)
    return token, secret


async def grant_client_token(server: Server, client: OAuthClient, scopes: str) -> tuple[AccessToken, str]:
    """A token for the client itself: it may register people and read what is public."""
    token, secret = _token(server, client.id, scopes, None, None)
    async with server.db.transaction() as tx:
        await tx.insert(access_tokens, token)
    return token, secret


async def create_token(
    server: Server, client: OAuthClient, user: User, account: Account, scopes: str, *, is_unlimited: bool = False
) -> str:
    """A token given without the consent page: by the administrator, or after a sign-up through the client."""
    token, secret = _token(server, client.id, scopes, user.id, account.id, is_unlimited=is_unlimited)
    async with server.db.transaction() as tx:
        await tx.insert(access_tokens, token)
    return secret


async def note_used(server: Server, token_id: int) -> None:
    """The list of applications says when each acted last."""
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE access_tokens SET used_at = ? WHERE id = ?", server.clock.now(), token_id)


async def revoke_token(server: Server, client: OAuthClient, secret: str) -> None:
    """End a token of this client; an unknown one is fine. Raises Forbidden for another client's (RFC 7009)."""
    row = await server.db.row(
        "SELECT id, client_id, coalesce(user_id, 0) FROM access_tokens WHERE token_hash = ?", secret_hash(secret)
    )
    if row is None:
        return
    token_id, client_id, user_id = row
    if client_id != client.id:
        raise Forbidden("You are not authorized to revoke this token", code="unauthorized_client")
    await _end_token(server, token_id, user_id)


async def revoke_own_token(server: Server, viewer: Viewer, token_id: int) -> None:
    """Take access back from a client. Raises NotFound for another user's token."""
    owner = await server.db.value("SELECT user_id FROM access_tokens WHERE id = ?", token_id)
    if owner != viewer.user_id:
        raise NotFound()
    await _end_token(server, token_id, viewer.user_id)


async def _end_token(server: Server, token_id: int, user_id: int) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM access_tokens WHERE id = ?", token_id)
        tx.emit(AccessRevoked(user_id=user_id, token_ids=(token_id,)))


def _token(
    server: Server,
    client_id: int,
    scopes: str,
    user_id: int | None,
    account_id: int | None,
    *,
    is_unlimited: bool = False,
) -> tuple[AccessToken, str]:
    secret = new_secret()
    token = AccessToken(
        id=server.ids.next(),
        token_hash=secret_hash(secret),
        client_id=client_id,
        scopes=scopes,
        created_at=server.clock.now(),
        user_id=user_id,
        account_id=account_id,
        is_unlimited=is_unlimited,
    )
    return token, secret


def _is_good(code: AuthorizationCode, client: OAuthClient, redirect_uri: str, verifier: str, now: int) -> bool:
    return (
        code.client_id == client.id
        and code.redirect_uri == redirect_uri
        and code.expires_at > now
        and (not code.challenge or code.challenge == _challenge_of(verifier))
    )


def _challenge_of(verifier: str) -> str:
    """S256 of RFC 7636, 4.2; the plain method is not offered."""
    digest = hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

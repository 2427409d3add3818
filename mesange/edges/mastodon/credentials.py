"""One's own account: sign-up through a client, profile, portrait."""

import msgspec

from mesange.core.accounts.actions.accounts import ProfileChange
from mesange.core.accounts.actions.clients import create_token
from mesange.core.accounts.actions.sign_ups import ClosedHere, sign_up
from mesange.core.accounts.actions.users import new_address, send_confirmation
from mesange.core.accounts.model import Account, Hindrance
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import (
    find_client_by_row,
    find_user,
    get_account,
)
from mesange.core.follows.queries import (
    list_follow_requests,
)
from mesange.core.media.actions.portraits import change_profile_and_portraits
from mesange.core.moderation.queries import check_may_sign_up
from mesange.edges.mastodon.entities.account import own_account
from mesange.front.api import Api, Call, Who
from mesange.front.limits import CONFIRMATIONS, SIGN_UPS
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.images import ImageKind
from mesange.kit.paging import Page
from mesange.kit.web.parameters import Upload
from mesange.kit.web.request import shaped
from mesange.kit.web.response import Response, json_response

api = Api()


class NewAccount(msgspec.Struct):
    username: str = ""
    email: str = ""
    password: str = ""
    agreement: bool = False
    locale: str = "en"
    reason: str = ""
    date_of_birth: str = ""
    invite_code: str = ""


@api.post("/api/v1/accounts", "write:accounts", Who.CLIENT, limit=SIGN_UPS)
async def create_account(call: Call) -> Response:
    """Sign-up through a client: its token works once the mail address is confirmed and, where asked, staff accepts."""
    given = await call.read(NewAccount)
    if call.server.settings.client_registrations == "closed":
        raise ClosedHere()
    if not given.agreement:
        raise Invalid("Validation failed: Service agreement must be accepted", field="agreement", code="ERR_ACCEPTED")
    client = await find_client_by_row(call.server.db, call.viewer.client_id)
    if client is None:
        raise NotFound()
    newcomer = SignUp(
        username=given.username,
        email=given.email,
        password=given.password,
        locale=given.locale[:2],
        reason=given.reason,
        invitation=given.invite_code,
        birth_date=given.date_of_birth,
    )
    is_proven = call.server.settings.client_registrations == "open"
    await check_may_sign_up(call.server.db, given.username, given.email, call.request.client_address)
    user, account = await sign_up(call.server, newcomer, is_proven=is_proven)
    scopes = " ".join(sorted(call.viewer.scopes))
    secret = await create_token(call.server, client, user, account, scopes)
    created_at = call.server.clock.now() // 1000
    return json_response({"access_token": secret, "token_type": "Bearer", "scope": scopes, "created_at": created_at})


class NewAddress(msgspec.Struct):
    email: str = ""


@api.post("/api/v1/emails/confirmations", "write:accounts", Who.NEWCOMER, limit=CONFIRMATIONS)
async def resend_confirmation(call: Call) -> Response:
    """Send the confirmation again, to another address if one is given."""
    if call.viewer.hindrance is not Hindrance.UNCONFIRMED:
        raise Forbidden("This method is only available while the e-mail is awaiting confirmation")
    user = await find_user(call.server.db, call.viewer.user_id)
    if user is None:
        raise NotFound()
    if email := (await call.read(NewAddress)).email:
        user = await new_address(call.server, user, email)
    await send_confirmation(call.server, user)
    return json_response({})


@api.get("/api/v1/emails/check_confirmation", "read:accounts", Who.NEWCOMER)
async def check_confirmation(call: Call) -> Response:
    return json_response(call.viewer.hindrance is not Hindrance.UNCONFIRMED)


@api.get("/api/v1/accounts/verify_credentials", "profile")
async def verify_credentials(call: Call) -> Response:
    return await _own(call, await get_account(call.server, call.viewer.account_id))


async def _own(call: Call, account: Account) -> Response:
    user = await find_user(call.server.db, call.viewer.user_id)
    waiting = await list_follow_requests(call.server.db, account.id, Page(limit=100))
    return Response(await own_account(call.server, account, user, len(waiting)))


class Source(msgspec.Struct):
    privacy: str | None = None
    sensitive: bool | None = None
    language: str | None = None


class Credentials(msgspec.Struct):
    display_name: str | None = None
    note: str | None = None
    locked: bool | None = None
    bot: bool | None = None
    discoverable: bool | None = None
    indexable: bool | None = None
    source: Source | None = None
    fields_attributes: list[dict[str, str]] | dict[str, dict[str, str]] | None = None


@api.put("/api/v1/accounts/update_credentials", "write:accounts")
async def update_credentials(call: Call) -> Response:
    values = await call.request.parameters()
    images = {kind: value.content for kind in ImageKind if isinstance(value := values.get(kind.value), Upload)}
    given = shaped({name: value for name, value in values.items() if name not in ("avatar", "header")}, Credentials)
    source = given.source or Source()
    change = ProfileChange(
        display_name=given.display_name,
        note=given.note,
        fields=_fields(given.fields_attributes),
        is_locked=given.locked,
        is_bot=given.bot,
        is_discoverable=given.discoverable,
        is_indexable=given.indexable,
        default_visibility=source.privacy,
        default_sensitive=source.sensitive,
        default_language=source.language,
    )
    return await _own(call, await change_profile_and_portraits(call.server, call.viewer, change, images))


def _fields(given: list[dict[str, str]] | dict[str, dict[str, str]] | None) -> list[tuple[str, str]] | None:
    if given is None:
        return None
    rows = given if isinstance(given, list) else list(given.values())
    return [(row.get("name", ""), row.get("value", "")) for row in rows]


ROUTES = api.routes

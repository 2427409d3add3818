"""Writes of passkeys (WebAuthn level 2): adding one, signing in with one, noticing a copy."""

import msgspec

from mesange.core.accounts.actions.challenges import close_challenge, count_attempt, open_challenge
from mesange.core.accounts.actions.letters import send_letter
from mesange.core.accounts.actions.sessions import checked_standing
from mesange.core.accounts.model import User
from mesange.core.accounts.model.second_factors import MOST_PASSKEY_NAME, MOST_PASSKEYS, Challenge, Passkey
from mesange.core.accounts.queries import find_passkey, find_user, list_passkeys
from mesange.core.accounts.tables import passkeys
from mesange.events.accounts import SecondFactorChanged
from mesange.kit.db import Duplicate
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.keys import sign
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import clean_name

MOST_CREDENTIAL = 20_000


class BadPasskey(Forbidden):
    public_text = "This passkey does not open a sign-in here."


class CopiedPasskey(Forbidden):
    public_text = "This passkey may have been copied and opens nothing any more. Sign in another way, then remove it."


class _Credential(msgspec.Struct):
    """The part of a browser's answer by which the passkey is found."""

    id: str


def host_of(settings: Settings) -> str:
    """The name to which passkeys are bound: the host, without its port."""
    return settings.domain.partition(":")[0]


async def begin_new_passkey(server: Server, user: User, owner: str) -> str:
    """What the browser asks its authenticator, as JSON. Raises Forbidden beyond the most one may hold."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    held = await list_passkeys(server.db, user.id)
    if len(held) >= MOST_PASSKEYS:
        raise Forbidden("You hold as many passkeys as one may: remove one first.")
    options = webauthn.generate_registration_options(
        rp_id=host_of(server.settings),
        rp_name=server.settings.title,
        user_name=user.email,
        # Neither a name nor an id of ours: an authenticator may tell it to anyone who holds it.
        user_id=bytes.fromhex(sign(server.settings, "passkey", str(user.id)))[:32],
        exclude_credentials=[PublicKeyCredentialDescriptor(each.credential_id) for each in held],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    await open_challenge(server, owner, Challenge.NEW_PASSKEY, options.challenge, user.id)
    return webauthn.options_to_json(options)


async def add_passkey(server: Server, user: User, owner: str, credential: str, name: str) -> Passkey:
    """Keep the passkey that the authenticator made. Raises BadPasskey, BeginAgain, Invalid without a name."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    name = clean_name(name)
    if not 0 < len(name) <= MOST_PASSKEY_NAME:
        raise Invalid(f"A passkey needs a name of at most {MOST_PASSKEY_NAME} signs.", field="name")
    asked = await count_attempt(server, owner, Challenge.NEW_PASSKEY)
    try:
        made = webauthn.verify_registration_response(
            credential=credential[:MOST_CREDENTIAL],
            expected_challenge=asked.value,
            expected_rp_id=host_of(server.settings),
            expected_origin=server.settings.public_origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, RecursionError):
        raise BadPasskey() from None
    if asked.user_id != user.id:
        raise BadPasskey()
    passkey = Passkey(
        id=server.ids.next(),
        user_id=user.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        created_at=server.clock.now(),
    )
    try:
        async with server.db.transaction() as tx:
            await close_challenge(tx, owner, Challenge.NEW_PASSKEY)
            await tx.insert(passkeys, passkey)
            tx.emit(SecondFactorChanged(user_id=user.id))
            await send_letter(server, tx, user, "passkey-on", name=name)
    except Duplicate:
        raise BadPasskey() from None
    return passkey


async def remove_passkey(server: Server, user: User, passkey_id: int) -> None:
    """It opens nothing any more. Raises NotFound for another's."""
    async with server.db.transaction() as tx:
        name = await tx.value("DELETE FROM passkeys WHERE id = ? AND user_id = ? RETURNING name", passkey_id, user.id)
        if name is None:
            raise NotFound()
        tx.emit(SecondFactorChanged(user_id=user.id))
        await send_letter(server, tx, user, "passkey-off", name=name)


async def begin_use_of_passkey(server: Server, owner: str) -> str:
    """What the browser asks its authenticator, as JSON: any passkey of this host will do."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=host_of(server.settings), user_verification=UserVerificationRequirement.REQUIRED
    )
    await open_challenge(server, owner, Challenge.USE_PASSKEY, options.challenge, None)
    return webauthn.options_to_json(options)


async def use_passkey(server: Server, owner: str, credential: str) -> User:
    """Whose passkey signed. It holds two factors: the thing itself, and what unlocks it.

    Raises BadPasskey, CopiedPasskey, BeginAgain, and what `checked_standing` raises.
    """
    asked = await count_attempt(server, owner, Challenge.USE_PASSKEY)
    passkey = await find_passkey(server.db, _credential_id(credential))
    if passkey is None:
        raise BadPasskey()
    user = await find_user(server.db, passkey.user_id)
    if user is None or user.disabled_at:
        raise BadPasskey()
    counted = _verified_count(server, passkey, asked.value, credential)
    if passkey.alarmed_at is not None or (counted <= passkey.sign_count and (counted or passkey.sign_count)):
        await _alarm(server, user, passkey)
        raise CopiedPasskey()
    async with server.db.transaction() as tx:
        await close_challenge(tx, owner, Challenge.USE_PASSKEY)
        await tx.execute(
            "UPDATE passkeys SET sign_count = ?, used_at = ? WHERE id = ?", counted, server.clock.now(), passkey.id
        )
    return checked_standing(user)


def _credential_id(credential: str) -> bytes:
    from webauthn import base64url_to_bytes

    try:
        return base64url_to_bytes(msgspec.json.decode(credential[:MOST_CREDENTIAL], type=_Credential).id)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise BadPasskey() from None


def _verified_count(server: Server, passkey: Passkey, challenge: bytes, credential: str) -> int:
    """How often the authenticator says it has signed. Raises BadPasskey."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        signed = webauthn.verify_authentication_response(
            credential=credential[:MOST_CREDENTIAL],
            expected_challenge=challenge,
            expected_rp_id=host_of(server.settings),
            expected_origin=server.settings.public_origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # A count that went back is an alarm, which is ours to give.
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, RecursionError):
        raise BadPasskey() from None
    return signed.new_sign_count


async def _alarm(server: Server, user: User, passkey: Passkey) -> None:
    """The passkey opens nothing from now on, and its person hears of it, once."""
    async with server.db.transaction() as tx:
        if await tx.execute(
            "UPDATE passkeys SET alarmed_at = ? WHERE id = ? AND alarmed_at IS NULL", server.clock.now(), passkey.id
        ):
            tx.emit(SecondFactorChanged(user_id=user.id))
            await send_letter(server, tx, user, "passkey-alarm", name=passkey.name)

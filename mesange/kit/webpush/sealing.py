"""Sealing a message for one recipient: the service that carries it cannot read it."""

import base64
import binascii
import os
from collections.abc import Callable
from dataclasses import dataclass

from mesange.kit.errors import Invalid
from mesange.kit.http import OutgoingRefused, Target

POINT_BYTES = 65
SECRET_BYTES = 16
LONGEST_ENDPOINT = 2_000


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a browser or phone listens, and the keys it gave; base64url without padding."""

    endpoint: str
    p256dh: str
    auth: str
    is_standard: bool


def checked_recipient(endpoint: str, p256dh: str, auth: str, *, is_standard: bool) -> Recipient:
    """Raises Invalid for an address that cannot be visited, or keys that are none."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    try:
        Target.read(endpoint)
    except OutgoingRefused as error:
        raise Invalid(f"Validation failed: Endpoint: {error}", field="endpoint") from error
    point, secret = _bytes(p256dh, "p256dh"), _bytes(auth, "auth")
    if len(point) != POINT_BYTES or len(secret) != SECRET_BYTES or len(endpoint) > LONGEST_ENDPOINT:
        raise Invalid("Validation failed: Keys of a push subscription have 65 and 16 bytes", field="keys")
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError:
        raise Invalid("Validation failed: p256dh is no point of its curve", field="p256dh") from None
    return Recipient(endpoint, _text(point), _text(secret), is_standard)


def sealed(recipient: Recipient, message: bytes) -> tuple[bytes, dict[str, str]]:
    """The body, and the headers that say how it was sealed."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from http_ece import encrypt as untyped  # type: ignore[import-untyped]

    private = generate_private_key(SECP256R1())
    salt = os.urandom(SECRET_BYTES)
    version = "aes128gcm" if recipient.is_standard else "aesgcm"
    encrypt: Callable[..., bytes] = untyped  # pyright: ignore[reportUnknownVariableType]
    body = encrypt(
        message,
        salt=salt,
        private_key=private,
        dh=_bytes(recipient.p256dh, "p256dh"),
        auth_secret=_bytes(recipient.auth, "auth"),
        version=version,
    )
    headers = {"content-encoding": version}
    if not recipient.is_standard:
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        headers |= {"encryption": f"salt={_text(salt)}", "crypto-key": f"dh={_text(point)}"}
    return body, headers


def _bytes(text: str, field: str) -> bytes:
    """Base64 of either alphabet, padded or not, as clients send it."""
    text = text.strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(f"Validation failed: {field} is not base64", field=field) from None


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

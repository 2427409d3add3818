"""The key by which push services know this server (VAPID, RFC 8292): made once, kept in the data folder."""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mesange.kit.settings import Settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

NAME = "push.key"
CLAIM_SECONDS = 12 * 3_600


class ServerKeys:
    def __init__(self, private: "EllipticCurvePrivateKey", contact: str) -> None:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        self._private = private
        self._contact = contact
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = base64url(point)

    def claim(self, audience: str, now: int) -> str:
        """A signed token that says who pushes; good at the origin `audience` for half a day. `now` in milliseconds."""
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
        from cryptography.hazmat.primitives.hashes import SHA256

        claims = {"aud": audience, "exp": now // 1_000 + CLAIM_SECONDS, "sub": self._contact}
        said = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        r, s = decode_dss_signature(self._private.sign(said.encode(), ECDSA(SHA256())))
        return f"{said}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes that only who holds the key can make."""
        number = self._private.private_numbers().private_value.to_bytes(32, "big")
        return hashlib.sha256(b"mesange\0" + purpose.encode() + b"\0" + number).digest()


def server_keys(settings: Settings) -> ServerKeys:
    contact = f"mailto:{settings.contact_email}" if settings.contact_email else settings.public_origin
    return _keys(settings.data / NAME, contact)


@cache
def _keys(path: Path, contact: str) -> ServerKeys:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if not path.exists():
        _make(path)
    private = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(private, EllipticCurvePrivateKey):
        raise SystemExit(f"mesange: {path} holds another kind of key")
    return ServerKeys(private, contact)


def _make(path: Path) -> None:
    """Whole or not at all; when two servers make it at once, the first one's stays."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _part(values: Mapping[str, object]) -> str:
    return base64url(json.dumps(values, separators=(",", ":")).encode())

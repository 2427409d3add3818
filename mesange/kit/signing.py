"""This server's own signing key (Ed25519, RFC 8032): made at first need, kept in the data folder."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FOLDER, NAME = "keys", "signing.ed25519"


class Signer:
    """Signs what this server vouches for; the public key checks it, here or elsewhere."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_key = key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def signer_in(data: Path) -> Signer:
    """The key of this data folder. Two processes that start at once end up with the same one."""
    path = data / FOLDER / NAME
    if not path.exists():
        _create(path)
    return Signer(Ed25519PrivateKey.from_private_bytes(path.read_bytes()))


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # Another process was faster: its key is the key.
    finally:
        fresh.unlink()


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True

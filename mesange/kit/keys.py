"""The server's own key: 32 random bytes in a file of the data folder that only its owner reads.

Servers that share a database share this file. Whoever has the database but not the file opens nothing that was sealed.
"""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from mesange.kit.settings import Settings

KEY_FILE = "secret.key"
KEY_BYTES, NONCE_BYTES = 32, 12


def sign(settings: Settings, purpose: str, message: str) -> str:
    """A signature that only this server makes, good for this purpose alone."""
    return hmac.new(_derived(settings, purpose), message.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def seal(settings: Settings, purpose: str, plain: bytes) -> bytes:
    """Encrypt what is kept in the database (AES-256-GCM)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_derived(settings, purpose)).encrypt(nonce, plain, purpose.encode())


def unseal(settings: Settings, purpose: str, sealed: bytes) -> bytes:
    """Raises cryptography's InvalidTag when it was sealed by another key, for another purpose, or changed since."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, hidden = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    return AESGCM(_derived(settings, purpose)).decrypt(nonce, hidden, purpose.encode())


def _derived(settings: Settings, purpose: str) -> bytes:
    return hmac.new(_key(settings.data / KEY_FILE), purpose.encode(), hashlib.sha256).digest()


@lru_cache(maxsize=100)
def _key(path: Path) -> bytes:
    if not path.exists():
        _create(path)
    return path.read_bytes()


def _create(path: Path) -> None:
    """Whole or not at all: of two processes that start at once, one makes it and both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()

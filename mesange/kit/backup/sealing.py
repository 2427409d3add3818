"""An archive under a passphrase: AES-256-GCM, one megabyte at a time, so that neither side holds it in memory.

Each frame is numbered and the last one says so: none can be moved, repeated or cut off unseen. The key is made of the
passphrase by scrypt (RFC 7914) at 64 MB, which makes guessing dear.
"""

import io
import os
from typing import IO, Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from mesange.kit.backup.manifest import NotOurs

MAGIC = b"mesange sealed archive 1\n"
SALT_BYTES, TAG_BYTES = 16, 16
FRAME = 1 << 20
MIDDLE, LAST = b"\0", b"\1"


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=1 << 16, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class SealedWriter(io.RawIOBase):
    """Seals what is written to it; closing it writes the last frame."""

    def __init__(self, target: IO[bytes], passphrase: str) -> None:
        salt = os.urandom(SALT_BYTES)
        self._target = target
        self._cipher = _cipher(passphrase, salt)
        self._number = 0
        self._waiting = bytearray()
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:  # any buffer, a type that Python 3.11 cannot name
        self._waiting += content
        while len(self._waiting) > FRAME:
            self._seal(bytes(self._waiting[:FRAME]), MIDDLE)
            del self._waiting[:FRAME]
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), LAST)
            self._target.close()
        super().close()

    def _seal(self, frame: bytes, place: bytes) -> None:
        self._target.write(place + self._cipher.encrypt(_nonce(self._number), frame, place))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Gives back what was sealed. Raises NotOurs for a wrong passphrase and for anything changed, moved or cut."""

    def __init__(self, source: Readable, passphrase: str) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise NotOurs("it is not sealed: read it without a passphrase.")
        self._source = source
        self._cipher = _cipher(passphrase, source.read(SALT_BYTES))
        self._number = 0
        self._ready = b""
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._ready and not self._is_over:
            self._ready = self._opened()
        part = self._ready[: len(buffer)]
        buffer[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)

    def _opened(self) -> bytes:
        place = self._source.read(1)
        sealed = self._source.read(FRAME + TAG_BYTES)
        try:
            frame = self._cipher.decrypt(_nonce(self._number), sealed, place)
        except (InvalidTag, ValueError):
            raise NotOurs("the passphrase does not fit, or it was changed or cut.") from None
        self._number += 1
        self._is_over = place == LAST
        return frame


def is_sealed(start: bytes) -> bool:
    return start.startswith(MAGIC)

"""Stamps on forms: when the form was opened, and the riddle a browser solves before it is sent (proof of work).

A stamp is `time.nonce.signature`. Its riddle is solved by a number with which SHA-256 of `stamp:number` begins with so
many zero bits: cheap for one form, dear for a thousand. static/js/proof.js looks for it.
"""

import hashlib
import hmac
import secrets

from mesange.kit.keys import sign
from mesange.kit.settings import Settings

PURPOSE = "stamp"
MOST_STAMP, MOST_PROOF = 200, 20


def new_stamp(settings: Settings, now: int) -> str:
    text = f"{now}.{secrets.token_hex(12)}"
    return f"{text}.{sign(settings, PURPOSE, text)}"


def stamped_at(settings: Settings, stamp: str) -> int | None:
    """When the form was opened; None for a stamp that is not ours."""
    text, _, signature = stamp[:MOST_STAMP].rpartition(".")
    moment = text.partition(".")[0]
    expected = sign(settings, PURPOSE, text)
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()):
        return None
    return int(moment)


def is_solved(stamp: str, proof: str, bits: int) -> bool:
    """Whether `proof` solves the stamp's riddle of so many zero bits; with 0 there is none."""
    if not bits:
        return True
    if not (proof.isascii() and proof.isdigit()) or len(proof) > MOST_PROOF:
        return False
    digest = hashlib.sha256(f"{stamp}:{proof}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0

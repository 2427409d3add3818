"""The second factor: codes of an application (TOTP, RFC 6238), recovery codes, passkeys (WebAuthn)."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import MINUTE

CHALLENGE_LIFE = 10 * MINUTE
PROOF_LIFE = 15 * MINUTE
"""How long after a proof sensitive things may be changed without another one."""
MOST_ATTEMPTS = 5
MOST_PASSKEYS = 20
RECOVERY_CODES = 10
MOST_PASSKEY_NAME = 50


class Challenge(StrEnum):
    """What a browser is in the middle of."""

    SECOND_STEP = "second-step"
    NEW_CODES = "new-codes"
    NEW_PASSKEY = "new-passkey"
    USE_PASSKEY = "use-passkey"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The secret that a login shares with its application of codes, sealed with the server's key.

    `last_step` is the step of the last code taken, so that none is good twice.
    """

    user_id: int
    sealed_secret: bytes
    created_at: int
    last_step: int = 0


@dataclass(frozen=True, slots=True)
class Passkey:
    """`alarmed_at`: its counter went back then, so a copy exists; it opens nothing any more."""

    id: int
    user_id: int
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str
    created_at: int
    used_at: int | None = None
    alarmed_at: int | None = None


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    """Kept by the server for one browser and one purpose; gone once it is used."""

    user_id: int | None
    value: bytes
    attempts: int

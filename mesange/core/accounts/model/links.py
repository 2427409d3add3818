"""Addresses in the lines of a profile, and which of them are known to be the person's own."""

import json
import re
from typing import NamedTuple

from mesange.core.accounts.model.people import Account
from mesange.kit.clock import DAY, MINUTE

ADDRESS = re.compile(r"https?://[^\s<>\"'\\\x00-\x20]{1,255}")
PATIENCE = (10 * MINUTE, DAY)
"""When a page that did not answer is asked again; after that it is given up."""


class ProfileLine(NamedTuple):
    """`verified_at`: since when the page at the address in `value` is known to point back; None when it is not."""

    name: str
    value: str
    verified_at: int | None


def profile_lines(account: Account) -> list[ProfileLine]:
    verified: dict[str, int] = json.loads(account.verified_links)
    return [ProfileLine(name, value, verified.get(value)) for name, value in json.loads(account.fields)]


def addresses_in(fields: str, *, secure_only: bool) -> list[str]:
    """The values that are an address and nothing else: only these can be verified."""
    values = [value for _, value in json.loads(fields)]
    found = dict.fromkeys(value for value in values if ADDRESS.fullmatch(value))
    return [address for address in found if address.startswith("https://") or not secure_only]


def own_addresses(origin: str, account: Account) -> list[str]:
    """Where the account is found: a page elsewhere points to one of these."""
    return [f"{origin}/@{account.username}", f"{origin}/users/{account.username}"]

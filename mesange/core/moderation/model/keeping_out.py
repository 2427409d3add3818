"""Who may not sign up: mail domains, networks, names."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.errors import Invalid
from mesange.kit.text import checked_domain, clean_name, fold, parents_of

FEWEST_NAME = 2


class Kept(StrEnum):
    """What a sign-up is refused by."""

    EMAIL_DOMAIN = "email_domain"
    NETWORK = "network"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class SignUpBlock:
    """`value` is a mail domain (with all below it), a network such as 198.51.100.0/24, or a part of a name."""

    kind: Kept
    value: str
    comment: str
    created_at: int


def checked_sign_up_block(kind: str, value: str) -> tuple[Kept, str]:
    """The block in the form in which it is compared. Raises Invalid."""
    try:
        known = Kept(kind)
    except ValueError:
        raise Invalid("This kind of block does not exist.", field="kind", code="ERR_INCLUSION") from None
    if known is Kept.EMAIL_DOMAIN:
        return known, checked_domain(value.rpartition("@")[2])
    if known is Kept.NETWORK:
        return known, _network(value)
    name = fold(clean_name(value, 60))
    if len(name) < FEWEST_NAME:
        raise Invalid("A part of a name has at least two signs.", field="value", code="ERR_TOO_SHORT")
    return known, name


def _network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value.strip(), strict=False))
    except ValueError:
        raise Invalid("This is no address and no network, such as 198.51.100.0/24.", field="value") from None


def keeps_out(blocks: Iterable[SignUpBlock], username: str, email: str, address: str) -> SignUpBlock | None:
    """The block that stands in the way of this sign-up, if any."""
    domains = set(parents_of(email.rpartition("@")[2].strip().lower()))
    name = fold(username)
    for block in blocks:
        if block.kind is Kept.EMAIL_DOMAIN and block.value in domains:
            return block
        if block.kind is Kept.NAME and block.value in name:
            return block
        if block.kind is Kept.NETWORK and _is_inside(address, block.value):
            return block
    return None


def _is_inside(address: str, network: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found) in ipaddress.ip_network(network)

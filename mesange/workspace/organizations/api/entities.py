"""How the API writes what belongs to an organization. No secret stands in any of it."""

from collections.abc import Mapping
from typing import Any

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import Colleague
from mesange.core.archives.model import GuardedChange
from mesange.core.teams.model import Brand, Deed, MemberInvitation, Membership, Organization, Role
from mesange.kit.clock import iso
from mesange.kit.ids import id_of
from mesange.kit.scopelog import Entry


def moment(at: int | None) -> str | None:
    return None if at is None else iso(at)


def id_given(given: str | int | None) -> int:
    """An id as a client writes it; 0, which nothing has, for none."""
    return id_of(str(given or "")) or 0


def id_text(id: int | None) -> str | None:
    return str(id) if id else None


def organization_entity(organization: Organization, role: Role | None) -> dict[str, Any]:
    return {
        "id": str(organization.id),
        "name": organization.name,
        "handle": organization.handle,
        "role": role.value if role else None,
        "second_factor_roles": organization.factor_roles.split(),
        "domain": organization.domain or None,
        "domain_proven_at": moment(organization.proven_at),
        "frozen_at": moment(organization.frozen_at),
        "created_at": moment(organization.created_at),
    }


def brand_entity(brand: Brand) -> dict[str, Any]:
    return {"id": str(brand.id), "name": brand.name, "created_at": moment(brand.created_at)}


def account_entity(account: Account) -> dict[str, Any]:
    return {
        "id": str(account.id),
        "username": account.username,
        "display_name": account.display_name,
        "brand_id": id_text(account.brand_id),
        "closed_at": moment(account.deleted_at),
    }


def membership_entity(membership: Membership, who: Colleague | None, *, shows_email: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": str(membership.id),
        "user_id": str(membership.user_id),
        "username": (who.username or None) if who else None,
        "role": membership.role.value,
        "brand_id": id_text(membership.brand_id),
        "account_id": id_text(membership.account_id),
        "created_at": moment(membership.created_at),
    }
    return {**found, "email": who.email} if who and shows_email else found


def invitation_entity(invitation: MemberInvitation, url: str | None = None) -> dict[str, Any]:
    """`url` is known once: to whoever makes the invitation."""
    return {
        "id": str(invitation.id),
        "role": invitation.role.value,
        "brand_id": id_text(invitation.brand_id),
        "account_id": id_text(invitation.account_id),
        "email": invitation.email or None,
        "expires_at": moment(invitation.expires_at),
        "url": url,
    }


def change_entity(change: GuardedChange) -> dict[str, Any]:
    return {
        "id": str(change.id),
        "account_id": str(change.account_id),
        "kind": change.kind.value,
        "state": change.state.value,
        "target": change.target or None,
        "asked_by": str(change.asked_by),
        "asked_at": moment(change.asked_at),
        "approved_by": id_text(change.approved_by),
        "approved_at": moment(change.approved_at),
        "due_at": moment(change.due_at),
        "ended_at": moment(change.ended_at),
    }


def entry_entity(entry: Entry, deed: Deed, colleagues: Mapping[int, Colleague]) -> dict[str, Any]:
    who = colleagues.get(deed.user_id)
    return {
        "id": str(entry.number),
        "at": moment(entry.at),
        "act": deed.act,
        "user_id": id_text(deed.user_id),
        "username": (who.username or None) if who else None,
        "account_id": id_text(deed.account_id),
        "status_id": id_text(deed.status_id),
        "client_id": id_text(deed.client_id),
        "approved_by": [str(id) for id in deed.approved_by],
        "facts": dict(deed.told),
        "hash": entry.hash.hex(),
    }

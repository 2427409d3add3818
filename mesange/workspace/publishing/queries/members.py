"""Colleagues by the names that they bear in public: a login has none, its first account has."""

from collections.abc import Iterable

from mesange.kit.db import Reader


async def names_of(db: Reader, user_ids: Iterable[int]) -> dict[int, str]:
    """By user. A pseudonym never tells whose it is; who has nothing else, or has left, is not in it."""
    rows = await db.rows(
        "SELECT user_id, display_name, username FROM accounts WHERE user_id = ANY(?) AND is_pseudonym = 0 "
        "AND deleted_at IS NULL ORDER BY id DESC",
        sorted(set(user_ids)),
    )
    return {user_id: display_name or username for user_id, display_name, username in rows}


async def list_colleagues(db: Reader, organization_id: int) -> list[int]:
    """Users with any role here. For pages that only members are shown."""
    rows = await db.rows(
        "SELECT DISTINCT user_id FROM memberships WHERE organization_id = ? ORDER BY user_id", organization_id
    )
    return [user_id for (user_id,) in rows]

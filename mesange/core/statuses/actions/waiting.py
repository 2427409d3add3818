"""What waits before it is published: its files are held, and what it left to the account is settled that day."""

from collections.abc import Sequence
from dataclasses import replace

from mesange.core.media.actions.attach import hold_media
from mesange.core.statuses.model import Draft, Status
from mesange.kit.db import Transaction


def settled(drafts: Sequence[Draft], made: Sequence[Status]) -> list[Draft]:
    """What the account's own choices filled in is kept as it was on the day of planning."""
    return [
        replace(draft, visibility=status.visibility.value, language=status.language)
        for draft, status in zip(drafts, made, strict=True)
    ]


async def hold_parts_media(tx: Transaction, account_id: int, drafts: Sequence[Draft]) -> None:
    """Files that wait with a plan or a draft are not forgotten ones. Raises Invalid."""
    for draft in drafts:
        if draft.media_ids:
            await hold_media(tx, account_id, draft.media_ids)


def media_of(drafts: Sequence[Draft]) -> list[int]:
    return [media_id for draft in drafts for media_id in draft.media_ids]

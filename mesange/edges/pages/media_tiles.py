"""The pictures, films and sounds of an account, side by side; each leads to its post."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.accounts.model import Account
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import only_visible
from mesange.front.faces import url_of
from mesange.front.filtering import filtered_in
from mesange.front.media import media_of
from mesange.front.views import MediaView
from mesange.front.visit import Visit


@dataclass(frozen=True, slots=True)
class Tile:
    """`url` is that of the post; a veiled file is seen there, by whoever wants to."""

    url: str
    media: MediaView
    is_veiled: bool


async def tiles_of(visit: Visit, account: Account, ids: Sequence[int]) -> list[Tile]:
    """Of those of the account's posts that the viewer may see, in the order asked, by their filters."""
    statuses = await only_visible(visit.server, visit.viewer, ids)
    filtered = await filtered_in(visit, statuses, "account")
    files = await media_of(visit.server, statuses)
    return [
        Tile(f"{url_of(account)}/{status.id}", media, _hides(status) or status.id in filtered)
        for status in statuses
        if not (status.id in filtered and filtered[status.id].is_hidden)
        for media in files.get(status.id, ())
        if media.url
    ]


def _hides(status: Status) -> bool:
    return status.is_sensitive or bool(status.spoiler_text)

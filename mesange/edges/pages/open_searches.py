"""Searches that an open deck shows: which a new post may answer is known without asking the index."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_accounts
from mesange.core.search.model import Query, is_open, may_answer, parsed, stems_of
from mesange.core.statuses.model import Status
from mesange.edges.pages.channels import search_channel
from mesange.kit.server import Server


class OpenSearches:
    """One that nobody follows any more is let go at the next post."""

    def __init__(self) -> None:
        self._asked: dict[str, tuple[int, Query]] = {}

    def open(self, viewer: Viewer, text: str) -> str:
        """The channel to listen to. Raises Invalid for what is no search."""
        channel = search_channel(viewer.account_id, text)
        self._asked[channel] = viewer.account_id, parsed(text)
        return channel

    async def channels_for(self, server: Server, status: Status, mentioned: Sequence[int]) -> list[str]:
        """Of the searches that may find the post; of one that is not open to all, nobody else hears."""
        self._asked = {name: asked for name, asked in self._asked.items() if server.live.has_listeners(name)}
        if not self._asked:
            return []
        author = (await load_accounts(server, [status.account_id])).get(status.account_id)
        is_for_all = author is not None and is_open(status, author)
        stems = stems_of(status)
        return [
            channel
            for channel, (account_id, query) in self._asked.items()
            if (is_for_all or account_id in (status.account_id, *mentioned)) and may_answer(query, stems)
        ]

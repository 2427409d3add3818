"""What the server holds after the faults, read as any client reads it, against what it promised."""

import re
from collections import Counter
from dataclasses import dataclass

import httpx

from tests.drills.load import PostingClient
from tests.server import PATIENCE, RunningServer


@dataclass(frozen=True)
class Verdict:
    """Zero lost and zero doubles, or the drill failed."""

    acknowledged: int
    found: int
    lost: list[str]
    changed: list[str]
    doubles: list[str]
    miscounted: list[str]

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.changed or self.doubles or self.miscounted)

    def __str__(self) -> str:
        return (
            f"acknowledged {self.acknowledged}, found {self.found}, lost {len(self.lost)}, "
            f"changed ids {len(self.changed)}, doubles {len(self.doubles)}, "
            f"wrong counters {len(self.miscounted)}"
        )


def recount(server: RunningServer, clients: list[PostingClient]) -> Verdict:
    """Page through every client's own posts; their text is the key they were sent with."""
    posts: list[tuple[str, str]] = []
    miscounted: list[str] = []
    for client in clients:
        counter, own = _read_posts(server, client.token)
        posts += own
        if counter != len(own):
            miscounted.append(f"{counter} != {len(own)}")
    found = dict(posts)
    promised = {key: one for client in clients for key, one in client.acknowledged.items()}
    return Verdict(
        acknowledged=len(promised),
        found=len(posts),
        lost=[key for key in promised if key not in found],
        changed=[key for key, one in promised.items() if found.get(key, one) != one],
        doubles=[key for key, times in Counter(key for key, _ in posts).items() if times > 1],
        miscounted=miscounted,
    )


def _read_posts(server: RunningServer, token: str) -> tuple[int, list[tuple[str, str]]]:
    """The account's own counter, and (key, id) of each post of it."""
    bearer = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=server.origin, headers=bearer, timeout=PATIENCE) as reader:
        account = reader.get("/api/v1/accounts/verify_credentials").raise_for_status().json()
        posts: list[tuple[str, str]] = []
        link = f"/api/v1/accounts/{account['id']}/statuses?limit=40"
        while link:
            page = reader.get(link).raise_for_status()
            posts += [(re.sub("<[^>]+>", "", s["content"]), s["id"]) for s in page.json()]
            link = page.links.get("next", {}).get("url", "") if page.json() else ""
    return account["statuses_count"], posts

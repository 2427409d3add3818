"""What stands under a post that links: the page it leads to, or the post of this server that it quotes."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from mesange.core.accounts.queries import load_accounts
from mesange.core.cards.model import PreviewCard
from mesange.core.cards.queries import load_status_cards
from mesange.core.statuses.model import Status
from mesange.front.faces import account_view, picture_url, url_of
from mesange.front.views import PreviewView
from mesange.front.visit import Visit
from mesange.kit.text import excerpt

SIGNS_QUOTED = 280


async def previews_of(visit: Visit, statuses: Iterable[Status]) -> dict[int, PreviewView]:
    """By status id, where there is something that this viewer may see."""
    cards = await load_status_cards(visit.server, visit.viewer, statuses)
    quoted = [card for card in cards.values() if isinstance(card, Status)]
    authors = await load_accounts(visit.server, [status.account_id for status in quoted])
    previews: dict[int, PreviewView] = {}
    for id, card in cards.items():
        if isinstance(card, PreviewCard):
            previews[id] = _page(card)
        elif author := authors.get(card.account_id):
            text = excerpt(card.spoiler_text or card.text, SIGNS_QUOTED)
            previews[id] = PreviewView(
                f"{url_of(author)}/{card.id}", "", text, account=account_view(visit.server, author)
            )
    return previews


def _page(card: PreviewCard) -> PreviewView:
    return PreviewView(
        url=card.url,
        title=card.title,
        text=card.description,
        site=(urlsplit(card.url).hostname or "").removeprefix("www."),
        language=card.language,
        image=picture_url(card.image),
        image_description=card.image_description,
    )

"""The picture of a card: made anew in the cage and kept here, so that no reader's browser asks the page's host."""

from dataclasses import replace

from mesange.core.cards.model import PreviewCard
from mesange.core.media.actions.fetched import store_fetched
from mesange.kit.errors import Invalid, Unavailable
from mesange.kit.images import ImageKind, Images
from mesange.kit.server import Server


async def keep_picture(server: Server, card: PreviewCard, original: bytes) -> PreviewCard:
    """The card with its picture; without one when there is none, or none that we take."""
    bare = replace(card, image="", width=0, height=0, blurhash="")
    if not original:
        return bare
    try:
        made = await server.of(Images).process(original, ImageKind.CARD)
        name = await store_fetched(server, made.body, made.media_type, card.url)
    except (Invalid, Unavailable):
        return bare
    width, height = ImageKind.CARD.size
    return replace(card, image=name, width=width, height=height)

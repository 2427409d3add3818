"""Shortcodes of custom emoji as the pictures they stand for."""

from re import Match

from markupsafe import Markup

from mesange.core.emojis.memory import EmojiMemory
from mesange.core.emojis.model import WRITTEN, Emojis
from mesange.kit.server import Server
from mesange.kit.text.html import escape


def pictured(server: Server, text: str) -> Markup:
    """A name, a warning: escaped, with pictures. A visit has loaded the emoji (`visit_of`)."""
    html = with_pictures(at_hand(server), text) if ":" in text else escape(text)
    return Markup(html)  # noqa: S704  (escaped)


def at_hand(server: Server) -> Emojis:
    return server.of(EmojiMemory).known.get(0) or {}


def with_pictures(known: Emojis, text: str) -> str:
    """Escaped, with a picture for each shortcode that stands for one."""

    def picture(written: Match[str]) -> str:
        emoji = known.get(written[1])
        if emoji is None:
            return written[0]
        return (
            f'<img class="emoji" src="/media/{emoji.image}" alt="{written[0]}" title="{written[0]}" '
            'width="20" height="20" loading="lazy">'
        )

    return WRITTEN.sub(picture, escape(text))

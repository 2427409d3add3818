"""The piece of HTML with which another site shows one of our pages in a frame."""

from dataclasses import dataclass

from mesange.kit.text.html import escape

USUAL_WIDTH = 500
BIRD = (
    "M39.5 5C31 5 25 11 24.5 19c-6 2.5-9 8-9.5 15L2 50.5l2.3 5.5 14-5c3.5 3.8 8 5.6 12.6 6V61a1.1 1.1 0 0 0 2.2 0v-4"
    "h5.8v4a1.1 1.1 0 0 0 2.2 0v-4.5C48.6 54.7 54 48.6 54.5 39.5c.2-4-.6-7.6-2.4-10.5 1-1.4 1.6-2.9 1.9-4.7l6-2.5"
    "-6.2-3.6C52.3 10 46.5 5 39.5 5z"
)
"""Its outline, as in the icon of the same name."""
SIGNS_PER_LINE = 40


def frame_height(words: str, width: int, *, holds_more: bool = False) -> int:
    """Room for the text, guessed from its length, and for what it carries: the page inside runs no script that could
    tell."""
    lines = words.count("\n") + len(words) * USUAL_WIDTH // (SIGNS_PER_LINE * width) + 1
    return 220 + 28 * min(lines, 20) + (width * 2 // 3 if holds_more else 0)


@dataclass(frozen=True, slots=True)
class ButtonLook:
    """`height` in pixels; colours as SVG writes them."""

    ground: str
    ink: str
    edge: str
    height: int


def button_html(url: str, words: str, look: ButtonLook) -> str:
    """A link that looks like a button: one drawing, without style or script, which asks nothing of anybody."""
    height, size = look.height, look.height * 2 // 5
    left = height + 2
    width = left + round(sum(0.35 if sign in "il.,:;'|! " else 0.66 for sign in words) * size) + height // 2
    drawn = (
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6" fill="{look.ground}" '
        f'stroke="{look.edge}"/>'
        f'<svg x="{height // 4}" y="{height // 5}" width="{height * 3 // 5}" height="{height * 3 // 5}" '
        f'viewBox="0 0 64 64"><path fill="{look.ink}" d="{BIRD}"/></svg>'
        f'<text x="{left}" y="{height * 0.64:.1f}" fill="{look.ink}" font-family="system-ui, sans-serif" '
        f'font-size="{size}" font-weight="600">{escape(words)}</text>'
    )
    return (
        f'<a href="{escape(url)}"><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(words)}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">{drawn}</svg></a>'
    )


def frame_html(url: str, title: str, width: int, height: int) -> str:
    return (
        f'<iframe src="{escape(url)}" title="{escape(title)}" width="{width}" height="{height}" loading="lazy" '
        'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" '
        'style="border: 0; max-width: 100%; color-scheme: normal"></iframe>'
    )

"""The piece of HTML with which another site shows one of our pages in a frame."""

from mesange.kit.text.html import escape

USUAL_WIDTH = 500
SIGNS_PER_LINE = 40


def frame_height(words: str, width: int) -> int:
    """Room for the text, guessed from its length: the page inside runs no script that could tell."""
    lines = words.count("\n") + len(words) * USUAL_WIDTH // (SIGNS_PER_LINE * width) + 1
    return 220 + 28 * min(lines, 20)


def frame_html(url: str, title: str, width: int, height: int) -> str:
    return (
        f'<iframe src="{escape(url)}" title="{escape(title)}" width="{width}" height="{height}" loading="lazy" '
        'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" '
        'style="border: 0; max-width: 100%; color-scheme: normal"></iframe>'
    )

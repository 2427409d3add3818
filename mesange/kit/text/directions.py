"""Words of another direction inside a sentence, where no element can set them apart: titles, pushes, options."""

from unicodedata import bidirectional

FIRST_STRONG, POP = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """The text, so that it turns nothing around it: what runs from right to left stands in an isolate (UAX #9)."""
    runs_left = any(bidirectional(sign) in ("R", "AL") for sign in text)
    return f"{FIRST_STRONG}{text}{POP}" if runs_left else text

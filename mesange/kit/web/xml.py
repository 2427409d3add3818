"""Writes XML. Nothing here, or anywhere in Mésange, reads it."""

import re

from markupsafe import Markup, escape

DECLARATION = Markup('<?xml version="1.0" encoding="UTF-8"?>\n')
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, *content: str, **attributes: str) -> Markup:
    """An element; content that is not made by this function is text. An empty attribute is left out."""
    told = "".join(f' {key}="{_text(value)}"' for key, value in attributes.items() if value)
    inside = "".join(each if isinstance(each, Markup) else _text(each) for each in content)
    return Markup(f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>")  # noqa: S704  (escaped above)


def _text(text: str) -> str:
    return str(escape(_ILLEGAL.sub("", str(text))))

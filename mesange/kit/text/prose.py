"""Longer texts about this place, as HTML: paragraphs, titles, lists, links; everything else is shown as it is."""

import regex

from mesange.kit.text.entities import Entities, entities
from mesange.kit.text.html import escape, to_html

_BLOCK_END = regex.compile(r"\n\n++")


def prose_html(text: str) -> str:
    """`## ` begins a title, `- ` an entry of a list; empty lines part paragraphs."""
    return "\n".join(_block(block) for block in _BLOCK_END.split(text.strip()) if block.strip())


def _block(block: str) -> str:
    if block.startswith("## "):
        title, _, rest = block[3:].partition("\n")
        return f"<h2>{escape(title.strip())}</h2>" + (f"\n{_block(rest)}" if rest.strip() else "")
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        entries = (_linked(line[2:]).removeprefix("<p>").removesuffix("</p>") for line in lines)
        return "<ul>" + "".join(f"<li>{entry}</li>" for entry in entries) + "</ul>"
    return _linked(block)


def _linked(text: str) -> str:
    return to_html(text, Entities(links=entities(text).links), lambda _: None, lambda found: found.name)

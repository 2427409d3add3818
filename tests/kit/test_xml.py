"""XML that is written here."""

from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesange.kit.web.xml import element


@given(st.text())
def test_d10_any_text_makes_a_document_that_reads_back(text: str) -> None:
    node = parseString(element("a", element("b", text), c=text).encode("utf-8", "strict")).documentElement
    assert node is not None and [child.nodeName for child in node.childNodes] == ["b"]


@pytest.mark.parametrize("text", ["]]>", "<!DOCTYPE a>", "&lol;", "\x00\x0b\ufffe\ud800", "<?xml?>"])
def test_d10_what_xml_gives_a_meaning_to_is_text(text: str) -> None:
    parseString(element("a", text).encode())
    assert "<!" not in element("a", text) and "&lol" not in element("a", text).replace("&amp;", "")


def test_an_empty_attribute_is_left_out() -> None:
    assert element("a", href="", rel="b") == '<a rel="b"/>'

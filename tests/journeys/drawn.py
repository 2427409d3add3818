"""Small pictures that the tests draw themselves."""

import io

from PIL import Image


def png(width: int = 64, height: int = 48, colour: str = "#808080") -> bytes:
    """A plain rectangle."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "PNG")
    return content.getvalue()

"""What an image is for, and what it is by its first bytes, before any decoder sees it."""

from enum import Enum

from mesange.kit.errors import Invalid

MOST_BYTES = 8_000_000
MOST_PICTURE_BYTES = 16_777_216
MOST_PIXELS = 33_177_600
IMAGE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")


class ImageKind(Enum):
    """Avatar and header are named as the fields of a profile. An image is cut at its middle to fit `size`, width and
    height in pixels."""

    AVATAR = "avatar"
    HEADER = "header"
    CARD = "card"
    EMOJI = "emoji"

    @property
    def size(self) -> tuple[int, int]:
        return {"avatar": (400, 400), "header": (1_500, 500), "card": (800, 418), "emoji": (128, 128)}[self.value]


def image_format(first: bytes) -> str:
    """PNG, JPEG, GIF or WEBP, or "" for anything else (SVG, EPS, TIFF… are refused, whatever their name)."""
    if first.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if first.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if first.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if first.startswith(b"RIFF") and first[8:12] == b"WEBP":
        return "WEBP"
    return ""


def checked_format(original: bytes) -> str:
    """Raises Invalid for what is no image that we take."""
    if len(original) > MOST_BYTES:
        raise Invalid(f"This image is too large: at most {MOST_BYTES // 1_000_000} MB.")
    name = image_format(original)
    if not name:
        raise Invalid("Only PNG, JPEG, GIF and WebP images are taken.")
    return name

"""A picture for a post: made anew from its pixels, with a small preview, its BlurHash and its size."""

import io
import struct
from collections.abc import Callable
from typing import Any

from opening import UPRIGHT, opened, resized
from PIL import Image, ImageCms

CREATE_PROFILE = "createProfile"  # by name: Pillow says nothing of its type
PLAIN_MODES = ("L", "RGB", "RGBA")
MOST_COPIED_PIXELS = 16_777_216
"""Of larger ones there is no room for a second copy: what needs one makes them half as wide and high first."""
PREVIEW_PIXELS = 640 * 360
MOST_BYTES = 16_777_216
UPPER_EIGHT = [value >> 8 for value in range(65_536)]
FORMATS = {"JPEG": "JPEG", "PNG": "PNG", "GIF": "PNG", "WEBP": "WEBP"}
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
OPTIONS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90},
    "PNG": {"compress_level": 4},
    "WEBP": {"quality": 88, "method": 2},
}


def picture(original: bytes, image_format: str, hashed: Callable[[Image.Image], str]) -> bytes:
    """The answer: how long its head is, a head of words, the picture, the preview."""
    image = upright(original, image_format)
    media_type, body = encoded(image, FORMATS[image_format])
    small = shrunk(image, PREVIEW_PIXELS)
    preview = io.BytesIO()
    small.save(preview, "WEBP", quality=80, method=2)
    plain = Image.new("RGB", small.size, "white")
    plain.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    words = (media_type, len(body), image.width, image.height, len(preview.getvalue()), small.width, small.height)
    head = " ".join([*map(str, words), hashed(plain)]).encode()
    return struct.pack(">H", len(head)) + head + body + preview.getvalue()


def upright(original: bytes, image_format: str) -> Image.Image:
    """RGB, RGBA or L; in the colours of the web; nothing but pixels."""
    with opened(original, image_format) as (opening, orientation):
        profile = opening.info.get("icc_profile")
        if orientation in UPRIGHT or opening.mode not in PLAIN_MODES:
            opening.draft("RGB", half(opening) if is_big(opening) else opening.size)
        opening.load()
        image = in_plain_mode(opening)
    if profile and image.mode != "L":
        to_web_colours(image, profile)
    if orientation in UPRIGHT:
        image = (halved(image) if is_big(image) else image).transpose(UPRIGHT[orientation])
    image.info = {}
    return image


def in_plain_mode(image: Image.Image) -> Image.Image:
    if image.mode in PLAIN_MODES and "transparency" not in image.info:
        return image
    if image.mode in ("I;16", "I;16B", "I"):  # Sixteen bits of grey: the upper eight.
        return image.convert("I").point(UPPER_EIGHT, "L")  # pyright: ignore[reportUnknownMemberType]
    if is_big(image) and image.mode not in ("1", "P"):
        image = halved(image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def is_big(image: Image.Image) -> bool:
    """A second copy of it in memory would be too much."""
    return image.width * image.height > MOST_COPIED_PIXELS


def half(image: Image.Image) -> tuple[int, int]:
    return max(1, image.width // 2), max(1, image.height // 2)


def halved(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:  # Pillow would make a copy of the whole first.
        return resized(image, half(image), Image.Resampling.NEAREST, None)
    return image.reduce(2)


def to_web_colours(image: Image.Image, profile: bytes) -> None:
    """A photograph in the wide colours of a telephone keeps its look when its profile goes."""
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        web: Any = getattr(ImageCms, CREATE_PROFILE)("sRGB")
        ImageCms.profileToProfile(image, given, web, inPlace=True)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return


def shrunk(image: Image.Image, most_pixels: int) -> Image.Image:
    if image.mode == "RGBA" and is_big(image):
        image = halved(image)
    scale = (most_pixels / (image.width * image.height)) ** 0.5
    if scale >= 1:
        return image
    size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)  # pyright: ignore[reportUnknownMemberType]


def encoded(image: Image.Image, wanted: str) -> tuple[str, bytes]:
    """In the wanted format, or a smaller one when that is too large."""
    spare = "WEBP" if image.mode == "RGBA" else "JPEG"
    for name in (wanted, spare):
        body = io.BytesIO()
        image.save(body, name, **OPTIONS[name])
        if body.tell() <= MOST_BYTES:
            return TYPES[name], body.getvalue()
    raise MemoryError

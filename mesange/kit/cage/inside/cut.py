"""A portrait or a banner: the middle of an image, in exactly one size."""

import io

from opening import LYING, UPRIGHT, Box, opened, resized
from PIL import Image

# Modes in which Pillow scales without a second copy of the whole image.
SCALED_AS_THEY_ARE = {"L", "RGB", "CMYK", "YCbCr", "I;16", "I", "F"}
MOST_COPIED_PIXELS = 8_000_000


def cut(original: bytes, image_format: str, width: int, height: int) -> bytes:
    """The first frame as a WebP of exactly this size, from its pixels alone: no EXIF, no comment, no profile."""
    with opened(original, image_format) as (image, orientation):
        size = (height, width) if orientation in LYING else (width, height)
        fitted = fit(image, *size)
    if orientation in UPRIGHT:
        fitted = fitted.transpose(UPRIGHT[orientation])
    fitted.info = {}
    result = io.BytesIO()
    fitted.save(result, "WEBP", quality=85, method=4)
    return result.getvalue()


def fit(image: Image.Image, width: int, height: int) -> Image.Image:
    """The middle of the image in this size, RGB or RGBA."""
    # A JPEG can be decoded at a half, a quarter or an eighth of its size.
    image.draft("RGB", (2 * width, 2 * height))
    box = middle(image.width, image.height, width / height)
    if image.mode in SCALED_AS_THEY_ARE and not image.has_transparency_data:
        return resized(image, (width, height), Image.Resampling.LANCZOS, box).convert("RGB")
    if image.width * image.height > MOST_COPIED_PIXELS:
        part = resized(image, (2 * width, 2 * height), Image.Resampling.NEAREST, box)
    else:
        part = image.crop(box)
    return resized(part.convert("RGBA"), (width, height), Image.Resampling.LANCZOS, None)


def middle(width: int, height: int, ratio: float) -> Box:
    cut_width = max(1, min(width, round(height * ratio)))
    cut_height = max(1, min(height, round(width / ratio)))
    left, top = (width - cut_width) // 2, (height - cut_height) // 2
    return left, top, left + cut_width, top + cut_height

"""Opening an image of one given format, and how the camera was held."""

import io
import struct
from collections.abc import Generator
from contextlib import contextmanager

from limits import MOST_PIXELS
from PIL import Image

EXIF_ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SCAN, MOST_SCANS = b"\xff\xda", 32
LYING = {5, 6, 7, 8}
Box = tuple[int, int, int, int]


@contextmanager
def opened(original: bytes, image_format: str) -> Generator[tuple[Image.Image, int]]:
    """The image, not decoded yet, and its orientation. Raises MemoryError for one of too many pixels or scans."""
    # Each scan of a JPEG goes over the whole image again; between its bytes of data this marker cannot stand.
    if image_format == "JPEG" and original.count(SCAN) > MOST_SCANS:
        raise MemoryError
    with Image.open(io.BytesIO(original), formats=[image_format]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise MemoryError
        yield image, orientation_of(image)


def orientation_of(image: Image.Image) -> int:
    """As the camera noted it; 1, upright, when its notes cannot be read."""
    try:
        return int(image.getexif().get(EXIF_ORIENTATION, 1))
    except (SyntaxError, ValueError, TypeError, struct.error):
        return 1


def resized(image: Image.Image, size: tuple[int, int], sampling: Image.Resampling, box: Box | None) -> Image.Image:
    # Pillow's type of `size` names NumPy, which we do not have.
    return image.resize(size, sampling, box)  # pyright: ignore[reportUnknownMemberType]

"""The cage: a process that reads one image, writes one image, and can do nothing else.

Run as a file (`python -I worker.py FORMAT WIDTH HEIGHT`), it imports nothing of ours. It ends with 0, with TOO_LARGE,
or with anything else when the image cannot be read; whatever a decoder raises or crashes with is that.
"""

import io
import os
import resource
import sys
import warnings
from importlib import import_module

from PIL import Image

TOO_LARGE = 3
MOST_PIXELS = 33_177_600
MOST_MEMORY = 320 << 20
MOST_CPU_SECONDS = 8
# Pillow imports these when it meets an image that needs them; in the cage it would be too late.
NEEDED_LATER = ("copy", "PIL.WebPImagePlugin", "PIL.TiffImagePlugin", "PIL.MpoImagePlugin", "PIL.ImagePalette")
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
Box = tuple[int, int, int, int]
LYING = {5, 6, 7, 8}
# Modes in which Pillow scales without a second copy of the whole image.
SCALED_AS_THEY_ARE = {"L", "RGB", "CMYK", "YCbCr", "I;16", "I", "F"}
MOST_COPIED_PIXELS = 8_000_000


def close_the_cage() -> None:
    """No new file, socket or written byte on disk; bounded memory and CPU; the server's requests go first."""
    Image.preinit()
    for module in NEEDED_LATER:
        import_module(module)
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def made_anew(original: bytes, image_format: str, width: int, height: int) -> bytes:
    """The first frame as a WebP of exactly this size, from its pixels alone: no EXIF, no comment, no profile."""
    with Image.open(io.BytesIO(original), formats=[image_format]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise MemoryError
        orientation = image.getexif().get(EXIF_ORIENTATION, 1)
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
        cut = resized(image, (2 * width, 2 * height), Image.Resampling.NEAREST, box)
    else:
        cut = image.crop(box)
    return resized(cut.convert("RGBA"), (width, height), Image.Resampling.LANCZOS, None)


def middle(width: int, height: int, ratio: float) -> Box:
    cut_width = max(1, min(width, round(height * ratio)))
    cut_height = max(1, min(height, round(width / ratio)))
    left, top = (width - cut_width) // 2, (height - cut_height) // 2
    return left, top, left + cut_width, top + cut_height


def resized(image: Image.Image, size: tuple[int, int], sampling: Image.Resampling, box: Box | None) -> Image.Image:
    # Pillow's type of `size` names NumPy, which we do not have.
    return image.resize(size, sampling, box)  # pyright: ignore[reportUnknownMemberType]


def main() -> None:
    image_format, width, height = sys.argv[1:]
    close_the_cage()
    try:
        result = made_anew(sys.stdin.buffer.read(), image_format, int(width), int(height))
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        sys.exit(TOO_LARGE)
    sys.stdout.buffer.write(result)


if __name__ == "__main__":
    main()

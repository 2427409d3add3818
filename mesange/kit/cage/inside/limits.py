"""Closing the cage from within, before the first byte of the file is read."""

import os
import resource
import warnings
from importlib import import_module

from PIL import Image

MOST_PIXELS = 33_177_600
MOST_MEMORY = 320 << 20
MOST_CPU_SECONDS = 8
MOST_WRITTEN = 120_000_000
LIBRARIES = 256 << 20
"""Addresses that the libraries for films take without filling them."""
# Pillow imports these when it meets an image that needs them; in the cage it would be too late.
NEEDED_LATER = (
    "copy",
    "PIL.ImageCms",
    "PIL.ImagePalette",
    "PIL.JpegImagePlugin",
    "PIL.MpoImagePlugin",
    "PIL.TiffImagePlugin",
    "PIL.WebPImagePlugin",
)


def close_the_cage(*, writes: bool = False, cpu_seconds: int = MOST_CPU_SECONDS) -> None:
    """No new file or socket; bounded memory and CPU; the server's requests go first.

    Not a byte is written on disk, unless `writes`: then into the one file that is open, up to MOST_WRITTEN.
    """
    Image.preinit()
    for module in NEEDED_LATER:
        import_module(module)
    os.nice(10)
    most = MOST_MEMORY + (LIBRARIES if writes else 0)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    most_written = MOST_WRITTEN if writes else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_written, most_written))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)

"""Closing the cage from within, before the first byte of the file is read."""

import os
import resource
import warnings
from importlib import import_module

from PIL import Image

MOST_PIXELS = 33_177_600
MOST_MEMORY = 320 << 20
MOST_CPU_SECONDS = 8
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

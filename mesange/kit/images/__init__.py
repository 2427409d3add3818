"""Images that people give us: recognised by content, decoded in a cage, made anew without anything hidden in them."""

from mesange.kit.images.kinds import (
    IMAGE_TYPES,
    MOST_PICTURE_BYTES,
    MOST_PIXELS,
    ImageKind,
    image_format,
)
from mesange.kit.images.placeholder import placeholder
from mesange.kit.images.processing import Images, Picture, ProcessedImage

__all__ = [
    "IMAGE_TYPES",
    "MOST_PICTURE_BYTES",
    "MOST_PIXELS",
    "ImageKind",
    "Images",
    "Picture",
    "ProcessedImage",
    "image_format",
    "placeholder",
]

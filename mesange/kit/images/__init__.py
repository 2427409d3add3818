"""Images that people give us: recognised by content, decoded in a cage, made anew without anything hidden in them."""

from mesange.kit.images.kinds import ImageKind, image_format
from mesange.kit.images.processing import Images, ProcessedImage

__all__ = ["ImageKind", "Images", "ProcessedImage", "image_format"]

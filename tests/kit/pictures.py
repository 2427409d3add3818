"""Plain pictures that tests draw, encoded as they ask."""

import io

from PIL import Image, ImageDraw

RED, GREEN, BLUE = (200, 20, 20), (20, 200, 20), (20, 20, 200)


def encoded(image: Image.Image, image_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, image_format, **options)
    return file.getvalue()


def striped(width: int = 600, height: int = 300) -> Image.Image:
    """Red at the left, green in the middle, blue at the right."""
    image = Image.new("RGB", (width, height), GREEN)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 3, height), RED)
    draw.rectangle((2 * width // 3, 0, width, height), BLUE)
    return image

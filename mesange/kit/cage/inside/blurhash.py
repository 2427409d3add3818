"""BlurHash (github.com/woltapp/blurhash, Algorithm.md): a picture in some thirty signs, shown until it has come."""

from math import cos, pi

from PIL import Image

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
ACROSS, DOWN = 4, 3
SIDE = 32
Colour = tuple[float, float, float]


def blurhash(image: Image.Image) -> str:
    """Of an RGB image of any size; only its broad colours count."""
    small = image.resize((SIDE, SIDE), Image.Resampling.BOX)  # pyright: ignore[reportUnknownMemberType]
    light = [linear(value / 255) for value in small.tobytes()]
    factors = [_factor(light, across, down) for down in range(DOWN) for across in range(ACROSS)]
    strongest = max(abs(part) for factor in factors[1:] for part in factor)
    step = max(0, min(82, int(strongest * 166 - 0.5)))
    most = (step + 1) / 166
    size = base83(ACROSS - 1 + (DOWN - 1) * 9, 1)
    return (
        size + base83(step, 1) + base83(_average(factors[0]), 4) + "".join(_detail(each, most) for each in factors[1:])
    )


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def encoded(value: float) -> int:
    value = max(0.0, min(1.0, value))
    return int((value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055) * 255 + 0.5)


def base83(value: int, length: int) -> str:
    return "".join(SIGNS[value // 83 ** (length - place) % 83] for place in range(1, length + 1))


def _factor(light: list[float], across: int, down: int) -> Colour:
    """How much of one wave is in the picture, for each colour."""
    waves_x = [cos(pi * across * x / SIDE) for x in range(SIDE)]
    waves_y = [cos(pi * down * y / SIDE) for y in range(SIDE)]
    weights = [wave_x * wave_y for wave_y in waves_y for wave_x in waves_x]
    scale = (1 if across == down == 0 else 2) / SIDE**2
    red, green, blue = (
        scale * sum(weight * part for weight, part in zip(weights, light[colour::3], strict=True))
        for colour in range(3)
    )
    return red, green, blue


def _average(colour: Colour) -> int:
    red, green, blue = map(encoded, colour)
    return (red << 16) + (green << 8) + blue


def _detail(colour: Colour, most: float) -> str:
    red, green, blue = (max(0, min(18, int(_root(part / most) * 9 + 9.5))) for part in colour)
    return base83(red * 19 * 19 + green * 19 + blue, 2)


def _root(value: float) -> float:
    return abs(value) ** 0.5 * (1 if value >= 0 else -1)

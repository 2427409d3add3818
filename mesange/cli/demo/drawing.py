"""Pictures of a town that never was, drawn by the program: flat shapes, a few colours, the same at each run."""

import io
import random
from collections.abc import Sequence
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800
FACE = 400
FINER = 2  # Drawn larger and scaled down: the edges are smooth.

Colour = tuple[int, int, int]
Point = tuple[float, float]


def rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Canvas:
    """A drawing surface whose lengths do not know how finely it is drawn."""

    def __init__(self, width: int, height: int, seed: str) -> None:
        self.size = (width, height)
        self.chance = random.Random(seed)  # noqa: S311 - a drawing keeps no secret
        self._image = Image.new("RGB", (width * FINER, height * FINER))
        self._draw = ImageDraw.Draw(self._image)

    def sky(self, top: str, bottom: str, until: float = HEIGHT) -> None:
        for y in range(round(until * FINER)):
            colour = mixed(rgb(top), rgb(bottom), y / (until * FINER))
            self._draw.line([(0, y), (self._image.width, y)], fill=colour)
        self.box(0, until, WIDTH, HEIGHT - until, bottom)

    def box(self, x: float, y: float, width: float, height: float, colour: str, round_by: float = 0) -> None:
        corners = [x * FINER, y * FINER, (x + width) * FINER, (y + height) * FINER]
        self._draw.rounded_rectangle(corners, round_by * FINER, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        corners = [(x - radius) * FINER, (y - radius) * FINER, (x + radius) * FINER, (y + radius) * FINER]
        self._draw.ellipse(corners, fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: str, thick: float) -> None:
        corners = [(x - radius) * FINER, (y - radius) * FINER, (x + radius) * FINER, (y + radius) * FINER]
        self._draw.ellipse(corners, outline=colour, width=round(thick * FINER))

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon([(x * FINER, y * FINER) for x, y in points], fill=colour)

    def line(self, points: Sequence[Point], colour: str, thick: float) -> None:
        finer = [(x * FINER, y * FINER) for x, y in points]
        self._draw.line(finer, fill=colour, width=round(thick * FINER), joint="curve")

    def hills(self, level: float, rise: float, colour: str) -> None:
        """A soft skyline over the whole width."""
        turns = [self.chance.uniform(0, 2 * pi) for _ in range(3)]
        crest = [
            (x, level - rise * sum(sin(x / WIDTH * pi * (n + 2) + turn) / (n + 1) for n, turn in enumerate(turns)) / 2)
            for x in range(0, WIDTH + 20, 20)
        ]
        self.shape([*crest, (WIDTH, HEIGHT), (0, HEIGHT)], colour)

    def sea(self, level: float, colour: str, light: str) -> None:
        self.box(0, level, WIDTH, HEIGHT - level, colour)
        for _ in range(60):
            x, y = self.chance.uniform(0, WIDTH), self.chance.uniform(level + 8, HEIGHT)
            length = 20 + (y - level) / 4
            self.line([(x, y), (x + length, y)], light, 1 + (y - level) / 120)

    def saved(self) -> bytes:
        result = io.BytesIO()
        self._image.reduce(FINER).save(result, "PNG", compress_level=1)
        return result.getvalue()


def boat(canvas: Canvas, x: float, y: float, scale: float, hull: str, sail: str) -> None:
    canvas.shape(
        [(x - 90 * scale, y), (x + 90 * scale, y), (x + 60 * scale, y + 40 * scale), (x - 70 * scale, y + 40 * scale)],
        hull,
    )
    canvas.line([(x, y), (x, y - 180 * scale)], "#5a4632", 5 * scale)
    canvas.shape(
        [(x + 6 * scale, y - 175 * scale), (x + 6 * scale, y - 15 * scale), (x + 85 * scale, y - 15 * scale)], sail
    )
    canvas.shape(
        [(x - 6 * scale, y - 150 * scale), (x - 6 * scale, y - 15 * scale), (x - 65 * scale, y - 15 * scale)], "#f3ead8"
    )


def lighthouse_at(canvas: Canvas, x: float, y: float, scale: float) -> None:
    for floor in range(5):
        wide, narrow = 60 - floor * 6, 54 - floor * 6
        top, bottom = y - (floor + 1) * 70 * scale, y - floor * 70 * scale
        colour = "#b5483a" if floor % 2 else "#f6f1e7"
        canvas.shape(
            [
                (x - wide * scale, bottom),
                (x + wide * scale, bottom),
                (x + narrow * scale, top),
                (x - narrow * scale, top),
            ],
            colour,
        )
    canvas.box(x - 22 * scale, y - 400 * scale, 44 * scale, 50 * scale, "#ffd97a", 6)
    canvas.shape(
        [(x - 32 * scale, y - 400 * scale), (x + 32 * scale, y - 400 * scale), (x, y - 440 * scale)], "#3b3a47"
    )


def wheel(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.ring(x, y, radius, "#2b2b33", 12)
    for spoke in range(12):
        angle = spoke * pi / 6
        canvas.line([(x, y), (x + radius * cos(angle), y + radius * sin(angle))], "#8d8d98", 2)
    canvas.disc(x, y, 12, "#2b2b33")


def bicycle_at(canvas: Canvas, x: float, y: float, colour: str) -> None:
    wheel(canvas, x - 190, y, 130)
    wheel(canvas, x + 190, y, 130)
    back, front, crank, seat, head = (x - 190, y), (x + 190, y), (x - 20, y), (x - 80, y - 190), (x + 140, y - 190)
    for line in ([back, crank, seat, back], [seat, head, crank], [head, front]):
        canvas.line(line, colour, 14)
    canvas.line([seat, (x - 90, y - 230)], "#2b2b33", 10)
    canvas.box(x - 140, y - 245, 100, 22, "#6b4226", 11)
    canvas.line([head, (x + 130, y - 250), (x + 185, y - 262)], "#2b2b33", 10)
    canvas.ring(x - 20, y, 34, "#4a4a55", 8)

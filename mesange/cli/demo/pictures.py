"""The twelve views of Saint-Elvec, each with the words for whoever cannot see it, and the faces of its people."""

from collections.abc import Callable
from math import cos, sin
from typing import NamedTuple

from mesange.cli.demo.cast import Person
from mesange.cli.demo.drawing import FACE, HEIGHT, WIDTH, Canvas, bicycle_at, boat, lighthouse_at


class Picture(NamedTuple):
    """`focus` is the point that must stay in sight, -1 to 1 from left to right and from bottom to top."""

    draw: Callable[[Canvas], None]
    words: str
    focus: tuple[float, float] = (0.0, 0.0)


def drawn(name: str) -> bytes:
    """A view as PNG."""
    canvas = Canvas(WIDTH, HEIGHT, name)
    PICTURES[name].draw(canvas)
    return canvas.saved()


def face_of(person: Person) -> bytes:
    """A bird in the person's colour, its eye turned one way or the other."""
    canvas = Canvas(FACE, FACE, person.handle)
    turn = canvas.chance.choice((-1, 1))
    belly, crown = canvas.chance.choice((("#fff3d6", "#20303c"), ("#ffe08a", "#2e3a59"), ("#f6f1e7", "#4a2c2a")))
    middle = FACE / 2
    canvas.box(0, 0, FACE, FACE, person.colour)
    canvas.disc(middle, 270, 150, belly)
    canvas.disc(middle, 180, 105, crown)
    canvas.disc(middle - turn * 12, 205, 80, "#fdfdf8")
    canvas.disc(middle + turn * 26, 185, 15, "#16191d")
    canvas.disc(middle + turn * 31, 180, 5, "#ffffff")
    canvas.shape([(middle + turn * 78, 196), (middle + turn * 140, 212), (middle + turn * 76, 226)], "#e0962e")
    return canvas.saved()


def _harbour(canvas: Canvas) -> None:
    canvas.sky("#8fc1d9", "#f4e3c8", 430)
    canvas.hills(430, 60, "#5f8a74")
    for number in range(9):
        x, height = 40 + number * 125, canvas.chance.uniform(90, 170)
        canvas.box(x, 430 - height, 110, height, canvas.chance.choice(("#e7d3b1", "#d9a58c", "#f3ead8", "#a9c0c4")))
        canvas.shape([(x - 8, 430 - height), (x + 118, 430 - height), (x + 55, 380 - height)], "#6d4c4a")
    canvas.sea(430, "#2f6f8c", "#6fa3b8")
    boat(canvas, 330, 560, 1.1, "#35516d", "#f6f1e7")
    boat(canvas, 820, 640, 1.5, "#b5483a", "#ffd97a")


def _sunrise(canvas: Canvas) -> None:
    canvas.sky("#f2a65a", "#ffe9c7", 470)
    canvas.disc(760, 455, 90, "#fff6e0")
    canvas.hills(470, 40, "#8a6f7d")
    canvas.sea(480, "#c98b6b", "#ffe9c7")
    canvas.hills(740, 20, "#4a3b4a")


def _tram(canvas: Canvas) -> None:
    canvas.sky("#b9d3dd", "#eef0e6", 520)
    for number in range(7):
        canvas.box(number * 180 - 20, 180 + 40 * (number % 3), 170, 400, ("#d9c7a8", "#c4a78f", "#e5dccb")[number % 3])
    canvas.box(0, 560, WIDTH, 240, "#7d8288")
    canvas.line([(0, 120), (WIDTH, 120)], "#3b3a47", 4)
    canvas.box(150, 300, 900, 300, "#b5483a", 40)
    canvas.box(150, 470, 900, 60, "#f6f1e7")
    for number in range(6):
        canvas.box(190 + number * 140, 335, 115, 115, "#cfe6ee", 12)
    for x in (330, 870):
        canvas.disc(x, 605, 42, "#2b2b33")
    canvas.line([(600, 300), (640, 210), (560, 120)], "#2b2b33", 8)
    canvas.shape([(930, 300), (1010, 205), (1090, 300)], "#1d1f24")
    canvas.line([(1010, 205), (1010, 330)], "#6b4226", 8)


def _coffee(canvas: Canvas) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, "#c79a6b")
    for number in range(14):
        canvas.line([(0, number * 60), (WIDTH, number * 60 + canvas.chance.uniform(-8, 8))], "#b98a5b", 3)
    canvas.disc(600, 420, 290, "#f3ead8")
    canvas.disc(600, 420, 200, "#fdf9f0")
    canvas.disc(600, 420, 165, "#5a3622")
    canvas.ring(600, 420, 130, "#a9784f", 14)
    canvas.disc(600, 430, 62, "#d9b48c")
    canvas.ring(830, 420, 70, "#fdf9f0", 34)


def _bicycle(canvas: Canvas) -> None:
    canvas.sky("#cfe0d8", "#f4efe2", 560)
    canvas.hills(540, 70, "#9bb79b")
    canvas.box(0, 590, WIDTH, 210, "#d8c9a8")
    bicycle_at(canvas, 600, 560, "#0b7a5c")


def _workshop(canvas: Canvas) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, "#3c4650")
    canvas.box(80, 80, 460, 260, "#bcd3d9", 8)
    canvas.line([(310, 80), (310, 340)], "#3c4650", 10)
    canvas.box(0, 620, WIDTH, 180, "#6b4f3a")
    for number in range(8):
        x = 640 + number * 65
        canvas.line([(x, 110), (x, 180 + 30 * (number % 3))], "#c9cdd2", 12)
        canvas.disc(x, 110, 16, "#c9cdd2")
    bicycle_at(canvas, 600, 560, "#e0962e")


def _market(canvas: Canvas) -> None:
    canvas.sky("#a9cfe0", "#f6f1e7", 420)
    canvas.box(0, 420, WIDTH, 380, "#cbb89a")
    for stall in range(4):
        x = 40 + stall * 290
        for pole in (x + 6, x + 244):
            canvas.box(pole, 260, 8, 350, "#5a4632")
        for stripe in range(8):
            canvas.box(
                x + stripe * 32,
                250,
                32,
                110,
                "#f6f1e7" if stripe % 2 else ("#b5483a", "#0b7a5c", "#2b4c7e", "#e08e45")[stall],
            )
        canvas.box(x + 10, 480, 236, 130, "#7d5a3c")
        for _ in range(22):
            colour = canvas.chance.choice(("#d1495b", "#e0962e", "#5d8a3a", "#7a3e9d", "#f2d16b"))
            canvas.disc(x + canvas.chance.uniform(25, 230), canvas.chance.uniform(455, 485), 17, colour)


def _library(canvas: Canvas) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, "#5a4632")
    for shelf in range(4):
        y, x = 30 + shelf * 195, 30.0
        canvas.box(20, y, WIDTH - 40, 170, "#3f3024")
        while x < WIDTH - 90:
            width, height = canvas.chance.uniform(22, 52), canvas.chance.uniform(100, 158)
            colours = ("#a23b72", "#2b4c7e", "#c9772b", "#3f9142", "#d9c7a8", "#7d3c3c", "#4a7c9b")
            canvas.box(x, y + 168 - height, width, height, canvas.chance.choice(colours), 3)
            x += width + 4
    canvas.box(1020, 470, 90, 80, "#b5683a", 8)
    for leaf in range(7):
        canvas.line([(1065, 475), (1000 + leaf * 22, 380 + 10 * abs(leaf - 3))], "#5d8a3a", 10)


def _stars(canvas: Canvas) -> None:
    canvas.sky("#0d1226", "#2e3a59", 680)
    for _ in range(240):
        x, y = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(0, 640)
        canvas.disc(x, y, canvas.chance.choice((1, 1, 1.5, 2.5)), "#f6f1e7")
    canvas.disc(420, 260, 46, "#e8cf9a")
    canvas.line([(320, 290), (520, 230)], "#cdb27a", 9)
    canvas.hills(680, 40, "#10151f")
    canvas.line([(800, 700), (860, 560), (960, 500)], "#05070c", 16)
    canvas.line([(860, 560), (900, 700)], "#05070c", 8)


def _boat(canvas: Canvas) -> None:
    canvas.sky("#bcd7e3", "#eef3ee", 470)
    canvas.hills(470, 30, "#7c9a86")
    canvas.sea(480, "#3b7f95", "#8fc1cf")
    boat(canvas, 600, 560, 2.4, "#7d5a3c", "#f2d9a8")


def _lighthouse(canvas: Canvas) -> None:
    canvas.sky("#9cc7dd", "#f7ecd6", 600)
    canvas.sea(600, "#2f6f8c", "#79abc0")
    canvas.shape([(520, 800), (600, 640), (900, 620), (1080, 800)], "#6b6a5d")
    lighthouse_at(canvas, 760, 640, 1.25)


def _garden(canvas: Canvas) -> None:
    canvas.sky("#dfe9ec", "#f8f4ea", 420)
    canvas.hills(430, 30, "#b9c9b0")
    canvas.box(0, 520, WIDTH, 280, "#6b543f")
    for number in range(16):
        x, y = 60 + number * 72, 560 + 60 * (number % 3)
        canvas.line([(x, y), (x, y - 150)], "#7c8f6a", 7)
        for petal in range(8):
            turn = petal * 0.785
            colour = ("#d7dfe6", "#c9a7b8", "#e8e2d0")[number % 3]
            canvas.disc(x + 24 * cos(turn), y - 150 + 24 * sin(turn), 15, colour)
        canvas.disc(x, y - 150, 13, "#e0b84a")


PICTURES = {
    "harbour": Picture(_harbour, "Deux voiliers dans un port, des maisons colorées le long du quai.", (0.2, -0.3)),
    "sunrise": Picture(_sunrise, "Le soleil se lève sur une mer orange et plate.", (0.3, 0.0)),
    "tram": Picture(_tram, "Un tram rouge à l’arrêt, un parapluie noir ouvert posé sur son toit.", (0.5, 0.3)),
    "coffee": Picture(_coffee, "Une tasse de café vue d’en haut, sur une table en bois.", (0.0, 0.0)),
    "bicycle": Picture(_bicycle, "Un vélo vert au cadre d’acier, posé devant des collines.", (0.0, -0.2)),
    "workshop": Picture(_workshop, "Un atelier : un vélo orange sur l’établi, des outils au mur.", (0.0, -0.2)),
    "market": Picture(_market, "Quatre étals de marché aux auvents rayés, chargés de fruits.", (0.0, 0.0)),
    "library": Picture(_library, "Quatre étagères de livres colorés et une plante verte dans un pot.", (0.6, 0.0)),
    "stars": Picture(
        _stars, "A night sky over dark hills; a ringed planet, and a telescope pointing at it.", (-0.3, 0.3)
    ),
    "boat": Picture(_boat, "A wooden sailing boat afloat on calm water, sails up for the first time.", (0.0, 0.0)),
    "lighthouse": Picture(_lighthouse, "Un phare rayé rouge et blanc sur son rocher.", (0.3, 0.2)),
    "garden": Picture(_garden, "Des dahlias couverts de givre dans un jardin, au petit matin.", (0.0, 0.0)),
}

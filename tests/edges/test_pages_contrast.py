"""Every pair of text and ground passes WCAG AA, long text AAA, in light and in dark, computed from the style sheet."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "mesange/kit/web/static/css/1-tokens.css").read_text()
HIGH_CONTRAST = TOKENS.split("@media (prefers-contrast: more)")[1].split("@media")[0]
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
LIGHT = {name: light for name, light, _ in PAIR.findall(TOKENS.split("@media")[0])}
DARK = {name: dark for name, _, dark in PAIR.findall(TOKENS.split("@media")[0])}
THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "high contrast light": LIGHT | {name: light for name, light, _ in PAIR.findall(HIGH_CONTRAST)},
    "high contrast dark": DARK | {name: dark for name, _, dark in PAIR.findall(HIGH_CONTRAST)},
}
ACCENTS = (Path(__file__).parents[2] / "mesange/kit/web/static/css/1-accents.css").read_text()
PLAIN, STRONG = ACCENTS.split("@media (prefers-contrast: more)")
ACCENT = re.compile(r'\[data-accent="(\w+)"\] \{ (.+) \}')
for accent, tokens in ACCENT.findall(PLAIN):
    strong = dict(ACCENT.findall(STRONG))[accent]
    for number, theme in enumerate(("light", "dark")):
        worn = {found[0]: found[1 + number] for found in PAIR.findall(tokens)}
        THEMES[f"{accent} {theme}"] = THEMES[theme] | worn
        held = {found[0]: found[1 + number] for found in PAIR.findall(strong)}
        THEMES[f"{accent} high contrast {theme}"] = THEMES[f"high contrast {theme}"] | worn | held
LONG_TEXT = [("stripe", "cheek"), ("stripe", "mist"), ("stripe", "cap-tint"), ("stripe", "breast-tint")]
TEXT = [
    ("feather", "cheek"), ("feather", "mist"), ("feather", "cap-tint"),
    ("cap", "cheek"), ("cap", "mist"), ("cap", "breast-tint"), ("cap-deep", "cheek"), ("cap-deep", "cap-tint"),
    ("on-cap", "cap"), ("on-cap", "cap-deep"), ("on-breast", "breast"), ("on-berry", "berry"),
    ("moss", "cheek"), ("moss", "moss-tint"), ("berry", "cheek"), ("berry", "mist"), ("berry", "cap-tint"),
    ("stripe", "moss-tint"), ("stripe", "berry-tint"), ("cheek", "stripe"),
]  # fmt: skip
SHAPES = [("edge", "cheek"), ("focus", "cheek"), ("focus", "mist"), ("cap", "cheek")]
BANDS = re.findall(r"--band: (#[0-9a-f]{6})", TOKENS)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("pairs", "least"), [(LONG_TEXT, 7.0), (TEXT, 4.5), (SHAPES, 3.0)], ids=["long text", "text", "shapes"]
)
def test_text_stands_out_from_its_ground(theme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = THEMES[theme]
    measured = {f"{text} on {ground}": contrast(colours[text], colours[ground]) for text, ground in pairs}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < least} == {}


def test_high_contrast_by_choice_is_that_of_the_device() -> None:
    chosen = TOKENS.split('[data-theme="contrast"] {')[1].split("}")[0]
    assert PAIR.findall(chosen) == PAIR.findall(HIGH_CONTRAST.split("}")[0]) != []


def test_an_accent_by_choice_of_contrast_is_that_of_the_device() -> None:
    found = ACCENT.findall(STRONG)
    assert len(found) == 8 and found[:4] == found[4:]


def test_white_text_stands_on_every_band() -> None:
    assert len(BANDS) == 8
    assert all(contrast("#ffffff", band) >= 4.5 for band in BANDS)

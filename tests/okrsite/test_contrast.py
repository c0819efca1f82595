"""Every pair of colours that meets on a page can be told apart, in light and in dark."""

import math
import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
COLOUR = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"
THEMES = ["light", "dark"]

# What stands on what, and the least contrast WCAG 2.2 (or we, where more) ask for.
PAIRS = [
    ("ink", "paper surface sunken", 7),
    ("ink-2", "paper surface sunken", 4.5),
    ("ink-3", "paper surface sunken", 4.5),
    ("accent", "paper surface sunken accent-soft", 4.5),
    ("on-accent", "accent", 4.5),
    ("line-control", "surface paper", 3),
    ("good-text", "surface good-soft", 4.5),
    ("good-fill", "surface sunken", 3),
    ("warn-text", "surface warn-soft", 4.5),
    ("warn-fill", "surface sunken", 3),
    ("bad-text", "surface bad-soft paper", 4.5),
    ("bad-fill", "surface sunken", 3),
    ("none-fill", "surface sunken", 3),
    ("corridor-line", "surface", 3),
    ("focus", "paper surface", 3),
    ("mark-ink", "mark", 4.5),
]


def linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """oklch to linear sRGB."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )


def tokens() -> dict[str, list[tuple[float, float, float]]]:
    return {
        name: [linear(float(x) / 100, float(y), float(z)) for x, y, z in re.findall(COLOUR, both)]
        for name, both in re.findall(r"--([\w-]+): light-dark\((.+)\);", TOKENS)
    }


def luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (min(1, max(0, part)) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("above", "below", "least"),
    [(above, below, least) for above, grounds, least in PAIRS for below in grounds.split()],
)
def test_what_meets_can_be_told_apart(above, below, least, theme):
    colours = tokens()
    bright, dim = sorted(
        (luminance(colours[name][THEMES.index(theme)]) for name in (above, below)), reverse=True
    )
    assert (bright + 0.05) / (dim + 0.05) >= least


@pytest.mark.parametrize("name", tokens())
def test_every_screen_can_show_the_colour(name):
    assert all(-0.002 <= part <= 1.002 for theme in tokens()[name] for part in theme)

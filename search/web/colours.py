"""The owner's colour on the page: what of it text and buttons can use so that everybody can read them.

Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio):
level AAA in light, AA in dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from index.config.values import Colour

AAA, AA = 7.0, 4.5
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
SHEET = Path(__file__).parent / "static" / "telusur.css"
BEHIND_TEXT = ("paper", "card", "notice", "mark")
"""Colours of the style sheet that links may stand on."""

_DECLARED = re.compile(r"--([\w-]+): #([0-9a-f]{6});")


def written(colour: Colour) -> str:
    """A colour as style sheets write it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def accent_rules(accent: Colour) -> str:
    """The style rules that give the page this accent, in light and in dark."""
    light, dark = page_colours()
    return (
        f":root{{{_declared(palette(accent, light, AAA, BLACK))}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_declared(palette(accent, dark, AA, WHITE))}}}}}\n"
    )


def palette(accent: Colour, page: dict[str, Colour], least: float, away: Colour) -> dict[str, Colour]:
    """The colours made of an accent, by their names in the style sheet.

    :param page: the other colours of the page, by those names.
    :param least: contrast that texts have to have.
    :param away: what text becomes more like until it has it: black or white.
    """
    wash = next(
        shade
        for percent in range(11, -1, -1)
        if contrast(page["soft"], shade := _mixed(page["card"], accent, percent / 100)) >= least
    )
    text = _until(accent, away, [page[name] for name in BEHIND_TEXT] + [wash], least)[1]
    _, fill, ink = min(
        (*_until(accent, other, [ink], least), ink) for ink, other in ((WHITE, BLACK), (BLACK, WHITE))
    )
    return {"accent": text, "accent-fill": fill, "accent-ink": ink, "accent-wash": wash}


@cache
def page_colours() -> tuple[dict[str, Colour], dict[str, Colour]]:
    """The colours of our style sheet in light and in dark, by name."""
    light, dark = SHEET.read_text(encoding="utf-8").split("prefers-color-scheme: dark", 1)
    return _colours_in(light), _colours_in(dark)


def _colours_in(sheet: str) -> dict[str, Colour]:
    return {name: _of_digits(digits) for name, digits in _DECLARED.findall(sheet)}


def _of_digits(digits: str) -> Colour:
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _declared(colours: dict[str, Colour]) -> str:
    return ";".join(f"--{name}:{written(colour)}" for name, colour in colours.items())


def _until(colour: Colour, away: Colour, others: Iterable[Colour], least: float) -> tuple[int, Colour]:
    """(steps, the colour moved so many of 255 steps towards another until it stands out from all others)."""
    others = list(others)
    for steps in range(256):
        moved = _mixed(colour, away, steps / 255)
        if all(contrast(moved, other) >= least for other in others):
            return steps, moved
    raise ValueError(f"{away} does not stand out from {others}")


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

"""
The picture that stands for an issue where its address is shared: a card with its headline.

Pure. The card is an SVG from a template; whoever asks for it makes a PNG of that. Its one font
holds the letters of western Europe, so an issue whose words need others has no card.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import jinja2

from ..text import one_line

TEMPLATES = ("card.svg", "fonts/newsreader.ttf")
"""What cards are made of beside words; the second is the font."""
SIZES = (76, 66, 56, 48)
"""Of the headline in pixels, the largest that fits in `LINES` lines of `WIDTH`."""
LINES = 4
WIDTH = 1040
LONGEST = 46
"""Characters of the lines beside the headline."""
_SHOWN = re.compile(r"[ -~\xa0-\xffıŒœ–—‘’‚“”„•…′″‹›€™−]*")
"""What the font holds."""
_WIDTHS = ((r"[ijl.,:;'!|‘’]", 0.27), (r"[fIrt()\[\]\-/ \"“”]", 0.36), (r"[mwMW@%—…]", 0.86))
"""Of characters in ems; measured on the font, rounded up. Others: capitals 0.7, the rest 0.54."""


class CardTexts(NamedTuple):
    """What a card tells."""

    title: str
    """Of the issue."""
    digest: str
    """Its title."""
    site: str
    """Its title."""
    day: str
    """Of the issue, in words."""

    @classmethod
    def of(cls, title: str, digest: str, site: str, day: str) -> CardTexts:
        """Each on one line, and its letters in the form that the font has."""
        return cls(
            *(unicodedata.normalize("NFC", one_line(text)) for text in (title, digest, site, day))
        )


def can_show(texts: CardTexts) -> bool:
    """Whether the font has all letters."""
    return all(_SHOWN.fullmatch(text) for text in texts)


def card(env: jinja2.Environment, texts: CardTexts) -> str | None:
    """
    The SVG of a card.

    Args:
        env: As `environment` makes it.
        texts: What it tells.

    Returns:
        None where a word needs letters that the font has not.
    """
    if not can_show(texts):
        return None
    size, lines = _set(texts.title)
    context = {
        "lines": lines,
        "size": size,
        "which": _short(texts.digest),
        "name": _short(texts.site),
        "day": texts.day,
    }
    return env.get_template(TEMPLATES[0]).render(context)


def _set(title: str) -> tuple[int, list[str]]:
    """The size and the lines of a headline; one that is too long ends in an ellipsis."""
    for size in SIZES:
        lines = _lines(title, WIDTH / size)
        if len(lines) <= LINES:
            return size, lines
    return SIZES[-1], [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]


def _lines(text: str, ems: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= ems - 1:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def width(text: str) -> float:
    """About how wide a line is, in ems; rather too wide than too narrow."""
    total = 0.0
    for sign in text:
        known = (ems for pattern, ems in _WIDTHS if re.fullmatch(pattern, sign))
        total += next(known, 0.7 if sign.isupper() else 0.54)
    return total


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"

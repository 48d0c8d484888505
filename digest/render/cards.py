"""
The picture that stands for an issue where its address is shared: a card with its headline.

Pure. The card is an SVG from a template; whoever asks for it makes a PNG of that. Its one font
holds the letters of western Europe, so an issue whose words need others has no card.
"""

from __future__ import annotations

import re
import unicodedata

import jinja2

from ..text import one_line

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


def card(env: jinja2.Environment, *, title: str, digest: str, site: str, day: str) -> str | None:
    """
    The SVG of a card.

    Args:
        env: As `environment` makes it.
        title: Of the issue.
        digest: Its title.
        site: Its title.
        day: Of the issue, in words.

    Returns:
        None where a word needs letters that the font has not.
    """
    texts = [unicodedata.normalize("NFC", one_line(text)) for text in (title, digest, site, day)]
    if not all(_SHOWN.fullmatch(text) for text in texts):
        return None
    title, digest, site, day = texts
    size, lines = _set(title)
    context = {
        "lines": lines,
        "size": size,
        "which": _short(digest),
        "name": _short(site),
        "day": day,
    }
    return env.get_template("card.svg").render(context)


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

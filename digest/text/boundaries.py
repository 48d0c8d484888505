"""
Whether a place in a text cuts a word or a number.

Pure. A quote must not begin or end within a word ("profit" of "non-profit"), within a number
("48" of "3.48", "27" of "27%", "5" of "$5") or within a contraction ("can" of "can't").
Scripts that write without blanks have a boundary at every character.
"""

from __future__ import annotations

import re

from .folding import HYPHENS, INVISIBLE, QUOTATION_MARKS

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"  # Han, kana, bopomofo
)
"""Body of a character class: letters of scripts without blanks between words."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_JOINERS = frozenset(HYPHENS)
_APOSTROPHES = frozenset(QUOTATION_MARKS)
_SIGNS_BEFORE = frozenset("$€£¥₹₩₽~≈<>±+")
_SIGNS_AFTER = frozenset("%‰°")


def is_bounded(text: str, start: int, end: int) -> bool:
    """
    Whether a part of a text begins and ends where words and numbers do.

    Args:
        text: The original, not folded: folding makes a dash and a hyphen the same.
        start, end: Offsets of the part.
    """
    return start >= end or (
        not _cuts(text, start, number_sign=_SIGNS_BEFORE) and not _cuts(text, end, after=True)
    )


def _visible(text: str, offset: int, step: int) -> tuple[str, str]:
    """Two characters before (-1) or after (1) an offset, invisible ones aside; nearest first."""
    found = ""
    index = offset if step > 0 else offset - 1
    while 0 <= index < len(text) and len(found) < 2:
        if not _INVISIBLE.match(text[index]):
            found += text[index]
        index += step
    nearest, farther = (*found, " ", " ")[:2]
    return nearest, farther


def _cuts(
    text: str, offset: int, *, number_sign: frozenset[str] = frozenset(), after: bool = False
) -> bool:
    """Whether a word or number goes on across an offset; `after`: it is the end of a part."""
    left, before_left = _visible(text, offset, -1)
    right, after_right = _visible(text, offset, 1)
    if _UNSPACED.match(left) or _UNSPACED.match(right):
        return False
    if left.isalnum() and right.isalnum():
        return True
    inner, joiner, outer = (left, right, after_right) if after else (right, left, before_left)
    if not inner.isalnum():
        return False
    if joiner in _JOINERS or joiner in _APOSTROPHES:
        # Only a lone sign joins: two hyphens are a dash.
        return outer.isalnum() or (
            not after and joiner in _JOINERS and inner.isdigit() and outer in " ($€£"
        )
    if inner.isdigit():
        return (
            (joiner in ".,:/" and outer.isdigit())
            or joiner in number_sign
            or (after and joiner in _SIGNS_AFTER)
        )
    return False

"""
What keeps an element from being read: attributes and inline styles.

Pure. Style sheets are not looked at: what they do depends on scripts and screens. What an
inline style hides, its author hid.

Source: CSS 2.2, sections 9 to 11; CSS Color 4 (names); WCAG technique C7 (off-screen text)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

FAR = 500.0
"""Pixels (or a tenth of it in em, or per cent) beyond the page's edge from which text is gone."""
TINY = 2.0
"""Pixels; smaller letters and boxes are for nobody."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_LENGTH = re.compile(r"([+-]?\d*\.?\d+)(px|pt|r?em|ex|ch|v[wh]|%)?")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 1.33, "em": 10.0, "rem": 10.0, "ex": 5.0, "ch": 5.0}
_COLOURS = {"white": "ffffff", "black": "000000"}
_NOTHING = re.compile(r"(scale[xy3d]*|opacity)\(0*(\.0+)?%?[,)]")
_CLIPPED = re.compile(r"rect\((0|1px|0px|auto)([, ](0|1px|0px|auto))*\)|inset\((50|100)%|circle\(0")


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether these attributes take an element, and all in it, out of sight."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or is_hiding(attributes.get("style", ""))
    )


@lru_cache(maxsize=2048)  # a page repeats a few styles
def is_hiding(style: str) -> bool:
    """Whether an inline style keeps its element from being read."""
    if not style:
        return False
    said = _declarations(style)
    return (
        said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("content-visibility") == "hidden"
        or said.get("mso-hide") == "all"
        or _is_faint(said)
        or _is_away(said)
        or _is_tiny(said)
    )


def _declarations(style: str) -> dict[str, str]:
    plain = _ESCAPE.sub(
        lambda match: chr(min(int(match[1], 16), 0x10FFFF)), _COMMENT.sub("", style)
    )
    pairs = (one.replace("\\", "").partition(":") for one in plain.lower().split(";"))
    return {
        re.sub(r"\s", "", name): " ".join(value.replace("!important", "").split())
        for name, _, value in pairs
    }


def _is_faint(said: Mapping[str, str]) -> bool:
    """Transparent, or of the colour of its own background."""
    opacity = re.fullmatch(r"(\d*\.?\d+)(%?)", said.get("opacity", ""))
    if opacity and float(opacity[1]) / (100 if opacity[2] else 1) < 0.05:
        return True
    colour = _colour(said.get("color", ""))
    ground = _colour(said.get("background-color", "") or said.get("background", ""))
    return colour == "transparent" or (bool(colour) and colour == ground)


def _colour(value: str) -> str:
    """A colour in one spelling; empty for what is none or several things."""
    value = value.replace(" ", "")
    if re.fullmatch(r"transparent|rgba\(\d+,\d+,\d+,0*(\.0+)?\)|#[0-9a-f]{6}00", value):
        return "transparent"
    parts = re.fullmatch(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(,1(\.0+)?)?\)", value)
    if parts:
        return "".join(f"{int(part):02x}" for part in parts.group(1, 2, 3))
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "".join(digit * 2 for digit in value[1:])
    if value in ("inherit", "initial", "unset", "revert", "currentcolor", "none"):
        return ""
    return _COLOURS.get(value, value.removeprefix("#") if re.fullmatch(r"#?\w+", value) else "")


def _is_away(said: Mapping[str, str]) -> bool:
    """Outside of the page, cut to nothing, or scaled to nothing."""
    is_placed = said.get("position") in ("absolute", "fixed")
    sides = ["margin-left", "margin-top", "text-indent", *(("left", "top") if is_placed else ())]
    if any(_pixels(said.get(side, "")) <= -FAR for side in sides):
        return True
    if is_placed and any(_pixels(said.get(side, "")) <= -FAR for side in ("right", "bottom")):
        return True
    clips = f"{said.get('clip-path', '')} {said.get('clip', '') if is_placed else ''}"
    if _CLIPPED.search(clips):
        return True
    return _NOTHING.search(f"{said.get('transform', '')} {said.get('filter', '')}") is not None


def _is_tiny(said: Mapping[str, str]) -> bool:
    """Letters, or a box that shows none of its overflow, of no size."""
    size = said.get("font-size", "") or said.get("font", "").partition("/")[0].rpartition(" ")[2]
    if 0 <= _pixels(size, none=FAR) < TINY and not size.endswith(("em", "rem")):
        return True
    if size.endswith("em") and 0 <= _pixels(size, none=FAR) < 0.3:
        return True
    boxes = ("width", "height", "max-width", "max-height")
    is_box = any(0 <= _pixels(said.get(side, ""), none=FAR) < TINY for side in boxes)
    return is_box and said.get("overflow") in ("hidden", "clip")


def _pixels(value: str, *, none: float = 0.0) -> float:
    length = _LENGTH.fullmatch(value)
    return float(length[1]) * _PIXELS.get(length[2] or "", 5.0) if length else none

"""
Images of an article: links to them, with their alternative text.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..urls import clean

_PIXEL = re.compile(
    r"//(pixel|stats|analytics|tracking|track|beacon)\.|/(pixel|beacon|1x1|spacer|blank)\.(gif|png)"
    r"|feeds\.feedburner\.com/~|feedsportal\.com|/_/stat\?|/open\.aspx|doubleclick\.net|/wf/open\?"
)
_THIN = re.compile(r"(^|;)(width|height):[01](px)?(;|!|$)")
_LAZY = ("data-src", "data-lazy-src", "data-original", "src")


def address_of(attributes: Mapping[str, str], base: str) -> str:
    """
    Where an image is; empty for a pixel, an ornament (empty `alt`), and one that is nowhere.

    Args:
        attributes: Of its element, as strangers wrote them.
        base: What its addresses are relative to.
    """
    if not attributes.get("alt", "image").strip():
        return ""
    for name in _LAZY:
        if name in attributes and (address := clean(attributes[name], base)):
            return "" if _is_pixel(attributes, address) else address
    return ""


def _is_pixel(attributes: Mapping[str, str], address: str) -> bool:
    for side in ("width", "height"):
        if side in attributes and attributes[side].strip().removesuffix("px") in ("0", "1"):
            return True
    if style := attributes.get("style", ""):
        style = "".join(style.split()).lower()
    return (style != "" and _THIN.search(style) is not None) or _PIXEL.search(address) is not None

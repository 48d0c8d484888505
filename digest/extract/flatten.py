"""
Markup that nests deeper than anybody reads, made flat before a tree is built of it.

Pure.
"""

from __future__ import annotations

import re

from .markup import DEEPEST, VOID

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
_CLOSES_ITSELF = VOID | frozenset(
    "area base dd dt embed input li link meta option p param path rect source tbody td tfoot th "
    "thead tr track use wbr".split()
)
_SHAPES = frozenset(
    "animate animatetransform circle ellipse g image line lineargradient mspace path polygon "
    "polyline rect stop symbol text use".split()
)
"""Drawings may close these at once (`<path/>`); of HTML's own, `<div/>` opens a division."""


def flatten(html: str, deepest: int = 4 * DEEPEST) -> str:
    """
    `html` without the tags that nest deeper than `deepest`.

    A tree builder looks through all open elements at each tag: 200,000 nested ones took
    five minutes. No page that people read comes near this depth.
    """
    if html.count("<") <= deepest:
        return html
    depth = 0

    def one(match: re.Match[str]) -> str:
        nonlocal depth
        name = match[2].lower()
        if name in _CLOSES_ITSELF or (match[0].endswith("/>") and name in _SHAPES):
            return match[0]
        depth = max(0, depth + (-1 if match[1] else 1))
        return match[0] if depth < deepest + (0 if match[1] else 1) else ""

    return _TAG.sub(one, html)

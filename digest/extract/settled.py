"""
Whether markup that was parsed and written reads the same when it is parsed again.

Pure. A parser of HTML5 closes some elements by itself where others open. Elements that are
not kept (`<marquee>`, `<form>`) can keep it from doing so the first time; when they have
gone, a paragraph stands in a paragraph, and no second reading leaves it there.

Source: WHATWG HTML, section 13.2.6.4.7 (the start tags that close a `p`, heading or item)
"""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r"<(/?(?:blockquote|caption|d[dlt]|details|div|fig(?:caption|ure)|h[1-6r]|li|ol|p(?:re)?"
    r"|r[pt]|summary|t(?:able|body|d|foot|h|head|r)|ul))\b"
)
_PLAIN = "p pre h1 h2 h3 h4 h5 h6".split()
_HOLDERS = {"ul": "li", "ol": "li", "blockquote": "p", "figure": "figcaption"}
_FLAT = re.compile(
    "(?:hr |"
    + "|".join(f"{name} /{name} " for name in _PLAIN)
    + "".join(f"|{name} (?:{one} /{one} )*+/{name} " for name, one in _HOLDERS.items())
    + ")*+"
)
"""The shape of most bodies: paragraphs and headings beside each other, lists, quotations."""
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TERMS = frozenset({"dd", "dt"})
_RUBY = frozenset({"rp", "rt"})
_SCOPES = frozenset("caption table td th".split())
"""A parser looks no further up than to these for a paragraph to close."""
_IN_TABLES = frozenset("caption tbody td tfoot th thead tr".split())
_SEEN_THROUGH = frozenset({"div", "p", *_RUBY})
"""… and through these for an item."""


def is_settled(shaped: str) -> bool:
    """
    Whether a second reading changes nothing.

    Args:
        shaped: Well-formed HTML of `markup.TAGS` and images, as it was written from a tree.

    Returns:
        False also where it is only doubtful.
    """
    tags = _BLOCK.findall(shaped)
    if _FLAT.fullmatch(" ".join((*tags, ""))):
        return True
    inside = list[str]()
    for name in tags:
        if name[0] == "/":
            if not inside or inside.pop() != name[1:]:
                return False
        else:
            if inside and _closes_one(name, inside):
                return False
            if name != "hr":
                inside.append(name)
    return not inside


def _closes_one(name: str, inside: list[str]) -> bool:
    """Whether the opening tag would close one of the elements that it stands in."""
    if name in _IN_TABLES:
        return False
    if name in _RUBY:
        return not _RUBY.isdisjoint(inside)
    around = inside[-1]
    if around == "p" or (name in _HEADINGS and around in _HEADINGS):
        return True
    same = {name} if name == "li" else _TERMS if name in _TERMS else None
    for outer in reversed(inside):
        if outer == "p":
            return True
        if outer in _SCOPES:
            break
    if same is not None:
        for outer in reversed(inside):
            if outer in same:
                return True
            if outer not in _SEEN_THROUGH:
                break
    return False

"""
The markup that is kept: which elements, attributes and depth, and how they are written.

Pure. `clean.py` brings all HTML into this form, `tree.py` reads it.
"""

from __future__ import annotations

import re
from html import unescape

TAGS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span strong "
    "sub summary sup table tbody td tfoot th thead time tr tt u ul var".split()
)
DROPPED = frozenset(
    "annotation annotation-xml audio button canvas dialog embed iframe map nav noembed noframes "
    "noscript object option script select style svg template textarea title video xmp".split()
)
"""Elements that go with all that is in them."""

ATTRIBUTES = {
    "a": {"href", "data-image"},
    "span": {"data-image"},
    "ol": {"start"},
    "td": {"colspan"},
    "th": {"colspan"},
    "*": {"lang", "dir"},
}
"""`data-image` marks the alternative text of an image, which is not text of the page."""

VOID = frozenset({"br", "col", "hr", "img"})
DEEPEST = 100
"""Levels of nesting that are kept; deeper tags go, their text stays."""
REL = "noopener noreferrer nofollow"

_ATTRIBUTE = re.compile(r' ([a-z][a-z-]*)="([^"]*)"')
_SIGNS = {"&": "&amp;", "\xa0": "&nbsp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"}
_SIGN = re.compile('[&\xa0"<>]')


def attributes_of(written: str) -> dict[str, str]:
    """Attributes as a serialiser of HTML5 writes them: ` name="value"` each."""
    return {
        name: unescape(value) if "&" in value else value
        for name, value in _ATTRIBUTE.findall(written)
    }


def quoted(value: str) -> str:
    """
    An attribute's value, as a serialiser of HTML5 writes it.

    Source: WHATWG HTML, section 13.3 (escaping a string, in the attribute mode)
    """
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], value)

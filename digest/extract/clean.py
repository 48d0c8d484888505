"""
HTML of strangers -> HTML on a short allow-list, the same for every source.

Pure. Three passes: nh3 brings the markup into one well-formed shape, a filter drops what no
reader sees (hidden elements, tracking pixels, invisible characters), turns images into links
with their alternative text and addresses into whole ones, and nh3 has the last word: nothing
is changed after it.

Source: notes of ammonia's changelog on mutation XSS (svg, math and style are never allowed)
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import nh3

from ..urls import clean
from .hiding import is_hidden

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

SEEN_FIRST = {
    **ATTRIBUTES,
    "a": {"href"},
    "span": set[str](),
    "img": {"src", "alt", "width", "height", "data-src", "data-lazy-src", "data-original"},
    "*": {"lang", "dir", "style", "hidden", "aria-hidden"},
}
VOID = frozenset({"br", "col", "hr", "img"})
DEEPEST = 100
"""Levels of nesting that are kept; deeper tags go, their text stays."""

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

_JOINERS = re.compile(
    "(?<=[\u0600-\u0dff\ufb50-\ufdff\ufe70-\ufefc])[\u200c\u200d](?=[\u0600-\u0dff\ufb50-\ufdff\ufe70-\ufefc])"
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_PIXEL = re.compile(
    r"//(pixel|stats|analytics|tracking|track|beacon)\.|/(pixel|beacon|1x1|spacer|blank)\.(gif|png)"
    r"|feeds\.feedburner\.com/~|feedsportal\.com|/_/stat\?|/open\.aspx|doubleclick\.net|/wf/open\?"
)


def clean_html(html: str, base: str) -> str:
    """
    The part of `html` that may be shown and read.

    Args:
        html: Of any origin, whole page or fragment.
        base: What its addresses are relative to.

    Returns:
        Well-formed HTML of `TAGS` alone; addresses are absolute, http, https or mailto, and
        free of tracking; images are links with their alternative text, marked `data-image`.
    """
    shaped = nh3.clean(
        flatten(html.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")),
        tags=set(TAGS | {"img"}),
        clean_content_tags=set(DROPPED),
        attributes=SEEN_FIRST,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    visible = _Visible(base)
    visible.feed(shaped)
    visible.close()
    return nh3.clean(
        "".join(visible.out),
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


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


def visible_text(text: str) -> str:
    """
    Without characters that no reader sees and XML does not know.

    Joiners between letters of scripts that are spelled with them (Persian, Hindi) stay.
    """
    if _INVISIBLE.search(text) is None:
        return text
    kept = {match.start() for match in _JOINERS.finditer(text)}
    return _INVISIBLE.sub(lambda match: match[0] if match.start() in kept else "", text)


class _Visible(HTMLParser):
    """Reads well-formed HTML, writes the part of it that a reader sees."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.out: list[str] = []
        self.open: list[tuple[str, bool]] = []
        """Names of open elements, and whether their tags were written."""
        self.hidden_from = 0
        """Depth of the outermost hidden element; 0 outside of any."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            is_written = not self.hidden_from and len(self.open) < DEEPEST
            self.open.append((tag, is_written))
            if not self.hidden_from and is_hidden(attributes):
                self.hidden_from = len(self.open)
                self.open[-1] = (tag, False)
        if self.hidden_from or (tag in VOID and is_hidden(attributes)):
            return
        if tag == "img":
            self.out.append(self._image(attributes))
        elif tag in VOID or self.open[-1][1]:
            self.out.append(f"<{tag}{self._attributes(tag, attributes)}>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open:
            return
        name, is_written = self.open.pop()
        if is_written:
            self.out.append(f"</{name}>")
        if len(self.open) < self.hidden_from:
            self.hidden_from = 0

    def handle_data(self, data: str) -> None:
        if not self.hidden_from:
            self.out.append(escape(visible_text(data), quote=False))

    def _attributes(self, tag: str, attributes: dict[str, str]) -> str:
        shown = ("lang", "dir", "colspan", "start")
        kept: dict[str, str] = {name: attributes.get(name, "") for name in shown}
        address = attributes.get("href", "").strip() if tag == "a" else ""
        if address.lower().startswith("mailto:"):
            kept["href"] = address
        elif address and not address.startswith("#"):
            kept["href"] = clean(address, self.base)
        return "".join(f' {name}="{escape(value)}"' for name, value in kept.items() if value)

    def _image(self, attributes: dict[str, str]) -> str:
        """A link to the image; nothing for a pixel or an ornament (empty `alt`)."""
        lazy = (
            attributes.get(name) for name in ("data-src", "data-lazy-src", "data-original", "src")
        )
        address = next(
            (found for found in (clean(one or "", self.base) for one in lazy) if found), ""
        )
        if (
            not address
            or _is_pixel(attributes, address)
            or not attributes.get("alt", "image").strip()
        ):
            return ""
        text = escape(visible_text(attributes.get("alt", "image")))
        if any(tag == "a" and is_written for tag, is_written in self.open):
            return f'<span data-image="1">{text}</span>'
        return f'<a data-image="1" href="{escape(address)}">{text}</a>'


def _is_pixel(attributes: dict[str, str], address: str) -> bool:
    sizes = [attributes.get(side, "").strip().removesuffix("px") for side in ("width", "height")]
    style = re.sub(r"\s", "", attributes.get("style", "")).lower()
    return (
        any(size in ("0", "1") for size in sizes)
        or re.search(r"(^|;)(width|height):[01](px)?(;|!|$)", style) is not None
        or _PIXEL.search(address) is not None
    )

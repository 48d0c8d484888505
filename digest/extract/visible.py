"""
Well-formed HTML -> the part of it that a reader sees.

Pure. Hidden elements go with all that is in them, images become links, addresses whole ones,
and characters that nobody sees go. `visible` does that to any markup; `rewritten` does it in
a fraction of the time where only attributes change, which is how most bodies are, and leaves
all else alone.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from itertools import accumulate

from .hiding import is_hidden
from .images import address_of
from .invisible import has_invisible, visible_text
from .markup import DEEPEST, REL, VOID, attributes_of, quoted
from .settled import is_settled
from .written import HREF, Odd, href, href_of, image, plain_href

SHOWN = ("lang", "dir", "colspan", "start")

_MARKED = re.compile(
    rf'</?a>|<img>|<a {HREF}>|<([a-z][a-z0-9]*)((?: [a-z][a-z-]*="[^"]*")+)>', re.ASCII
)
"""A link's tags, and every tag with attributes, as nh3 writes them. Links to an address that is
spelled as `clean` would spell it are most of them."""
_LINE_FEED = re.compile(r"<pre[^<>]*>\n")
"""Each reading drops one."""
_STEP = re.compile(r"<(/?)(?!(?:br|hr|img|col)\b)")


def rewritten(shaped: str, base: str) -> str | None:
    """
    The visible part of HTML in which nothing is hidden.

    Args:
        shaped: As nh3 wrote it.
        base: What its addresses are relative to.

    Returns:
        What nh3 would make of `visible(shaped, base)`, to the letter; None where more would
        have to change than attributes and images, or where that is not certain.
    """
    if has_invisible(shaped) or _is_deep(shaped) or not is_settled(shaped):
        return None
    is_in_link = False

    def one(match: re.Match[str]) -> str:
        nonlocal is_in_link
        whole = match[0]
        if whole == "</a>":
            is_in_link = False
            return whole
        if whole == "<img>":
            return ""
        plain, name, query, tag, written = match.groups()
        if tag is None:
            if is_in_link:
                raise Odd
            is_in_link = True
            return f'<a{plain_href(plain, name, query)} rel="{REL}">'
        attributes = attributes_of(written)
        if is_hidden(attributes):
            raise Odd
        if tag == "img":
            return image(attributes, base, is_in_link)
        shown = "".join(
            f' {name}="{quoted(attributes[name])}"' for name in SHOWN if attributes.get(name)
        )
        if tag != "a":
            return f"<{tag}{shown}>"
        if is_in_link:
            raise Odd
        is_in_link = True
        address = href_of(attributes, base)
        return f'<a{shown}{href(address)} rel="{REL}">'

    try:
        written = _MARKED.sub(one, shaped)
    except Odd:
        return None
    return None if _LINE_FEED.search(written) else written


def _is_deep(shaped: str) -> bool:
    """Whether tags would have to go because they nest too deeply."""
    if shaped.count("<") - shaped.count("</") < DEEPEST:
        return False
    return max(accumulate(-1 if end else 1 for end in _STEP.findall(shaped))) >= DEEPEST


def visible(shaped: str, base: str) -> str:
    """The visible part of any well-formed HTML; nh3 must have the last word on it."""
    reader = _Visible(base)
    reader.feed(shaped)
    reader.close()
    return "".join(reader.out)


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
        kept = {name: attributes.get(name, "") for name in SHOWN}
        if tag == "a":
            kept["href"] = href_of(attributes, self.base)
        return "".join(f' {name}="{escape(value)}"' for name, value in kept.items() if value)

    def _image(self, attributes: dict[str, str]) -> str:
        """A link to the image; nothing for a pixel or an ornament."""
        address = address_of(attributes, self.base)
        if not address:
            return ""
        text = escape(visible_text(attributes.get("alt", "image")))
        if any(tag == "a" and is_written for tag, is_written in self.open):
            return f'<span data-image="1">{text}</span>'
        return f'<a data-image="1" href="{escape(address)}">{text}</a>'

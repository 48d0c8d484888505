"""
Links and images in the spelling of cleaned HTML.

Pure. An address is written only where every reader of addresses takes it, so that nh3 would
leave it as it is; any other is `Odd`, and the long way of cleaning decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..urls import clean, without_tracking
from .images import address_of
from .markup import REL, quoted

HOST = r"(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+(?!xn--)[a-z][a-z0-9]*"
HREF = (
    rf'href="(https?://({HOST})(?:/(?!\.{{1,2}}[/?"])[\w.~:@!$()*+,=-]*)+)'
    r'(?:\?((?:[\w.~/:@!$()*+,;=?-]|&amp;)*))?"'
)
"""An address that is spelled as `clean` would spell it, but for tracking: most are. Its groups:
up to the query, host, query."""
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_HEAD = (
    rf"https?://(?:(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)*(?!xn--)[a-z][a-z0-9]*|{_BYTE}(?:\.{_BYTE}){{3}})"
    r"(?::(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}))?"
)
_SURE = re.compile(_HEAD + r"/[\w.~/:@!$&'()*+,;=?%#\[\]-]*", re.ASCII)
_SURELY_READ = re.compile(
    _HEAD + r"(?:[/?#]|\Z)|/(?![/\\])|[#?]|[\w.~%-]+(?:[/?#]|\Z)|\Z", re.ASCII
)


class Odd(Exception):
    """More would have to be done than the short way does."""


def is_surely_read(address: str) -> bool:
    """Whether nh3 takes this for an address that it allows; False also where it only may."""
    return _SURELY_READ.match(address) is not None


def href_of(attributes: Mapping[str, str], base: str) -> str:
    """Where a link leads, empty for nowhere or the same page."""
    address = attributes.get("href", "").strip()
    if address.lower().startswith("mailto:"):
        return address
    return clean(address, base) if address and not address.startswith("#") else ""


def href(address: str) -> str:
    """
    The attribute of a link to a cleaned address; empty for an empty one.

    Raises:
        Odd: Not all take this for an address.
    """
    if not address:
        return ""
    if _SURE.fullmatch(address) is None:
        raise Odd
    return f' href="{quoted(address)}"'


def plain_href(address: str | None, name: str, query: str | None) -> str:
    """The attribute that `HREF` has matched, without tracking parameters."""
    if address is None:
        return ""
    if query and (kept := without_tracking(query.replace("&amp;", "&"), name)):
        return f' href="{address}?{quoted(kept)}"'
    return f' href="{address}"'


def image(attributes: Mapping[str, str], base: str, is_in_link: bool) -> str:
    """
    A link to an image with its alternative text; nothing for a pixel or an ornament.

    Raises:
        Odd: As `href`.
    """
    address = address_of(attributes, base)
    if not address:
        return ""
    text = quoted(attributes.get("alt", "image")).replace("&quot;", '"')
    if is_in_link:
        return f'<span data-image="1">{text}</span>'
    return f'<a data-image="1"{href(address)} rel="{REL}">{text}</a>'

"""
HTML of strangers -> HTML on a short allow-list, the same for every source.

Pure. nh3 brings the markup into one well-formed shape; a filter drops what no reader sees
(hidden elements, tracking pixels, invisible characters), turns images into links with their
alternative text and addresses into whole ones; and nh3 has the last word. Where the filter
changes attributes alone and the markup is of a kind that reads the same a second time, the
last word would change nothing, and is not asked for: all that is written is on the
allow-list already.

Source: notes of ammonia's changelog on mutation XSS (svg, math and style are never allowed)
"""

from __future__ import annotations

from functools import cache

import nh3

from .flatten import flatten
from .markup import ATTRIBUTES, DROPPED, REL, TAGS
from .orderly import orderly
from .visible import rewritten, visible

__all__ = ["clean_html", "flatten"]

SEEN_FIRST = {
    **ATTRIBUTES,
    "a": {"href"},
    "span": set[str](),
    "img": {"src", "alt", "width", "height", "data-src", "data-lazy-src", "data-original"},
    "*": {"lang", "dir", "style", "hidden", "aria-hidden"},
}
SCHEMES = {"http", "https", "mailto"}


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
    if (quick := orderly(html, base)) is not None:
        return quick
    once = shaped(html)
    written = rewritten(once, base)
    return cleaned_twice(once, base) if written is None else written


def shaped(html: str) -> str:
    """Any markup in one well-formed shape, with the attributes that the filter asks for."""
    return _first().clean(
        flatten(html.encode("utf-8", "ignore").decode("utf-8").replace("\x00", ""))
    )


def cleaned_twice(once: str, base: str) -> str:
    """The long way from there, which takes any markup."""
    return _last().clean(visible(once, base))


@cache
def _first() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS | {"img"}),
        clean_content_tags=set(DROPPED),
        attributes=SEEN_FIRST,
        url_schemes=SCHEMES,
        link_rel=None,
    )


@cache
def _last() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=REL,
    )

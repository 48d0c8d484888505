"""
What pages put into and behind an article that is no part of it: "Related: …", sign-up lines.

Pure. Wording alone is no proof: a label must introduce a link or be nearly all of its block,
and lines that ask for something (subscribe, follow, share) count at the end only, where no
article has its facts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..urls import host
from .reading import Part, link_share

WHOLE = 0.8
"""Share of links from which a part is a link and no sentence."""
LABEL_LETTERS = 40
"""A label alone is no longer than this."""
LONGEST_REQUEST = 240
"""Letters; a longer paragraph says something beside its request."""
MOST_REQUESTS = 6
_LABEL = re.compile(
    r"\W*(related|read (more|next|also|on|the full story)|also read|see (also|more)"
    r"|(more( on| from)?|watch( (also|more|now|video))?)(?=\W*$|:)|more (on|from)|don[’']t miss"
    r"|must[- ]read|recommended|trending|sponsored|you (may|might) (also )?(like|be interested in)"
    r"|most (read|popular|viewed)|up next|click here|editors?[’']?s? picks?|latest news"
    r"|continue reading|advertisement|share this|story continues|lesen sie auch|mehr zum thema"
    r"|(à )?lire aussi|lea también|te puede interesar|leggi anche|lees ook|читайте также"
    r"|leia também|czytaj (też|także))\b[^.!?]{0,30}?(?P<end>[:…]|\.\.\.|$)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(subscribe|sign(ed)? up|newsletters?|your (inbox|letterbox)"
    r"|follow (us|me|him|her|them|@?\w+ on)|like us on|join (us|our|the (conversation|discussion))"
    r"|download (the|our) app|have a tip|e-?mail (us|me|the author)|get (the|our) (latest|best|top)"
    r"|all rights reserved|copyright|share (this|on)|filed under|posted in|tagged( with)?"
    r"|leave a (comment|reply)|if you enjoyed this|support (us|our work)|abonnieren|abonnez)\b"
    r"|©|^\W*(comments?|tags?|categor(y|ies)|topics?)\b\W*(:|$)",
    re.IGNORECASE,
)


def without_asides(read: Sequence[Part], base: str) -> tuple[Part, ...]:
    """
    The parts without what only leads to other pages, and without closing requests.

    Args:
        base: The page's address: a list or heading that is nothing but links to its own site
            is a menu of it.
    """
    menus = _menus(read, base)
    kept = list[Part]()
    introduced = 0
    for number, part in enumerate(read):
        is_first_of_list = part.kind == "item" and number > 0 and _is_label(read[number - 1])
        if is_first_of_list and link_share(part) > WHOLE:
            introduced = part.group
        is_menu = part.group in menus or (part.kind == "item" and part.group == introduced)
        if not (is_menu or _is_label(part) or _is_card(read, number, base)):
            kept.append(part)
    return _without_requests(kept)


def _menus(read: Sequence[Part], base: str) -> set[int]:
    """Lists of two items or more that are all links to the page's own site."""
    lists = dict[int, list[Part]]()
    for part in read:
        if part.kind == "item" and part.group:
            lists.setdefault(part.group, []).append(part)
    return {
        group
        for group, items in lists.items()
        if 2 <= len(items) < len(read) / 2 and all(_leads_home(item, base) for item in items)
    }


def _is_card(read: Sequence[Part], number: int, base: str) -> bool:
    """A heading that is a link to another article, and has no text of its own."""
    if read[number].kind != "heading" or not _leads_home(read[number], base):
        return False
    return number + 1 == len(read) or read[number + 1].kind == "heading" or number > 0


def _leads_home(part: Part, base: str) -> bool:
    own = host(base)
    return link_share(part) > WHOLE and all(host(link.url) == own for link in part.links)


def _is_label(part: Part) -> bool:
    if part.kind not in ("paragraph", "heading", "item"):
        return False
    label = _LABEL.match(part.text)
    if label is None:
        return False
    rest = part.text[label.end() :].strip()
    if not rest:
        return len(part.text) <= LABEL_LETTERS
    return bool(label["end"]) and link_share(part) > 0.5


def _without_requests(read: list[Part]) -> tuple[Part, ...]:
    """Drops what asks for something, and the headings and links between, from the end."""
    end = len(read)
    for number in range(len(read) - 1, max(0, len(read) - MOST_REQUESTS) - 1, -1):
        part = read[number]
        if part.kind in ("code", "row", "quote", "caption"):
            break
        is_request = len(part.text) <= LONGEST_REQUEST and _REQUEST.search(part.text) is not None
        if is_request or part.kind == "heading":
            end = number
        elif link_share(part) < WHOLE or part.kind == "item":
            break
    return tuple(read[:end]) if 2 * end >= len(read) else tuple(read)

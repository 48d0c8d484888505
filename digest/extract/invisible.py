"""
Characters that no reader sees.

Pure.
"""

from __future__ import annotations

import re

_JOINERS = re.compile(
    "(?<=[\u0600-\u0dff\ufb50-\ufdff\ufe70-\ufefc])[\u200c\u200d](?=[\u0600-\u0dff\ufb50-\ufdff\ufe70-\ufefc])"
)
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


_PLAIN = bytes((9, 10, 13, *range(32, 127)))


def has_invisible(text: str) -> bool:
    """Whether there is anything in it that no reader sees."""
    # The pattern looks at each character, which takes longer than to parse a feed: first all
    # that is ASCII and seen goes, in one sweep over the bytes, and mostly little is left.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return bool(rest) and INVISIBLE.search(rest.decode("utf-8", "surrogatepass")) is not None


def visible_text(text: str) -> str:
    """
    Without characters that no reader sees and XML does not know.

    Joiners between letters of scripts that are spelled with them (Persian, Hindi) stay.
    """
    if not has_invisible(text):
        return text
    kept = {match.start() for match in _JOINERS.finditer(text)}
    return INVISIBLE.sub(lambda match: match[0] if match.start() in kept else "", text)

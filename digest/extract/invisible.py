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
_PLAIN_LATIN = bytes((*_PLAIN, *range(0xA0, 0xAD), *range(0xAE, 0x100)))


def has_invisible(text: str) -> bool:
    """Whether there is anything in it that no reader sees."""
    # The pattern looks at each character, which takes longer than to parse a feed: first all
    # that is ASCII and seen goes, in one sweep over the bytes, and mostly little is left.
    try:
        return bool(text.encode("latin-1").translate(None, _PLAIN_LATIN))
    except UnicodeEncodeError:  # at the first of another script
        rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return bool(rest) and INVISIBLE.search(rest.decode("utf-8", "surrogatepass")) is not None


_BY_LEAD = {
    lead: re.compile(lead + rest, re.DOTALL)
    for lead, rest in (
        (b"\xc2", rb"[\x80-\x9f\xad]"),
        (b"\xcd", rb"\x8f"),
        (b"\xd8", rb"\x9c"),
        (b"\xe1", rb"(?:\x85[\x9f\xa0]|\x9e[\xb4\xb5]|\xa0[\x8b-\x8f])"),
        (b"\xe2", rb"(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xaf])"),
        (b"\xe3", rb"\x85\xa4"),
        (b"\xed", rb"[\xa0-\xbf]"),
        (b"\xef", rb"(?:\xb8[\x80-\x8d]|\xbb\xbf|\xbe\xa0|\xbf[\xb0-\xbb\xbe\xbf])"),
        (b"\xf3", rb"\xa0"),
    )
}
"""The first byte of what nobody sees, in UTF-8, and what follows it; but for controls."""


def may_have_invisible(text: bytes) -> bool:
    """`has_invisible` of UTF-8, but for the controls that XML forbids, in a look at few bytes."""
    if b"\x7f" in text:
        return True
    if text.isascii():
        return False
    return any(lead in text and found.search(text) for lead, found in _BY_LEAD.items())


def visible_text(text: str) -> str:
    """
    Without characters that no reader sees and XML does not know.

    Joiners between letters of scripts that are spelled with them (Persian, Hindi) stay.
    """
    if not has_invisible(text):
        return text
    kept = {match.start() for match in _JOINERS.finditer(text)}
    return INVISIBLE.sub(lambda match: match[0] if match.start() in kept else "", text)

"""
Text for one line, and for an address.

Pure. Titles, names and reasons come from strangers; on one line they can neither hide
characters nor turn the direction of what follows.
"""

from __future__ import annotations

import re
import unicodedata

# Controls, zero-width and bidi characters, variation selectors (but the two that choose between
# an emoji and a letter), tags, and halves of surrogate pairs, which cannot be encoded.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_BLANKS = re.compile(r"[\s\x85\u2028\u2029]+")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "œ": "oe", "Œ": "oe", "đ": "d"}
    | {"Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l", "ı": "i"}
)
_APOSTROPHES = re.compile("['’ʼ`]")


def one_line(text: str) -> str:
    """Without control, bidi, tag and zero-width characters, white space to single blanks."""
    if text.isprintable() and (text.isascii() or _HIDDEN.search(text) is None):
        return " ".join(text.split())
    return _BLANKS.sub(" ", _HIDDEN.sub("", text)).strip(" ")


_FEED_WORDS = re.compile(
    r"(?:\s*[:|·•»/–—]\s*|\s+-\s+)(?:(?:all|latest|recent|new|the|blog|news)\s+)*"
    r"(?:entries|posts|articles|content|(?:rss|atom|json)(?:\s+(?:feed|channel))?|feed)\s*$",
    re.IGNORECASE,
)


def own_name(title: str) -> str:
    """
    What a feed calls itself, without the words that say it is a feed.

    "Simon Willison's Weblog: Entries" is the weblog, "The Register - RSS feed" the paper. A
    title that is nothing else is kept.
    """
    return _FEED_WORDS.sub("", title) or title


def slugify(text: str, limit: int = 60) -> str:
    """
    A name for addresses and files: `[a-z0-9-]`, never empty.

    Args:
        text: A title. Accents are dropped, other scripts too.
        limit: Characters at most; a longer one is cut at a word where it has several.

    Returns:
        "untitled" where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text[:2000]).translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > limit:
        whole_words = slug[: limit + 1].rpartition("-")[0]
        slug = (whole_words or slug[:limit]).strip("-")
    return slug or "untitled"

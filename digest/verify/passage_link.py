"""
The address of a passage: a page's address with the text that the browser is to show.

Pure. The directive names the quote, or its first and last words, with as much before or
behind it as makes it the only such place in the document.
Source: WICG, Scroll to Text Fragment, sections 3.3 (syntax) and 3.5 (finding a range)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote as percent_encode

from ..text import fold

WHOLE_WORDS = 12
"""Longer quotes are named by their first and last words."""
EDGE_WORDS = 4
MOST_WORDS = 24

_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[\n\t]")


def passage_link(url: str, text: str, start: int, end: int, *, page: str = "") -> str:
    """
    Args:
        url: The page; its own fragment stays.
        text: The document's text.
        start, end: The quote in it.
        page: The folding of `text`, where it is known already.

    Returns:
        `url` with a text directive; `url` itself where the quote has no word.
    """
    directive = text_directive(text, start, end, page=page)
    if not directive:
        return url
    return f"{url}{':~:' if '#' in url else '#:~:'}text={directive}"


def text_directive(text: str, start: int, end: int, *, page: str = "") -> str:
    """What follows `text=`: the shortest form that means this place and no other."""
    tokens = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    if not tokens:
        return ""
    page = page or _fold(text)
    for form in _forms(text, tokens):
        if form.is_only_in(page):
            return form.encoded()
    return _Form(*_ends(text, tokens, MOST_WORDS), *_around(text, tokens, MOST_WORDS)).encoded()


def _forms(text: str, tokens: list[tuple[int, int]]) -> Iterator[_Form]:
    """Forms from short to long: alone, then with words before it, then on both sides."""
    sizes = range(EDGE_WORDS, MOST_WORDS + 1, 2)
    if len(tokens) <= WHOLE_WORDS and not _LINE.search(text[tokens[0][0] : tokens[-1][1]]):
        parts = [(text[tokens[0][0] : tokens[-1][1]], "")]
    else:
        parts = [_ends(text, tokens, size) for size in sizes]
    for first, last in parts:
        yield _Form(first, last)
    for size in (1, 2, *sizes):
        prefix, suffix = _around(text, tokens, size)
        yield _Form(*parts[0], prefix)
        yield _Form(*parts[0], "", suffix)
        yield _Form(*parts[0], prefix, suffix)


def _ends(text: str, tokens: list[tuple[int, int]], size: int) -> tuple[str, str]:
    """The first and the last words of a quote, each within one line of the page."""
    half = min(size, (len(tokens) + 1) // 2)
    first = _LINE.split(text[tokens[0][0] : tokens[half - 1][1]])[0]
    if len(tokens) == 1:
        return first, ""
    last = _LINE.split(text[tokens[-min(half, len(tokens) - half)][0] : tokens[-1][1]])[-1]
    return first.strip(), last.strip()


def _around(text: str, tokens: list[tuple[int, int]], size: int) -> tuple[str, str]:
    """Up to so many words before and behind, within the quote's own lines."""
    before = _LINE.split(text[max(0, tokens[0][0] - 40 * size) : tokens[0][0]])[-1]
    behind = _LINE.split(text[tokens[-1][1] : tokens[-1][1] + 40 * size])[0]
    prefix = before.split()[-size:]
    suffix = behind.split()[:size]
    return " ".join(prefix), " ".join(suffix)


def _fold(text: str) -> str:
    return fold(text).text


class _Form:
    """One way to name a place: its words or its ends, and what stands around it."""

    def __init__(self, first: str, last: str = "", prefix: str = "", suffix: str = "") -> None:
        self.first, self.last, self.prefix, self.suffix = first, last, prefix, suffix

    def is_only_in(self, page: str) -> bool:
        """Whether a folded page has one place for its beginning, and behind it one end."""
        whole = " ".join(filter(None, (self.prefix, self.first)))
        if not self.last and self.suffix:
            whole = f"{whole} {self.suffix}"
        wanted = _fold(whole)
        if _count(page, wanted) != 1:
            return False
        if not self.last:
            return True
        behind = page[page.find(wanted) + len(wanted) :]
        ending = _fold(f"{self.last} {self.suffix}".strip())
        return _count(behind, ending) == 1

    def encoded(self) -> str:
        parts = [_encode(self.first)]
        if self.prefix:
            parts.insert(0, _encode(self.prefix) + "-")
        if self.last:
            parts.append(_encode(self.last))
        if self.suffix:
            parts.append("-" + _encode(self.suffix))
        return ",".join(parts)


def _count(text: str, wanted: str) -> int:
    """Occurrences, up to two: more make no difference."""
    at = text.find(wanted)
    return 0 if at < 0 else 1 if text.find(wanted, at + 1) < 0 else 2


def _encode(text: str) -> str:
    """`-`, `,` and `&` part a directive, so they are written out with the rest."""
    return percent_encode(" ".join(text.split()), safe="").replace("-", "%2D")

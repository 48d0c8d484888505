"""
Bytes of a page -> the document of its main text.

Pure. Candidates are compared by what they hold: trafilatura's selection wins unless another one
has clearly more, or has the words of the feed's teaser where it has not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import ParseError
from ..text import fold, words
from ..types import Document, Entry
from .candidates import article_parts, main_parts, words_of
from .clean import clean_html
from .decoding import decode
from .making import document
from .page import Facts, base_of, facts, tree_of
from .plain import to_html
from .reading import Part, assemble, parts
from .walls import before_wall, is_challenge, wall

MUCH_MORE = 2.0
"""How many times the words of trafilatura's selection another candidate must have."""
ENOUGH_WORDS = 80
"""Under so many words a longer candidate proves nothing."""
TEASER_IN = 0.6
"""Part of a teaser's words that a text must hold to be the one it announces."""
_MARKDOWN_TYPES = ("text/markdown", "text/x-markdown")


def article(
    body: bytes,
    *,
    url: str,
    content_type: str,
    fetched_at: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    hint: Entry | None = None,
) -> Document:
    """
    Read a page.

    Args:
        body: As received; HTML, plain text or Markdown.
        url: The address that answered.
        content_type: The header; empty lets the body speak for itself.
        fetched_at: In UTC; stands in the document.
        families: Publishers that own several domains.
        hint: The entry whose page it is: its title, author and date fill gaps, its teaser's
            words tell the right text from a wrong one.

    Returns:
        The document; `wall` is set where the page hides its text, and `text` then holds what
        stands in front of a paywall, and nothing of a consent form.

    Raises:
        ParseError: It is no text (an image, a PDF), or a page without any.
    """
    text = decode(body, content_type)
    kind = _kind(body, text, content_type, url)
    if kind != "html":
        known = Facts("", "", "", None, "", "", "", is_free=True)
        html = to_html(text, is_markdown=None if kind == "plain" else True)
        return _document(parts(clean_html(html, url)), known, "", url, fetched_at, families, hint)
    tree = tree_of(text, url)
    known = facts(tree, url)
    shown = " ".join((tree.text_content() or "").split())
    if is_challenge(shown):
        raise ParseError(url, "expected an article, found a page that asks for a browser")
    read = _chosen(tree, known, base_of(tree, url), hint)
    kind = wall(shown, read, url, is_free=known.is_free)
    return _document(before_wall(read, kind), known, kind, url, fetched_at, families, hint)


def _kind(body: bytes, text: str, content_type: str, url: str) -> str:
    """What the body is: "html", "plain" or "markdown"."""
    said = content_type.partition(";")[0].strip().lower()
    if said in _MARKDOWN_TYPES or (
        said in ("", "text/plain") and re.search(r"\.(md|markdown)$", url)
    ):
        return "markdown"
    is_html = re.search(
        r"<(!doctype html|html|head|body|article|p|div)\b", text[:5000], re.IGNORECASE
    )
    if body.startswith(b"%PDF"):
        raise ParseError(url, "expected an HTML page, found a PDF")
    if said and not said.startswith("text/") and "html" not in said and "xml" not in said:
        raise ParseError(url, f"expected an HTML page, found {said}")
    if not text.strip():
        raise ParseError(url, "expected an HTML page, found an empty document")
    if body[:1000].count(b"\0") > 10 and "\0" in text[:1000]:
        raise ParseError(url, "expected an HTML page, found binary data")
    if said == "text/plain" or (not said and not is_html):
        return "plain"
    if not is_html and not re.search(r"<[a-z]", text, re.IGNORECASE):
        raise ParseError(url, "expected an HTML page, found text without markup")
    if re.match(r"\s*(<\?xml[^>]*>\s*)?<(rss|feed|rdf:RDF)\b", text):
        raise ParseError(url, "expected an HTML page, found a feed")
    return "html"


def _chosen(tree: Any, known: Facts, base: str, hint: Entry | None) -> tuple[Part, ...]:
    """What trafilatura selects, unless it is clearly worse than another candidate."""
    best = main_parts(tree, base)
    number = words_of(best)
    fits = _fits(best, hint)
    others = [parts(clean_html(to_html(known.body), base))] if known.body and known.is_free else []
    if number < 3 * ENOUGH_WORDS or not fits:
        others.append(article_parts(tree, base))
    for other in others:
        more = words_of(other)
        if more >= max(ENOUGH_WORDS, MUCH_MORE * number) or (not number and more):
            best, number, fits = other, more, _fits(other, hint)
        elif not fits and more >= ENOUGH_WORDS and _fits(other, hint):
            best, number, fits = other, more, True
    return best


def _fits(read: Sequence[Part], hint: Entry | None) -> bool:
    """Whether a text holds most words of the teaser; true where there is no teaser to ask."""
    teaser = set(words(" ".join(part.text for part in parts(hint.html)))) if hint else set[str]()
    if len(teaser) < 12:
        return True
    held = teaser & set(words(" ".join(part.text for part in read)))
    return len(held) >= TEASER_IN * len(teaser)


def _document(
    read: Sequence[Part],
    known: Facts,
    kind: str,
    url: str,
    fetched_at: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    hint: Entry | None,
) -> Document:
    title, read = _titled(read, known.title, hint)
    if not read and not kind:
        raise ParseError(url, "expected an article, found a page without readable text")
    return document(
        assemble(read),
        url=known.address or url,
        final_url=url,
        site=known.site,
        title=title,
        author=known.author or (hint.author if hint else ""),
        published=known.published or (hint.published if hint else None),
        language=known.language or (hint.language if hint else ""),
        fetched_at=fetched_at,
        families=families,
        wall=kind,
    )


def _titled(read: Sequence[Part], title: str, hint: Entry | None) -> tuple[str, Sequence[Part]]:
    """The title, and the parts without the heading that only repeats it."""
    title = title or (hint.title if hint else "")
    if read and read[0].kind == "heading":
        heading = read[0].text
        if not title and read[0].level == 1:
            return heading, read[1:]
        if title and fold(heading).text.strip() in fold(title).text:
            return title, read[1:]
    return title, read

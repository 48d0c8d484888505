"""
Bytes of a page -> the document of its main text.

Pure. `choosing.py` says which text that is; here the kind of body is told, the title's
repetitions go, and what page and feed know of the article becomes the document. PDFs, and
transcripts with times, have readers of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..errors import ParseError
from ..types import Document, Entry
from .choosing import choose
from .clean import clean_html
from .decoding import decode
from .invisible import visible_text
from .making import document
from .matching import squeezed
from .page import Facts, base_of, facts, stated_address, tree_of
from .pdf import is_pdf, read_pdf
from .plain import to_html
from .pointing import tells_itself
from .reading import Part, assemble, parts
from .rights import NO_HEADERS, reserved_of
from .transcript import is_transcript, transcript_parts
from .typeset import typeset
from .video import description, owner
from .walls import before_wall, is_challenge, wall

_MARKDOWN_TYPES = ("text/markdown", "text/x-markdown")


@dataclass(frozen=True, slots=True)
class Examined:
    """A document, and how its text was found."""

    document: Document
    chosen: str
    """The candidate that won: `main text`, `articleBody`, `article element`, `whole text` …"""
    why: str


def article(
    body: bytes,
    *,
    url: str,
    content_type: str,
    fetched_at: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    hint: Entry | None = None,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Document:
    """`examine`, for who needs the document alone."""
    return examine(
        body,
        url=url,
        content_type=content_type,
        fetched_at=fetched_at,
        families=families,
        hint=hint,
        headers=headers,
    ).document


def examine(
    body: bytes,
    *,
    url: str,
    content_type: str,
    fetched_at: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    hint: Entry | None = None,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Examined:
    """
    Read a page, and say how.

    Args:
        body: As received; HTML, plain text, Markdown, a PDF or the transcript of an episode.
        url: The address that answered; empty for a file: then the page is believed.
        content_type: The header; empty lets the body speak for itself.
        fetched_at: In UTC; stands in the document.
        families: Publishers that own several domains.
        hint: The entry whose page it is: its title, author and date fill gaps, its teaser's
            words tell the right text from a wrong one.
        headers: Of the answer, names in lower case; they may keep the page from machines.

    Returns:
        The document; `wall` is set where the page hides its text, and `text` then holds what
        stands in front of a paywall, and nothing of a consent form.

    Raises:
        ParseError: It is no text (an image), or a page without any; or it is a PDF, and the
            extra that reads them is not installed.
    """
    found = _examined(body, url, content_type, fetched_at, families, hint)
    marks = f"{found.document.reserved} {reserved_of({}, headers)}".split()
    reserved = " ".join(dict.fromkeys(marks))
    return replace(found, document=replace(found.document, reserved=reserved))


def _examined(
    body: bytes,
    url: str,
    content_type: str,
    fetched_at: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    hint: Entry | None,
) -> Examined:
    if is_pdf(body):
        return _printed(body, url, fetched_at, families, hint)
    text = decode(body, content_type)
    kind = _kind(body, text, content_type, url)
    if kind != "html":
        known = Facts("", "", "", None, "", "", "", is_free=True)
        made = _document(_plain_parts(text, kind, url), known, "", url, fetched_at, families, hint)
        return Examined(made, "whole text", f"the document is {kind}")
    tree = tree_of(text, url)
    url = url or stated_address(tree)
    known = facts(tree, url)
    shown = " ".join((tree.text_content() or "").split())
    if is_challenge(shown):
        raise ParseError(url, "expected an article, found a page that asks for a browser")
    if tells_itself(url) and (under := description(text, tree, url)):
        known = replace(known, author=known.author or owner(text))
        made = _document(under, known, "", url, fetched_at, families, hint)
        return Examined(made, "description", "what stands under a video or an episode")
    choice = choose(tree, known, base_of(tree, url), hint, shown.count(" ") + 1)
    kind = wall(shown, choice.parts, url, is_free=known.is_free)
    read = before_wall(choice.parts, kind)
    made = _document(read, known, kind, url, fetched_at, families, hint)
    return Examined(made, choice.name, choice.why)


def _printed(
    body: bytes,
    url: str,
    fetched_at: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    hint: Entry | None,
) -> Examined:
    """A PDF. The feed knows its title and authors better than its metadata do."""
    found = read_pdf(body, url)
    title, read = typeset(found.lines)
    title = (hint.title if hint else "") or title or found.facts.title
    author = (hint.author if hint else "") or found.facts.author
    known = replace(found.facts, title=title, author=author)
    made = _document(read, known, "", url, fetched_at, families, hint)
    pages = found.lines[-1].page + 1
    return Examined(made, "whole text", f"the document is a PDF, {pages} of {found.pages} pages")


def _plain_parts(text: str, kind: str, url: str) -> tuple[Part, ...]:
    if kind == "transcript":
        return transcript_parts(visible_text(text))
    html = to_html(text, is_markdown=None if kind == "plain" else True)
    return parts(clean_html(html, url))


def _kind(body: bytes, text: str, content_type: str, url: str) -> str:
    """What the body is: "html", "plain", "markdown" or "transcript"."""
    said = content_type.partition(";")[0].strip().lower()
    if is_transcript(text):
        return "transcript"
    if said in _MARKDOWN_TYPES or (
        said in ("", "text/plain") and re.search(r"\.(md|markdown)$", url)
    ):
        return "markdown"
    is_html = re.search(
        r"<(!doctype html|html|head|body|article|p|div)\b", text[:100_000], re.IGNORECASE
    )
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
        license=known.license,
        reserved=known.reserved,
    )


def _titled(read: Sequence[Part], title: str, hint: Entry | None) -> tuple[str, Sequence[Part]]:
    """The title, and the parts without those at the beginning that only repeat it."""
    title = title or (hint.title if hint else "")
    if not title and read and read[0].kind == "heading" and read[0].level == 1:
        return read[0].text, read[1:]
    name = squeezed(title)
    while read and _repeats(read[0], name):
        read = read[1:]
    return title, read


def _repeats(part: Part, name: str) -> bool:
    """A title on the page may lack the site's name, or a subtitle, that its metadata have."""
    text = squeezed(part.text)
    if part.kind == "heading":
        return bool(text) and text in name
    return part.kind == "paragraph" and text == name != ""

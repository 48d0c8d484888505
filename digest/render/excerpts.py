"""
Sentences that were taken from a source stand in quotation marks.

Pure. In a text of the extractive drafter every sentence is a quotation but those that were
computed. In a feature a sentence ends with its mark; in a round-up the claims say where one
excerpt ends and the next begins. Text that a person has edited is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ..types import Claim, Footnote, Span
from .notes import MARK, Marks

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

CLOSE = Markup("</span>")
_QUOTES = tuple("“”‘’\"'")
_SIGNS = re.compile(r"\[\^[^\]]*\]|\\(?=[^\w\s])|[*`]")


@dataclass(frozen=True, slots=True)
class Excerpts:
    """How the excerpts of one text are told from the rest of it."""

    claims: tuple[Claim, ...] = ()
    unmarked: bool = False
    """A sentence without a mark is an excerpt too (round-ups carry none)."""
    only_claimed: bool = False
    """What no claim calls extracted is none."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """By id of a document, where it is not the site's."""

    def holds(self, text: str) -> bool:
        """Whether a sentence, or several with one mark, is an excerpt."""
        kind = kind_of(text, self.claims)
        return kind == "extracted" if self.only_claimed else kind != "computed"

    def split(self, text: str) -> list[tuple[str, str]]:
        """
        The excerpts that make up a text, in order, each with its language (see `language_of`).

        Sentences that follow each other in their document are one. A text that is not made
        of extracted claims alone is one excerpt.
        """
        extracted = [claim for claim in self.claims if claim.kind == "extracted" and claim.text]
        extracted.sort(key=lambda claim: len(claim.text), reverse=True)
        pieces: list[tuple[str, str]] = []
        last, rest = None, text
        while rest:
            claim = next((c for c in extracted if rest.startswith(c.text)), None)
            if claim is None:
                return [(text, "")]
            if last is not None and _follows(last, claim):
                pieces[-1] = (f"{pieces[-1][0]} {claim.text}", pieces[-1][1])
            else:
                pieces.append((claim.text, language_of(claim, self.languages)))
            last, rest = claim, rest[len(claim.text) :].lstrip()
        return pieces


def _follows(one: Claim, other: Claim) -> bool:
    """Whether nothing but white space stands between two sentences of a document."""
    here, there = one.rests[-1:], other.rests[:1]
    if not (here and there and isinstance(here[0], Span) and isinstance(there[0], Span)):
        return False
    is_next = here[0].end <= there[0].start <= here[0].end + 2
    return here[0].document == there[0].document and is_next


def fold(text: str) -> str:
    """Text without Markdown's signs, marks, outer quotation marks and runs of white space."""
    return " ".join(_SIGNS.sub("", text).split()).strip("“”\"'")


def claim_of(text: str, claims: Iterable[Claim]) -> Claim | None:
    """The claim with this text."""
    wanted = fold(text)
    return next((claim for claim in claims if fold(claim.text) == wanted), None)


def kind_of(text: str, claims: Iterable[Claim]) -> str:
    """The kind of the claim with this text; empty where there is none."""
    claim = claim_of(text, claims)
    return claim.kind if claim else ""


def language_of(claim: Claim, languages: Mapping[str, str], notes: Iterable[Footnote] = ()) -> str:
    """
    The language of the first document that a claim rests on; empty where it is the site's.

    Args:
        claim: Of an excerpt.
        languages: By id of a document, where it is not the site's.
        notes: Those that the claim may rest on by their labels.
    """
    documents = {note.label: note.quote.document for note in notes}
    for rest in claim.rests[:1]:
        place = rest.document if isinstance(rest, Span) else documents.get(rest, "")
        return languages.get(place, "")
    return ""


def excerpt(text: str, language: str = "") -> Markup:
    """Plain text as an excerpt; what stands in quotation marks already gets no others."""
    return _open(language) + escape(quoted(text)) + CLOSE


def spoken(language: str) -> Markup:
    """The attributes of words in a language that is not the site's; none where it is empty."""
    return Markup(' lang="{}" dir="auto"').format(language) if language else Markup("")


def _open(language: str) -> Markup:
    return Markup(f'<span class="excerpt"{spoken(language)}>')  # noqa: S704 - escaped


def quoted(text: str) -> str:
    """Text in quotation marks, a hair space between these and others at its ends."""
    if is_quoted(text):
        return text
    before = "\u200a" if text[:1] in _QUOTES else ""
    after = "\u200a" if text[-1:] in _QUOTES else ""
    return f"“{before}{text}{after}”"


def is_quoted(text: str) -> bool:
    return (
        len(text) > 1
        and text[0] + text[-1] in {"“”", '""', "„“", "«»"}
        and not any(sign in text[1:-1] for sign in '“”"„«»')
    )


def excerpt_rule(state: StateCore) -> None:
    """Core rule of markdown-it: wrap what `env["excerpts"]` finds in paragraphs and items."""
    excerpts = state.env.get("excerpts")
    if excerpts is None:
        return
    depth = 0
    for before, token in pairwise(state.tokens):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(before.type, 0)
        if token.type == "inline" and before.type == "paragraph_open" and not depth:
            token.children = wrap(token.children or [], excerpts, state.env.get("marks"))


def wrap(children: list[Token], excerpts: Excerpts, marks: Marks | None) -> list[Token]:
    """The tokens of a paragraph with signs of quotation around its excerpts."""
    wrapped: list[Token] = []
    segment: list[Token] = []
    for child in children:
        if child.type == MARK:
            language = marks.language(child.meta["label"]) if marks else ""
            wrapped += [*_quoted(segment, excerpts, language), child]
            segment = []
        else:
            segment.append(child)
    return wrapped + (_quoted(segment, excerpts) if excerpts.unmarked else segment)


def _quoted(segment: list[Token], excerpts: Excerpts, language: str = "") -> list[Token]:
    """One sentence, or several with one mark, between signs of quotation."""
    text = "".join(token.content or "\n" for token in segment if not token.nesting)
    if not text.strip() or not excerpts.holds(text):
        return segment
    if len(segment) == 1:
        return _pieces(text, excerpts, language)
    first = segment[0]
    blank = " " if first.content[:1].isspace() else ""
    first.content = first.content.lstrip()
    is_open = is_quoted(text.strip())
    opening = sign(
        f"{blank}{_open(language)}" + ("" if is_open else "“"), blank + ("" if is_open else "“")
    )
    closing = sign(("" if is_open else "”") + CLOSE, "" if is_open else "”")
    return [opening, *segment, closing]


def _pieces(text: str, excerpts: Excerpts, language: str) -> list[Token]:
    tokens = [sign(" ", " ")] if text[0].isspace() else []
    for number, (piece, own) in enumerate(excerpts.split(text.strip())):
        tokens += [sign(" ", " ")] if number else []
        tokens += [sign(str(excerpt(piece, language or own)), quoted(piece))]
    return tokens


def sign(html: str, text: str) -> Token:
    """A token with HTML of our own, and the same for plain text."""
    from markdown_it.token import Token

    return Token("html_inline", "", 0, content=html, meta={"text": text})

"""
Notes: from what a drafter cites to footnotes with labels, addresses and context (C1, Q3).

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..text import count_words, one_line, slugify
from ..types import Document, DraftNote, Footnote, Passage, Problem, Quote
from .evidence import Evidence
from .passage_link import passage_link
from .problems import error
from .quotes import Found, Missing, find

CONTEXT = 160
"""Characters of the document before and after a quote."""
LEAST_WORDS, MOST_WORDS = 5, 60
TOPIC_WORDS = 5
_CLAUSE = re.compile(r"[,;:.!?—–)](?=[\s\"'”’)]|$)")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cited:
    """A note whose words were found: where they stand."""

    id: str
    quote: Found
    topic: str = ""

    @property
    def document(self) -> Document:
        return self.quote.document

    @property
    def span(self) -> tuple[int, int]:
        return self.quote.start, self.quote.end

    @property
    def key(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The same for notes of one place: they become one footnote."""
        return self.document.id, self.quote.parts


def resolve(
    notes: Iterable[DraftNote], evidence: Evidence
) -> tuple[dict[str, Cited], list[Problem]]:
    """
    Find what each note cites.

    Returns:
        The notes that stand, by id, and a problem for each that does not.
    """
    cited: dict[str, Cited] = {}
    problems: list[Problem] = []
    for note in notes:
        where = f"note {one_line(note.id)}"
        if note.id in cited:
            problems.append(error("C1", where, note.id, "one note of each id"))
            continue
        found = _passages(note, evidence) if note.passages else _quoted(note, evidence)
        if isinstance(found, Found) and not note.passages:
            found = _too_short(found, evidence) or found
        if isinstance(found, Missing):
            shown = ", ".join(note.passages) or note.quote
            wanted = "passages that exist" if note.passages else "a quote of its document"
            problems.append(error(found.rule, where, shown, f"{wanted}; {found.reason}"))
        else:
            cited[note.id] = Cited(
                note.id, found, " ".join(one_line(note.topic).split()[:TOPIC_WORDS])
            )
    return cited, problems


def _passages(note: DraftNote, evidence: Evidence) -> Found | Missing:
    """Adjacent passages of one document: code copies their text."""
    found: list[tuple[Document, Passage]] = []
    for name in note.passages:
        passage = evidence.passage(name)
        if passage is None:
            return Missing("C1", f"there is no passage {one_line(name)}")
        found.append(passage)
    documents = {document.id for document, _ in found}
    numbers = sorted({passage.number for _, passage in found})
    if len(documents) > 1 or numbers[-1] - numbers[0] != len(numbers) - 1:
        return Missing("C1", "the passages of a note stand side by side in one document")
    document = found[0][0]
    quote = _long_enough(document, numbers[0], numbers[-1], evidence)
    if evidence.asked(document).text[quote.start : quote.end] != quote.text:
        return Missing("C1", "what speaks to a machine is no evidence")
    return quote


def _long_enough(document: Document, first: int, last: int, evidence: Evidence) -> Found:
    """
    A note's passages, from number to number; with the one before, else the one behind, while
    they have under five words (Q3): "There were 221." says nothing without its neighbour. A
    paragraph that is as short as that is what it is.
    """
    held = evidence.passages(document)
    found = Found(document, ((held[first - 1].start, held[last - 1].end),))
    if count_words(found.text) >= LEAST_WORDS or is_structure(found, evidence):
        return found
    for wider in ((first - 1, last), (first, last + 1)):
        if wider[0] > 0 and wider[1] <= len(held) and _is_one_block(document, held, *wider):
            return _long_enough(document, *wider, evidence)
    return found


def _is_one_block(document: Document, held: Sequence[Passage], first: int, last: int) -> bool:
    start, end = held[first - 1].start, held[last - 1].end
    return held[first - 1].block == held[last - 1].block and "\n\n" not in document.text[start:end]


def _quoted(note: DraftNote, evidence: Evidence) -> Found | Missing:
    document = evidence.source(note.document) or evidence.by_id(note.document)
    if document is None:
        return Missing("C1", f"there is no document {one_line(note.document) or '(none named)'}")
    return find(note.quote, document, evidence.folded(document))


def _too_short(found: Found, evidence: Evidence) -> Missing | None:
    """Q3's lower bound; a whole row, item, caption or heading is what it is."""
    words = count_words(found.text)
    if words >= LEAST_WORDS or is_structure(found, evidence):
        return None
    return Missing("Q3", f"a quote of {LEAST_WORDS} words or more; this one has {words}")


def is_structure(found: Found, evidence: Evidence) -> bool:
    """Whether a quote is a whole heading, item or caption, or stands in a table's row."""
    document = found.document
    return any(
        (block.kind == "row" and block.start <= found.start and found.end <= block.end)
        or (
            block.kind in {"heading", "item", "caption"}
            and (block.start, block.end) == (found.start, found.end)
        )
        for block in document.blocks
    )


def cut(found: Found) -> Found:
    """A quote of at most sixty words: a longer one ends at a clause (Q3)."""
    if count_words(found.text) <= MOST_WORDS:
        return found
    start, end = found.parts[0]
    text = found.document.text[start:end]
    ends = [start + match.end() for match in _WORD.finditer(text)][:MOST_WORDS]
    while len(ends) > 1 and count_words(found.document.text[start : ends[-1]]) > MOST_WORDS:
        ends.pop()
    limit = ends[-1]
    clauses = [start + m.end() for m in _CLAUSE.finditer(text[: limit - start])]
    fit = [c for c in clauses if count_words(found.document.text[start:c]) >= MOST_WORDS // 3]
    if fit and found.document.text[fit[-1] - 1] in ",;:—–":
        fit[-1] -= 1
    stop = fit[-1] if fit else limit
    return Found(found.document, ((start, start + len(text[: stop - start].rstrip())),))


class Labels:
    """Gives footnotes their labels, one per place, in order of first use."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._notes: dict[object, Footnote] = {}
        self._numbers: dict[str, int] = {}

    def of(self, cited: Cited) -> str:
        """The label of a note; the same place gives the same one."""
        if cited.key not in self._notes:
            stem = label_stem(cited.document)
            self._numbers[stem] = self._numbers.get(stem, 0) + 1
            label = f"{stem}-{self._numbers[stem]}"
            self._notes[cited.key] = footnote(label, cited, self._evidence)
        return self._notes[cited.key].label

    def marks(self, cited: Sequence[Cited]) -> str:
        return "".join(f"[^{label}]" for label in dict.fromkeys(map(self.of, cited)))

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        return tuple(self._notes.values())


def label_stem(document: Document) -> str:
    """The first label of the publisher's domain: "simonwillison" of simonwillison.net."""
    name = document.publisher.removeprefix("www.")
    return slugify(name.partition(".")[0] or document.site, 32)


def footnote(label: str, cited: Cited, evidence: Evidence) -> Footnote:
    """What a reader sees of a note: the document's words, and how to come to them."""
    found = cut(cited.quote)
    document = cited.document
    text = document.text
    url = document.url or document.final_url
    page = evidence.folded(document).text
    return Footnote(
        label=label,
        quote=Quote(document.id, found.start, found.end, found.text),
        url=url,
        name=one_line(document.site or document.publisher),
        topic=cited.topic,
        before=text[max(0, found.start - CONTEXT) : found.start],
        after=text[found.end : found.end + CONTEXT],
        passage_url=passage_link(url, text, found.start, found.end, page=page) if url else "",
    )

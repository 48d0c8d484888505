"""
English claims over German, French, Spanish and Italian documents.

They lie in tests/data/verify/abroad, a document a file: `>` begins a passage, `=` an honest
English sentence about the one above it, a blank line a paragraph.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from digest.text import passages
from digest.types import Document
from tests.verify.material import document

from .corpus import Claim, Corpus, Score
from .scores import line, planted

DATA = Path(__file__).parent.parent.parent / "data" / "verify" / "abroad"
THURSDAY = dt.datetime(2026, 5, 7, 12, tzinfo=dt.UTC)


def _read(path: Path) -> tuple[Document, tuple[Claim, ...]]:
    """A document, without its language where the file says so, and the claims about it."""
    head, *paragraphs = path.read_text("utf-8").strip().split("\n\n")
    about = dict(line.split(": ", 1) for line in head.splitlines())
    language = about.pop("language")
    address = {"url": f"https://{path.stem}.example/", "publisher": f"{path.stem}.example"}
    lines = [paragraph.splitlines() for paragraph in paragraphs]
    texts = [" ".join(row[2:] for row in each if row[0] == ">") for each in lines]
    made = document(*(("paragraph", text) for text in texts), site="", **about, **address)
    made = replace(made, published=THURSDAY, language=language)
    claims, number = [], 0
    for row in (row for each in lines for row in each):
        if row[0] == ">":
            passage = passages(made)[number]
            assert made.text[passage.start : passage.end] == row[2:], (path.name, row)
            number += 1
        else:
            claims.append(Claim(path.stem, row[2:], (f"S1.{number}",)))
    return made, tuple(claims)


_READ = {path.stem: _read(path) for path in sorted(DATA.glob("*.txt"))}
ABROAD = Corpus(
    {name: (made,) for name, (made, _) in _READ.items()},
    [claim for _, claims in _READ.values() for claim in claims],
)
"""Five documents in each of the four languages."""


def of_language(tag: str) -> Corpus:
    """The part of it in one language."""
    topics = {name: found for name, found in ABROAD.topics.items() if name.startswith(f"{tag}-")}
    return Corpus(topics, [claim for claim in ABROAD.honest if claim.topic in topics])


KINDS = (
    "digits changed",
    "unit changed",
    "magnitude changed",
    "currency changed",
    "date changed",
    "weekday changed",
    "per cent and points exchanged",
    "rank changed",
    "qualifier lost",
    "rounded beyond honesty",
    "person in no source",
    "organisation or product in no source",
    "name in no source added",
    "sentence invented, without number or name",
)
"""What is planted here: quotations are those of the document's own language."""
_MOST = 500
"""Claims of one kind: of more, every so manieth."""
_NAMES = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian"}


def planted_abroad(kind: str) -> tuple[Claim, ...]:
    """The claims of one kind."""
    found = planted(kind, ABROAD)
    return found[:: len(found) // _MOST + 1]


@cache
def scores_abroad() -> Mapping[str, Score]:
    """Of each kind, and of honest sentences by the language of their documents."""
    found = {kind: ABROAD.score(planted_abroad(kind)) for kind in KINDS}
    for tag, name in _NAMES.items():
        part = of_language(tag)
        found[name] = part.score(part.honest)
    return found


def table_abroad() -> str:
    """The table that README shows."""
    found = scores_abroad()
    planted_ones = [found[kind] for kind in KINDS]
    total = Score(*(sum(column) for column in zip(*planted_ones, strict=True)))
    honest = [found[name] for name in _NAMES.values()]
    every = Score(*(sum(column) for column in zip(*honest, strict=True)))
    return "\n".join(
        [
            "| English claim, foreign document | claims | errors | errors or warnings |",
            "| --- | ---: | ---: | ---: |",
            *(line(f"honest, of {name} documents", found[name]) for name in _NAMES.values()),
            line("honest, of all four", every),
            *(line(kind, found[kind]) for kind in KINDS),
            line("planted, all of these", total),
        ]
    )

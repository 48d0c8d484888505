"""
Documents about invented things, and honest drafts about them in a model's own words.

They lie in tests/data/verify: a document a file, its head and then a block a line; the honest
sentences in one file and those whose figures are derived in another, each with the passages that
it cites.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from digest.types import (
    Document,
    Dossier,
    Draft,
    DraftNote,
    Entry,
    Paragraph,
    QuoteBlock,
    Section,
    Story,
    Table,
    TableRow,
)
from tests.verify.material import document

DATA = Path(__file__).parent.parent / "data" / "verify"
MAY = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def _document(path: Path) -> Document:
    head, _, body = path.read_text("utf-8").partition("\n\n")
    about = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    parts: list[Any] = [line.split(": ", 1) for line in body.splitlines()]
    blocks = [(kind, text.replace(" | ", "\t") if kind == "row" else text) for kind, text in parts]
    return replace(document(*blocks, **{"author": "", **about}), published=MAY)


def _topic(name: str) -> tuple[Document, ...]:
    return tuple(_document(path) for path in sorted(DATA.glob(f"{name}-*.txt")))


def _sentences(name: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    found = (line.split(" | ", 2) for line in lines if not line.startswith("#"))
    return tuple((topic, text, tuple(passages.split())) for topic, passages, text in found)


TOPICS = {name: _topic(name) for name in ("orrin", "velsund", "sleep", "rill", "brine")}
HONEST = _sentences("honest.txt")
"""Topic, text and cited passages of each sentence."""
DERIVED = _sentences("derived.txt")
"""The same, of sentences with a figure that follows from two of their sources."""


def sentences_of(topic: str) -> list[tuple[str, tuple[str, ...]]]:
    """The honest sentences of a topic with what they cite."""
    return [(text, passages) for name, text, passages in HONEST if name == topic]


def dossier(topic: str) -> Dossier:
    """The topic's documents as a story."""
    first = TOPICS[topic][0]
    entry = Entry(
        feed="wire",
        id=topic,
        url=first.url,
        canonical=first.url,
        title=first.title,
        published=first.published,
    )
    story = Story(entries=(entry,), score=1.0, place="feature")
    return Dossier(story, TOPICS[topic], links=(("More", "https://more.example/x"),))


def draft(topic: str = "orrin", **changes: Any) -> Draft:
    """All honest sentences of a topic as one draft of a model, right in all."""
    honest = sentences_of(topic)
    notes: dict[tuple[str, ...], str] = {}
    texts = []
    for text, passages in honest:
        name = notes.setdefault(passages, f"n{len(notes) + 1}")
        texts.append(f"{text}[{name}]")
    third = len(texts) // 3
    values: dict[str, Any] = {
        "title": {"orrin": "Orrin 4 is cheap, and honest about its rank"}.get(topic, ""),
        "tldr": tuple(text for text, _ in honest[:3]),
        "sections": (
            Section("", (Paragraph(" ".join(texts[:third])),)),
            Section("What it costs", (Paragraph(" ".join(texts[third : 2 * third])),)),
            Section("What was measured", (Paragraph(" ".join(texts[2 * third :])),)),
        ),
        "notes": tuple(DraftNote(name, passages) for passages, name in notes.items()),
        "further": ("L1",),
        "kind": "model",
    }
    return Draft(**(values | changes))


TABLE = Table(
    ("Model", "Parameters (billion)", "Output price ($)"),
    (
        TableRow(("Orrin 4", "212", "1.60"), ("t",)),
        TableRow(("Orrin 4 Mini", "24", "0.30"), ("t",)),
    ),
)
TABLE_NOTE = DraftNote("t", ("S1.14", "S1.15"))
QUOTATION = QuoteBlock(
    "S1", "We are three to six months behind the frontier, and we know it", "Ines Okafor"
)

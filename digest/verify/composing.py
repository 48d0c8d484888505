"""
Proved sections as Markdown with marks, and as claims.

Pure. A document's characters are escaped, so that none acts as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..markdown import escape, styled
from ..types import Claim
from .ledger import claim
from .notes import Labels
from .units import Block, Heading, ProvedSection, Unit


def markdown(sections: Sequence[ProvedSection], labels: Labels) -> str:
    """The body of a feature; labels are given in order of first use."""
    parts: list[str] = []
    for section in sections:
        if section.heading:
            parts.append(f"## {plain(section.heading.text)}")
        parts += [_block(block, labels) for block in section.blocks]
    return "\n\n".join(parts)


def plain(text: str) -> str:
    """Text of one line that Markdown shows as it is."""
    return escape(" ".join(text.split()))


def _block(block: Block, labels: Labels) -> str:
    marked = [f"{unit.written}{labels.marks(unit.notes)}" for unit in block.units]
    if block.kind == "paragraph":
        return " ".join(marked)
    if block.kind == "list":
        return "\n".join(
            f"{number}. {item}" if block.ordered else f"- {item}"
            for number, item in enumerate(marked, 1)
        )
    if block.kind == "quote":
        speaker = f"\n> — {plain(block.speaker)}" if block.speaker else ""
        return f"> {marked[0]}{speaker}"
    return "\n".join(_rows(block, labels))


def _rows(block: Block, labels: Labels) -> Iterator[str]:
    head = block.head.cells if block.head else block.head_cells
    yield _row(tuple(map(plain, head)))
    yield _row(("---",) * len(head))
    for unit in block.units:
        cells = tuple(map(styled if unit.judged else plain, unit.cells))
        yield _row((*cells[:-1], cells[-1] + labels.marks(unit.notes)))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def claims(sections: Sequence[ProvedSection], labels: Labels) -> Iterator[Claim]:
    """Every heading and unit, with what it rests on."""
    for section in sections:
        if section.heading:
            notes = [note for unit in section.units() for note in unit.notes]
            yield of_heading(section.heading, tuple(dict.fromkeys(map(labels.of, notes))))
        for block in section.blocks:
            if block.head:
                yield Claim(" | ".join(block.head.cells), "extracted", tuple(block.head.spans()))
            for unit in block.units:
                rests = tuple(dict.fromkeys(labels.of(cited) for cited in unit.notes))
                if unit.judged:
                    yield claim(unit.judged, rests, unit.kind)
                else:
                    yield Claim(_shown(unit), unit.kind, rests)


def of_heading(heading: Heading, below: tuple[str, ...]) -> Claim:
    """A heading or title as the ledger holds it; a model's rests on the notes below it."""
    if heading.judged:
        return claim(heading.judged, below, heading.kind)
    return Claim(heading.text, heading.kind, heading.rests)


def _shown(unit: Unit) -> str:
    return " | ".join(unit.cells) if unit.cells else unit.text

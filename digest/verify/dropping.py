"""
Dropping what is not proved, the smallest unit first, until nothing more has to go.

Pure. A sentence goes; what leant on it; its block, where it is a list or table, or when under
eight words are left; the section without a block. Then what is quoted beyond the quota
goes, from the end (K1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..types import Problem, Span
from .evidence import Evidence
from .problems import error
from .quota import allowed, quoted
from .units import Block, ProvedSection, Unit

LEAST_WORDS = 8
_LEANS = re.compile(
    r"[\"“‘'(]*(?:It|Its|This|That|These|Those|They|Their|He|She|His|Her|And|But|So|Or|Also|"
    r"Then|Both|Such|Instead|However|Still|Yet|Neither|Either|Another|Nor)\b"
)


def leans(text: str) -> bool:
    """Whether a sentence points back to the one before it: "It also …", "But …"."""
    return bool(_LEANS.match(text))


def settle(
    sections: Sequence[ProvedSection], bullets: Sequence[Unit], evidence: Evidence
) -> tuple[tuple[ProvedSection, ...], list[Problem]]:
    """
    Args:
        sections: As proved; blocks know whether a unit of theirs was dropped.
        bullets: The TL;DR, which counts towards the quota.

    Returns:
        What still reads well, and a problem for each unit that the quota cost.
    """
    problems: list[Problem] = []
    kept = _tidy(sections)
    while (excess := _beyond_quota(kept, bullets, evidence)) is not None:
        problems.append(
            error("K1", excess.where, excess.text, "at most a tenth of a document, or 150 words")
        )
        kept = _tidy(_without(kept, excess))
    return kept, problems


def _tidy(sections: Sequence[ProvedSection]) -> tuple[ProvedSection, ...]:
    """To a fixed point; one pass does, since each level looks only at what is left below."""
    found = (
        replace(section, blocks=tuple(b for b in map(_block, section.blocks) if b.units))
        for section in sections
    )
    return tuple(section for section in found if section.blocks)


def _block(block: Block) -> Block:
    if block.kind == "paragraph":
        kept: list[Unit] = []
        for unit in block.units:
            after_gap = unit.after_gap or (bool(block.units) and _follows_gap(unit, kept, block))
            if not (after_gap and leans(unit.text)):
                kept.append(unit)
        was_cut = block.was_cut or len(kept) < len(block.units)
        block = replace(block, units=tuple(kept), was_cut=was_cut)
        return replace(block, units=()) if was_cut and block.words < LEAST_WORDS else block
    return replace(block, units=()) if block.was_cut else block


def _follows_gap(unit: Unit, kept: Sequence[Unit], block: Block) -> bool:
    """Whether the unit before this one was dropped just now."""
    place = block.units.index(unit)
    return place > 0 and (not kept or kept[-1] is not block.units[place - 1])


def _beyond_quota(
    sections: Sequence[ProvedSection], bullets: Sequence[Unit], evidence: Evidence
) -> Unit | None:
    """The last unit of a document that is quoted too much; None where none is."""
    counted = [
        unit
        for section in sections
        for block in section.blocks
        if not block.is_whole
        for unit in block.units
    ]
    spans: list[Span] = [span for unit in (*bullets, *counted) for span in unit.spans()]
    for document in evidence:
        if quoted(document, spans) > allowed(document):
            own = [
                unit
                for unit in counted
                if any(span.document == document.id for span in unit.spans())
            ]
            if own:
                return own[-1]
    return None


def _without(sections: Sequence[ProvedSection], gone: Unit) -> tuple[ProvedSection, ...]:
    return tuple(
        replace(section, blocks=tuple(_cut(block, gone) for block in section.blocks))
        for section in sections
    )


def _cut(block: Block, gone: Unit) -> Block:
    left = tuple(unit for unit in block.units if unit is not gone)
    return block if len(left) == len(block.units) else replace(block, units=left, was_cut=True)

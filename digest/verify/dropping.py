"""
Dropping what is not proved, the smallest unit first, until nothing more has to go.

Pure. A sentence goes; what leant on it; its block, where it is a list or table, or when under
eight words are left; the section without a block. Then what is quoted beyond the quota
goes, from the end (K1).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ..types import Problem, Span
from .evidence import Evidence
from .judged import Judged
from .leaning import counts_parts, is_first, is_later, leans_back, leans_on_next
from .problems import error
from .quota import allowed, quoted
from .units import Block, ProvedSection, Unit

LEAST_WORDS = 8


def settle(
    sections: Sequence[ProvedSection], bullets: Sequence[Unit], evidence: Evidence
) -> tuple[tuple[ProvedSection, ...], list[Problem]]:
    """
    Args:
        sections: As proved; blocks and units know where something was dropped beside them.
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
        kept = _tidy(without(kept, (excess,)))
    return kept, problems


def without(sections: Sequence[ProvedSection], gone: Sequence[Unit]) -> tuple[ProvedSection, ...]:
    """Sections without some units; what stood beside these knows it."""
    ids = {id(unit) for unit in gone}
    return tuple(
        replace(section, blocks=tuple(_cut(block, ids) for block in section.blocks))
        for section in sections
    )


def _cut(block: Block, gone: Collection[int]) -> Block:
    left: list[Unit] = []
    gap = False
    for unit in block.units:
        if id(unit) in gone:
            gap = True
            continue
        left.append(replace(unit, after_gap=True) if gap else unit)
        gap = False
    if len(left) == len(block.units):
        return block
    return replace(block, units=tuple(left), was_cut=True, before_gap=block.before_gap or gap)


# ------------------------------------------------------------------------ reading well


def _tidy(sections: Sequence[ProvedSection]) -> tuple[ProvedSection, ...]:
    """To a fixed point: each round takes at least one unit, block or section."""
    kept = tuple(sections)
    while True:
        left = _without_stumps(kept)
        gone = [unit for section in left for unit in _orphans(section)]
        if not gone:
            return tuple(map(_without_count, left))
        kept = without(left, gone)


def _without_stumps(sections: Sequence[ProvedSection]) -> tuple[ProvedSection, ...]:
    """Without blocks of which too little is left, and sections without a block."""
    found = (replace(section, blocks=_blocks(section)) for section in sections)
    return tuple(section for section in found if section.blocks)


def _blocks(section: ProvedSection) -> tuple[Block, ...]:
    kept: list[Block] = []
    was_cut = False
    for block in section.blocks:
        if _is_stump(block):
            was_cut = True
            if kept:
                kept[-1] = replace(kept[-1], before_gap=True)
            continue
        kept.append(_after_gap(block) if was_cut else block)
        was_cut = False
    return tuple(kept)


def _is_stump(block: Block) -> bool:
    if not block.units:
        return True
    if block.kind == "paragraph":
        return block.was_cut and block.words < LEAST_WORDS
    return block.was_cut


def _after_gap(block: Block) -> Block:
    first, *rest = block.units
    return replace(block, units=(replace(first, after_gap=True), *rest))


def _orphans(section: ProvedSection) -> list[Unit]:
    """Sentences that point to one which was dropped, or count what is no longer whole."""
    gone: list[Unit] = []
    before_gap = False
    begun = not _was_cut(section)
    for block in section.blocks:
        begun = begun or any(is_first(unit.text) for unit in block.units)
        if block.kind == "paragraph":
            gone += _of_paragraph(block, after_gap=before_gap, begun=begun)
        before_gap = block.before_gap
    return gone


def _of_paragraph(block: Block, *, after_gap: bool, begun: bool) -> list[Unit]:
    gone: list[Unit] = []
    gap = after_gap
    behind = [*(unit.after_gap for unit in block.units[1:]), block.before_gap]
    for place, unit in enumerate(block.units):
        gap = gap or unit.after_gap
        gap = (
            (gap and leans_back(unit.text))
            or (behind[place] and leans_on_next(unit.text))
            or (any(behind[place:]) and _counts(unit.judged))
            or (not begun and is_later(unit.text))
        )
        gone += [unit] if gap else []
    return gone


def _counts(judged: Judged | None) -> bool:
    return judged is not None and counts_parts(judged.statement)


def _was_cut(section: ProvedSection) -> bool:
    return any(
        block.before_gap or block.was_cut or any(unit.after_gap for unit in block.units)
        for block in section.blocks
    )


def _without_count(section: ProvedSection) -> ProvedSection:
    """A section that lost a part loses a heading that counts them."""
    heading = section.heading
    if heading and _counts(heading.judged) and _was_cut(section):
        return replace(section, heading=None)
    return section


# ------------------------------------------------------------------------------- quota


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

"""
C3, clause by clause: what a sentence adds to what it cites.

Pure. An invented clause hides in a sentence whose other words are supported: "…, which analysts
call a turning point". It has no number and no name, so it is known by this alone, that none of
its words stand in what is cited. A word such as "first", "only", "never" or "because of" claims
more than the facts do and is asked for by itself; a superlative may stand anywhere in the
document ("its largest pump"). Passages of another language are not asked: theirs are other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from ..text import stem
from .clauses import Clause, clauses
from .families import families
from .names import names
from .source import Source
from .statements import Statement

LEAST_STEMS, LEAST_OF_FIRST = 2, 3
"""Content words of a clause that is asked for itself; of the first, which bears the sentence."""
_MEASURES = frozenset(
    map(stem, "half third quarter year month week day hour minute time people today".split())
)
"""Words that say how much or when, and who: no invention by themselves."""
_SUPERLATIVE = re.compile(
    r"(?<!at )\b(?:the|its|his|her|their|our|\w+['’]s) (?:single |very )?(?P<word>most|least"
    r"|best|worst|(?!(?:rest|test|west|east|guest|quest|latest|nearest|request|interest|forest"
    r"|harvest|protest|contest|past|last|coast)\b)[a-z]{3,}est)\b(?! (?:of|likely)\b)"
)
_RANKED = re.compile(
    r"\b(?:most|least|best|worst|first|last|top|lead\w*|led|ahead|record\w*|main|chief|only"
    r"|no other|any other|than any|more than|beats?|beat|behind|above all|maximum|minimum"
    r"|up to|peak\w*|never|none"
    r"|(?!(?:rest|test|west|guest|request|interest|forest|protest)\b)[a-z]{3,}est)\b"
)


def sweeping(
    statement: Statement, near: Sequence[tuple[Source, int]], covered: Collection[int]
) -> Iterator[str]:
    """
    Words of a claim that say first, only, most, always or because, where no passage does.

    Args:
        near: The cited sentences and those beside them.
        covered: Offsets that a proved quotation covers.
    """
    text = statement.text.lower()
    passages = [source.whole[slice(*source.sentences[n])].lower() for source, n in near]
    told: set[int] = set()
    for family in families("sweeping"):
        match = next((m for m in family.heads.finditer(text) if m.start() not in covered), None)
        if match is None or match.start() in told:
            continue
        if not any(family.equal.search(passage) for passage in passages):
            told.add(match.start())
            yield match.group()
    for match in _SUPERLATIVE.finditer(text):
        known = any(match["word"] in source.in_small for source, _ in near)
        ranked = known or any(_RANKED.search(passage) for passage in passages)
        if match.start() not in covered and not ranked:
            yield match.group()


def invented(
    statement: Statement, is_supported: Callable[[str], bool], covered: Collection[int]
) -> Iterator[str]:
    """
    Clauses none of whose content words stand in what is cited, names and numbers aside.

    Args:
        is_supported: Whether what is cited has a stem.
        covered: Offsets that a proved quotation covers.
    """
    taken = {offset for name in names(statement) for offset in (name.start, name.end - 1)}
    taken |= {offset for value in statement.values for offset in (value.start, value.end - 1)}
    parts = [each for each in clauses(statement.text) if each.stems]
    if len(parts) < 2:
        return
    for number, clause in enumerate(parts):
        said = clause.stems - _MEASURES
        is_short = len(clause.stems) < LEAST_STEMS if number else len(said) < LEAST_OF_FIRST
        if is_short or not said or any(map(is_supported, said)):
            continue
        if not _holds(clause, taken) and not _holds(clause, covered):
            yield clause.text.strip()


def _holds(clause: Clause, offsets: Collection[int]) -> bool:
    return any(clause.start <= offset < clause.end for offset in offsets)

"""
K1's other half: no long run of a source's words outside quotation marks.

Pure. Names and figures of a run count towards what no text may copy, and not towards what is
warned of: "340 ms with 4.1, 215 ms with 4.0" has no other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .names import names
from .quotations import without_quotations
from .source import TOKEN, Source, bare
from .statements import Statement
from .values import plain

MOST_RUN = 25
WARNED_RUN = 12


class Run(NamedTuple):
    """A run of words that a text shares with a source."""

    words: int
    chosen: int
    """Words that could have been others: no names and no figures."""
    text: str

    @property
    def is_warned_of(self) -> bool:
        return self.chosen > WARNED_RUN

    @property
    def is_copied(self) -> bool:
        return self.words > MOST_RUN


def longest_run(statement: Statement, sources: Sequence[Source]) -> Run:
    """
    The longest run of words of any source in a statement, quotations aside; of several, the
    one with most words that could have been others.

    A run of more than `WARNED_RUN` words holds one word in so many, so that only those are
    looked up; shorter ones may be missed and do not matter.
    """
    text = statement.text
    tokens = list(TOKEN.finditer(plain(without_quotations(text))))
    words = [bare(token.group()) for token in tokens]
    fixed = _fixed(statement) if len(words) > WARNED_RUN else frozenset()
    best = Run(0, 0, "")
    done: set[tuple[int, int, int]] = set()
    for anchor in range(WARNED_RUN, len(words), WARNED_RUN + 1):
        for number, source in enumerate(sources):
            for place in source.places.get(words[anchor], ())[:400]:
                key = (number, place - anchor, anchor // (WARNED_RUN + 1))
                if key in done:
                    continue
                first, last = _extended(words, source.words, anchor, place)
                done.add(key)
                if last - first <= best.chosen and not best.is_copied:
                    continue
                chosen = sum(tokens[at].start() not in fixed for at in range(first, last))
                shown = text[tokens[first].start() : tokens[last - 1].end()]
                best = max(best, Run(last - first, chosen, shown), key=_weight)
    return best


def _weight(run: Run) -> tuple[bool, int, int]:
    return run.is_copied, run.chosen, run.words


def _fixed(statement: Statement) -> frozenset[int]:
    """Offsets that names and values cover: nobody can say these in words of his own."""
    spans = [(name.start, name.end) for name in names(statement)]
    spans += [(value.start, value.end) for value in statement.values]
    return frozenset(offset for start, end in spans for offset in range(start, end))


def _extended(words: Sequence[str], theirs: Sequence[str], at: int, place: int) -> tuple[int, int]:
    """First and last (exclusive) word of the run around a pair of equal words."""
    first = at
    while (
        first > 0
        and place - (at - first) > 0
        and words[first - 1] == theirs[place - (at - first) - 1]
    ):
        first -= 1
    last = at + 1
    while (
        last < len(words)
        and place + last - at < len(theirs)
        and words[last] == theirs[place + last - at]
    ):
        last += 1
    return first, last

"""
Which passages of long documents are shown, so that a request keeps its size.

Pure. Whole documents where they fit; else what stands early, holds figures, or shares the
rarer words of the story, in the order of the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from ...text import content_words, for_readers
from ...types import Document, Passage
from ..model.budget import tokens_of

ID = 5
"""Tokens of a passage's id."""
EARLY = 1.5
FIRST_SHARE = 0.45
"""Of the room, for the first document, where several have to share it."""
Kept = Mapping[int, Collection[int]]
"""Place of a document, from 1 → numbers of its passages."""


def fit(documents: Sequence[Document], room: int, *, early: float = EARLY) -> dict[int, list[int]]:
    """
    Args:
        documents: S1, S2 …
        room: Tokens in all.
        early: What it counts to stand at the top, beside figures (up to 0.75) and words that
            other documents share (up to 2).

    Returns:
        For each document that gets any the numbers of its passages, ascending.
    """
    cut = [for_readers(document) for document in documents]
    costs = [
        [cost(document, each) for each in found]
        for document, found in zip(documents, cut, strict=True)
    ]
    rooms = _rooms([sum(each) for each in costs], room)
    common = Counter(
        word for document in documents for word in set(content_words(document.text[:20_000]))
    )
    shared = {word for word, count in common.items() if count > 1}
    kept = {
        place: _best(document, found, cost, own, shared, early)
        for place, (document, found, cost, own) in enumerate(
            zip(documents, cut, costs, rooms, strict=True), 1
        )
    }
    return {place: numbers for place, numbers in kept.items() if numbers}


def around(kept: Kept, documents: Sequence[Document], room: int) -> dict[int, list[int]]:
    """
    Chosen passages with what they are understood by, as far as there is room: the sentence
    before, the first of their paragraph, which says who “he” is, and the sentence after.

    Args:
        kept: What was chosen; in each document the most important first.
    """
    left = room
    out: dict[int, set[int]] = {}
    cut = {place: {p.number: p for p in for_readers(documents[place - 1])} for place in kept}
    firsts = {place: _firsts(found.values()) for place, found in cut.items()}
    for beside in (_itself, _before, _first, _after):
        for place, numbers in kept.items():
            for number in numbers:
                other = beside(number, firsts[place])
                if other not in cut[place] or other in out.get(place, ()):
                    continue
                price = cost(documents[place - 1], cut[place][other])
                if price > left:
                    continue
                left -= price
                out.setdefault(place, set()).add(other)
    return {place: sorted(numbers) for place, numbers in sorted(out.items())}


def _firsts(found: Iterable[Passage]) -> dict[int, int]:
    """For the number of each passage that of its block's first."""
    of_block: dict[int, int] = {}
    return {
        p.number: of_block.setdefault(p.block, p.number) if p.block >= 0 else p.number
        for p in found
    }


def _itself(number: int, _: Mapping[int, int]) -> int:
    return number


def _before(number: int, _: Mapping[int, int]) -> int:
    return number - 1


def _first(number: int, firsts: Mapping[int, int]) -> int:
    return firsts.get(number, number)


def _after(number: int, _: Mapping[int, int]) -> int:
    return number + 1


def cost(document: Document, passage: Passage) -> int:
    """Tokens of a passage as it is shown, its id with it."""
    return tokens_of(document.text[passage.start : passage.end]) + ID


def _rooms(wanted: Sequence[int], room: int) -> list[int]:
    """Room for each document: what one does not need, the others may use."""
    if sum(wanted) <= room:
        return list(wanted)
    first = min(wanted[0], max(int(room * FIRST_SHARE), room - sum(wanted[1:])))
    rooms, left = [first], room - first
    open_ = sorted(range(1, len(wanted)), key=lambda place: wanted[place])
    given: dict[int, int] = {}
    for position, place in enumerate(open_):
        given[place] = min(wanted[place], left // (len(open_) - position))
        left -= given[place]
    rooms += [given[place] for place in range(1, len(wanted))]
    rooms[0] += min(left, wanted[0] - first)
    return rooms


def _best(
    document: Document,
    found: Sequence[Passage],
    costs: Sequence[int],
    room: int,
    shared: Collection[str],
    early: float,
) -> list[int]:
    if sum(costs) <= room:
        return [passage.number for passage in found]
    worth = {p.number: early * _place(p, len(found)) + _worth(document, p, shared) for p in found}
    ranked = sorted(found, key=lambda p: (-worth[p.number], p.number))
    prices = {p.number: price for p, price in zip(found, costs, strict=True)}
    kept: list[int] = []
    for passage in ranked:
        if (price := prices[passage.number]) <= room:
            room -= price
            kept.append(passage.number)
    return sorted(kept)


def _place(passage: Passage, count: int) -> float:
    """1 at the top of a document, 0 at its end."""
    return 1 - passage.number / (count + 1)


def _worth(document: Document, passage: Passage, shared: Collection[str]) -> float:
    text = document.text[passage.start : passage.end]
    kind = document.blocks[passage.block].kind if passage.block >= 0 else "paragraph"
    words = set(content_words(text))
    figures = min(3, sum(character.isdigit() for character in text) / 2)
    told = len(words & set(shared)) / (len(words) + 4)
    dull = 1.0 if kind == "code" or len(words) < 3 else 0.0
    return 0.25 * figures + 2 * told - dull

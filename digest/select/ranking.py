"""
What a model may add to the choice: a ranking, and names for themes, both by ids.

Pure. Its words are shown as its own; how many places there are, who gets a share of them,
pins, vetoes and what makes a feature stay as they are counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from ..text import one_line
from ..text.tokens import stem
from ..types import Contender, Document, Key, Ranked, Story, ThemeAnswer
from .themes import LONGEST

MOST = 40
"""Stories that are offered: more than five times as many as an issue tells."""
WHY_LENGTH = 200
READ_CHARACTERS = 4000


_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def contenders(stories: Iterable[Story]) -> tuple[Contender, ...]:
    """Those with the highest scores, with ids."""
    best = sorted(stories, key=lambda story: (-story.score, story.lead.key))[:MOST]
    return tuple(Contender(f"C{number}", story) for number, story in enumerate(best, 1))


def ranks(offered: Sequence[Contender], ranking: Sequence[Ranked]) -> dict[Key, tuple[int, str]]:
    """Place and reason by the key of a story's leading entry."""
    known = {each.id: each.story.lead.key for each in offered}
    found: dict[Key, tuple[int, str]] = {}
    for line in ranking:
        key = known.get(line.story)
        if key is not None and key not in found:
            found[key] = (len(found) + 1, _line(line.why))
    return found


def with_rank(story: Story, given: Mapping[Key, tuple[int, str]]) -> Story:
    """The story with its place in the ranking."""
    rank, why = given.get(story.lead.key, (0, ""))
    return replace(story, rank=rank, why=why)


def headings(
    offered: Sequence[Contender],
    answers: Sequence[ThemeAnswer],
    texts: Mapping[str, Document],
    before: Collection[str],
) -> dict[Key, str]:
    """
    The headings that hold, by the key of a story's leading entry.

    Args:
        texts: Documents by id: what names and numbers of a heading are held against.
        before: Headings of past issues; one that differs in capitals alone is taken as it was.
    """
    known = {each.id: each.story for each in offered}
    spelled = {heading.lower(): heading for heading in before}
    common = {
        stem(word) for story in known.values() for word in _written(story, texts) if word.islower()
    }
    found: dict[Key, str] = {}
    for answer in answers:
        heading = one_line(answer.heading).strip(" .:#*_`\"'")
        told = [known[name] for name in answer.stories if name in known]
        told = [story for story in told if story.lead.key not in found]
        held = {stem(word.lower()) for story in told for word in _written(story, texts)}
        if len(heading) <= LONGEST and _is_held(heading, held, common):
            said = spelled.get(heading.lower(), heading[:1].upper() + heading[1:])
            found |= {story.lead.key: said for story in told}
    return found


def _line(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= WHY_LENGTH else f"{line[: WHY_LENGTH - 1].rstrip()}…"


def _written(story: Story, texts: Mapping[str, Document]) -> Iterator[str]:
    """The words of a story's titles, categories and the beginnings of its texts."""
    for entry in story.entries:
        text = texts[entry.document].text if entry.document in texts else ""
        yield from _WORD.findall(" ".join((entry.title, *entry.tags, text[:READ_CHARACTERS])))


def _is_held(heading: str, held: Set[str], common: Set[str]) -> bool:
    """
    Whether a heading is plain words, and each name and number in it is one of its stories'.

    The first word has a capital in any case: it is no name where a text writes it small.
    """
    words = _WORD.findall(heading)
    if not words or not re.fullmatch(r"[\w\s,.'’&+/-]+", heading):
        return False
    first, *others = words
    facts = {stem(word.lower()) for word in others if not (word.isalpha() and word.islower())}
    return facts <= held and stem(first.lower()) in held | common

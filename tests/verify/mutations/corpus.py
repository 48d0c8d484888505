"""
What errors are planted into: documents by topic, and honest sentences with what they cite.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from digest.text import one_line
from digest.types import Document
from digest.verify.across import exchanged_across
from digest.verify.evidence import Evidence
from digest.verify.judge import judge
from digest.verify.judged import Judged, Rules
from digest.verify.names import Name, names
from digest.verify.source import Basis, Source, as_document
from digest.verify.statements import Statement, lone
from digest.verify.values import Value, same, values
from tests.verify.model_material import DERIVED, HONEST, TOPICS


@dataclass(frozen=True)
class Claim:
    """A sentence and what it cites."""

    topic: str
    text: str
    passages: tuple[str, ...]
    rules: tuple[str, ...] = ()
    """Only problems of these rules count; all, where there are none."""
    then: Claim | None = None
    """The sentence that follows it."""
    below: str = ""
    """The text that it stands above, as a bullet; its evidence then."""

    def put(self, start: int, end: int, new: str) -> Claim:
        """The same with other words at a place."""
        text = self.text[:start] + new + self.text[end:]
        return Claim(self.topic, text, self.passages, self.rules)


class Score(NamedTuple):
    """What the rules said of the claims of one kind."""

    claims: int
    errors: int
    reported: int
    """Errors and warnings."""


class Corpus:
    """
    Args:
        topics: The documents of each, S1 first.
        honest: Sentences that say what the passages say that they cite.
    """

    def __init__(self, topics: Mapping[str, Sequence[Document]], honest: Sequence[Claim]) -> None:
        self.topics = topics
        self.honest = tuple(honest)
        self._evidence = {topic: Evidence(documents) for topic, documents in topics.items()}

    def evidence(self, topic: str) -> Evidence:
        """The documents of a topic."""
        return self._evidence[topic]

    def basis(self, claim: Claim) -> Basis:
        """S1 and the cited documents, with the cited passages."""
        found = self.evidence(claim.topic)
        places = []
        for name in claim.passages:
            passage = found.passage(name)
            assert passage is not None, name
            places.append((found.asked(passage[0]), passage[1].start, passage[1].end))
        first = found.first
        assert first is not None
        return Basis([found.asked(first), *(place[0] for place in places)], places)

    def statement(self, claim: Claim) -> Statement:
        """The claim as the rules read it."""
        return lone("claim", claim.text, "sentence", self.basis(claim).anchor)

    def names(self, claim: Claim) -> tuple[Name, ...]:
        """Its names."""
        return names(self.statement(claim))

    def values(self, claim: Claim) -> tuple[Value, ...]:
        """Its values."""
        anchor = self.basis(claim).anchor
        return tuple(v for v in values(claim.text, anchor=anchor) if not v.is_guess)

    def holds(self, value: Value, topic: str) -> bool:
        """Whether a document holds a value; a mutant that happens to be true is no error."""
        found = self.evidence(topic)
        return any(same(value, v) for document in found for v in found.asked(document).values)

    def levels(self, claim: Claim) -> frozenset[str]:
        """The levels of what the rules report of a claim."""
        problems = [problem for each in self._judged(claim) for problem in each.problems]
        return frozenset(p.level for p in problems if not claim.rules or p.rule in claim.rules)

    def _judged(self, claim: Claim) -> Sequence[Judged]:
        if claim.below:
            body = Basis([Source(as_document(claim.below))])
            return [judge(lone("TL;DR", claim.text, "bullet"), body, Rules(above=True))]
        told = [claim, *([claim.then] if claim.then else [])]
        judged = [judge(self.statement(each), self.basis(each), Rules()) for each in told]
        exchanged_across(judged, Rules())
        return judged

    def score(self, claims: Sequence[Claim]) -> Score:
        """How many of these claims are reported."""
        found = [self.levels(claim) for claim in claims]
        return Score(len(found), sum("error" in each for each in found), sum(map(bool, found)))

    @cached_property
    def quoting(self) -> tuple[Claim, ...]:
        """A claim for each sentence of the documents that quotes it."""
        found = []
        for topic, documents in self.topics.items():
            held = self.evidence(topic)
            for place, document in enumerate(documents, 1):
                for passage in held.passages(document):
                    text = one_line(document.text[passage.start : passage.end])
                    plain = len(text.split()) > 7 and not re.search('[“”"|\t]', text)
                    kinds = [block.kind for block in document.blocks[passage.block :][:1]]
                    if plain and kinds in ([], ["paragraph"]):
                        cited = (f"S{place}.{passage.number}",)
                        found.append(Claim(topic, f"One passage reads “{text}”", cited))
        return tuple(found)


INVENTED = Corpus(
    TOPICS, [Claim(topic, text, passages) for topic, text, passages in (*HONEST, *DERIVED)]
)
"""The five invented topics of tests/data/verify."""

"""Errors planted into names, and sentences merged or invented."""

from __future__ import annotations

from collections.abc import Iterator

from .corpus import Claim, Corpus

PEOPLE = ("Sarah Whitlock", "Elon Musk", "Priya Raman")
THINGS = ("Google", "Zentra 9", "Nvidia H100", "Oxford", "Brightwater Systems")


def person_foreign(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for name in corpus.names(claim):
        if len(name.words) == 2 and not any(w[0].isdigit() for w in name.words):
            for new in PEOPLE:
                yield claim.put(name.start, name.end, new)


def thing_foreign(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for name in corpus.names(claim):
        if not (name.is_plain and name.at_start):
            for new in THINGS:
                yield claim.put(name.start, name.end, new)


def name_added(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for tail in ("together with Google", "as DeepMind had hoped", "in Rotterdam", "for the FDA"):
        yield Claim(claim.topic, f"{claim.text.rstrip('.')} {tail}.", claim.passages)


def name_misplaced(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """Another name of the same topic: true, and in the wrong place."""
    told = [each for each in corpus.honest if each.topic == claim.topic]
    others = sorted({n.text for each in told for n in corpus.names(each) if not n.at_start})
    for name in corpus.names(claim):
        for new in [other for other in others if other not in claim.text][:2]:
            if not name.at_start:
                yield claim.put(name.start, name.end, new)


def facts_merged(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """Half of one claim and half of the next that cites another passage."""
    same_topic = [
        c for c in corpus.honest if c.topic == claim.topic and c.passages != claim.passages
    ]
    for other in same_topic[:6]:
        head = claim.text.split(" ")[: max(3, len(claim.text.split(" ")) // 2)]
        tail = other.text.split(" ")[len(other.text.split(" ")) // 2 :]
        yield Claim(claim.topic, " ".join([*head, *tail]), claim.passages)


def invented(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """A sentence of another topic without its numbers and names."""
    for topic in corpus.topics:
        if topic != claim.topic:
            passages = next(c.passages for c in corpus.honest if c.topic == topic)
            yield Claim(topic, claim.text, passages, ("C3",))

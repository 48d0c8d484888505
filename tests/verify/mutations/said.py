"""Errors planted into how sure, how wide and how bare a sentence is: nothing in it is foreign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.verify.values import Value

from .corpus import Claim, Corpus

_QUALIFIER = re.compile(
    r"\b(up to|[Aa]bout|an estimated|more than|fewer than|at least|below) (?=[$€]?\d|six)"
)


def qualifier_borrowed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """A qualifier lost where another number of the sentence has it still."""

    def bound(match: re.Match[str]) -> list[Value]:
        return [v for v in corpus.values(claim) if v.end > match.end()][:1]

    found = [
        match
        for match in _QUALIFIER.finditer(claim.text)
        if any(corpus.holds(value, claim.topic) for value in bound(match))
    ]
    for match in found if len(found) > 1 else ():
        yield claim.put(*match.span(), "")
    same_topic = [c for c in corpus.honest if c.topic == claim.topic and c.text != claim.text]
    for match in found:
        for other in same_topic:
            if any(m[1].lower() == match[1].lower() for m in _QUALIFIER.finditer(other.text)):
                lost = claim.put(*match.span(), "").text.rstrip(".")
                cited = tuple(dict.fromkeys((*claim.passages, *other.passages)))
                yield Claim(claim.topic, f"{lost}; {other.text[0].lower()}{other.text[1:]}", cited)


_DONE = (
    (r"\bplans a\b", "has a"),
    (r"\bplans a\b", "built a"),
    (r"\bis to begin\b", "began"),
    (r"\bexpects to lose\b", "loses"),
    (r"\bexpects to lose\b", "lost"),
    (r"\bmay be paid\b", "is paid"),
    (r"\bmay be paid\b", "was paid"),
    (r"\bcould borrow\b", "borrow"),
    (r"\bUnder the proposed rule, towns could\b", "Under the rule, towns"),
    (r"\btarget is\b", "store heats"),
    (r"\bhopes to close\b", "closed"),
    (r"\bhopes to close\b", "closes"),
    (r"\bwill come\b", "came"),
    (r"\bis planned for\b", "began in"),
    (r"\bis planned for\b", "took place in"),
    (r"\bwill report\b", "reported"),
    (r"\bexpects the backlog to clear\b", "cleared the backlog"),
    (r"\bplan a fix\b", "made a fix"),
    (r"\bplan a fix\b", "have a fix"),
    (r"\bpromised talks\b", "held talks"),
    (r"\balso offered to pay\b", "pays"),
)


def told_as_done(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """What is planned, expected, hoped, proposed or possible, told as a fact."""
    for pattern, new in _DONE:
        if match := re.search(pattern, claim.text):
            yield claim.put(*match.span(), new)


def exchanged_across(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """A number of one sentence and one of the next, in each other's place."""
    same_topic = [c for c in corpus.honest if c.topic == claim.topic]
    for other in same_topic[same_topic.index(claim) + 1 :][:8]:
        here = [v for v in corpus.values(claim) if v.kind == "number" and not v.is_fraction]
        there = [v for v in corpus.values(other) if v.kind == "number" and not v.is_fraction]
        for left in here:
            for right in there:
                is_like = left.unit == right.unit != "x" and left.number != right.number
                if is_like and right.text not in claim.text and left.text not in other.text:
                    second = other.put(right.start, right.end, left.text)
                    first = claim.put(left.start, left.end, right.text)
                    yield Claim(claim.topic, first.text, claim.passages, then=second)


INVENTED_CLAUSES = (
    "which rivals call a turning point",
    "a move that campaigners had long demanded",
    "to the delight of its fans",
    "a sign that the mood is changing",
    "after months of speculation",
)
SWEEPING = (
    ", the first of its kind",
    " for the first time",
    ", the largest such step so far",
    ", and it has never failed",
    " because of pressure from investors",
    ", which led to protests",
)


def clause_invented(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """A clause of no source at the end of an honest sentence, without number or name."""
    for clause in INVENTED_CLAUSES if not claim.text.endswith("”") else ():
        yield Claim(claim.topic, f"{claim.text.rstrip('.')}, {clause}.", claim.passages)


def sweeping_added(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """First, most, never, because: words that claim more than the source does."""
    for words in SWEEPING if not claim.text.endswith("”") else ():
        yield Claim(claim.topic, f"{claim.text.rstrip('.')}{words}.", claim.passages)


CONDITIONS = (
    " if the council agrees",
    " unless the court objects",
    " in mice",
    " for new customers",
)


def condition_dropped(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """A bullet that says what the text below says under a condition, without it."""
    for condition in CONDITIONS if not claim.text.endswith("”") else ():
        below = f"{claim.text.rstrip('.')}{condition}."
        yield Claim(claim.topic, claim.text, claim.passages, below=below)


def repeated_above(corpus: Corpus) -> tuple[Claim, ...]:
    """Every honest sentence as a bullet above all of its topic: nothing is wrong with it."""
    texts = {
        topic: " ".join(each.text for each in corpus.honest if each.topic == topic)
        for topic in corpus.topics
    }
    return tuple(
        Claim(each.topic, each.text, each.passages, below=texts[each.topic])
        for each in corpus.honest
    )

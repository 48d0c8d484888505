"""
What a model is told so that it mends its own draft: place, text, what is wrong, the passages.

Pure. One message for all problems of a draft, place by place in the draft's order; it asks for
these to be corrected, for the whole draft to come back, and for nothing else to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ..text import content_words, fold, one_line
from ..types import Document, Problem
from .evidence import Evidence
from .names import names, stands
from .numbers import places
from .occurrences import occurrences
from .problems import FELL, statement_of
from .refused import FORM
from .relations import relation
from .source import Basis, Source
from .statements import lone
from .support import nearest_passages

MOST_PROBLEMS = 40
PASSAGES = 3
PASSAGE = 300
"""Characters of a passage; a model has seen it whole."""
LONGEST = 12_000
"""Characters of a message after which places come without passages."""

_ADVICE = {
    "J1": "Return the whole reply in the form that was asked for.",
    "Q1": "Copy the words exactly, or name passages instead of a quote.",
    "Q2": "Mark what you leave out with […], and leave out no negation.",
    "Q3": "Quote five words or more, or name the passage instead.",
    "Q4": "Put only the exact words of a source between quotation marks, or take the marks away.",
    "A1": "Name whom the document gives these words to, or name nobody.",
    "N1": "Take the number from a passage and cite that passage, or leave it out.",
    "N2": "Write the number that the passage gives for this very thing, and change nothing else.",
    "N3": "Compute it from two numbers of the cited passages, and name both in `derived`.",
    "N4": "Put these words, or others that mean the same, where the passage has them.",
    "E1": "Cite a passage of a document that has this name, or leave the name out.",
    "E2": "Begin with another word; a name needs a document that has it.",
    "C1": "Each mark needs a note of its id in `notes`, with passages that exist and stand side by "
    "side in one document.",
    "C2": "End it with the mark of a note. Your own judgement ends with [own] instead: in prose "
    "only, without number, quotation or new name, at most every fourth sentence.",
    "C3": "Say what the cited passage says, nearer to its words, cite the passage that says it, or "
    "leave it out.",
    "U1": "Write no address, link or tag; further reading takes ids of the list that was offered.",
    "L1": "Keep to the length that was asked for; what is not proved does not count.",
    "K1": "Say it in your own words, or put it between quotation marks.",
    "M1": "Write about the news only, never about the task or yourself.",
    "X1": "Say here only what the text below says, in its numbers and names.",
}
"""What mends a problem of each rule."""
_COMPUTED = (
    "If you computed it, name both numbers in `derived`: as `claim` the words of this sentence, as "
    f"`expression` {FORM}."
)
_WITH_PASSAGES = frozenset({"Q1", "Q2", "Q4", "A1", "N1", "N2", "N4", "E1", "C2", "C3"})
_HELD = frozenset({"N1", "E1", "E2"})
"""Of these it is said which passages hold what was found."""
_NUMERAL = re.compile(r"\d[\d.,]*\d|\d")
_IMPLY_C3 = frozenset({"N1", "E1", "Q4", "A1"})
"""Where these are mended, the sentence will share words with what it cites."""


def message(problems: Sequence[Problem], documents: Sequence[Document] = ()) -> str:
    """
    The text that asks a model to mend its draft.

    Args:
        problems: Errors and warnings, as `feature`, `round_up` and `front` give them.
        documents: S1, S2 …; the passages nearest to what was found are shown with their ids.

    Returns:
        Empty where there is nothing to mend. What stands above and fell with a sentence below
        is not told: with that sentence mended, it is right again.
    """
    told = [
        problem
        for problem in dict.fromkeys(problems)
        if problem.rule in _ADVICE and not problem.expected.startswith(FELL)
    ]
    if not told:
        return ""
    # Where not all can be told, what must be mended goes first; the order stays the draft's.
    first = sorted(told, key=lambda problem: problem.level != "error")[:MOST_PROBLEMS]
    kept = {id(problem) for problem in first}
    parts = list(_Told(Evidence(documents)).places([p for p in told if id(p) in kept]))
    if left := len(told) - len(first):
        parts.append(f"{left} more faults are not listed here; look for their like.")
    return "\n\n".join(
        (
            "These places of your draft must change:",
            *parts,
            "Correct only these; return the whole draft in the same form.",
        )
    )


class _Told:
    """What was said so far: a passage is shown once, then named."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._all = Basis([evidence.asked(document) for document in evidence])
        self._shown: set[str] = set()

    def places(self, problems: Sequence[Problem]) -> Iterator[str]:
        """Each place once: its text, its faults, what mends them, the passages."""
        by_place: dict[str, list[Problem]] = {}
        for problem in problems:
            by_place.setdefault(problem.where, []).append(problem)
        length, before = 0, ""
        for number, (where, found) in enumerate(by_place.items(), 1):
            text = max((statement_of(problem) for problem in found), key=len)
            head = f"{number}. {where}: {text}"
            body = "\n".join(self._about(found, text, brief=length > LONGEST))
            yield head + ("\n   the same fault" if body == before else "\n" + body)
            before = body
            length += len(head) + len(body)

    def _about(self, problems: Sequence[Problem], text: str, *, brief: bool) -> Iterator[str]:
        rules = {problem.rule for problem in problems}
        if not rules.isdisjoint(_IMPLY_C3):
            problems = [problem for problem in problems if problem.rule != "C3"]
        for problem in problems:
            yield from self._fault(problem, text, brief=brief)
        advice = dict.fromkeys(_ADVICE[problem.rule] for problem in problems)
        computed = (p for p in problems if p.rule == "N1" and _may_be_computed(p, text))
        if any("`derived`" not in problem.expected for problem in computed):
            advice[_COMPUTED] = None
        yield f"   To do: {' '.join(advice)}"
        if not brief and not _WITH_PASSAGES.isdisjoint(rules):
            yield from map(self._passage, passages_near(text, self._evidence))

    def _fault(self, problem: Problem, text: str, *, brief: bool) -> Iterator[str]:
        """What was found and what was expected, and where else it stands."""
        doubt = "" if problem.level == "error" else "doubtful: "
        found = problem.found.strip("“”")
        shown = "" if text.startswith(found) and len(found) * 4 > len(text) * 3 else f"“{found}”: "
        yield f"   - {doubt}{shown}expected {problem.expected}"
        if brief or not self._evidence.documents or problem.rule not in _HELD:
            return
        if held := ", ".join(self._holding(problem, text)):
            yield f"     It stands in {held}."
        elif written := ", ".join(self._writing(problem)):
            yield f"     {written} has these signs, but not as this sentence means them."
        elif not _may_be_computed(problem, text):
            yield "     No document that was shown has it."

    def _holding(self, problem: Problem, text: str) -> Iterator[str]:
        """The ids of up to three passages that hold a number or name."""
        statement = lone("", text, "sentence", self._all.anchor)
        found: list[tuple[Source, int]] = []
        if problem.rule == "N1":
            for value in statement.values:
                if value.text == problem.found:
                    found += [(source, v.start) for source, v in places(value, self._all)]
        else:
            for name in names(statement):
                if name.text == problem.found and (place := stands(name, self._all)):
                    found.append(place[:2])
        ids = (self._id(source, start) for source, start in found)
        yield from islice(dict.fromkeys(filter(None, ids)), PASSAGES)

    def _writing(self, problem: Problem) -> Iterator[str]:
        """The ids of up to three passages in which what was found stands as it is written."""
        numeral = _NUMERAL.search(problem.found) if problem.rule == "N1" else None
        wanted = fold(numeral.group() if numeral else problem.found).text
        ids = (
            self._id(source, start)
            for source in self._all.sources
            for start, _ in occurrences(wanted, source.document, source.folded, None)
        )
        yield from islice(dict.fromkeys(filter(None, ids)), PASSAGES)

    def _id(self, source: Source, start: int) -> str:
        for number, document in enumerate(self._evidence, 1):
            if document is source.document:
                for passage in self._evidence.passages(document):
                    if passage.start <= start < passage.end:
                        return f"S{number}.{passage.number}"
        return ""

    def _passage(self, named: tuple[str, str]) -> str:
        name, text = named
        if name in self._shown:
            return f"   {name}, as above"
        self._shown.add(name)
        return f"   {name}: {text}"


def _may_be_computed(problem: Problem, text: str) -> bool:
    """Whether a number says a ratio, share, change, difference or span."""
    read = lone("", text, "sentence").values
    return any(value.text == problem.found and relation(value, text) for value in read)


def passages_near(text: str, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Up to three passages that share most words with a text, the nearest first, with their ids."""
    sources = [evidence.asked(document) for document in evidence]
    stems = frozenset(content_words(text))
    near = nearest_passages(stems, Basis(sources), PASSAGES) if stems else ()
    ids = {
        one_line(document.text[passage.start : passage.end])[:400]: f"S{number}.{passage.number}"
        for number, document in reversed(list(enumerate(evidence, 1)))
        for passage in evidence.passages(document)
    }
    return tuple((ids[each], each[:PASSAGE]) for each in map(one_line, near) if each in ids)

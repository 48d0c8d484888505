"""
What a model is told so that it mends its own draft: place, rule, what was found, the passages.

Pure. One message for all problems of a draft; it asks for these to be corrected, for the whole
draft to come back, and for nothing else to change.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text import content_words, one_line
from ..types import Document, Problem
from .evidence import Evidence
from .source import Basis
from .support import nearest_passages

MOST_PROBLEMS = 40
PASSAGES = 3

_RULES = {
    "J1": "The reply must be whole and of the form that was asked for.",
    "Q1": "A quotation must stand in its document word for word.",
    "Q2": "What is left out of a quotation is marked with […], and no negation may vanish.",
    "Q3": "A quotation has five words or more.",
    "Q4": "Words between quotation marks must stand in a source word for word; "
    "else leave the marks out and say it in your own words.",
    "A1": "Who is quoted must be who the document says spoke these words.",
    "N1": "Every number, amount, date and version must stand in what the sentence cites; "
    "cite the passage that has it, take the source's number, or leave it out.",
    "N2": "A number must stand where its source has it, beside the same thing.",
    "N3": "A figure that you compute must follow from two values of the cited passages.",
    "N4": "What qualifies a statement in the source must stand in yours too.",
    "E1": "Every name must stand in what the sentence cites; cite a passage of a document that "
    "has it, or leave it out.",
    "E2": "A capitalised word must be a name of the evidence or an ordinary word.",
    "C1": "Every mark needs a note, and every note passages that exist.",
    "C2": "Every sentence carries a mark, or [own] where it is your judgement; a judgement has no "
    "number, quotation or new name, and at most a quarter of the sentences are judgement.",
    "C3": "A sentence must say what its cited passage says: cite the right passage, or say less.",
    "U1": "No address, link or tag stands in text.",
    "L1": "Keep to the lengths that were asked for.",
    "K1": "Say it in your own words, or quote it.",
    "M1": "Write about the news only, never about the task or yourself.",
    "X1": "What stands above must stand below in the same numbers, names and words.",
    "P1": "Say when everything rests on one publisher.",
}
"""Each rule in plain words, for whoever has to keep it."""


def message(problems: Sequence[Problem], documents: Sequence[Document] = ()) -> str:
    """
    The text that asks a model to mend its draft.

    Args:
        problems: Errors and warnings, as `feature`, `round_up` and `front` give them.
        documents: S1, S2 …; the passages nearest to what was found are shown with their ids.

    Returns:
        Empty where there is nothing to mend.
    """
    told = [problem for problem in dict.fromkeys(problems) if problem.rule != "P1"]
    told.sort(key=lambda problem: problem.level != "error")
    if not told:
        return ""
    evidence = Evidence(documents)
    shown = told[:MOST_PROBLEMS]
    parts = [f"{number}. {_one(problem, evidence)}" for number, problem in enumerate(shown, 1)]
    return "\n".join(
        (
            f"{len(shown)} things in your draft are not right:",
            "",
            *parts,
            "",
            "Correct only these; return the whole draft in the same form.",
        )
    )


def _one(problem: Problem, evidence: Evidence) -> str:
    lines = [
        f"{problem.where}: {_RULES.get(problem.rule, 'This is not allowed.')}",
        f"   Found: {problem.found}",
        f"   Expected: {problem.expected}",
    ]
    if problem.rule in {"Q1", "Q2", "Q4", "N1", "N2", "E1", "C3", "A1", "N4"}:
        lines += [f"   {passage}" for passage in passages_near(problem.found, evidence)]
    return "\n".join(lines)


def passages_near(found: str, evidence: Evidence) -> tuple[str, ...]:
    """Up to three passages that share most words with what was found, with their ids."""
    sources = [evidence.asked(document) for document in evidence]
    stems = frozenset(content_words(found))
    texts = nearest_passages(stems, Basis(sources), PASSAGES) if stems else ()
    ids = {
        one_line(document.text[passage.start : passage.end])[:400]: f"S{number}.{passage.number}"
        for number, document in reversed(list(enumerate(evidence, 1)))
        for passage in evidence.passages(document)
    }
    return tuple(f"{ids[text]}: {text}" for text in map(one_line, texts) if text in ids)

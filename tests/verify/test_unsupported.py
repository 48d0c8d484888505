"""C3, clause by clause: what a sentence adds to what it cites, without a number or name."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from digest.verify.judge import judge
from digest.verify.judged import Rules
from digest.verify.source import Basis, Source
from digest.verify.statements import lone
from tests.verify.material import document

TEXT = (
    "The port of Velsund closed its eastern terminal after a crane struck a fuel line. The largest "
    "of its four pumps stood still, since a valve was locked. Dockers voted to refuse work beside "
    "such lines. Nobody had asked for sensors before the flood. Each shift gets a warden."
)
SOURCE = Source(document(("paragraph", TEXT)))


def _told(claim: str, cited: str) -> list[str]:
    at = TEXT.index(cited)
    basis = Basis([SOURCE], [(SOURCE, at, at + len(cited))])
    problems = judge(lone("claim", claim, "sentence"), basis, Rules()).problems
    assert all(problem.level == "warning" for problem in problems), problems
    return [problem.found for problem in problems if problem.rule == "C3"]


CLOSED = "The port of Velsund closed its eastern terminal after a crane struck a fuel line"


@pytest.mark.parametrize(
    ("tail", "found"),
    [
        (", which rivals call a turning point.", "which rivals call a turning point."),
        (", the first of its kind.", "the first of its kind."),
        (", a sign that the mood is changing.", "a sign that the mood is changing."),
        (" because of pressure from investors.", "because of pressure from investors."),
        (", which led to protests in the city.", "which led to protests in the city."),
        (", to the delight of its neighbours.", "to the delight of its neighbours."),
        (", as experts had warned.", "as experts had warned."),
        (", the harshest step so far.", "the harshest step so far."),
        (" for the first time.", "for the first time"),
        (", and it never opened again.", "never"),
    ],
)
def test_an_invented_clause_is_warned_of(tail: str, found: str) -> None:
    """One that no cited passage has words of, or that claims to be first, most or a cause."""
    assert found in _told(CLOSED + tail, "The port of Velsund")


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        (CLOSED + ".", "The port of Velsund"),
        ("Velsund's port closed the eastern terminal because a crane had struck a fuel line; its largest pump stood still, as a valve was locked.", "The largest"),
        ("Dockers voted against work beside such lines, and no one had wanted sensors.", "Dockers voted"),
        ("Every shift gets a warden.", "Each shift"),
        ("A warden joins each shift, half a year after nobody had asked for sensors.", "Each shift"),
        ("The eastern terminal of Velsund was closed, the port says.", "The port of Velsund"),
    ],
)  # fmt: skip
def test_what_a_passage_says_in_other_words_is_no_invention(claim: str, cited: str) -> None:
    """An equal word, a superlative of the document, a measure of time, who says so."""
    assert _told(claim, cited) == []


def test_a_passage_of_another_language_has_other_words() -> None:
    """Its sentences are told in English, so no clause of it is asked for its words."""
    german = document(("paragraph", "Der Hafen schloss das Terminal, weil ein Kran riss."))
    source = Source(
        type(german)(**{f: getattr(german, f) for f in german.__slots__} | {"language": "de"})
    )
    basis = Basis([source], [(source, 0, len(source.text))])
    claim = lone("claim", "The port closed a terminal, because of a broken crane.", "sentence")
    found = [p.expected for p in judge(claim, basis, Rules()).problems]
    assert not any("what is cited" in each and "only where" in each for each in found)

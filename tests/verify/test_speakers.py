"""A1: who is quoted said it, and whose words they are cannot be mistaken."""

from __future__ import annotations

from typing import Any

import pytest

from digest.types import Document
from digest.verify.judge import judge
from digest.verify.judged import Rules
from digest.verify.source import Basis, Source
from digest.verify.statements import lone
from tests.verify.material import document

QUOTE = "Nobody told the night shift that the valve was stuck"
FAR = " ".join(["The terminal moved boxes all night and nobody asked a question."] * 6)


def _page(text: str, **about: Any) -> Document:
    return document(("paragraph", text), **{"author": "", "title": "At the port", **about})


def _errors(claim: str, *documents: Document) -> list[str]:
    basis = Basis([Source(each) for each in documents])
    problems = judge(lone("claim", claim, "sentence"), basis, Rules()).problems
    return [problem.expected for problem in problems if problem.rule == "A1"]


NEAR = _page(f"“{QUOTE},” said Liv Strand, the harbour master. Petra Holm leads the union. {FAR}")


@pytest.mark.parametrize("name", ["Liv Strand", "Strand", "Harbour master Strand"])
def test_who_is_named_beside_the_words_said_them(name: str) -> None:
    """With the whole name or the surname."""
    assert _errors(f"“{QUOTE},” {name} said.", NEAR) == []


def test_who_is_named_elsewhere_did_not() -> None:
    """Another person of the page, or of another document, is no speaker."""
    far = _page(f"“{QUOTE},” said Liv Strand. {FAR} {FAR} Petra Holm leads the union.")
    assert _errors(f"“{QUOTE},” Petra Holm said.", far)
    assert _errors(f"“{QUOTE},” Jonas Weir said.", NEAR, _page(FAR, author="Jonas Weir"))


def test_a_surname_that_two_people_bear_does_not_do() -> None:
    """In all of the evidence; the first name settles it."""
    other = _page("Erik Strand owns the crane.")
    found = _errors(f"“{QUOTE},” Strand said.", NEAR, other)
    assert found == ["the first name too: several bear this one (erik, liv)"]
    assert _errors(f"“{QUOTE},” Liv Strand said.", NEAR, other) == []


def test_what_stands_before_a_surname_may_be_no_first_name() -> None:
    """A title, an ordinary word at the start of a sentence, an initial."""
    page = _page(
        f"“{QUOTE},” said Liv Strand. Yesterday Strand went home. But Strand came back. "
        "Captain Strand was asked. Liv M. Strand answered."
    )
    assert _errors(f"“{QUOTE},” Strand said.", page) == []


def test_a_whole_name_stands_where_the_page_goes_on_with_a_part() -> None:
    """Surname of a person, first word of an organisation; not where it may be another's."""
    text = f"Liv Strand runs the port. {FAR} {FAR} “{{}},” {{}} said. {FAR}"
    person = _page(text.format(QUOTE, "Strand"))
    assert _errors(f"“{QUOTE},” Liv Strand said.", person) == []
    assert _errors(f"“{QUOTE},” Erik Strand said.", person, _page("Erik Strand waits.")) != []
    firm = _page(f"Nordkai Marine owns it. {FAR} {FAR} “{QUOTE},” Nordkai said. {FAR}")
    assert _errors(f"“{QUOTE},” Nordkai Marine said.", firm) == []
    two = _page(f"Nordkai Marine and Nordkai Rail. {FAR} {FAR} “{QUOTE},” Nordkai said. {FAR}")
    assert _errors(f"“{QUOTE},” Nordkai Marine said.", two) != []


def test_whom_the_document_is_about_may_speak_anywhere_in_it() -> None:
    """In its title, or in three passages."""
    text = f"“{QUOTE},” we heard. {FAR} {FAR}"
    assert _errors(f"“{QUOTE},” Strand said.", _page(text)) != []
    assert _errors(f"“{QUOTE},” Strand said.", _page(text, title="Liv Strand speaks")) == []
    thrice = f"{text} Liv Strand came. They met Liv Strand. All asked Liv Strand."
    assert _errors(f"“{QUOTE},” Liv Strand said.", _page(thrice)) == []


def test_every_place_of_the_words_counts() -> None:
    """A page may show them large before it says whose they are."""
    page = _page(f"“{QUOTE}” {FAR} {FAR} “{QUOTE},” said Petra Holm.")
    assert _errors(f"“{QUOTE},” Petra Holm said.", page) == []


def test_a_long_quotation_is_introduced_once() -> None:
    """Who is named before all of it said each of its sentences; who is named far inside did not."""
    page = document(
        ("paragraph", "This is how Liv Strand told the inquiry of that night:"),
        ("quote", f"{FAR} Petra Holm sat in the canteen. {FAR} {QUOTE}. {FAR} {FAR}"),
        ("paragraph", f"{FAR} {FAR} Jonas Weir owns the crane."),
        author="",
        title="At the port",
    )
    assert _errors(f"“{QUOTE},” Liv Strand said.", page) == []
    assert _errors(f"“{QUOTE},” Petra Holm said.", page)
    assert _errors(f"“{QUOTE},” Jonas Weir said.", page)

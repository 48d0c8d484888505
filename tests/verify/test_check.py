"""The claim checker alone: Markdown with footnotes against documents."""

from __future__ import annotations

from digest.verify import check
from tests.verify.material import ARTICLE, OTHER

GOOD = """\
The lab moved its key-value cache to disk in April.[^lab-1]

[^lab-1]: [Lab Notes](https://lab.example/notes)
    > The lab moved its key-value cache to disk in April.
"""


def test_a_good_text_gives_no_problem() -> None:
    """A note that quotes its document is counted and nothing is reported."""
    report = check(GOOD, [ARTICLE, OTHER], named=True)
    assert report.problems == ()
    assert report.warnings == ()
    assert report.counts["quotes"] == 1
    assert report.is_clean


def test_a_false_quote_a_foreign_document_and_a_lone_mark_are_errors() -> None:
    """Each is told with its place, and what was expected."""
    text = GOOD.replace("> The lab moved", "> The lab never moved")
    assert [(p.rule, p.where) for p in check(text, [ARTICLE], named=True).problems] == [
        ("Q1", "note lab-1")
    ]
    report = check(GOOD, [OTHER], named=True)
    assert report.problems[0].rule == "C1"
    assert "https://lab.example/notes" in report.problems[0].found
    report = check("Nothing holds this.[^gone-1]", [ARTICLE], named=True)
    assert ("C1", "[^gone-1]") in {(p.rule, p.found) for p in report.problems}


def test_a_note_without_a_quote_cites_its_whole_document() -> None:
    """Such a note is no error, and a document is found by the name it was read from."""
    text = "The lab moved its cache.[^a]\n\n[^a]: [notes](https://www.lab.example/notes)\n"
    assert check(text, [ARTICLE], named=False).problems == ()


def test_addresses_are_told_only_of_a_text_that_names_its_documents() -> None:
    """U1 is a rule for what we publish, not for anybody's Markdown."""
    text = "Read https://evil.example/now for more."
    assert "U1" in {p.rule for p in check(text, [ARTICLE], named=True).problems}
    assert "U1" not in {p.rule for p in check(text, [ARTICLE], named=False).problems}

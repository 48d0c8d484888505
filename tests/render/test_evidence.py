"""The evidence page: each statement beside what it rests on, and what others check it with."""

from __future__ import annotations

import ast
import datetime as dt
import json
from dataclasses import replace

import jinja2
import pytest
from bs4 import BeautifulSoup

from digest.render import view
from digest.types import Claim, Correction, Issue, Problem, Publication, Span
from tests.render.conftest import render
from tests.render.small_site import ISSUE, WREN

FOLDER = "systems/2026-05-02-fast-clocks/evidence/"
DROPPED = Problem("Q1", "section 2", "“Nobody said this”", "a quote of S1", outcome="dropped")
EDITED = Problem("N1", "1-clocks.md: s 1", "900 ms", "a number", outcome="edited, not proved")
WARNED = Problem("C3", "s 3", "It was late.", "words", outcome="published", level="warning")


def issue(**changes: object) -> Issue:
    clocks, lag = ISSUE.features
    claims = (
        Claim("The clock ran *four* seconds fast.", "proved", ("owl-1",), ("four seconds",)),
        Claim("Wren <saw> a lag.", "edited", ("wren-1", "gone-1")),
        Claim("It will happen again.", "own"),
    )
    note = replace(clocks.notes[0], before="We saw that ", after=", and more.")
    clocks = replace(clocks, claims=claims, notes=(note, *clocks.notes[1:]))
    quoted = Claim("a lag of 90 ms", "extracted", (Span(WREN.id, 47, 61, "a lag of 90 ms"),))
    items = (replace(ISSUE.round_ups[0], claims=(quoted,)), *ISSUE.round_ups[1:])
    problems = [DROPPED, EDITED, WARNED]
    shown = [{"where": p.where, "found": p.found, "outcome": p.outcome} for p in problems]
    evidence = json.dumps({"version": 1, "problems": shown, "notes": []})
    return replace(
        ISSUE,
        features=(clocks, lag),
        round_ups=items,
        problems=tuple(problems),
        evidence=evidence,
        **changes,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def files(env: jinja2.Environment) -> dict[str, str]:
    return render(Publication((issue(),)), env)


@pytest.fixture(scope="module")
def page(files: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(files[f"{FOLDER}index.html"], "html.parser")


def statement(page: BeautifulSoup, words: str) -> str:
    """The text of the item of a statement, its passages included."""
    (item,) = [li for li in page.select(".statements li") if words in li.select("p")[0].get_text()]
    return " ".join(item.get_text(" ").split())


def test_a_statement_stands_beside_its_passage(page: BeautifulSoup) -> None:
    """With the words around the quote, its source and day, and its footnote on the issue's page."""
    text = statement(page, "seconds fast")
    assert "We saw that the clock ran four seconds fast for a week , and more." in text
    assert "proved · numbers: four seconds" in text
    assert "Owl · fetched 2026-05-02" in text
    assert "a lag of 90 ms Wren" in statement(page, "a lag of 90 ms")
    links = {link["href"] for link in page.select(".passages a")}
    assert "../../../systems/2026-05-02-fast-clocks/#fn-1" in links


def test_every_kind_is_named(page: BeautifulSoup) -> None:
    """Judgement, edited and quoted statements are told apart, and markup in one is text."""
    assert "our judgement" in statement(page, "happen again")
    assert "edited, not proved" in statement(page, "Wren <saw>")
    assert "quoted word for word" in statement(page, "a lag of 90 ms")


def test_problems_are_shown_by_what_became_of_them(files: dict[str, str]) -> None:
    """What was published is shown with its words; of what was dropped only place and reason."""
    html = files[f"{FOLDER}index.html"]
    assert "900 ms" in html
    assert "It was late." in html
    assert "section 2" in html
    assert "a quote of S1" in html
    assert not [path for path, text in files.items() if "Nobody said this" in text]


def test_evidence_lies_beside_the_page(files: dict[str, str]) -> None:
    """evidence.json is published as it is, but for the words of what was dropped."""
    data = json.loads(files[f"{FOLDER}evidence.json"])
    assert [problem["found"] for problem in data["problems"]] == ["", "900 ms", "It was late."]
    issue_page = BeautifulSoup(files["systems/2026-05-02-fast-clocks/index.html"], "html.parser")
    assert issue_page.select('.made a[href$="systems/2026-05-02-fast-clocks/evidence/"]')


def test_schema_and_program_are_published_whole(files: dict[str, str]) -> None:
    """What passes through the template engine is still JSON, and still Python."""
    assert json.loads(files["evidence.schema.json"])["properties"]["version"] == {"const": 1}
    assert ast.get_docstring(ast.parse(files["recheck.py"]))


def test_an_issue_without_evidence_has_no_page(env: jinja2.Environment) -> None:
    """What a person wrote alone promises none."""
    files = render(Publication((replace(ISSUE, evidence=""),)), env)
    assert not [path for path in files if "/evidence/" in path]
    assert "evidence/" not in files["systems/2026-05-02-fast-clocks/index.html"]


def test_a_correction_moves_updated() -> None:
    """Even one of the issue's own day, and a second one of the same day, are new to a feed."""
    own = Correction(ISSUE.period_end.date(), "issue.md", "It was 3.")
    plain = view.updated(replace(ISSUE, corrections=()))
    one = view.updated(replace(ISSUE, corrections=(own,)))
    two = view.updated(replace(ISSUE, corrections=(own, replace(own, text="It was 4."))))
    later = replace(own, date=own.date + dt.timedelta(days=3))
    assert plain < one < two < view.updated(replace(ISSUE, corrections=(own, later)))

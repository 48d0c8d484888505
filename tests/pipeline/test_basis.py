"""What files of the site depend on beside content/: not more than they do, and not less."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from digest.pipeline import basis


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "words").mkdir()
    return tmp_path


def test_a_template_depends_on_what_it_takes(own: Path) -> None:
    """Also on what those take in turn, and on nothing else."""
    before = basis.Templates(own)
    (own / "parts.html").write_text("Another.")
    after = basis.Templates(own)
    for name, is_another in {
        "issue.html": True,  # by way of base.html
        "parts.html": True,
        "style.css": False,
        "atom.xml": False,
        "newsletter.txt": False,
    }.items():
        assert (before.key((name,)) != after.key((name,))) == is_another, name


@pytest.mark.parametrize(
    "text",
    [
        "{% include name %}",
        '{% include "a" ~ ".html" %}',
        '{% include ["made.html", name] %}',
        "{%- import name as x -%}",
        '{% extends "base.html" if x else "made.html" %}',
        "{% from name import day %}",
    ],
)
def test_one_that_takes_another_by_a_value_depends_on_all(own: Path, text: str) -> None:
    (own / "card.svg").write_text(text)
    before = basis.Templates(own).key(("card.svg",))
    (own / "style.css").write_text("p {}")
    assert basis.Templates(own).key(("card.svg",)) != before


@pytest.mark.parametrize(
    "text",
    [
        '{% include "new.html" ignore missing %}',
        "{%- from 'new.html' import a, b as c with context -%}",
        '{% import "new.html" as parts %}',
    ],
)
def test_one_that_comes_later_is_noticed(own: Path, text: str) -> None:
    """A template may name another that is not there yet."""
    (own / "card.svg").write_text(text)
    before = basis.Templates(own).key(("card.svg",))
    (own / "style.css").write_text("p {}")
    assert basis.Templates(own).key(("card.svg",)) == before
    (own / "new.html").write_text("New.")
    assert basis.Templates(own).key(("card.svg",)) != before


def test_all_depend_on_the_words(own: Path) -> None:
    before = basis.Templates(own).key(("style.css",))
    (own / "words/de.yaml").write_text("note: Anmerkung\n")
    assert basis.Templates(own).key(("style.css",)) != before


def test_versions_are_those_that_are_installed() -> None:
    """Their folders tell them; to ask Python's own table takes as long as all of Jinja."""
    found = basis._installed()
    for name in basis.LIBRARIES:
        assert found[name].removesuffix(".dist-info").endswith(f"-{version(name)}")

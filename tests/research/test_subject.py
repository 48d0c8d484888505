"""A story's terms, the question made of them, the facts of a page, and what makes it unfit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.research.facts import facts
from digest.research.fitness import Originals, each_once, unfit
from digest.research.query import CHARACTERS, WORDS, query
from digest.research.subject import Subject, background, subject, terms
from digest.types import Document, Story
from tests.draft.making import document, entry

TEXT = document(
    "Heddle 2 weaves 84 rows a minute, says Tova Lind, who has 37,400 metres of cloth to weave. "
    "The new loom of Heddle costs 1,450. Lind wove a blanket on it in May.",
    title="Heddle 2 weaves faster",
)


def matter(text: Document = TEXT, *known: str) -> Subject:
    return subject((entry("blog", text.title, text),), (text,), background(known))


def test_names_and_numbers_are_distinct() -> None:
    """Numbers in one spelling; months and the first words of sentences are no names."""
    found = matter()
    assert {"heddl", "tova", "lind", "37400", "1450"} <= found.distinct
    assert not {"mai", "the", "84"} & found.distinct
    assert next(iter(found.weights)) == "heddl"


def test_what_all_write_about_tells_little() -> None:
    """A word that many titles of the window hold weighs less."""
    usual = matter().weights["weav"]
    others = [f"A firm weaves {n}" for n in range(40)]
    assert matter(TEXT, *others).weights["weav"] < 0.5 * usual


def test_a_share_is_between_nothing_and_all() -> None:
    """Of no word, and of the text itself."""
    assert matter().share(terms("Nothing of it.")) == 0
    assert matter().share(terms(TEXT.text)) == 1


def test_a_question_is_made_of_the_title_first() -> None:
    """Then of names and numbers."""
    story = Story((entry("blog", TEXT.title, TEXT),), 1.0)
    assert query(story, matter()).startswith("heddle weaves faster")
    assert "lind" in query(story, matter()).split()


@pytest.mark.parametrize(
    "title",
    [
        'site:evil.example "ignore" -Heddle !g :de OR AND NOT loom',
        "Heddle filetype:pdf intitle:loom inurl:x +more",
        "!bang !!heddle <script>loom</script> \u202e\x00",
    ],
)
def test_no_operator_gets_into_a_question(title: str) -> None:
    """Titles are hostile; a question is words alone."""
    text = document(TEXT.text, title=title)
    asked = query(Story((entry("blog", title, text),), 1.0), matter(text))
    assert asked
    assert not re.search(r"[^\w .']", asked)
    assert asked == asked.lower()
    assert not re.search(r"(?:^| )[^\w]", asked)


@given(st.text(max_size=400))
def test_a_question_is_bounded(title: str) -> None:
    """Whatever a title holds."""
    text = document(TEXT.text, title=title)
    asked = query(Story((entry("blog", title, text),), 1.0), matter(text))
    assert len(asked) <= CHARACTERS
    assert len(asked.split()) <= WORDS


def test_facts_are_those_of_paragraphs_on_the_story() -> None:
    """Figures and names elsewhere on the page are not counted."""
    page = document(
        "The loom of Heddle weaves cloth in 11 hours, as Kestrel Drives found in 2026.\n\n"
        "Our shop in Old Town sells 400 kinds of cheese, 30 of them from Bree Valley.",
    )
    assert facts(page, matter()) == {"11", "2026", "Heddle", "Kestrel Drives"}


def test_what_makes_a_page_unfit() -> None:
    """A wall, a stub, a list of links, another matter."""
    fine = document("The loom of Heddle weaves cloth for Tova Lind at 84 rows a minute. " * 6)
    assert unfit(fine, matter()) == ""
    assert "paywall" in unfit(document(fine.text, wall="paywall"), matter())
    assert "it has 14 words" in unfit(document(fine.text[:62]), matter())
    links = " ".join(f"[The loom of Heddle weaves {n}](https://a.example/{n})" for n in range(20))
    assert "mostly links" in unfit(document(links), matter())
    assert "with the story" in unfit(document("Cheese is made of milk and time. " * 12), matter())


def test_a_long_page_must_be_on_it_in_one_place() -> None:
    """Words of the story that are strewn over a book are not about it."""
    apart = "\n\n".join(
        f"{word} {'and cheese is made of milk and time by people in the hills ' * 40}"
        for word in (
            "Weaves",
            "faster",
            "rows",
            "minute",
            "cloth",
            "metres",
            "loom",
            "cost",
            "blanket",
        )
    )
    assert "with the story" in unfit(document(apart), matter())


def test_a_text_that_mostly_repeats_another_is_left_out() -> None:
    """Half of it is enough; one that holds another and as much again is a source of its own."""
    words = [f"{a}{b}" for a in ("mill", "loom", "stone", "river", "cart") for b in range(60)]
    release = document(" ".join(words), url="https://maker.example/release")
    print_ = document(
        " ".join([*words[:250], "so", "they", "say"]), url="https://paper.example/print"
    )
    own = [f"reporter{n}" for n in range(500)]
    article = document(" ".join([*words[:200], *own]), url="https://paper.example/article")
    refused: dict[str, str] = {}
    kept = each_once([release, print_, article], refused, Originals())
    assert kept == [release, article]
    assert refused == {print_.url: "it repeats https://maker.example/release"}

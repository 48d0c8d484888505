"""A denial that a feature tells is no round-up beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from digest.draft import Extractive
from digest.period import Window
from digest.pipeline.making import Choice
from digest.pipeline.quoting import Quoting
from digest.settings import Digest
from digest.types import Dossier, Feature, Footnote, Quote, Story
from tests.draft.making import document, entry

DIGEST = Digest(slug="tech", title="Tech Weekly")
WINDOW = Window(dt.date(2026, 5, 20), None, None)
RUMOUR = document("Orvane may buy the terminal.", url="https://letter.example/1")
DENIAL = document("The port denies it.", url="https://daily.example/2")
SECOND = document("The port denies it again.", url="https://wire.example/3")
POSTS = {text.url: entry(text.url[8:12], text.text, text) for text in (RUMOUR, DENIAL, SECOND)}


def choice(*cited: str, denials: int) -> Choice:
    """A rumour's feature that cites documents, and the story of its denial."""
    answers = (POSTS[DENIAL.url], POSTS[SECOND.url])[:denials]
    told = Story((POSTS[RUMOUR.url],), 2.0, place="feature", answers=(POSTS[DENIAL.url],))
    denial = Story(answers, 1.0, place="round-up", answers=(POSTS[RUMOUR.url],), theme="Ports")
    notes = tuple(
        Footnote(f"n-{n}", Quote(id_, 0, 3, "The"), "https://x.example/", "X")
        for n, id_ in enumerate(cited)
    )
    feature = Feature(
        "orvane", "Orvane and the terminal", "model", documents=(), entries=(), tldr=(), body="",
        notes=notes,
    )  # fmt: skip
    return Choice(
        DIGEST, WINDOW, Quoting(Extractive(), DIGEST),
        (Dossier(told, (RUMOUR, DENIAL)), Dossier(denial, (DENIAL, RUMOUR))),
        features={POSTS[RUMOUR.url].key: feature},
    )  # fmt: skip


def test_a_denial_that_a_feature_cites_is_told() -> None:
    """It is left out, and a person can read why."""
    made = choice(RUMOUR.id, DENIAL.id, denials=1)
    made.hand_over()
    assert [d.story.place for d in made.dossiers] == ["feature", "left out"]
    assert (
        made.dossiers[1].story.reason == "left out: the feature “Orvane and the terminal” tells it"
    )
    assert made.of("round-up") == []


@pytest.mark.parametrize(("cited", "denials"), [((RUMOUR.id,), 1), ((RUMOUR.id, DENIAL.id), 2)])
def test_what_the_feature_does_not_cite_stays(cited: tuple[str, ...], denials: int) -> None:
    """Also where one of two posts on it is not in the feature."""
    made = choice(*cited, denials=denials)
    before = made.dossiers
    made.hand_over()
    assert made.dossiers == before


def test_a_feature_that_fell_tells_nothing() -> None:
    made = replace(choice(RUMOUR.id, DENIAL.id, denials=1), features={})
    made.hand_over()
    assert [dossier.story.place for dossier in made.dossiers] == ["feature", "round-up"]

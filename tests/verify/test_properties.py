"""Whatever a model writes: an answer, the same one again, and nothing in it that is not proved."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import verify
from digest.types import (
    Derived,
    Draft,
    DraftNote,
    Feature,
    FrontDraft,
    ItemList,
    Paragraph,
    Problem,
    QuoteBlock,
    RoundUpDraft,
    Section,
    Span,
    Table,
    TableRow,
)
from tests.verify.model_material import DERIVED, HONEST, TOPICS, dossier, draft
from tests.verify.mutations import PLANTED, planted

STORY = dossier("orrin")
TEXTS = {document.id: document.text for document in STORY.documents}
DOCUMENTS = {document.id: document for document in STORY.documents}

_TOLD = [text for topic, text, _ in (*HONEST, *DERIVED) if topic == "orrin"]
_WRONG = [claim.text for kind in list(PLANTED)[7:] for claim in planted(kind)[:6]]
_HOSTILE = [
    "",
    " ",
    "…",
    "“",
    "**",
    "[^1]",
    "[own]",
    "| a | b |",
    "# x",
    "> y",
    "<script>",
    "\u202e\u200b",
    "\x00",
    "1" * 40,
    "half of half of half",
    "It also costs $1.60.",
    "See https://x.example/y.",
    "“[…] we know it […]”",
    "On 31 February 2026.",
    "0 of 0 is 0%.",
]
_SENTENCE = st.sampled_from(_TOLD) | st.sampled_from(_WRONG) | st.sampled_from(_HOSTILE)
_MARK = st.sampled_from(["", "[n1]", "[n2]", "[n1][n3]", "[own]", "[n9]", "[", "]", "[n4]."])
_TEXT = st.lists(st.tuples(_SENTENCE | st.text(max_size=12), _MARK), max_size=6).map(
    lambda parts: " ".join(f"{text}{mark}" for text, mark in parts)
)
_CELL = st.sampled_from(["Orrin 4", "212", "1.60", "24", "$9", "", "x | y"])
_BLOCK = (
    _TEXT.map(Paragraph)
    | st.builds(lambda items: ItemList(tuple(items)), st.lists(_TEXT, max_size=4))
    | st.builds(
        lambda rows: Table(
            ("Model", "Parameters (billion)"),
            tuple(TableRow(tuple(cells), ("n2",)) for cells in rows),
        ),
        st.lists(st.lists(_CELL, min_size=2, max_size=2), max_size=3),
    )
    | st.builds(
        QuoteBlock,
        st.sampled_from(["S1", "S2", "S9", ""]),
        st.sampled_from(["We are three to six months behind the frontier", "x", "months […] it"]),
        st.sampled_from(["Ines Okafor", "Okafor", "Elon Musk", ""]),
    )
)
_PASSAGES = st.lists(
    st.sampled_from([f"S{d}.{n}" for d in (1, 2) for n in range(1, 9)]), min_size=1, max_size=3
)
_NOTE = st.builds(
    lambda id_, passages: DraftNote(id_, tuple(passages)),
    st.sampled_from(["n1", "n2", "n3", "n4", "n4", ""]),
    _PASSAGES,
)
_DERIVED = st.sampled_from(
    [
        Derived("a third", "1.60 / 4.80"),
        Derived("a third", "__import__('os')"),
        Derived("", "1/0"),
        Derived("half", "(((1"),
    ]
)


@st.composite
def drafts(draw: Any) -> Draft:
    """The honest draft with anything put into it, so that what comes out is often a feature."""
    good = draft("orrin")
    sections = [*good.sections]
    for heading, blocks in draw(
        st.lists(
            st.tuples(st.sampled_from(["", "Two catches", "Nvidia"]), st.lists(_BLOCK, max_size=3)),
            max_size=3,
        )
    ):
        at = draw(st.integers(0, len(sections)))
        sections.insert(at, Section(heading, tuple(blocks)))
    return dataclasses.replace(
        good,
        title=draw(st.sampled_from([good.title, "", "Orrin 5", "x" * 300])),
        tldr=(*good.tldr, *draw(st.lists(_SENTENCE, max_size=3))),
        sections=tuple(sections),
        notes=(*good.notes, *draw(st.lists(_NOTE, max_size=3))),
        derived=tuple(draw(st.lists(_DERIVED, max_size=2))),
        further=tuple(draw(st.lists(st.sampled_from(["L1", "L2", ""]), max_size=2))),
    )


def _stands(feature: Feature) -> None:
    """Every place that it names is in its document, in the document's own characters."""
    for note in feature.notes:
        text = TEXTS[note.quote.document]
        assert text[note.quote.start : note.quote.end] == note.quote.text
    labels = {note.label for note in feature.notes}
    for claim in feature.claims:
        for rest in claim.rests:
            if isinstance(rest, Span):
                assert 0 <= rest.start < rest.end <= len(TEXTS[rest.document])
            else:
                assert rest in labels


def _errors(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.level == "error"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_any_feature_gets_an_answer_that_stands(made: Draft) -> None:
    """The same again; its file proves without an error; its problems can be told to a model."""
    feature, problems = verify.feature(made, STORY, slug="x", secret="qwertz")
    again, more = verify.feature(made, STORY, slug="x", secret="qwertz")
    assert (feature, problems) == (again, more)
    message = verify.repair_message(problems, STORY.documents)
    assert bool(message) == any(problem.rule != "P1" for problem in problems)
    assert len(message) < 40_000
    if feature is not None:
        _stands(feature)
        assert _errors(verify.recheck(feature, DOCUMENTS)) == []


@settings(max_examples=60)
@given(_TEXT, st.sampled_from(["R1", "", "R999"]))
def test_any_round_up_gets_an_answer_that_stands(text: str, story: str) -> None:
    """At most two sentences, each proved; the title alone, where nothing is."""
    item, problems = verify.round_up(RoundUpDraft(story, text), STORY, kind="model")
    assert (item, problems) == verify.round_up(RoundUpDraft(story, text), STORY, kind="model")
    assert item.title == STORY.story.lead.title
    assert bool(item.text) == bool(item.claims)
    for claim in item.claims:
        for rest in claim.rests:
            assert isinstance(rest, Span)
            assert 0 <= rest.start < rest.end <= len(TEXTS[rest.document])


_BELOW, _ = verify.feature(draft("orrin"), STORY, slug="x")


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(_SENTENCE, _SENTENCE, st.lists(_SENTENCE, max_size=7), st.lists(_TEXT, max_size=3))
def test_any_front_gets_an_answer_that_stands(
    headline: str, dek: str, tldr: list[str], lead: list[str]
) -> None:
    """Always a headline, and above only what stands below."""
    assert _BELOW is not None
    made = FrontDraft(headline, dek, tuple(tldr), tuple(lead), kind="model")
    front, problems = verify.front(made, [_BELOW], [])
    assert (front, problems) == verify.front(made, [_BELOW], [])
    assert front.title
    proved, _ = verify.front(
        dataclasses.replace(made, headline=front.title, dek=front.dek, tldr=front.tldr),
        [_BELOW],
        [],
    )
    assert (proved.title, proved.dek, proved.tldr) == (front.title, front.dek, front.tldr)


def test_every_topic_is_told_of_here() -> None:
    """The material is not empty: each topic has sentences that hold."""
    assert {topic for topic, _, _ in HONEST} == set(TOPICS)
    assert len(TOPICS) >= 5
    assert len(_TOLD) > 20
    assert len(_WRONG) > 50

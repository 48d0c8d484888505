"""What an editor's model says of the choice, from its reply to the places that stories get."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import pytest

from digest.draft import Extractive
from digest.draft.model import Models
from digest.draft.prompts import Prompts
from digest.draft.roles.setting import setting
from digest.errors import ModelError
from digest.pipeline.quoting import Quoting
from digest.pipeline.writing import Writing
from digest.settings import Digest
from digest.types import ClosePair, Contender, Document, EditorsChoice, Entry, PairAnswer, Story
from tests.draft.replies import Scripted
from tests.verify.material import document

DIGEST = Digest(slug="daily", title="The daily", features=2, round_ups=3, brief="Prices.")
TEXTS: Mapping[str, Document] = {
    d.id: d
    for d in (
        document(
            ("paragraph", f"Maker {n} cut the price of unit {n} by {n}% https://x.example/{n}.")
        )
        for n in range(1, 6)
    )
}
ENTRIES = tuple(
    Entry(
        feed=f"feed-{n}",
        id=str(n),
        url=f"https://x.example/{n}",
        canonical=f"https://x.example/{n}",
        title=f"Maker {n} cuts prices",
        document=id_,
    )
    for n, id_ in enumerate(TEXTS, 1)
)
OFFERED = tuple(Contender(f"C{n}", Story((entry,), 1.0 / n)) for n, entry in enumerate(ENTRIES, 1))
PAIRS = (ClosePair("P1", ENTRIES[0], ENTRIES[1], 0.52, True),)
REPLY = {
    "theme": "Prices fall.",
    "ranking": [{"story": "C4", "why": "The largest cut."}, {"story": "C1", "why": "A first."}],
    "headings": [{"heading": "Prices", "stories": ["C2", "C3"]}],
}


def editor(model: Scripted, lines: list[str]) -> Writing:
    own = setting(DIGEST, Prompts(), "salt", "daily/2026-05-04")
    return Writing(
        Models(Scripted("writer"), model, lambda: ()),
        own,
        Quoting(Extractive(), DIGEST),
        lines.append,
    )


def choice(model: Scripted, lines: list[str] | None = None) -> EditorsChoice:
    return asyncio.run(editor(model, [] if lines is None else lines).choice(OFFERED, TEXTS))


def test_stories_are_ranked_by_ids() -> None:
    """The editor's model is asked, not the writer's; addresses do not reach it."""
    model = Scripted("editor", plan=[json.dumps(REPLY)])
    said = choice(model)
    assert [(r.story, r.why) for r in said.ranking] == [
        ("C4", "The largest cut."), ("C1", "A first."),
    ]  # fmt: skip
    assert said.named[0].stories == ("C2", "C3")
    assert said.theme == "Prices fall."
    (request,) = model.asked
    prompt = request.messages[0][1]
    assert "C4  Maker 4 cuts prices" in prompt
    assert "x.example" not in prompt
    assert "room for 2 features" in prompt
    assert "Prices." in request.system


def test_a_reply_that_cannot_be_read_is_asked_for_once_more() -> None:
    model = Scripted("editor", plan=["Sure! I rank C4 first.", json.dumps(REPLY)])
    assert choice(model).ranking
    assert len(model.asked) == 2


@pytest.mark.parametrize(
    "answer", ["no", ModelError("editor", "gone", fault="unreachable", gone=True)]
)
def test_without_a_reply_counting_decides(answer: str | Exception) -> None:
    """The issue goes on, and somebody is told."""
    lines: list[str] = []
    assert choice(Scripted("editor", plan=[answer]), lines) == EditorsChoice()
    assert "chosen by counting" in lines[0]


def test_a_thin_day_asks_nobody() -> None:
    model = Scripted("editor", plan=[json.dumps(REPLY)])
    assert asyncio.run(editor(model, []).choice(OFFERED[:2], TEXTS)) == EditorsChoice()
    assert model.asked == []


def test_close_pairs_are_asked_by_ids() -> None:
    model = Scripted("editor", pairs=[json.dumps({"pairs": [{"pair": "P1", "same": False}]})])
    assert asyncio.run(editor(model, []).pairs(PAIRS, TEXTS)) == (PairAnswer("P1", False),)
    assert "Maker 1 cuts prices" in model.asked[0].messages[0][1]


def test_no_pairs_ask_nobody() -> None:
    model = Scripted("editor")
    assert asyncio.run(editor(model, []).pairs((), TEXTS)) == ()
    assert model.asked == []


@pytest.mark.parametrize(
    "reply",
    [
        {"pairs": [{"pair": "P1", "same": "yes"}]},
        {"pairs": [{"pair": "P1"}]},
        {"same": True},
    ],
)
def test_pairs_of_another_form_are_no_answer(reply: dict[str, object]) -> None:
    model = Scripted("editor", pairs=[json.dumps(reply)])
    assert asyncio.run(editor(model, []).pairs(PAIRS, TEXTS)) == ()

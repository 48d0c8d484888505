"""What a model writes: proved, repaired, stepped down; with answers that a model could give."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from digest.draft import Extractive
from digest.draft.model import Models
from digest.draft.prompts import Prompts
from digest.draft.roles.setting import setting
from digest.errors import ModelError
from digest.pipeline.asking import Attempt, needs_repair
from digest.pipeline.quoting import FeaturePart, Quoting
from digest.pipeline.writing import Writing
from digest.settings import Digest
from digest.types import Dossier, Facts, Feature, Front, Problem, RoundUp, Told
from tests.draft.replies import Answer, Scripted, reply_of, round_ups
from tests.verify.material import document
from tests.verify.model_material import MAY, TOPICS, dossier, draft

DIGEST = Digest(slug="daily", title="The daily", brief="Prices and measurements.", length="short")
FACTS = Facts(entries=9, sources=("Wire",))
GOOD = reply_of(draft())
WRONG = GOOD.replace("cost $0.40, and output costs $1.60", "cost $0.70, and output costs $1.60")
FRONT = {
    "headline": "Orrin 4 cuts the price of output to $1.60",
    "dek": "Kestrel Labs released Orrin 4 on 28 April 2026, half a year after Orrin 3.",
    "tldr": [
        "Kestrel Labs released Orrin 4 on 28 April 2026, half a year after Orrin 3.",
        "A million tokens of input cost $0.40, and output costs $1.60.",
        "Power draw stayed below 5.2 kW throughout the run.",
    ],
    "lead": [
        (
            "Kestrel Labs released Orrin 4, whose output costs a third of what Orrin 3 asked. "
            "Bench Notes ran the model for five days on sixteen cards, and throughput averaged "
            "1,840 tokens per second. Two of 140 test prompts sent the model into repeating itself."
        ),
        (
            "The price fell while the rank did not rise.[own] Foundry puts it at 44.0%, behind "
            "Marlin 2 with 49.5%. Results for tool use were not published by the team, and the "
            "fault that Bench Notes found waits for its fix. What the model is worth in long "
            "work is open.[own]"
        ),
    ],
}
SECRET = setting(DIGEST, Prompts(), "salt", "daily/2026-05-04").secret


def writing(model: Scripted, lines: list[str] | None = None) -> Writing:
    own = setting(DIGEST, Prompts(), "salt", "daily/2026-05-04")
    models = Models(model, model, lambda: ())
    said = (lines if lines is not None else []).append
    return Writing(models, own, Quoting(Extractive(), DIGEST), said)


def feature(model: Scripted, about: Dossier | None = None) -> FeaturePart:
    return asyncio.run(writing(model).feature(about or dossier("orrin")))


def errors(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level == "error"]


# ------------------------------------------------------------------------- features


def test_a_right_draft_is_published_as_it_is() -> None:
    """One request, no repair; every sentence stands."""
    model = Scripted(feature=[GOOD])
    part = feature(model)
    assert part.feature is not None
    assert part.feature.kind == "model"
    assert errors(part.problems) == []
    assert len(model.asked) == 1


def test_a_wrong_figure_is_mended() -> None:
    """The model sees its draft and what is wrong with it, and nothing wrong comes out."""
    model = Scripted(feature=[WRONG, GOOD])
    part = feature(model)
    assert part.feature is not None
    assert "$0.40" in part.feature.body
    assert "$0.70" not in part.feature.body
    first, second = model.asked
    roles = [role for role, _ in second.messages]
    assert roles == ["user", "assistant", "user"]
    assert second.messages[1][1] == WRONG
    message = second.messages[2][1]
    assert "$0.70" in message
    assert "Correct only these" in message
    assert "S1.5" in message
    assert second.system == first.system


def test_what_is_not_mended_is_dropped() -> None:
    """A model that repeats its mistake is asked once more in vain; the sentence goes."""
    model = Scripted(feature=[WRONG])
    part = feature(model)
    assert part.feature is not None
    assert "$0.70" not in part.feature.body
    assert errors(part.problems)
    assert len(model.asked) == 2


def test_at_most_two_repairs() -> None:
    """Each better than the one before, and still: three drafts are enough."""
    many = GOOD.replace("$0.40", "$0.70").replace("71.3%", "79.9%").replace("9.5 GB", "8.8 GB")
    two = GOOD.replace("$0.40", "$0.70").replace("71.3%", "79.9%")
    model = Scripted(feature=[many, two, WRONG, GOOD])
    part = feature(model)
    assert len(model.asked) == 3
    assert part.feature is not None
    assert "71.3%" in part.feature.body


def test_the_best_draft_is_kept() -> None:
    """A repair that makes it worse, or leaves hardly anything, is not taken."""
    thin = reply_of(draft(sections=draft().sections[:1]))
    part = feature(Scripted(feature=[WRONG, thin]))
    assert part.feature is not None
    assert "Marlin 2" in part.feature.body


@pytest.mark.parametrize(
    ("rules", "claims", "is_sent_back"),
    [("N4", 60, True), ("K1", 60, False), ("K1 K1 C3", 12, True), ("", 2, False)],
)
def test_which_warnings_are_sent_back(rules: str, claims: int, is_sent_back: bool) -> None:
    """Many, or one that says more than its source; the first time alone."""
    found = tuple(
        Problem(rule, "lead", "found", "expected", level="warning") for rule in rules.split()
    )
    tried = Attempt("text", found, claims, True)
    assert needs_repair(tried, first=True) == is_sent_back
    assert not needs_repair(tried, first=False)


@pytest.mark.parametrize(
    "broken", ["", "I cannot help with that.", GOOD[:700], '{"title": 3}', "<html>busy</html>"]
)
def test_a_reply_of_another_form_is_asked_for_again(broken: str) -> None:
    """The whole reply again, with the place where it could not be read."""
    model = Scripted(feature=[broken, GOOD])
    part = feature(model)
    assert part.feature is not None
    assert part.feature.kind == "model"
    assert "Return the whole reply again" in model.asked[1].messages[2][1]


def test_a_fence_and_empty_keys_are_no_matter() -> None:
    """Models fence their JSON and fill in every key of a schema."""
    value = json.loads(GOOD)
    for section in value["sections"]:
        for block in section["blocks"]:
            block |= {"items": [], "rows": [], "head": [], "ordered": False, "speaker": None}
    part = feature(Scripted(feature=[f"```json\n{json.dumps(value)}\n```"]))
    assert part.feature is not None
    assert part.feature.kind == "model"


def test_a_model_that_never_answers_in_form_is_replaced() -> None:
    """What it refuses to write is quoted."""
    model = Scripted(feature=["No."])
    part = feature(model)
    assert part.feature is not None
    assert part.feature.kind == "extractive"
    assert len(model.asked) == 3


@pytest.mark.parametrize("gone", [True, False])
def test_a_model_that_fails_is_replaced(gone: bool) -> None:
    """Out of budget, unreachable: the issue goes on without it."""
    error = ModelError("m", "the budget is spent", fault="budget", gone=gone)
    part = feature(Scripted(feature=[error]))
    assert part.feature is not None
    assert part.feature.kind == "extractive"


def test_a_model_that_goes_away_leaves_its_draft() -> None:
    """What was proved before it went is not thrown away."""
    error = ModelError("m", "gone", fault="unreachable", gone=True)
    part = feature(Scripted(feature=[WRONG, error]))
    assert part.feature is not None
    assert part.feature.kind == "model"


def test_what_cannot_be_proved_at_all_becomes_no_feature() -> None:
    """Every sentence invented: the story steps down, and says why."""
    invented = draft()
    sections = tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, text="Zorblax sold 9,999 units in Quuxland on Friday.[n1]")  # type: ignore[arg-type]
                for block in section.blocks
            ),
        )
        for section in invented.sections
    )
    part = feature(Scripted(feature=[reply_of(replace(invented, sections=sections))]))
    assert part.feature is None
    assert "could be proved" in part.refused


def test_the_secret_word_never_comes_out() -> None:
    """A model that obeys a document and spells out its instructions loses the sentence."""
    said = GOOD.replace(
        "Its weights come under", f"My instructions say {SECRET}. Its weights come under"
    )
    part = feature(Scripted(feature=[said]))
    assert part.feature is not None
    assert SECRET not in part.feature.body


def test_documents_too_short_for_a_feature_cost_nothing() -> None:
    """Nothing is asked where the rule of length could not be kept."""
    about = replace(dossier("orrin"), documents=(document(("paragraph", "A short post.")),))
    model = Scripted(feature=[GOOD])
    part = feature(model, about)
    assert part.feature is None
    assert model.asked == []


def test_what_was_told_before_is_shown() -> None:
    """An update knows what readers know."""
    told = Told(
        "daily/2026-05-01", MAY, "Orrin 4 announced", "Kestrel announced Orrin 4 last week."
    )
    model = Scripted(feature=[GOOD])
    feature(model, replace(dossier("orrin"), earlier=(told,)))
    assert "Kestrel announced Orrin 4 last week." in model.asked[0].messages[0][1]


# --------------------------------------------------------------------------- gather


def _long(topic: str) -> Dossier:
    about = dossier(topic)
    filler = document(
        *(
            ("paragraph", f"Reader {n} wrote to us about gardens, soup and the weather of May.")
            for n in range(900)
        ),
        publisher="letters.example",
        title="Letters",
    )
    return replace(about, documents=(*TOPICS[topic], filler))


def test_long_documents_are_gathered_first() -> None:
    """Two requests share them; the writer sees what was chosen, and ids that exist."""
    keep = json.dumps({"keep": ["S1.5", "S2.2", "S9.1", "S1.999", "x"], "open": ["Who pays?"]})
    model = Scripted(gather=[keep], feature=[GOOD])
    part = feature(model, _long("orrin"))
    assert part.feature is not None
    assert 1 <= len(model.of("gather")) <= 2
    shown = model.of("feature")[0].messages[0][1]
    assert "S1.5 " in shown
    assert "S2.2 " in shown
    assert "soup" not in shown


def test_where_nothing_is_gathered_the_documents_are_shown() -> None:
    """A gathering that fails in form costs nothing but itself."""
    model = Scripted(gather=["no"], feature=[GOOD])
    part = feature(model, _long("orrin"))
    assert part.feature is not None
    assert "Kestrel Labs released Orrin 4" in model.of("feature")[0].messages[0][1]


@pytest.mark.parametrize("place", [0, 1])
def test_a_call_that_fails_leaves_what_the_other_gathered(place: int) -> None:
    """Its part of the documents is shown by counting; what no document answers is not known."""
    keep = json.dumps({"keep": ["S1.5", "S2.2", "S3.300"], "open": ["Who pays?"]})
    answers: list[Answer] = [keep, keep]
    answers[place] = ModelError("scripted", "cut off", fault="unreachable")
    lines: list[str] = []
    model = Scripted(gather=answers, feature=[GOOD])
    part = asyncio.run(writing(model, lines).feature(_long("orrin")))
    assert part.feature is not None
    assert part.feature.kind == "model"
    (line,) = lines
    assert "cut off; its passages are chosen by counting" in line
    shown = model.of("feature")[0].messages[0][1]
    for chosen in ("S1.5 ", "S2.2 ", "S3.300 "):
        assert chosen in shown
    assert "Who pays?" not in shown


def test_a_bug_while_gathering_is_raised() -> None:
    model = Scripted(gather=[KeyError("x")], feature=[GOOD])
    with pytest.raises(KeyError):
        feature(model, _long("orrin"))


# ------------------------------------------------------------------------- round-ups

ORRIN = (
    "Kestrel Labs released Orrin 4 on 28 April 2026, half a year after Orrin 3. "
    "A million tokens of input cost $0.40, and output costs $1.60."
)
SLEEP = (
    "Researchers at the University of Tarn followed 2,480 adults over nine years. The study "
    "appeared in the Tarn Medical Review on 30 April 2026."
)


def items(model: Scripted, *topics: str) -> list[tuple[RoundUp, tuple[Problem, ...]]]:
    return list(asyncio.run(writing(model).round_ups([dossier(topic) for topic in topics])))


def test_round_ups_come_in_one_request() -> None:
    model = Scripted(round_ups=[round_ups(R1=ORRIN, R2=SLEEP)])
    (one, _), (two, _) = items(model, "orrin", "sleep")
    assert (one.text, two.text) == (ORRIN, SLEEP)
    assert one.kind == two.kind == "model"
    assert len(model.asked) == 1


def test_only_what_is_wrong_is_asked_again() -> None:
    """The stories that stand are neither shown nor taken a second time."""
    wrong = SLEEP.replace("2,480", "9,480")
    model = Scripted(round_ups=[round_ups(R1=ORRIN, R2=wrong), round_ups(R1="Ha.", R2=SLEEP)])
    (one, _), (two, _) = items(model, "orrin", "sleep")
    assert (one.text, two.text) == (ORRIN, SLEEP)
    assert "Kestrel" not in model.asked[1].messages[0][1]


def test_what_stays_wrong_or_missing_is_quoted() -> None:
    """A story that the model leaves out, or invents on, is told in its source's words."""
    model = Scripted(round_ups=[round_ups(R2="Tarn sold 77,000 pills to Zorblax.", R9="Ha.")])
    made = items(model, "orrin", "sleep")
    assert [item.kind for item, _ in made] == ["extractive", "extractive"]
    assert all(item.text for item, _ in made)
    assert all("77,000" not in item.text for item, _ in made)


def test_round_ups_without_a_model_are_quoted() -> None:
    model = Scripted(round_ups=[ModelError("m", "gone", fault="unreachable", gone=True)])
    ((item, _),) = items(model, "orrin")
    assert item.kind == "extractive"


# ----------------------------------------------------------------------------- front


def proved() -> Feature:
    part = feature(Scripted(feature=[GOOD]))
    assert part.feature is not None
    return replace(part.feature, slug="orrin-4")


def front(model: Scripted) -> tuple[Front, tuple[Problem, ...]]:
    return asyncio.run(writing(model).front([proved()], [], FACTS))


def test_a_front_is_taken_from_what_stands_below() -> None:
    model = Scripted(front=[json.dumps(FRONT)])
    made, problems = front(model)
    assert errors(problems) == []
    assert made.title == FRONT["headline"]
    assert len(made.tldr) == 3
    assert {claim.kind for claim in made.claims} == {"proved", "own"}


def test_a_front_that_says_more_is_mended_or_loses_it() -> None:
    """No number above that is not below."""
    more = FRONT | {"headline": "Orrin 4 cuts the price of output by 88%"}
    model = Scripted(front=[json.dumps(more)])
    made, problems = front(model)
    assert "88%" not in made.title
    assert errors(problems)
    assert len(model.asked) == 2


@pytest.mark.parametrize("answer", ["", json.dumps(FRONT | {"tldr": [], "lead": []})])
def test_a_front_that_fails_is_quoted(answer: str) -> None:
    made, _ = front(Scripted(front=[answer]))
    assert made.title
    assert made.tldr
    assert {claim.kind for claim in made.claims} <= {"extracted", "computed"}

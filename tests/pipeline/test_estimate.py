"""What an issue will cost, counted before anything is asked."""

from __future__ import annotations

from dataclasses import replace

from digest.draft.prompts import Prompts
from digest.pipeline.estimate import Estimate, estimate
from digest.settings import Budget, Digest, LanguageModel, Price
from digest.types import Story
from tests.verify.model_material import TOPICS, dossier

DIGEST = Digest(slug="daily", title="The daily")
TEXTS = {d.id: d for documents in TOPICS.values() for d in documents}
PRICED = LanguageModel(
    name="m", prices={"m": Price(input=1.0, output=10.0)}, budget=Budget(issue_tokens=9_000)
)


def stories(*places: str) -> list[Story]:
    made = []
    for topic, place in zip(("orrin", "sleep", "rill", "velsund"), places, strict=False):
        about = dossier(topic)
        entry = replace(about.story.lead, document=about.documents[0].id)
        made.append(replace(about.story, entries=(entry,), place=place))  # type: ignore[arg-type]
    return made


def of(*places: str, settings: LanguageModel = PRICED) -> Estimate:
    return estimate(settings, DIGEST, stories(*places), TEXTS, Prompts())


def test_more_to_write_costs_more() -> None:
    """Features cost most; round-ups share a call; what is left out costs nothing to write."""
    nothing = of("left out", "left out", "left out")
    round_up = of("round-up", "left out", "left out")
    two = of("round-up", "round-up", "left out")
    feature = of("feature", "left out", "left out")
    assert nothing.calls < round_up.calls == two.calls < feature.calls
    assert nothing.input < round_up.input < two.input < feature.input
    assert feature.most_calls > feature.calls
    assert feature.most_tokens > feature.input + feature.output
    assert feature.budget == 9_000


def test_the_price_is_that_of_feeds_yaml() -> None:
    found = of("feature", "round-up")
    assert found.usd is not None
    assert round(found.usd, 6) == round((found.input + 10 * found.output) / 1_000_000, 6)


def test_without_a_price_no_cost_is_made_up() -> None:
    """Nor where only the editor's model has none."""
    assert of("feature", settings=LanguageModel(name="m")).usd is None
    assert of("feature", settings=replace(PRICED, editor="other")).usd is None


def test_an_issue_of_three_features_keeps_to_what_is_promised() -> None:
    """At most 25 calls, without repairs 120,000 tokens read and 15,000 written."""
    found = of("feature", "feature", "feature", "round-up")
    assert found.calls <= 25
    assert found.input <= 120_000
    assert found.output <= 15_000

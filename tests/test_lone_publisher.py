"""That a feature rests on one publisher is said once where all of an issue do."""

from __future__ import annotations

from dataclasses import replace

from digest.lone_publisher import said_once, sentence
from digest.types import Claim, Feature, Issue
from tests.render.small_site import FEATURE, ISSUE


def _resting_on(name: str) -> Feature:
    text = sentence(name)
    written = text.replace("_", "\\_")
    return replace(FEATURE, body=f"{FEATURE.body}\n\n{written}", claims=(Claim(text, "computed"),))


def _issue(*features: Feature) -> Issue:
    return replace(ISSUE, features=features)


def test_all_features_of_one_publisher() -> None:
    """The sentence leaves their ends and stands in the lead."""
    found = said_once(_issue(_resting_on("The_Owl"), _resting_on("The_Owl")))
    assert [feature.body for feature in found.features] == [FEATURE.body.rstrip()] * 2
    told = "All features of this issue rest on one publisher: The\\_Owl."
    assert found.front.lead == f"{ISSUE.front.lead}\n\n{told}"


def test_each_of_its_own() -> None:
    """The publishers are named in the order of the features."""
    found = said_once(_issue(_resting_on("Owl"), _resting_on("Wren")))
    assert found.front.lead.endswith("Each feature rests on one publisher: Owl and Wren.")


def test_one_of_several_or_alone() -> None:
    """Where not all say it, or there is but one feature, it stays at its place."""
    for issue in (_issue(_resting_on("Owl"), FEATURE), _issue(_resting_on("Owl"))):
        assert said_once(issue) is issue


def test_words_of_a_person_stay() -> None:
    """Who has changed the sentence finds it where it was written."""
    edited = replace(_resting_on("Owl"), body="All of this rests on one publisher, the Owl.")
    issue = _issue(edited, _resting_on("Owl"))
    assert said_once(issue) is issue

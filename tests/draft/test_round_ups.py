"""Round-ups: one or two sentences of a story, or nothing."""

from __future__ import annotations

from digest.draft import Extractive
from digest.draft.standing import standing
from digest.text import count_words, sentences
from digest.types import Dossier, Story

from .making import DIGEST, document, dossier, entry
from .texts import launch, other


def drafted(*dossiers: Dossier) -> dict[str, str]:
    return {each.story: each.text for each in Extractive().round_ups(dossiers, DIGEST)}


def test_one_or_two_sentences_of_the_source() -> None:
    """15 to 55 words, the source's own; the first sentence needs nothing before it."""
    found = drafted(dossier(launch()), dossier(other()))
    assert set(found) == {"R1", "R2"}
    for text, source in zip(found.values(), (launch(), other()), strict=True):
        parts = [text[start:end] for start, end in sentences(text)]
        assert 1 <= len(parts) <= 2
        assert all(part in source.text for part in parts)
        assert 15 <= count_words(text) <= 55
        assert standing(parts[0]) in {"alone", "brief"}


def test_a_story_without_text_is_missing() -> None:
    """It stays a headline, and the others keep their numbers."""
    silent = Dossier(Story((entry("acme", "Nothing to read"),), 1.0), ())
    assert set(drafted(silent, dossier(launch()))) == {"R2"}


def test_furniture_of_several_stories_tells_none() -> None:
    """A sentence that two stories hold is their feed's, however well it reads."""
    line = (
        "Harbour Weekly reports on every port, ship and scheduler between Kiel and Aarhus each day."
    )
    news = (
        "The port of Kiel has bought eleven electric tugs from a yard in Spain for its new pier.",
        "The ferry to Oslo will run on methanol from June, the owner said on Monday in Kiel.",
    )
    found = drafted(*(dossier(document(f"{line}\n\n{text}", title="Kiel")) for text in news))
    assert list(found.values()) == list(news)


def test_a_quota_of_one_person_is_not_the_rule() -> None:
    """Where the text has better than "I", the round-up is not about the writer."""
    text = (
        "I spent the morning with my new scheduler and a large cup of coffee on the balcony.\n\n"
        "Harbour 4 runs a thousand jobs for nine dollars per month and replays them after a crash."
    )
    found = drafted(dossier(document(text, title="Harbour 4 and jobs after a crash")))
    assert " I " not in f" {found['R1']} "

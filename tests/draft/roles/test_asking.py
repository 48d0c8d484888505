"""What a request asks for, and what it leaves unsaid where it would not apply."""

from __future__ import annotations

from dataclasses import replace

from digest.draft.model import Request
from digest.draft.prompts import Prompts
from digest.draft.roles import feature, front, gather, plan
from digest.draft.roles.setting import setting
from digest.select import themes
from digest.settings import Digest
from digest.types import Contender, Feature, RoundUp, Story
from tests.draft.making import document, dossier, entry

DIGEST = Digest(slug="tech", title="Tech Weekly", features=1, round_ups=3)
OFFERED = [Contender(f"C{n}", Story((entry("acme", f"Story {n}"),), 1.0)) for n in range(1, 5)]
WORDS = " ".join(f"Pump {n} lifted {n} litres a second on its first day." for n in range(60))
FEATURE = Feature(
    title="A pump",
    slug="a-pump",
    kind="model",
    tldr=("It lifted 63.0 litres.",),
    body="## What\n\nIt lifted 63\\.0 litres.[^acme-1] Holm \\& Reve built it.[^acme-2]",
    notes=(),
    documents=(),
    entries=(),
)


def text(request: Request) -> str:
    return request.messages[0][1]


def planned(digest: Digest) -> str:
    return text(plan.request(OFFERED, {}, setting(digest, Prompts(), "salt", "tech/2026-05-20")))


def test_headings_are_asked_for_where_they_would_stand() -> None:
    """Under six round-ups none stand; a model is not asked for what is thrown away."""
    assert plan.HEADED == themes.FEWEST
    assert "headings: left empty" in planned(DIGEST)
    assert '"headings": []' in planned(DIGEST)
    many = planned(replace(DIGEST, round_ups=plan.HEADED))
    assert "headings: under which two to four headings" in many
    assert '"headings": [{"heading": "…", "stories": ["C2", "C7"]}]' in many


def test_one_feature_is_spoken_of_as_one() -> None:
    assert "The first whose sources carry it becomes the feature, so" in planned(DIGEST)
    two = planned(replace(DIGEST, features=2))
    assert "The first 2 whose sources carry one become features, so" in two


def test_links_are_asked_for_where_some_are_offered() -> None:
    """Ids of links that nobody showed would be invented."""
    own = setting(DIGEST, Prompts(), "salt", "tech/2026-05-20")
    one = dossier(document(WORDS))
    without = text(feature.request(one, own, feature.everything(one)))
    assert "further: left empty" in without
    assert "L2" not in without
    linked = replace(one, links=(("A manual", "https://acme.example/manual"),))
    with_links = text(feature.request(linked, own, feature.everything(linked)))
    assert "further: up to four ids" in with_links
    assert "L1  A manual" in with_links


def test_open_questions_are_asked_for_where_all_is_seen() -> None:
    """Of two requests neither can say what no document answers."""
    own = setting(DIGEST, Prompts(), "salt", "tech/2026-05-20")
    (one,) = gather.requests(dossier(document(WORDS)), own)
    assert "`open`: at most three" in text(one)
    several = gather.requests(dossier(document(f"{WORDS} " * 20)), own)
    assert len(several) == gather.REQUESTS
    for each in several:
        assert "`open`: left empty" in text(each)
        assert '"open": []' in text(each)


def test_the_front_reads_its_features_as_readers_do() -> None:
    """No marks, and no backslashes of Markdown that would come back in a headline."""
    own = setting(DIGEST, Prompts(), "salt", "tech/2026-05-20")
    item = RoundUp("r", "R", "https://r.example/", "acme", None, (), "It costs 0\\.60 now.")
    asked = text(front.request((FEATURE,), (item,), own))
    assert "It lifted 63.0 litres. Holm & Reve built it." in asked
    assert "It costs 0.60 now." in asked
    assert "says what happened, to whom and by whose account" in asked
    again = text(front.request((FEATURE, FEATURE), (item,), own))
    assert "names what the features are about" in again

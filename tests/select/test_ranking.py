"""A model's ranking and theme names: taken by id, shown as its own, bound by what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digest.select import Offered, Reading, choose, offer, settle
from digest.select.ranking import WHY_LENGTH
from digest.settings import Digest
from digest.types import Dossier, Ranked, Story, ThemeAnswer
from tests.draft.making import NOW, feed

from .news import Item
from .test_choice import SUBJECTS, digest, placed, post

NINE = [post(f"f{n}", subject, hours=n + 1) for n, subject in enumerate(SUBJECTS[:9])]


def offered(items: Sequence[Item] = NINE, given: Digest | None = None) -> Offered:
    texts = {text.id: text for _, text in items}
    reading = Reading([each for each, _ in items], texts, given or digest(features=2))
    return offer(reading, [feed(each.feed) for each, _ in items], now=NOW)


def ids(found: Offered) -> dict[str, str]:
    return {each.story.lead.title: each.id for each in found.contenders}


def titles(found: Sequence[Story]) -> list[str]:
    return [story.lead.title for story in found]


def test_contenders_are_numbered_by_score() -> None:
    """What is offered has ids in the order that holds without a model."""
    listed = offered().contenders
    assert [each.id for each in listed] == [f"C{n}" for n in range(1, 10)]
    assert [each.story.score for each in listed] == sorted(
        (each.story.score for each in listed), reverse=True
    )


def test_a_ranking_decides_the_features_and_says_why() -> None:
    """The two that the model puts first are the features, and its line stands in the reason."""
    found = offered()
    name = ids(found)
    first, second = "All about canals", "All about ferries"
    chosen = choose(found, ranking=[Ranked(name[first], "Locks matter."), Ranked(name[second])])
    assert placed(chosen, "feature") == [first, second]
    assert "the model ranks it 1, “Locks matter.”; score" in chosen[0].reason
    assert "the model ranks it 2; score" in chosen[1].reason
    assert (chosen[0].rank, chosen[0].why) == (1, "Locks matter.")
    assert placed(choose(found), "feature") != [first, second]


def test_what_it_does_not_name_stays_in_order() -> None:
    """After what is ranked comes the rest, as its score has it."""
    found = offered()
    plain = titles(choose(found))
    moved = plain[6]
    ranked = titles(choose(found, ranking=[Ranked(ids(found)[moved])]))
    assert ranked == [moved, *(title for title in plain if title != moved)]


@pytest.mark.parametrize("ranking", [[], [Ranked("C99"), Ranked(""), Ranked("c1"), Ranked("S1")]])
def test_unknown_ids_count_for_nothing(ranking: list[Ranked]) -> None:
    """A model that makes up ids leaves the choice as it was counted."""
    found = offered()
    assert choose(found, ranking=ranking) == choose(found)


def test_the_first_of_two_places_counts() -> None:
    """A story that is named twice has its first place, and no gap is left."""
    found = offered()
    name = ids(found)
    one, two = name["All about canals"], name["All about dykes"]
    chosen = choose(found, ranking=[Ranked(one), Ranked(one, "again"), Ranked(two)])
    assert [(story.rank, story.why) for story in chosen[:2]] == [(1, ""), (2, "")]


def test_its_reason_is_one_short_line() -> None:
    """A reason can neither fill a screen nor hide what follows."""
    found = offered()
    story = choose(found, ranking=[Ranked("C1", "So\nit \x1b[31mis\u202e" + " long" * 90)])[0]
    assert story.why.startswith("So it [31mis long")
    assert len(story.why) == WHY_LENGTH
    assert story.why.isprintable()


def test_pins_shares_and_must_feeds_hold() -> None:
    """Whatever a model ranks, what a person has fixed stands."""
    items = [*NINE[:6], *(post("loud", subject, hours=2) for subject in SUBJECTS[9:13])]
    pinned, vetoed = NINE[0][0], NINE[1][0]
    given = digest(
        features=2, round_ups=3, per_feed=1, must=("f5",), pin=(pinned.url,), veto=(vetoed.url,)
    )
    found = offered(items, given)
    assert vetoed.title not in ids(found)
    loud = [name for title, name in ids(found).items() if title.endswith(tuple(SUBJECTS[9:13]))]
    chosen = choose(found, ranking=[Ranked(name) for name in loud])
    told = [story for story in chosen if story.place != "left out"]
    assert pinned.title in placed(chosen, "feature")
    assert NINE[5][0].title in titles(told)
    assert sum(story.lead.feed == "loud" for story in told) == 1
    assert vetoed.title in placed(chosen, "left out")


def test_a_thin_day_stays_thin() -> None:
    """A model's liking makes no feature of a trifle."""
    found = offered([post("f1", "boats", words=120)])
    (story,) = choose(found, ranking=[Ranked("C1", "A scoop.")])
    assert story.place == "round-up"


def test_a_ranking_lives_through_research() -> None:
    """Where a feature falls, the next by rank moves up."""
    found = offered()
    name = ids(found)
    order = ["All about canals", "All about ferries", "All about gardens"]
    chosen = choose(found, ranking=[Ranked(name[title], "Yes.") for title in order])
    texts = {text.id: text for _, text in NINE}
    dossiers = [
        Dossier(story, (texts[story.lead.document],) if story.lead.title != order[0] else ())
        for story in chosen
        if story.place != "left out"
    ]
    settled = [dossier.story for dossier in settle(dossiers, digest(features=2))]
    assert placed(settled, "feature") == order[1:]
    assert "the model ranks it 3, “Yes.”" in settled[1].reason


def themed(*answers: ThemeAnswer) -> dict[str, str]:
    """Headings by title, of nine round-ups."""
    found = offered(NINE, digest(features=0, round_ups=9))
    return {story.lead.title: story.theme for story in choose(found, named=answers)}


def test_a_model_names_themes() -> None:
    """Its headings stand where each has two round-ups; a story has one heading."""
    name = ids(offered(NINE, digest(features=0, round_ups=9)))
    water = [name[f"All about {subject}"] for subject in ("canals", "ferries", "dykes")]
    found = themed(
        ThemeAnswer("canals and dykes", (water[0], water[2], "C99")),
        ThemeAnswer("Ferries", (water[0], water[1], name["All about bread"])),
    )
    assert found["All about canals"] == found["All about dykes"] == "Canals and dykes"
    assert found["All about ferries"] == found["All about bread"] == "Ferries"


@pytest.mark.parametrize(
    "heading",
    [
        "News from Northgate",
        "Northgate",
        "Ten of 300 ferries",
        "Ferries <b>and</b> more",
        "[Ferries](https://evil.example)",
        "",
        "Ferries " * 8,
        "…",
    ],
)
def test_a_heading_that_says_more_than_its_stories_is_none(heading: str) -> None:
    """Names and numbers that no story holds, markup and sermons are not taken."""
    name = ids(offered(NINE, digest(features=0, round_ups=9)))
    answer = ThemeAnswer(heading, (name["All about ferries"], name["All about bread"]))
    assert themed(answer) == themed()


def test_a_theme_that_goes_on_keeps_its_spelling() -> None:
    """The heading of past issues, in other capitals, is the same heading."""
    found = replace(
        offered(NINE, digest(features=0, round_ups=9)), headings=("FERRIES and gardens",)
    )
    name = ids(found)
    answer = ThemeAnswer(
        "Ferries and gardens", (name["All about ferries"], name["All about bread"])
    )
    chosen = choose(found, named=[answer])
    assert [s.theme for s in chosen].count("FERRIES and gardens") == 2

"""Scores, runs, quotas: the parts by which sentences are chosen."""

from __future__ import annotations

import pytest

from digest.draft.bullets import bullets
from digest.draft.candidates import MOST, sentences_of
from digest.draft.choosing import LONGEST_RUN, RUN_WORDS, Budget, best_run, quota, runs
from digest.draft.material import material
from digest.draft.scoring import cosine, figures_in, rarities, scores

from .making import document, dossier
from .texts import launch


@pytest.mark.parametrize(("words", "allowed"), [(0, 150), (900, 150), (1500, 150), (2400, 240)])
def test_quota_is_a_tenth_or_150_words(words: int, allowed: int) -> None:
    """Rule K1."""
    assert quota(words) == allowed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It costs $9 per month for 1,000 jobs.", 2),
        ("The share rose from 27% to 32.6 percent.", 2),
        ("Version 4.1 follows version 4.0 of May 2026.", 0),
        ("The model has 284B parameters and 160GB of weights.", 2),
        ("It is 3x the price.", 1),
        ("Gemini 3 Flash is the successor of Gemini 2.", 0),
    ],
)
def test_figures_are_quantities(text: str, count: int) -> None:
    """Amounts count; the numbers in names and dates do not."""
    assert figures_in(text) == count


def test_a_run_begins_with_a_sentence_that_stands_alone() -> None:
    """Each run is adjacent sentences within its words, opened by one that needs no other."""
    found = sentences_of(launch(), 1)
    offered = list(runs(found))
    assert len(offered) > len(found) / 2
    for run in offered:
        numbers = [s.passage.number for s in run]
        assert numbers == list(range(numbers[0], numbers[0] + len(run)))
        assert run[0].standing in {"alone", "brief"}
        assert len(run) <= LONGEST_RUN
        assert sum(s.words for s in run) <= RUN_WORDS
        assert all(s.standing != "no" for s in run)


def test_a_repeated_sentence_is_weighed_once() -> None:
    """A pull quote that repeats a sentence of the text is no second sentence."""
    line = "Harbour cuts the price of a scheduled job to two cents."
    found = sentences_of(document(f"{line}\n\nThe firm had 1,100 customers in March.\n\n{line}"), 1)
    assert [s.text for s in found] == [line, "The firm had 1,100 customers in March."]


def test_only_prose_is_quoted() -> None:
    """Headings, tables and what others are quoted as saying are no sentences of the text."""
    texts = {s.text for s in sentences_of(launch(), 1)}
    assert "What it costs" not in texts
    assert not any("\t" in text for text in texts)
    assert not any("We wanted a store" in text for text in texts)


def test_a_long_document_is_weighed_in_part() -> None:
    """Comparing sentences costs the square of their number: it is bound."""
    text = "\n\n".join(f"Harbour number {n} cuts the price of its jobs." for n in range(MOST + 50))
    assert len(sentences_of(document(text), 1)) == MOST


def test_scores_prefer_the_title_and_avoid_the_first_person() -> None:
    """At one place in one text: what the title says is worth more than what "I" did."""
    title = "Harbour cuts the price of a job"
    news = "Harbour cuts the price of a scheduled job to two cents."
    trivia = "I was sitting in a train to Kiel when my phone rang twice."
    for first, second in ((news, trivia), (trivia, news)):
        found = sentences_of(document(f"{first} {second}"), 1)
        weighed = {
            s.text: value for s, value in zip(found, scores(found, title).values(), strict=True)
        }
        assert weighed[news] > 2 * weighed[trivia]


def test_what_was_counts_less_than_what_is() -> None:
    """The sentence about the last version does not beat the one about the price."""
    title = "Harbour 4: almost as good, a fraction of the price"
    text = (
        "Harbour's last release was version 3 in December of the year before.\n\n"
        "Harbour 4 is the cheapest of the hosted schedulers, beating even Northgate's."
    )
    old, new = scores(sentences_of(document(text), 1), title).values()
    assert new > old


def test_best_run_repeats_nothing_and_stays_in_the_budget() -> None:
    """What says the same again, and what the quota has no room for, is not chosen."""
    text = (
        "Harbour cuts the price of a scheduled job to two cents.\n\n"
        "Harbour cuts the price of each scheduled job to two cents.\n\n"
        "The firm in Kiel had eleven hundred paying customers in March."
    )
    offered = material(dossier(document(text, title="Harbour cuts prices")))
    budget = Budget(offered.documents)
    first = best_run(offered.alone(), offered.score, offered.rarity, budget=budget)
    assert first is not None
    second = best_run(offered.alone(), offered.score, offered.rarity, budget=budget, taken=first)
    assert second is not None
    assert "customers" in second[0].text
    budget.spend(1, 145)
    assert best_run(offered.alone(), offered.score, offered.rarity, budget=budget) is None
    assert cosine(first[0], first[0], rarities(offered.sentences[0])) == pytest.approx(1.0)


def test_a_sentence_costs_its_words_once() -> None:
    """A bullet that stands in the text again counts once (K1)."""
    offered = material(dossier(launch()))
    run = offered.alone()[0]
    budget = Budget(offered.documents)
    before = budget.left(1)
    budget.take(run)
    budget.take(run)
    assert before - budget.left(1) == run[0].words


def test_two_publishers_of_one_news_make_one_bullet() -> None:
    """Each words it differently; two facts are better than three bullets."""
    here = document(
        "Tidewater Lab today releases Heron 3, a family of three language models with open "
        "weights.\n\nHeron 3 was trained on 18.4 trillion tokens, 31 percent of them source code."
    )
    there = document(
        "Tidewater Lab released Heron 3 on Tuesday: three models with open weights, at half the "
        "price of the generation before.",
        publisher="news",
        url="https://news.example/heron",
    )
    offered = material(dossier(here, there))
    found = [s.text for s in bullets(offered, Budget((here, there)))]
    assert len(found) == 2
    assert len([text for text in found if "three" in text]) == 1

"""What a language model wrote: proved text comes out, what is not proved goes, and why is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from digest import verify
from digest.types import Feature, FrontDraft, ItemList, Paragraph, Problem, RoundUpDraft, Section
from tests.verify.model_material import (
    QUOTATION,
    TABLE,
    TABLE_NOTE,
    TOPICS,
    dossier,
    draft,
)

DOCUMENTS = {d.id: d for documents in TOPICS.values() for d in documents}


def _proved(**changes: Any) -> tuple[Feature, tuple[Problem, ...]]:
    feature, problems = verify.feature(draft(**changes), dossier("orrin"), slug="orrin-4")
    assert feature is not None, problems
    return feature, problems


def _with(text: str, *blocks: Any) -> dict[str, Any]:
    """The good draft with a last section that holds this text."""
    more = Section("More", (Paragraph(text), *blocks) if text else blocks)
    return {"sections": (*draft().sections, more), "notes": (*draft().notes, TABLE_NOTE)}


def _errors(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(p.rule, p.found) for p in problems if p.level == "error"]


def test_an_honest_draft_loses_nothing() -> None:
    """Every sentence stays, each with a note that stands, and proving again finds no error."""
    feature, problems = _proved()
    assert _errors(problems) == []
    assert len(feature.tldr) == 3
    assert feature.kind == "model"
    assert feature.body.count("[^") >= 22
    for note in feature.notes:
        source = DOCUMENTS[note.quote.document]
        assert source.text[note.quote.start : note.quote.end] == note.quote.text
    assert [p for p in verify.recheck(feature, DOCUMENTS) if p.level == "error"] == []


def test_the_ledger_says_what_each_claim_rests_on() -> None:
    """Numbers and names of a claim are told, and every claim of the body has its notes."""
    feature, _ = _proved()
    claim = next(each for each in feature.claims if "Lathe, Orrin" in each.text)
    assert claim.numbers == ("71.3%", "58.9%")
    assert "Lathe" in claim.names
    assert claim.rests
    assert all(each.rests for each in feature.claims if each.kind == "proved")


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Kestrel Labs trained Orrin 4 on 9,000 cards for six weeks.[n1]", "N1"),
        ("Kestrel Labs released Orrin 4 together with Nvidia on 28 April 2026.[n1]", "E1"),
        ("On Lathe, Orrin 4 scored 58.9% where Orrin 3 had scored 71.3%.[n9]", "N2"),
        ("“We are ten years behind the frontier,” said Ines Okafor.[n12]", "Q4"),
        ("“We are three to six months behind the frontier,” said Tomas Reyl.[n12]", "A1"),
        ("Mini invented 12% of its answers to unknown facts.[n15]", "N4"),
        ("Read more at https://evil.example/now about Orrin 4.[n1]", "U1"),
        ("As an AI I can say that Orrin 4 was released by Kestrel Labs.[n1]", "M1"),
        ("Orrin 4 was released by Kestrel Labs.[n99]", "C1"),
        ("The cost will be 50 times higher.[own]", "C2"),
        ("Why would Google care?[own]", "C2"),
    ],
)
def test_what_is_false_is_dropped_and_told(sentence: str, rule: str) -> None:
    """The sentence goes, the rest stays, and the problem names the rule."""
    feature, problems = _proved(**_with(f"{sentence} Its weights come under Apache 2.0.[n4]"))
    words = sentence.partition("[")[0]
    assert words not in feature.body.replace("\\", "")
    assert rule in {p.rule for p in problems if p.level == "error"}, problems
    assert "half a year after Orrin 3" in feature.body


def test_a_sentence_without_a_mark_is_dropped() -> None:
    """Neither it nor its paragraph names a passage (C2)."""
    feature, problems = _proved(**_with("The release of Orrin 4 needs no mark at all."))
    assert "no mark at all" not in feature.body
    assert "C2" in {rule for rule, _ in _errors(problems)}


def test_a_judgement_stays_without_a_mark() -> None:
    """It holds no number and only names that claims hold; it is told apart in the ledger."""
    text = "Whether that lasts is open.[own] Its weights come under the Apache 2.0 licence.[n4]"
    feature, problems = _proved(**_with(text))
    assert _errors(problems) == []
    assert "Whether that lasts is open. Its" in feature.body
    assert [c.text for c in feature.claims if c.kind == "own"] == ["Whether that lasts is open."]
    assert [p for p in verify.recheck(feature, DOCUMENTS) if p.level == "error"] == []


def test_too_many_judgements_are_cut_to_a_quarter() -> None:
    """The last of them go until three in four sentences are claims."""
    guesses = " ".join(f"Perhaps that is a matter of taste {'so ' * n}.[own]" for n in range(1, 20))
    feature, _ = _proved(**_with(f"{guesses} Its weights come under Apache 2.0.[n4]"))
    own = sum(1 for claim in feature.claims if claim.kind == "own")
    proved = sum(
        1 for claim in feature.claims if claim.kind == "proved" and claim.text in _plain(feature)
    )
    assert 0 < own <= (own + proved) / 4


def _plain(feature: Feature) -> str:
    return feature.body.replace("\\", "")


def test_a_sentence_that_leans_on_a_dropped_one_goes_with_it() -> None:
    """No orphaned "It also …" is left."""
    text = (
        "Kestrel Labs paid Nvidia 9,000 dollars.[n1] It also published the weights under the "
        "Apache 2.0 licence.[n4]"
    )
    feature, _ = _proved(**_with(text))
    assert "It also" not in feature.body
    assert "## More" not in feature.body


def test_tables_and_lists_stay_whole_or_go() -> None:
    """A good table stays with its marks; one false cell takes the table."""
    feature, problems = _proved(**_with("", TABLE))
    assert _errors(problems) == []
    assert "| Orrin 4 Mini | 24 | 0.30[^kestrel" in _plain(feature)
    rows = (*TABLE.rows[0].cells[:1], "312", "1.60")
    bad = type(TABLE)(TABLE.head, (type(TABLE.rows[0])(rows, ("t",)), TABLE.rows[1]))
    feature, problems = _proved(**_with("", bad))
    assert "| Orrin 4 Mini" not in feature.body
    assert ("N1", "312") in _errors(problems)
    assert "in: Orrin 4 | 312 | 1.60" in {problem.hint for problem in problems}
    swapped = type(TABLE)(
        TABLE.head,
        (
            type(TABLE.rows[0])(("Orrin 4", "24", "1.60"), ("t",)),
            type(TABLE.rows[0])(("Orrin 4 Mini", "212", "0.30"), ("t",)),
        ),
    )
    feature, problems = _proved(**_with("", swapped))
    assert "N2" in {rule for rule, _ in _errors(problems)}


def test_a_quotation_and_a_list_are_shown() -> None:
    """A block quotation has its speaker; items keep their marks and emphasis."""
    items = ItemList(
        (
            "Weights come under the *Apache 2.0* licence.[n4]",
            "Orrin 4 reads up to `512,000` tokens.[n3]",
        )
    )
    feature, problems = _proved(**_with("", QUOTATION, items))
    assert _errors(problems) == []
    assert "> — Ines Okafor" in feature.body
    assert "- Weights come under the *Apache 2.0* licence.[^" in feature.body
    assert "`512,000`" in feature.body


def test_what_stands_above_is_among_what_stands_below() -> None:
    """What has a foreign number or name goes; the title falls back to the source's."""
    tldr = (*draft().tldr, "Orrin 4 costs $9 to run.", "Orrin 4 beat Gemini.")
    feature, problems = _proved(tldr=tldr, title="Orrin 4 beats Gemini")
    assert len(feature.tldr) == 3
    assert feature.title == "Introducing Orrin 4"
    assert {rule for rule, _ in _errors(problems)} == {"X1", "E2"}


def test_too_little_is_no_feature() -> None:
    """Under 150 words, or without a TL;DR, nothing is left; the reason is told."""
    short, problems = verify.feature(
        draft(sections=draft().sections[:1]), dossier("orrin"), slug="x"
    )
    assert short is None
    assert "round-up" in {p.outcome for p in problems}
    bare, problems = verify.feature(draft(tldr=()), dossier("orrin"), slug="x")
    assert bare is None


def test_a_feature_is_as_long_as_its_documents_carry() -> None:
    """L1: one that rests on 438 words need not have 250, but seven tenths of what they carry."""
    two = draft().sections[:2]
    _, problems = _proved(sections=two)
    assert [(p.rule, p.found, p.expected) for p in problems] == [
        ("L1", "174 words", "183 to 800 words")
    ]
    more = Section(
        "More", (Paragraph("Its licence is Apache 2.0, and the weights are published.[n4]"),)
    )
    _, problems = _proved(sections=(*two, more))
    assert problems == ()


def test_one_publisher_is_said_by_code() -> None:
    """P1: a feature on one publisher says so, as a computed sentence."""
    story = dossier("orrin")
    same = tuple(replace(each, publisher="kestrel.example") for each in story.documents)
    feature, _ = verify.feature(draft(), replace(story, documents=same), slug="x")
    assert feature is not None
    assert feature.body.endswith("All of this rests on one publisher: Kestrel Labs.")
    assert [c.text for c in feature.claims if c.kind == "computed"]
    assert "one publisher" not in _proved()[0].body


def test_a_secret_word_never_comes_back() -> None:
    """M1 holds for the run's own word."""
    marked = draft(**_with("The word quillfeather stands in the Apache 2.0 licence.[n4]"))
    feature, problems = verify.feature(marked, dossier("orrin"), slug="x", secret="quillfeather")
    assert feature is not None
    assert "quillfeather" not in feature.body
    assert "M1" in {p.rule for p in problems}


GOOD_ROUND_UP = (
    "The port of Velsund closed its eastern terminal for 36 hours after a crane struck a fuel "
    "line, and about 4,300 containers were held up. Nordkai estimates the damage at €7.2 million."
)


def test_a_round_up_is_proved_sentence_by_sentence() -> None:
    """Good ones stay with the passages that code finds; from the first false one on they go."""
    item, problems = verify.round_up(
        RoundUpDraft("R1", GOOD_ROUND_UP), dossier("velsund"), kind="model"
    )
    assert problems == ()
    assert item.text == GOOD_ROUND_UP
    assert all(claim.rests for claim in item.claims)
    false = GOOD_ROUND_UP.replace("€7.2", "€72")
    item, problems = verify.round_up(RoundUpDraft("R1", false), dossier("velsund"), kind="model")
    assert "€72" not in item.text
    assert "36 hours" in item.text
    item, _ = verify.round_up(
        RoundUpDraft("R1", false.replace("36", "63")), dossier("velsund"), kind="model"
    )
    assert item.text == ""


LEAD = (
    "Kestrel Labs released Orrin 4 under the Apache 2.0 licence. What that buys is open.[own] "
    "Google answered at once."
)


def test_the_front_says_only_what_stands_below() -> None:
    """Foreign numbers and names go; the headline falls back to a feature's title."""
    feature, _ = _proved()
    made = FrontDraft(
        headline="Orrin 4 and the price of a window",
        dek="Kestrel Labs released Orrin 4, and Bench Notes ran it for five days.",
        tldr=(
            "Kestrel Labs released Orrin 4 on 28 April 2026.",
            "Orrin 4 scored 71.3% on Lathe.",
            "Reviewers rejected 31% of translations.",
            "Orrin 4 has 999 billion parameters.",
        ),
        lead=(LEAD,),
    )
    front, problems = verify.front(made, [feature], [])
    assert front.title == made.headline
    assert front.dek == made.dek
    assert front.tldr == made.tldr[:3]
    assert "Google" not in front.lead
    assert "What that buys is open." in front.lead
    assert {p.rule for p in problems if p.level == "error"} == {"X1", "L1"}
    wrong = FrontDraft("Gemini wins by 40%", "", (), (), "model")
    front, _ = verify.front(wrong, [feature], [])
    assert front.title == feature.title


@pytest.mark.parametrize(("times", "left"), [(2, 2), (10, 10), (60, 22)])
def test_a_lead_far_too_long_is_cut(times: int, left: int) -> None:
    """What is reported as dropped is not published; a short lead that is proved stays."""
    feature, _ = _proved()
    lead = ("Kestrel Labs released Orrin 4 under the Apache 2.0 licence. " * times).strip()
    made = FrontDraft("Orrin 4 and the price of a window", "", (), (lead,), "model")
    front, problems = verify.front(made, [feature], [])
    told = [p for p in problems if p.rule == "L1" and p.where.startswith("lead")]
    assert front.lead.count("Kestrel") == left
    assert [p.outcome for p in told if p.level == "error"] == (
        ["published"] if times == 2 else ["dropped"] * (times - left)
    )


def test_an_edited_file_is_proved_again() -> None:
    """A number that a person has changed is told, at its place."""
    feature, _ = _proved()
    edited = replace(feature, body=feature.body.replace("71.3%", "91.3%"))
    found = {(p.rule, p.outcome) for p in verify.recheck(edited, DOCUMENTS) if p.level == "error"}
    assert ("N1", "published") in found

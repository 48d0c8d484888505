"""What a model is told: enough to mend each sentence at once, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from digest import verify
from digest.types import Derived, DraftNote, Paragraph, QuoteBlock, Section
from tests.verify.model_material import QUOTATION, TABLE_NOTE, dossier, draft

STORY = dossier("orrin")
LAST = "Correct only these; return the whole draft in the same form."


def _message(text: str, *blocks: Any, notes: tuple[DraftNote, ...] = (), **changes: Any) -> str:
    """What is told of the good draft with a last section that holds this text."""
    more = Section("More", (Paragraph(text), *blocks) if text else blocks)
    values = {
        "sections": (*draft().sections, more),
        "notes": (*draft().notes, TABLE_NOTE, *notes),
    }
    bad = draft(**(values | changes))
    _, problems = verify.feature(bad, STORY, slug="x")
    return verify.repair_message(problems, STORY.documents)


def test_a_good_draft_needs_no_word() -> None:
    """Nothing to mend is an empty message."""
    assert verify.repair_message(()) == ""


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "The model has 912 billion parameters.[n2]",
            (
                "“912 billion”: expected a number that the evidence holds",
                "212 billion",
                "No document that was shown has it.",
                "S1.3: The model has 212 billion parameters",
                "Take the number from a passage and cite that passage, or leave it out.",
            ),
        ),
        (
            "Power draw stayed below 5.2 kW throughout the run.[n1]",
            ("“5.2 kW”", "It stands in S2.3.", "S2.3: Power draw stayed below 5.2 kW"),
        ),
        (
            "Kestrel Labs released Orrin 4 with Nvidia on 28 April 2026.[n1]",
            ("“Nvidia”: expected a name", "or leave the name out"),
        ),
        (
            "Output now costs a tenth of what Orrin 3 asked.[n4]",
            ("“tenth”", "If you computed it, name both numbers in `derived`", "S1.5: Input costs"),
        ),
        (
            "On Lathe, Orrin 4 scored 58.9% where Orrin 3 had scored 71.3%.[n7]",
            ("“58.9% … 71.3%”", "these two look exchanged", "S1.7: On the Lathe benchmark"),
        ),
        (
            "“We are ten years behind the frontier,” said Ines Okafor.[n9]",
            ("exact words of a source between quotation marks", "S1.9: “We are three to six"),
        ),
        (
            "“We are three to six months behind the frontier,” said Tomas Reyl.[n9]",
            ("“Tomas Reyl”", "Name whom the document gives these words to", "said Ines Okafor"),
        ),
        (
            "The small model invented 12% of its answers to unknown facts.[n13]",
            ("“12%”: expected “up to” with this number", "where the passage has them"),
        ),
        (
            "Its weights come under the Apache 2.0 licence, to the delight of its fans.[n4]",
            (
                "“to the delight of its fans.”: expected words of what is cited: nothing there",
                "or leave it out",
            ),
        ),
        ("Orrin 4 was released by Kestrel Labs.[n99]", ("a note for [n99]", "`notes`")),
        ("The cost will be 50 times higher.[own]", ("“50 times”: expected no number",)),
        ("Read more at https://evil.example/now about Orrin 4.[n1]", ("Write no address",)),
    ],
)
def test_each_fault_is_told_with_what_mends_it(sentence: str, told: tuple[str, ...]) -> None:
    """Place and sentence, what was found and expected, what to do, the passages with their ids."""
    text = _message(f"{sentence} Its weights come under Apache 2.0.[n4]")
    place = "section 4, block 1, sentence 1: " + sentence.partition("[")[0]
    for part in (place, *told):
        assert part in text, text
    assert text.endswith(LAST)
    assert len(text) < 1200


def test_a_sentence_with_several_faults_is_one_place() -> None:
    """Its text, advice and passages come once."""
    text = _message("Kestrel Labs trained Orrin 4 on 9,000 cards with Nvidia for $5 million.[n1]")
    assert text.count("trained Orrin 4") == 1
    assert text.count("   - ") == 3
    assert text.count("To do:") == 1


def test_the_same_fault_of_many_places_is_told_once() -> None:
    """Each place is named, the advice is not repeated, and a passage is shown once."""
    opinions = " ".join(f"Perhaps that is a matter of taste {'so ' * n}.[own]" for n in range(14))
    text = _message(f"{opinions} Its weights come under Apache 2.0.[n4]")
    assert text.count("at most a quarter") == 1
    assert text.count("the same fault") >= 3
    twice = _message("The model has 912 billion parameters.[n2] It has 812 billion active.[n2]")
    assert twice.count("S1.3: The model has 212 billion") == 1
    assert "S1.3, as above" in twice


@pytest.mark.parametrize(
    ("sentence", "claim", "expression", "told"),
    [
        (
            "Output now costs a tenth of what Orrin 3 asked.",
            "a tenth",
            "output price / old price",
            "joined by one of + - * /, such as “9 / 12”; `output price / old price` is none",
        ),
        (
            "Output now costs a tenth of what Orrin 3 asked.",
            "a tenth",
            "1.60 / 16",
            "of `1.60 / 16` the evidence of this sentence lacks “16”",
        ),
        (
            "Output now costs 47% of what Orrin 3 asked.",
            "47% of",
            "1.60 / 4.80",
            "the figure that `1.60 / 4.80` gives: as a share, 33.3% or 300%",
        ),
        (
            "Output now costs 47% less than Orrin 3 asked.",
            "costs 47% under",
            "(4.80 - 1.60) / 4.80",
            "the very words of the sentence; “costs 47% under” is none of it",
        ),
        (
            "A full window is 47 pages.",
            "47 pages",
            "212 / 18",
            "a figure whose sentence says what it is: a ratio (“three times”)",
        ),
    ],
)
def test_an_expression_that_is_not_accepted_is_told_what_is(
    sentence: str, claim: str, expression: str, told: str
) -> None:
    """What is wrong with it, or what it gives."""
    text = _message(f"{sentence}[n4]", derived=(Derived(claim, expression),))
    assert told in text, text


def test_what_stands_in_a_passage_is_never_said_to_stand_in_none() -> None:
    """A number of another unit or kind is there, and not as it was meant."""
    text = _message("The run used 77 cards and 5.2 hours.[n1]")
    assert "S2.3 has these signs, but not as this sentence means them." in text
    assert text.count("No document that was shown has it.") == 1


def test_what_fell_with_a_sentence_below_is_not_told() -> None:
    """With the sentence mended, the bullet is right; one with a fault of its own is told."""
    sentence = "Foundry puts the rival Marlin 2 at 49.6% and Orrin 4 at 44.0%"
    bullets = (sentence + ".", "Orrin 4 was tested for 17 days.", *draft().tldr[:1])
    changed = draft(
        tldr=bullets,
        sections=(*draft().sections, Section("More", (Paragraph(f"{sentence}.[n8]"),))),
        notes=(*draft().notes, TABLE_NOTE),
    )
    feature, problems = verify.feature(changed, STORY, slug="x")
    text = verify.repair_message(problems, STORY.documents)
    assert feature is not None
    assert len(feature.tldr) == 1
    assert "TL;DR, bullet 2" in text
    assert "TL;DR, bullet 1" not in text
    assert "section 4, block 1, sentence 1: Foundry puts" in text
    fallen = [p for p in problems if p.where == "TL;DR, bullet 1"]
    assert [p.rule for p in fallen] == ["X1"]
    assert fallen[0].expected.endswith("its sentence there fell: section 4, block 1, sentence 1")


def test_notes_and_quotations_are_told_by_their_own_names() -> None:
    """A note by its id, a quotation by its words."""
    note = DraftNote("q", (), "S1", "Weights are given away under the licence of Apache")
    quote = QuoteBlock("S1", QUOTATION.text.replace("six", "nine"), QUOTATION.speaker)
    text = _message("Its weights come under Apache 2.0.[q]", quote, notes=(note,))
    assert "note q: Weights are given away" in text
    assert "S1.4: Weights are published under the Apache 2.0 licence." in text
    assert "expected words of S1; these words do not stand in it" in text


def test_a_hopeless_draft_gets_a_bounded_message() -> None:
    """Hundreds of faults: the first forty, and how many more there are."""
    lies = " ".join(f"Zentra {n} cost ${n} million in Rotterdam.[n1]" for n in range(20, 320))
    text = _message(lies)
    assert len(text) < 30_000
    assert "more faults are not listed here" in text
    assert text.endswith(LAST)


def test_a_paragraph_without_a_mark_is_told_how_to_carry_one() -> None:
    """A note's mark, or [own]."""
    text = _message("The release of Orrin 4 needs no mark at all.")
    assert "expected a mark that names its passage" in text
    assert "Your own judgement ends with [own] instead" in text


def test_without_documents_the_rest_is_told() -> None:
    """Of several stories at once, no passages are shown."""
    _, problems = verify.feature(draft(title="Orrin 5 beats Gemini"), STORY, slug="x")
    text = verify.repair_message(problems)
    assert "title: Orrin 5 beats Gemini" in text
    assert "S1." not in text

"""The extractive drafter: what it quotes, how it marks it, what it refuses."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from digest.draft import DRAFTERS, Extractive
from digest.draft.bullets import LONGEST as LONGEST_BULLET
from digest.draft.choosing import quota
from digest.draft.standing import standing
from digest.errors import DraftError
from digest.text import count_words, passages
from digest.types import Document, Draft, ItemList, Paragraph, QuoteBlock, Table

from .making import DIGEST, document, dossier
from .texts import LAUNCH, THIN, launch, other

MARKED = re.compile(r"(.+?)\[(n\d+)\](?: |$)")


def pieces(draft: Draft) -> list[tuple[str, str]]:
    """All marked sentences: text and id of the note."""
    found: list[tuple[str, str]] = []
    for section in draft.sections:
        for block in section.blocks:
            texts: tuple[str, ...] = (block.text,) if isinstance(block, Paragraph) else ()
            texts = block.items if isinstance(block, ItemList) else texts
            for text in texts:
                assert MARKED.sub("", text) == "", f"unmarked words in {text!r}"
                found += MARKED.findall(text)
    return found


def blocks_of(draft: Draft, kind: type) -> list:
    return [b for section in draft.sections for b in section.blocks if isinstance(b, kind)]


def passage_text(documents: tuple[Document, ...], name: str) -> str:
    source, number = name[1:].split(".")
    chosen = documents[int(source) - 1]
    passage = passages(chosen)[int(number) - 1]
    return chosen.text[passage.start : passage.end]


@pytest.fixture(scope="module")
def draft() -> Draft:
    links = tuple((f"Page number {n}", f"https://x{n}.example/") for n in range(1, 7))
    return Extractive().feature(dossier(launch(), other(), links=links), DIGEST)


def test_every_sentence_is_the_passage_that_its_note_names(draft: Draft) -> None:
    """Nothing in the text is written: each sentence is its passage, character by character."""
    notes = {note.id: note for note in draft.notes}
    assert len(pieces(draft)) >= 5
    for text, note in pieces(draft):
        (name,) = notes[note].passages
        assert passage_text((launch(), other()), name) == text


def test_no_note_is_left_over(draft: Draft) -> None:
    """Each note is used by a sentence or a row."""
    used = {note for _, note in pieces(draft)}
    used |= {note for t in blocks_of(draft, Table) for row in t.rows for note in row.notes}
    assert used == {note.id for note in draft.notes}


def test_length_and_quota(draft: Draft) -> None:
    """The text has 90 to 200 words, and no document gives more than its quota (L1, K1)."""
    quoted = {text for text, _ in pieces(draft)} | {b.text for b in blocks_of(draft, QuoteBlock)}
    body = sum(count_words(text) for text, _ in pieces(draft))
    body += sum(count_words(b.text) for b in blocks_of(draft, QuoteBlock))
    assert 90 <= body <= 200
    for each in (launch(), other()):
        of_it = [text for text in quoted | set(draft.tldr) if text in each.text]
        assert sum(map(count_words, of_it)) <= quota(count_words(each.text))


def test_bullets(draft: Draft) -> None:
    """Two to four sentences that stand alone, no more than one of them again in the body."""
    body = {text for text, _ in pieces(draft)}
    assert 2 <= len(draft.tldr) <= 4
    assert all(count_words(text) <= LONGEST_BULLET for text in draft.tldr)
    assert all(standing(text) == "alone" for text in draft.tldr)
    assert not any(re.search(r"\bI\b", text) for text in draft.tldr)
    assert len(body & set(draft.tldr)) <= 1


def test_no_bullet_comes_again_below(draft: Draft) -> None:
    """Documents that hold enough are heard twice, not one sentence of theirs."""
    assert not [bullet for bullet in draft.tldr if bullet in str(draft.sections)]


def test_price_comes_before_background(draft: Draft) -> None:
    """What the title promises stands in the bullets; what was last autumn does not."""
    assert any("$" in text for text in draft.tldr)
    assert not any("Last autumn" in text for text in draft.tldr)


def test_second_publisher_is_heard(draft: Draft) -> None:
    """Another publisher's document gives at least one sentence, under its name."""
    sources = {note.passages[0].split(".")[0] for note in draft.notes}
    assert sources == {"S1", "S2"}
    assert "From News.Example" in [section.heading for section in draft.sections]


def test_headings_are_the_articles_own_or_say_what_follows(draft: Draft) -> None:
    """No heading claims anything."""
    own = {"What it costs", "How it works", "What is missing"}
    computed = {"", "In figures", "From News.Example"}
    assert {section.heading for section in draft.sections} <= own | computed


def test_table_is_carried_over_whole(draft: Draft) -> None:
    """Head and rows are the source's, each row with a note on its own passage."""
    (table,) = blocks_of(draft, Table)
    notes = {note.id: note.passages for note in draft.notes}
    assert table.head == ("Plan", "Price", "Jobs")
    assert [row.cells for row in table.rows] == [
        ("Small", "$9", "1,000"),
        ("Medium", "$29", "5,000"),
        ("Large", "$90", "25,000"),
    ]
    texts = [passage_text((launch(),), notes[row.notes[0]][0]) for row in table.rows]
    assert texts == ["\t".join(row.cells) for row in table.rows]


@pytest.mark.parametrize("rows", [1, 16])
def test_table_that_cannot_be_whole_is_left_out(rows: int) -> None:
    """A table of one row is none, and one of sixteen rows does not fit the quota's exemption."""
    lines = "\n".join(f"| Plan {n} | ${n} | {n}00" for n in range(rows))
    text = re.sub(r"(\| Small.*\n\| Medium.*\n\| Large.*)", lines, LAUNCH)
    draft = Extractive().feature(dossier(document(text, title=launch().title)), DIGEST)
    assert not blocks_of(draft, Table)


def test_quotation_has_its_speaker(draft: Draft) -> None:
    """Who is quoted is named by the paragraph above; the words are the document's."""
    (quote,) = blocks_of(draft, QuoteBlock)
    assert quote.speaker == "Maria Holt"
    assert quote.document == "S1"
    assert quote.text in launch().text


def test_quotation_without_a_speaker_is_left_out() -> None:
    """An anonymous quotation is not carried over."""
    text = LAUNCH.replace("the engineer Maria Holt explains", "they explain")
    draft = Extractive().feature(dossier(document(text, title=launch().title)), DIGEST)
    assert not blocks_of(draft, QuoteBlock)


def test_further_reading_is_offered_ids(draft: Draft) -> None:
    """Links are named by their place in the dossier, four at most."""
    assert draft.further == ("L1", "L2", "L3", "L4")


def test_thin_document_is_refused() -> None:
    """A text of which too little stands alone makes no feature, and says how much there is."""
    with pytest.raises(DraftError, match="a feature needs 90 and 2"):
        Extractive().feature(dossier(document(THIN, title="A day out")), DIGEST)


@pytest.mark.parametrize("repeats", [1, 60])
def test_text_without_an_end_costs_no_more(repeats: int) -> None:
    """Of a book only the first sentences are weighed: comparing all would take minutes."""
    text = "\n\n".join(f"{launch().text.split(chr(10))[0]} Page {n}." for n in range(20 * repeats))
    try:
        draft = Extractive().feature(dossier(document(text, title="Harbour")), DIGEST)
    except DraftError:
        return
    assert len(draft.notes) < 30


def test_drafters_table_holds_what_satisfies_the_contract() -> None:
    """Each drafter of the table bears the name it is found by."""
    assert [make().name for make in DRAFTERS.values()] == list(DRAFTERS)


def test_same_draft_under_any_hash_seed() -> None:
    """Nothing depends on the order of sets: three processes, one result."""
    script = (
        "from tests.draft.test_extractive import *\n"
        "d = dossier(launch(), other())\n"
        "print(repr(Extractive().feature(d, DIGEST)), Extractive().round_ups([d, d], DIGEST))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1

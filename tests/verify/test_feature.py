"""A feature that quotes: what is proved comes out, what is not goes, smallest unit first."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import verify
from digest.text import one_line
from digest.types import (
    DraftNote,
    Feature,
    ItemList,
    Paragraph,
    Problem,
    QuoteBlock,
    Section,
    Table,
    TableRow,
)
from digest.verify.evidence import Evidence
from digest.verify.notes import resolve
from tests.verify.material import (
    ARTICLE,
    GOOD,
    OTHER,
    cited,
    document,
    dossier,
    draft,
    notes,
    passage_texts,
)

DOCUMENTS = {each.id: each for each in (ARTICLE, OTHER)}


def _feature(**changes: object) -> tuple[Feature, tuple[Problem, ...]]:
    feature, problems = verify.feature(draft(**changes), dossier(), slug="the-cache")
    assert feature is not None, problems
    return feature, problems


def _with(*blocks: object) -> tuple[Section, ...]:
    return (*draft().sections, Section("", tuple(blocks)))  # type: ignore[arg-type]


def test_a_good_draft_is_proved_whole() -> None:
    """Nothing is lost, each note stands where it says, and proving again finds nothing."""
    feature, problems = _feature()
    assert problems == ()
    assert feature.title == "How the new cache works"
    assert len(feature.notes) == 13
    for note in feature.notes:
        source = DOCUMENTS[note.quote.document]
        start, end = note.quote.start, note.quote.end
        assert source.text[start:end] == note.quote.text
        assert source.text[:start].endswith(note.before)
        assert source.text[end:].startswith(note.after)
    assert verify.recheck(feature, DOCUMENTS) == ()
    assert feature.further == (
        ("The code", "https://code.example/cache"),
        ("Benchmarks", "https://b.example/x"),
    )


def test_proving_twice_gives_the_same() -> None:
    """The same draft and documents make the same bytes."""
    assert _feature() == _feature()


def test_the_body_has_the_form_of_content_files() -> None:
    """Marks right after closing punctuation, a row's in its last cell, a speaker's own line."""
    body = _feature()[0].body
    assert "to disk in April.[^lab-1] Reads became" in body
    assert "| Small \\| S | $1 | 10×[^lab-8] |" in body
    assert "for this job.[^lab-10]\n> — Ada Berg" in body
    assert "## From Bank Engineering\n\nEngineers at a bank" in body
    assert set(re.findall(r"\[\^([\w-]+)\]", body)) == {note.label for note in _feature()[0].notes}


def test_the_documents_own_characters_are_shown() -> None:
    """A quote in other typography comes out as its source has it."""
    text = (
        "reads became 3.5 times  cheaper, but writes did not change at all[n3] "
        '"We never planned for this," said Ada Berg, who leads the team - and who wrote the '
        "first version in a weekend.[n4]"
    )
    more = notes("S1.3", "S1.4")
    renamed = (replace(more[0], id="n3"), replace(more[1], id="n4"))
    feature, problems = _feature(sections=_with(Paragraph(text)), notes=(*draft().notes, *renamed))
    assert problems == ()
    assert "“We never planned for this,” said Ada Berg, who leads the team — and" in feature.body
    assert (
        "Reads became 3.5 times cheaper, but writes did not change at all[^lab-2]" in feature.body
    )


def test_markdown_shows_exactly_the_documents_characters() -> None:
    """Signs of Markdown and HTML in a source are text: none acts, none is lost."""
    markdown_it = pytest.importorskip("markdown_it")
    hostile = [
        "# not a heading, *not* emphasis, _not_ either, and `no code` at all here.",
        "1. is no list and <b is no tag and &amp; stays &lt; as it is written here.",
        "- [ ] nor this one | with | pipes ~~struck~~ and a \\* backslash of its own.",
        "> quoted [^lab-1] marks and [links] ![alt] and ** stars ** and __init__ stay.",
        "=== or --- or +++ or ~~~ or ``` begin nothing in the middle of a sentence.",
        "2) is none, nor + this, nor * that, nor $x^2$ or H~2~O or ==mark== in text.",
        "A line of words that ends with a backslash and has &copy; and &#35; in it \\",
    ]
    source = document(*(("paragraph", text) for text in hostile), title="Signs * and _ all")
    names = tuple(f"S1.{n}" for n in range(1, 8))
    made = replace(
        draft(),
        title="Signs * and _ all",
        tldr=(hostile[0], hostile[2]),
        sections=tuple(Section("", (Paragraph(cited(n, sources=(source,))),)) for n in names),
        notes=notes(*names),
    )
    assert len(passage_texts(source)) == 7
    feature, problems = verify.feature(made, dossier(source), slug="signs")
    assert feature is not None, problems
    reader = markdown_it.MarkdownIt("commonmark", {"html": False}).enable(
        ["table", "strikethrough"]
    )
    shown = [
        "".join(child.content for child in token.children)
        for token in reader.parse(re.sub(r"\[\^lab-\d+\]", "", feature.body))
        if token.type == "inline" and {c.type for c in token.children} <= {"text", "text_special"}
    ]
    assert shown == [one_line(text) for text in hostile]
    assert verify.recheck(feature, {source.id: source}) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Reads became 3.6 times cheaper, but writes did not change at all.[nS1.3]", "Q1"),
        ("Reads became 3.5 times cheaper, but writes did change at all.[nS1.3]", "Q1"),
        ("Reads became 3.5 times cheaper ... writes did change at all.[nS1.3]", "Q2"),
        ("The lab moved its key-value cache to disk in April.[nS1.3]", "Q1"),
        ("Reads became 3.5 times cheaper, but writes did not change at all.[n99]", "C1"),
        ("Reads became 3.5 times cheaper, but writes did not change at all.", "C1"),
        ("It is a fine piece of work, all in all, we think.[own]", "C1"),
        ("See https://lab.example/x for what the lab says about it.[nS1.3]", "U1"),
        ("Look at [the lab](https://lab.example) for more of it.[nS1.3]", "U1"),
        ("They use <script> tags all over the pages of it.[nS1.3]", "U1"),
    ],
)
def test_a_sentence_that_is_not_proved_goes_alone(text: str, rule: str) -> None:
    """It is reported by its rule; its neighbours stay."""
    stays = cited("S1.6", "S1.7")
    feature, problems = _feature(sections=_with(Paragraph(f"{stays} {text}")))
    assert rule in {problem.rule for problem in problems}
    assert all(problem.outcome == "dropped" for problem in problems)
    assert feature.body.count("A query that misses costs") == 2
    assert text.partition("[")[0][:30] not in feature.body.rpartition("A query that misses")[2]
    assert verify.recheck(feature, DOCUMENTS) == ()


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        (DraftNote("nX", passages=("S1.99",)), "C1"),
        (DraftNote("nX", passages=("S9.1",)), "C1"),
        (DraftNote("nX", passages=("S1.2", "S1.4")), "C1"),
        (DraftNote("nX", passages=("S1.2", "S2.1")), "C1"),
        (DraftNote("nX", passages=("../etc",)), "C1"),
        (DraftNote("nX", document="S3", quote="moved its key-value cache to disk"), "C1"),
        (DraftNote("nX", document="S1", quote="moved its key-value cache to tape"), "Q1"),
        (DraftNote("nX", document="S1", quote="moved its cache"), "Q1"),
        (DraftNote("nX", document="S1", quote="The lab moved its"), "Q3"),
        (DraftNote("nX"), "C1"),
        (DraftNote("nS1.2", passages=("S1.2",)), "C1"),
    ],
)
def test_a_note_that_is_not_proved_is_reported(note: DraftNote, rule: str) -> None:
    """What does not exist, is not adjacent, not verbatim, too short or double is no note."""
    _, problems = _feature(notes=(*draft().notes, note))
    assert [problem.rule for problem in problems] == [rule]


def test_one_place_has_one_note_however_often_it_is_cited() -> None:
    """Two ids for one passage are one footnote, used twice."""
    again = passage_texts(ARTICLE)[1] + "[again]"
    feature, problems = _feature(
        sections=_with(Paragraph(again)), notes=(*draft().notes, DraftNote("again", ("S1.2",)))
    )
    assert problems == ()
    assert len(feature.notes) == 13
    assert feature.body.count("[^lab-1]") == 2


def test_a_note_of_over_sixty_words_ends_at_a_clause() -> None:
    """The sentence stays whole, its note shows the beginning, and proving again agrees."""
    long = "The lab says, " + "that a word, and one more word, follows, " * 10 + "to the very end."
    source = document(
        *((b.kind, ARTICLE.text[b.start : b.end]) for b in ARTICLE.blocks), ("paragraph", long)
    )
    name = f"S1.{len(passage_texts(source))}"
    base = draft()
    made = replace(
        base,
        sections=(
            *base.sections[:1],
            Section(
                "",
                (
                    Paragraph(cited("S1.6", "S1.7", sources=(source,))),
                    Paragraph(cited(name, sources=(source,))),
                ),
            ),
        ),
        notes=(*notes("S1.2", "S1.3", "S1.6", "S1.7", name),),
    )
    feature, problems = verify.feature(made, dossier(source, OTHER), slug="x")
    assert feature is not None, problems
    note = feature.notes[-1].quote
    assert 20 <= len(note.text.split()) <= 60
    assert long in feature.body
    assert source.text[note.start : note.end] == note.text
    assert note.text[-1] not in ",; "
    assert verify.recheck(feature, {source.id: source, OTHER.id: OTHER}) == ()


def test_what_leans_on_a_dropped_sentence_goes_with_it() -> None:
    """No "They report …" stays without those who report."""
    text = "Engineers at a bank copied the idea.[nS2.1] " + cited("S2.2")
    feature, problems = _feature(sections=_with(Paragraph(text)))
    assert feature.body.count("They report") == 1
    assert len(problems) == 1


def test_lists_and_tables_stay_whole_or_go() -> None:
    """One wrong item or cell takes its list or table with it."""
    bad_list = ItemList((cited("S1.9"), "Version 9 is made up.[nS1.10]"))
    bad_table = Table(
        ("Model", "Price", "Speed"),
        (
            TableRow(("Small | S", "$1", "10×"), ("nS1.12",)),
            TableRow(("Large", "$3", "5×"), ("nS1.13",)),
        ),
    )
    feature, problems = _feature(sections=_with(bad_list, bad_table))
    assert feature.body.count("- Version 2.1") == 1
    assert feature.body.count("| Model |") == 1
    assert {problem.rule for problem in problems} == {"Q1"}


@pytest.mark.parametrize(
    "table",
    [
        Table(("Model", "Speed", "Price"), (TableRow(("Small | S", "$1", "10×"), ("nS1.12",)),)),
        Table(("Model",), (TableRow(("Small | S", "$1", "10×"), ("nS1.12",)),)),
        Table(("Model", "Price", "Speed"), (TableRow(("$1", "Small | S", "10×"), ("nS1.12",)),)),
        Table(("Model", "Price", "Speed"), (TableRow(("Large", "$1", "10×"), ("nS1.12",)),)),
        Table(("Model", "Price", "Speed"), (TableRow(("Small | S", "$1", "10×"), ("nS1.2",)),)),
        Table(("Model", "Price", "Speed"), (TableRow(("Small | S", "$1"), ("nS1.12",)),)),
        Table(("Model", "Price", "Speed"), ()),
    ],
)
def test_a_table_is_checked_cell_by_cell(table: Table) -> None:
    """Cells moved between rows or columns, a foreign head and an empty table go."""
    feature, problems = _feature(sections=_with(table))
    assert problems
    assert feature.body.count("| Model |") == 1


@pytest.mark.parametrize(
    ("block", "rule"),
    [
        (
            QuoteBlock("S1", "Nobody on the team expected that a disk could be slow", "Ada Berg"),
            "Q1",
        ),
        (QuoteBlock("S2", "Nobody on the team expected that a disk", "Ada Berg"), "Q1"),
        (QuoteBlock("S1", "Nobody on the team", "Ada Berg"), "Q3"),
        (QuoteBlock("S7", "Nobody on the team expected that a disk", "Ada Berg"), "C1"),
        (QuoteBlock("S1", "Nobody on the team expected that a disk", "Elon Musk"), "A1"),
    ],
)
def test_a_quotation_needs_its_words_and_its_speaker(block: QuoteBlock, rule: str) -> None:
    """Altered words, another document, too few words and a foreign speaker go."""
    feature, problems = _feature(sections=_with(block))
    assert [problem.rule for problem in problems] == [rule]
    assert feature.body.count("\n> —") == 1


def test_a_short_item_may_be_cited_whole() -> None:
    """As a row may: "low: 1,929 tokens" is all that a list says of it."""
    about = document(("paragraph", "The levels cost this much."), ("item", "low: 1,929 tokens"))
    notes, problems = resolve(
        (DraftNote("n1", ("S1.2",)), DraftNote("n2", document="S1", quote="1,929 tokens")),
        Evidence((about,)),
    )
    assert list(notes) == ["n1"]
    assert [problem.rule for problem in problems] == ["Q3"]


def test_a_short_passage_is_cited_with_its_neighbour() -> None:
    """A quote of under five words is none, so code takes the sentence beside it too."""
    about = document(
        ("paragraph", "We had printed them as a precaution. There were 221. Nobody asked why."),
        ("paragraph", "It worked."),
    )
    notes, problems = resolve(
        (
            DraftNote("n1", ("S1.2",)),
            DraftNote("n2", ("S1.1",)),
            DraftNote("n3", ("S1.4",)),
            DraftNote("n4", document="S1", quote="There were 221."),
        ),
        Evidence((about,)),
    )
    assert {name: note.quote.text for name, note in notes.items()} == {
        "n1": "We had printed them as a precaution. There were 221.",
        "n2": "We had printed them as a precaution.",
        "n3": "It worked.",
    }
    assert [problem.rule for problem in problems] == ["Q3"]


def test_a_quotation_without_a_speaker_is_given_to_nobody() -> None:
    """Its note says where it stands; no line names who said it."""
    block = QuoteBlock("S1", "Nobody on the team expected that a disk", " ")
    feature, problems = _feature(sections=_with(block))
    assert problems == ()
    assert feature.body.count("\n> —") == 1
    assert re.search(r"(?m)^> Nobody on the team expected that a disk\[\^[\w-]+\]$", feature.body)


@pytest.mark.parametrize("heading", ["Why it works", "From The Times", "In numbers", "# Why"])
def test_a_heading_that_no_source_has_goes_and_its_section_stays(heading: str) -> None:
    """Headings are S1's own words, or computed from what stands below them."""
    sections = (*draft().sections, Section(heading, (Paragraph(cited("S1.6")),)))
    feature, problems = _feature(sections=sections)
    assert [problem.rule for problem in problems] == ["Q1"]
    assert f"## {heading}" not in feature.body
    assert feature.body.count("Most queries ask") == 2


def test_the_quota_takes_from_the_end() -> None:
    """Of one document at most a tenth or 150 words are quoted; each place counts once."""
    texts = [f"Sentence number {n} of this page has just ten words." for n in range(40)]
    source = document(*(("paragraph", text) for text in texts))
    names = tuple(f"S1.{n}" for n in range(1, 31))
    made = replace(
        draft(),
        tldr=(texts[0], texts[1]),
        sections=tuple(Section("", (Paragraph(cited(n, n, sources=(source,))),)) for n in names),
        notes=notes(*names),
    )
    feature, problems = verify.feature(made, dossier(source), slug="x")
    assert feature is not None
    assert {problem.rule for problem in problems} == {"K1", "L1"}
    assert [note.quote.text for note in feature.notes] == texts[:15]


@pytest.mark.parametrize(
    "changes",
    [
        {"tldr": ("The lab moved its key-value cache to disk in April.",)},
        {"tldr": ("The lab moved its cache to tape.", "Nothing of this was ever said at all.")},
        {"sections": draft().sections[:1]},
        {"sections": ()},
        {"title": "A title that nobody gave it"},
        {"notes": ()},
    ],
)
def test_too_little_is_no_feature(changes: dict[str, object]) -> None:
    """Under two bullets or ninety words, or without its source's title, nothing is published."""
    feature, problems = verify.feature(draft(**changes), dossier(), slug="x")
    assert feature is None
    assert any(problem.outcome == "round-up" for problem in problems)


def test_the_title_of_a_post_is_a_title() -> None:
    """A link post may name its page better than the page does."""
    made = draft(title="A cache of our own")
    feature, problems = verify.feature(made, dossier(), slug="x")
    assert feature is not None
    assert problems == ()


def test_further_reading_was_offered() -> None:
    """Only links of the dossier, each once."""
    feature, problems = _feature(further=("L2", "L2", "L9", "https://x.example"))
    assert feature.further == (("Benchmarks", "https://b.example/x"),)
    assert [problem.rule for problem in problems] == ["U1", "U1"]


@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from(GOOD))
def test_no_text_crashes_it_and_what_comes_out_is_proved(texts: list[str], name: str) -> None:
    """Whatever a drafter writes: an answer, and only quotes in it."""
    blocks = (Paragraph("".join(f"{text}[n{name}]" for text in texts)), ItemList(tuple(texts)))
    feature, _ = verify.feature(draft(sections=_with(*blocks)), dossier(), slug="x")
    assert feature is not None
    assert verify.recheck(feature, DOCUMENTS) == ()


# -------------------------------------------------------------------------- recheck


def test_a_changed_body_is_found() -> None:
    """An edited sentence, a lost note and a foreign mark are each reported, as published."""
    feature, _ = _feature()
    edited = replace(feature, body=feature.body.replace("in April", "in June"))
    assert [p.rule for p in verify.recheck(edited, DOCUMENTS)] == ["Q1"]
    lost = replace(feature, notes=feature.notes[1:])
    assert {p.rule for p in verify.recheck(lost, DOCUMENTS)} == {"C1"}
    spare = replace(feature, body=feature.body.replace("[^lab-2]", "[^lab-1]"))
    assert {p.rule for p in verify.recheck(spare, DOCUMENTS)} == {"Q1", "C1"}
    assert all(p.outcome == "published" for p in verify.recheck(edited, DOCUMENTS))


def test_a_missing_document_is_said() -> None:
    """Every note of it is reported."""
    feature, _ = _feature()
    problems = verify.recheck(feature, {ARTICLE.id: ARTICLE})
    assert sum("missing" in problem.expected for problem in problems) == 2


def test_a_note_whose_place_moved_is_found_again() -> None:
    """Offsets that a person broke do not make a true quote false."""
    feature, _ = _feature()
    moved = tuple(replace(n, quote=replace(n.quote, start=0, end=1)) for n in feature.notes)
    assert verify.recheck(replace(feature, notes=moved), DOCUMENTS) == ()

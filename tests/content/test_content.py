"""content/: what is written is read back, a person's edits stay, and mistakes are named."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import content
from digest.content import evidence, parts
from digest.content.front_matter import Fields
from digest.content.head import parse_head
from digest.errors import ContentError
from digest.types import (
    Claim,
    Correction,
    Document,
    DocumentRef,
    EntryRef,
    Feature,
    FeedLine,
    Footnote,
    Front,
    Head,
    Issue,
    Problem,
    Quote,
    RoundUp,
    Span,
)

NOW = dt.datetime(2026, 4, 24, 7, 0, 0, 123000, tzinfo=dt.UTC)
TEXT = "The price *fell* to $3.48. It had been [12] before."
HOSTILE = "A [title](x) with `code`, *stars*, <b>, | pipes and : colons"


def document() -> Document:
    return Document(
        url="https://acme.example/a_(b)?x=1&y=2",
        final_url="https://acme.example/a",
        publisher="acme.example",
        site="Acme",
        title=HOSTILE,
        author="A. Uthor",
        published=NOW,
        text="",
        sha256="ab" * 32,
        fetched_at=NOW,
        language="en",
    )


def entry(id_: str = "urn:1") -> EntryRef:
    return EntryRef("acme", id_, "https://acme.example/a", HOSTILE, NOW)


def feature() -> Feature:
    doc = document()
    note = Footnote(
        label="acme-1",
        quote=Quote(doc.id, 0, 26, "The price *fell* to $3.48."),
        url=doc.url,
        name="Acme [the] firm",
        topic="pricing",
        before="before \n that",
        after=" It had",
        passage_url=doc.url + "#:~:text=The",
    )
    return Feature(
        slug="prices-fall",
        title=HOSTILE,
        kind="extractive",
        documents=(DocumentRef(doc.id, doc.url),),
        entries=(entry(),),
        tldr=("The price fell: a lot", "2026-04-24", "yes"),
        body="The price \\*fell\\* to $3.48.[^acme-1]\n\n## Next\n\n- one[^acme-1]",
        notes=(note,),
        further=(("A title", "https://b.example/"),),
        claims=(
            Claim("The price fell to $3.48.", "extracted", ("acme-1",), file="1-prices-fall.md"),
        ),
    )


def round_up(number: int, theme: str = "") -> RoundUp:
    doc = document()
    return RoundUp(
        slug=f"item-{number}",
        title=f"Item {number}: {HOSTILE}",
        url=f"https://acme.example/{number}_(x)",
        feed="acme",
        published=dt.datetime(2026, 4, 23, tzinfo=dt.UTC),
        also=("b", "c"),
        text=f"It had been \\[{number}\\] before.",
        theme=theme,
        entries=(entry(f"urn:r{number}"),),
        documents=(doc.id,),
        claims=(
            Claim(
                f"It had been [{number}]",
                "extracted",
                (Span(doc.id, 27, 51),),
                file="round-ups.md",
            ),
        ),
    )


def issue(round_ups: tuple[RoundUp, ...] = ()) -> Issue:
    return Issue(
        digest="ai",
        date=dt.date(2026, 4, 24),
        slug="prices-fall",
        front=Front(
            title=HOSTILE,
            dek="A dek: with a colon",
            tldr=("one", "two", "no"),
            lead="A lead.\n\nIts second paragraph.",
            claims=(Claim("A lead.", "computed", file="issue.md"),),
        ),
        features=(feature(),),
        round_ups=round_ups or (round_up(1),),
        status="published",
        period_start=None,
        period_end=NOW,
        researched_at=NOW,
        cover=(("acme", "urn:1"), ("acme", "urn:2")),
        documents=(document(),),
        feeds=(FeedLine("acme", True, "", NOW), FeedLine("b", False, "gone: 410")),
        counts={"quotes": 3, "dropped": 1},
        problems=(Problem("Q1", "1-prices-fall.md: x", "a", "b", outcome="dropped"),),
    )


SLUGS = st.sampled_from(["acme", "a-b", "no", "on", "null", "1e5", "y", "007", "Ä"])
IDS = st.one_of(
    st.text(min_size=1).map(str.strip).filter(bool),
    st.text("ab:/#?&=.,'\"[]{} \n-", min_size=1).map(lambda tail: f"https://x.example/{tail}"),
    st.integers(0, 99).map(lambda n: f"tag:x.example,2026:{n}"),
)


@given(cover=st.lists(st.tuples(SLUGS, IDS), max_size=5))
def test_a_head_is_what_the_whole_file_says(cover: list[tuple[str, str]]) -> None:
    """Heads come by a shorter way than whole issues, and say the same, whatever was covered."""
    written = replace(issue(), cover=tuple(cover), aliases=("old/",), model="m")
    text = parts.write_front(written)
    _same_head(parse_head(text, "x", "ai"), parts.read_front(text, "x", "ai"))


def _same_head(head: Head, whole: Issue) -> None:
    told = {f.name: getattr(head, f.name) for f in fields(head)}
    assert (told.pop("title"), told.pop("dek"), told.pop("tldr")) == (
        whole.front.title,
        whole.front.dek,
        whole.front.tldr,
    )
    assert told == {name: getattr(whole, name) for name in told}


BY_HAND = [
    "cover:\n- feed: acme\n  id: https://a.example/1\n- {feed: b, id: '2'}\n",
    "cover:\n- feed: acme\n  id: https://a.example/1\n\n- feed: b\n  id: '2'\n",
    "cover:\n- feed: acme\n  id: https://a.example/1\n# a note\n- feed: b\n  id: '2'\n",
    "cover:\n- feed: acme\n  id: https://a.example/1 # a note\n",
    "cover:\n- feed: acme\n  id: https://a.example/1\n  kind: x\n",
    "cover:\n- feed: acme\n  id: https://a.example/1\n    goes on\n",
    "cover: []\ncover:\n- feed: acme\n  id: https://a.example/1\n",
    'cover:\n- feed: acme\n  id: https://a.example/1\n"cover": []\n',
]


@pytest.mark.parametrize("cover", BY_HAND)
def test_a_head_that_a_person_wrote(cover: str) -> None:
    """Any form of YAML for `cover` is read as YAML has it."""
    text = parts.write_front(replace(issue(), cover=()))
    text = text.replace("cover: []\n", cover)
    _same_head(parse_head(text, "x", "ai"), parts.read_front(text, "x", "ai"))


def test_heads_are_read_from_one_file_each(tmp_path: Path) -> None:
    """A broken feature or evidence.json is not even looked at; a broken head has its true line."""
    folder = content.write_issue(tmp_path, issue())
    (folder / "evidence.json").write_text("broken")
    (folder / "1-prices-fall.md").write_text("---\nbroken: [\n---\n")
    (head,) = content.read_heads(tmp_path, "ai")
    assert (head.slug, head.cover) == ("prices-fall", (("acme", "urn:1"), ("acme", "urn:2")))
    front = folder / "issue.md"
    text = front.read_text()
    front.write_text(text.replace("---\n\nA lead", "aliases: [\n---\n\nA lead"))
    line = text[: text.index("---\n\nA lead")].count("\n") + 2
    with pytest.raises(ContentError, match=rf"issue\.md:{line}: "):
        content.read_heads(tmp_path, "ai")
    front.write_text(text.replace("date: 2026-04-24", "date: 2026-04-25"))
    with pytest.raises(ContentError, match="`date:` is 2026-04-25, expected 2026-04-24"):
        content.read_heads(tmp_path, "ai")
    front.unlink()
    with pytest.raises(ContentError, match=r"`issue\.md` is missing"):
        content.read_heads(tmp_path, "ai")


def test_round_trip(tmp_path: Path) -> None:
    """An issue read back is the issue that was written, whatever its texts hold."""
    written = issue()
    content.write_issue(tmp_path, written)
    (read,) = content.read_issues(tmp_path, "ai")
    assert read == written


def test_round_trip_with_themes(tmp_path: Path) -> None:
    """Six round-ups or more stand under their themes and keep them."""
    written = issue(tuple(round_up(n, "Chips" if n < 4 else "Open weights") for n in range(1, 8)))
    folder = content.write_issue(tmp_path, written)
    assert (folder / "round-ups.md").read_text().count("\n# ") == 1
    (read,) = content.read_issues(tmp_path, "ai")
    assert read.round_ups == written.round_ups


def test_same_issue_same_bytes() -> None:
    """Writing what was read gives the files that were read."""
    written = content.issue_files(issue())
    assert content.issue_files(issue()) == written


def test_a_day_has_one_issue(tmp_path: Path) -> None:
    """An issue is never written over another."""
    content.write_issue(tmp_path, issue())
    with pytest.raises(ContentError, match="exists already"):
        content.write_issue(tmp_path, issue())


def test_left_overs_of_a_killed_run_are_no_issue(tmp_path: Path) -> None:
    """A folder that a kill left half written is not read, and is replaced."""
    making = tmp_path / "ai" / ".2026-04-24.making"
    making.mkdir(parents=True)
    (making / "issue.md").write_text("---\nhalf")
    assert content.read_issues(tmp_path, "ai") == ()
    content.write_issue(tmp_path, issue())
    assert len(content.read_issues(tmp_path, "ai")) == 1
    assert not making.exists()


def test_status_is_no_edit(tmp_path: Path) -> None:
    """Publishing a draft by its line `status:` does not make it an edited file."""
    folder = content.write_issue(tmp_path, replace(issue(), status="draft"))
    path = folder / "issue.md"
    path.write_text(path.read_text().replace("status: draft", "status: published"))
    (read,) = content.read_issues(tmp_path, "ai")
    assert read.status == "published"
    assert read.edited == ()


def test_edited_words_are_shown_as_edited(tmp_path: Path) -> None:
    """A changed file is named, a changed quote loses its claim to a place in the document."""
    folder = content.write_issue(tmp_path, issue())
    path = folder / "1-prices-fall.md"
    path.write_text(path.read_text().replace("to $3.48.\n", "to $4.\n"))
    (read,) = content.read_issues(tmp_path, "ai")
    assert read.edited == ("1-prices-fall.md",)
    assert read.features[0].edited_by == "hand"
    note = read.features[0].notes[0]
    assert note.quote == Quote("", 0, 0, "The price *fell* to $4.")


def test_a_persons_issue_needs_no_evidence(tmp_path: Path) -> None:
    """Files without evidence.json are an issue that a person wrote."""
    folder = content.write_issue(tmp_path, issue())
    (folder / "evidence.json").unlink()
    (read,) = content.read_issues(tmp_path, "ai")
    assert read.front.title == HOSTILE
    assert "issue.md" in read.edited


def test_changed_files_are_verified_once(tmp_path: Path) -> None:
    """An edit is due for proof until its outcome stands beside it; other outcomes stay."""
    folder = content.write_issue(tmp_path, issue())
    assert content.unverified(folder) == ()
    for name in ("issue.md", "1-prices-fall.md", "round-ups.md"):
        path = folder / name
        path.write_text(path.read_text() + "\nA new end.\n")
    assert content.unverified(folder) == ("issue.md", "1-prices-fall.md", "round-ups.md")
    found = (Problem("Q4", "sentence 1", "x", "y"),)
    edited = Claim("A new end.", "edited", file="1-prices-fall.md")
    outcomes = {"1-prices-fall.md": content.Outcome(found, (edited,))}
    assert content.record_verified(folder, outcomes)
    assert content.unverified(folder) == ("issue.md", "round-ups.md")
    data = json.loads((folder / "evidence.json").read_text())
    assert [(p["rule"], p["where"]) for p in data["problems"]] == [
        ("Q4", "1-prices-fall.md: sentence 1")
    ]
    (read,) = content.read_issues(tmp_path, "ai")
    assert read.edited == ("1-prices-fall.md", "issue.md", "round-ups.md")
    assert read.features[0].claims == (edited,)
    assert read.front.claims == issue().front.claims


def test_an_outcome_that_is_known_changes_nothing(tmp_path: Path) -> None:
    """The same outcome again leaves evidence.json its bytes and its date."""
    folder = content.write_issue(tmp_path, issue())
    outcomes = {"issue.md": content.Outcome(())}
    before = (folder / "evidence.json").stat().st_mtime_ns
    assert not content.record_verified(folder, outcomes)
    assert (folder / "evidence.json").stat().st_mtime_ns == before


def test_a_place_shows_its_words(tmp_path: Path) -> None:
    """evidence.json holds the words of each place that a claim names, and gives them back."""
    text = "The price *fell* to $3.48. It had been [1] before. The end."
    written = replace(issue(), documents=(replace(document(), text=text),))
    content.write_issue(tmp_path, written)
    (read,) = content.read_issues(tmp_path, "ai")
    (rest,) = read.round_ups[0].claims[0].rests
    assert isinstance(rest, Span)
    assert rest.text == text[27:51]


CORRECTION = Correction(dt.date(2026, 4, 25), "round-ups.md", "It was 12: not 21 — “sic”.")


def test_a_correction_is_added_and_is_no_edit(tmp_path: Path) -> None:
    """Corrections stand in issue.md in the order they were made; every other line is kept."""
    folder = content.write_issue(tmp_path, issue())
    path = folder / "issue.md"
    commented = path.read_text().replace("status:", "# a person's own line\nstatus:")
    path.write_text(commented)
    content.add_corrections(folder, [CORRECTION])
    content.add_corrections(folder, [replace(CORRECTION, text="no")])
    (read,) = content.read_issues(tmp_path, "ai")
    assert read.corrections == (CORRECTION, replace(CORRECTION, text="no"))
    lines = path.read_text().splitlines()
    assert [line for line in commented.splitlines() if line not in lines] == []
    path.write_text(path.read_text().replace("# a person's own line\n", ""))
    (read,) = content.read_issues(tmp_path, "ai")
    assert read.edited == ()
    assert content.unverified(folder) == ()


@pytest.mark.parametrize(
    "known",
    [
        "corrections: []\n",
        "corrections:\n- {date: 2026-04-24, file: '', text: old}\n",
        "corrections:\n  - date: 2026-04-24\n    file: ''\n    text: >\n      old\n",
    ],
)
def test_corrections_of_a_person_are_kept(tmp_path: Path, known: str) -> None:
    """However a person has written the list, the new one stands behind the old ones."""
    folder = content.write_issue(tmp_path, issue())
    path = folder / "issue.md"
    path.write_text(path.read_text().replace("status:", f"{known}status:"))
    content.add_corrections(folder, [CORRECTION])
    (read,) = content.read_issues(tmp_path, "ai")
    assert [item.text for item in read.corrections] == ["old"] * ("old" in known) + [
        CORRECTION.text
    ]
    assert read.status == "published"
    assert read.edited == ()


def test_corrections_that_cannot_be_added_are_refused(tmp_path: Path) -> None:
    """A list that is none, or one written across lines, is told, and nothing is changed."""
    folder = content.write_issue(tmp_path, issue())
    path = folder / "issue.md"
    text = path.read_text()
    for wrong in ("corrections: none\n", "corrections: [\n{date: 2026-04-24,\ntext: x}]\n"):
        path.write_text(text.replace("status:", f"{wrong}status:"))
        before = path.read_text()
        with pytest.raises(ContentError, match="corrections"):
            content.add_corrections(folder, [CORRECTION])
        assert path.read_text() == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("label", 7), ("name", None), ("start", "3"), ("end", 4.0), ("quote", 12), ("url", 1.5),
        ("before", None), ("topic", ["x"]), ("file", True), ("document", None),
    ],
)  # fmt: skip
def test_notes_of_other_hands_are_read_alike(key: str, value: object) -> None:
    """What the program writes is read at once; other forms mean what they did, or are refused."""
    text = content.issue_files(issue())[content.EVIDENCE_FILE]
    data = json.loads(text)
    data["notes"][0][key] = value
    item = Fields(data["notes"][0], "x")
    alone = evidence.read(text, "x").notes
    assert list(alone.values()) == list(feature().notes)
    try:
        expected = Footnote(
            label=item.text("label"),
            quote=Quote(
                item.text("document"),
                int(item.head["start"]),
                int(item.head["end"]),
                str(item.head["quote"]),
            ),
            url=item.text("url", ""),
            name=item.text("name", ""),
            topic=item.text("topic", ""),
            before=str(item.head.get("before", "")),
            after=str(item.head.get("after", "")),
            passage_url=item.text("passage_url", ""),
        )
        item.text("file")
    except ContentError as exc:
        with pytest.raises(ContentError, match=re.escape(str(exc).partition(": ")[2])):
            evidence.read(json.dumps(data), "x")
    else:
        assert next(iter(evidence.read(json.dumps(data), "x").notes.values())) == expected


BROKEN = [
    ("issue.md", "status: published", "status: maybe", "one of draft, published"),
    ("issue.md", "date: 2026-04-24", "date: someday", "expected a day such as"),
    ("issue.md", "date: 2026-04-24", "date: 2026-04-25", "expected 2026-04-24"),
    ("issue.md", "slug: prices-fall\n", "", "`slug:` is missing"),
    ("issue.md", "title:", "title: [", "the head is not YAML"),
    ("issue.md", "\n---\n", "\n", "the head does not end"),
    ("1-prices-fall.md", "kind: extractive", "kind: human", "one of model, extractive"),
    ("1-prices-fall.md", "tldr:\n- '", "tldr: x\nother:\n- '", "expected a list of texts"),
    ("round-ups.md", "Source: acme", "From acme", "expected `Source: <feed>"),
    ("round-ups.md", "2026-04-23", "2026-13-23", "expected one of the calendar"),
    ("round-ups.md", "## ", "Words first\n\n## ", "found text before the first item"),
    ("evidence.json", '"version": 1', '"version": 9', "expected an object with `version: 1`"),
    ("evidence.json", "{", "", "not JSON"),
    ("evidence.json", '"start": 0', '"start": "x"', "not as the program writes it"),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), BROKEN)
def test_mistakes_are_named(tmp_path: Path, name: str, old: str, new: str, words: str) -> None:
    """A file that is not as it should be is refused with its name and what was expected."""
    folder = content.write_issue(tmp_path, issue())
    path = folder / name
    text = path.read_text()
    if old not in text:
        pytest.fail(f"the case does not fit the file: {old!r}")
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        content.read_issues(tmp_path, "ai")
    assert words in str(caught.value)
    assert name in str(caught.value)


def test_publication(tmp_path: Path) -> None:
    """Issues and essays come newest first, pages by name; drafts are among them."""
    content.write_issue(tmp_path, issue())
    content.write_issue(
        tmp_path, replace(issue(), date=dt.date(2026, 4, 25), period_end=NOW + dt.timedelta(1))
    )
    for name, day in (("old", "2026-01-01"), ("new", "2026-02-01")):
        path = tmp_path / "essays" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ntitle: {name}\ndate: {day}\n---\n\nWords.\n")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "about.md").write_text("---\ntitle: About\n---\nUs.\n")
    found = content.read_publication(tmp_path, ["ai"])
    assert [str(issue.date) for issue in found.issues] == ["2026-04-25", "2026-04-24"]
    assert [essay.slug for essay in found.essays] == ["new", "old"]
    assert [(page.slug, page.body) for page in found.pages] == [("about", "Us.")]


def test_foreign_and_taken_addresses_are_refused(tmp_path: Path) -> None:
    """Issues of a digest that is gone, and pages on the site's own addresses, are told."""
    content.write_issue(tmp_path, issue())
    with pytest.raises(ContentError, match=r"digest that feeds\.yaml does not have"):
        content.read_publication(tmp_path, ["other"])
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "archive.md").write_text("---\ntitle: A\n---\n")
    with pytest.raises(ContentError, match="takes an address of the site"):
        content.read_publication(tmp_path, ["ai"])


def test_an_empty_site(tmp_path: Path) -> None:
    """No content/ is an empty publication."""
    assert content.read_publication(tmp_path / "content", ["ai"]).issues == ()


def test_windows_line_ends(tmp_path: Path) -> None:
    """A file saved with CR LF and a byte order mark reads the same."""
    text = parts.write_feature(feature())
    assert parts.read_feature("\ufeff" + text.replace("\n", "\r\n"), "x") == parts.read_feature(
        text, "x"
    )

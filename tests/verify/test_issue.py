"""Round-ups, the front of an issue, its counts, and the addresses of passages."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import verify
from digest.text import fold
from digest.types import Feature, FrontDraft, Issue, RoundUp, RoundUpDraft, Span
from digest.verify.addresses import address_in
from digest.verify.passage_link import passage_link, text_directive
from tests.verify.material import ARTICLE, NOON, OTHER, document, dossier, draft

FEATURE = verify.feature(draft(), dossier(), slug="the-cache")[0]
assert FEATURE is not None
PAIR = (
    "Most queries ask for the same few pages, so a small cache answers nearly all of them. "
    "A query that misses costs $0.02, and one that hits costs almost nothing."
)


def _round_up(text: str) -> tuple[RoundUp, list[str]]:
    item, problems = verify.round_up(RoundUpDraft("R1", text), dossier(), kind="extractive")
    return item, [problem.rule for problem in problems]


def test_a_round_up_quotes_one_or_two_sentences() -> None:
    """It keeps its source's title, address, other feeds, theme, and where its words stand."""
    item, rules = _round_up(PAIR.replace("'", "’").upper())
    assert rules == []
    assert item.text == PAIR
    assert (item.title, item.slug, item.feed, item.also, item.theme) == (
        "How the new cache works", "how-the-new-cache-works", "lab", ("bank",), "Storage",
    )  # fmt: skip
    assert item.documents == (ARTICLE.id,)
    (one,) = item.claims[0].rests
    assert isinstance(one, Span)
    assert PAIR.startswith(ARTICLE.text[one.start : one.end])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (PAIR.replace("few", "many"), "Q1"),
        ("The lab moved its key-value cache to disk in April.", "L1"),
        (PAIR + " See www.lab.example/x for more.", "U1"),
    ],
)
def test_a_round_up_that_is_not_proved_is_a_headline(text: str, rule: str) -> None:
    """Nothing of it stays but title and link."""
    item, rules = _round_up(text)
    assert (item.text, item.claims, item.documents) == ("", (), ())
    assert rules == [rule]
    assert item.url == "https://lab.example/notes"


def test_a_third_sentence_goes() -> None:
    """A round-up has two at most."""
    item, rules = _round_up(
        PAIR
        + " Operators with 1,000 users saw their bills fall by 40% within a month of the change."
    )
    assert rules == ["L1"]
    assert item.text == PAIR


def test_without_a_draft_there_is_a_headline() -> None:
    """Whoever should have written it."""
    item, problems = verify.round_up(None, dossier(), kind="model")
    assert (item.text, problems) == ("", ())


# ---------------------------------------------------------------------------- front

HEAD = FrontDraft(
    headline="How the new cache works",
    dek="The lab moved its key-value cache to disk in April.",
    tldr=(
        "Engineers at a bank copied the design within a week.",
        "Reads became 3.5 times cheaper, but writes did not change at all.",
    ),
    lead=("This issue has one feature.", "Its number is 1. *No* sentence is invented."),
    kind="extractive",
)


def _front(**changes: object) -> tuple[object, list[str]]:
    assert FEATURE is not None
    front, problems = verify.front(replace(HEAD, **changes), (FEATURE,), (_round_up(PAIR)[0],))  # type: ignore[arg-type]
    return front, [problem.rule for problem in problems]


def test_a_front_of_proved_words_is_proved() -> None:
    """Each part rests on what stands below; the lead is computed and escaped."""
    front, rules = _front()
    assert rules == []
    assert (front.title, front.dek, front.tldr) == (HEAD.headline, HEAD.dek, HEAD.tldr)  # type: ignore[attr-defined]
    assert "\\*No\\* sentence" in front.lead  # type: ignore[attr-defined]
    kinds = [claim.kind for claim in front.claims]  # type: ignore[attr-defined]
    assert kinds == ["extracted"] * 4 + ["computed"] * 2
    assert all(claim.rests for claim in front.claims[1:4])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"headline": "A cache to rule them all"}, "Q1"),
        ({"dek": "The lab moved its key-value cache to tape in April."}, "Q1"),
        ({"dek": "Nobody says this anywhere in the issue."}, "Q1"),
        ({"tldr": ("Engineers at a bank copied the idea within a week.",)}, "Q1"),
        ({"dek": "See http://x.example/y"}, "U1"),
        ({"dek": PAIR + " " + PAIR}, "L1"),
    ],
)
def test_nothing_new_stands_above(changes: dict[str, object], rule: str) -> None:
    """What is not said below is left out; a headline becomes the first item's title."""
    front, rules = _front(**changes)
    assert rules == [rule]
    assert front.title == HEAD.headline  # type: ignore[attr-defined]
    assert changes.get("dek") != front.dek  # type: ignore[attr-defined]


def test_a_dek_in_quotation_marks_is_the_words_within() -> None:
    """Pages put the marks where they show a quote."""
    front, rules = _front(dek=f"“{HEAD.dek}”")
    assert rules == []
    assert front.dek == HEAD.dek  # type: ignore[attr-defined]


def test_counts_of_an_issue() -> None:
    """What was proved, dropped and quoted, each once."""
    feature: Feature | None = FEATURE
    assert feature is not None
    front, _ = verify.front(HEAD, (feature,), ())
    problems = verify.feature(draft(title="None"), dossier(), slug="x")[1]
    issue = Issue(
        "d", NOON.date(), "s", front, (feature,), (), "draft", None, NOON, NOON, problems=problems
    )
    counts = verify.counts(issue)
    assert counts["quotes"] == 13
    assert counts["extracted"] == len(
        [c for c in (*front.claims, *feature.claims) if c.kind == "extracted"]
    )
    assert counts["dropped"] == 0
    assert counts["longest_run"] == 19


# ---------------------------------------------------------------------- passage links


def test_a_short_quote_is_named_whole() -> None:
    """With its hyphens and commas written out."""
    text = "One. Reads, writes-and more & so on happened. End."
    at = text.index("Reads")
    assert text_directive(text, at, at + 22) == "Reads%2C%20writes%2Dand%20more"


def test_a_repeated_quote_gets_words_before_it_or_behind_it() -> None:
    """As few as make it the only such place."""
    text = "We ship it now. They ship it now. You ship it too."
    at = text.index("ship it now. You")
    assert unquote(text_directive(text, at, at + 12)) == "They-,ship it now."


def test_a_long_quote_is_named_by_its_ends() -> None:
    """And rows and lines by words of one line each."""
    text = ARTICLE.text
    start = text.index("Operators")
    end = text.index("of the change.") + len("of the change.")
    assert (
        unquote(text_directive(text, start, end))
        == "Operators with 1,000 users,month of the change."
    )
    row = text.index("Small")
    assert unquote(text_directive(text, row, text.index("10×") + 3)) == "Small | S,10×"


def test_the_page_s_own_fragment_stays() -> None:
    """A directive follows `#`, or the fragment that is there."""
    assert passage_link("https://x.example/a", "one two", 0, 3) == "https://x.example/a#:~:text=one"
    assert passage_link("https://x.example/a#b", "one two", 0, 3).endswith("/a#b:~:text=one")
    assert passage_link("https://x.example/a", "one  two", 3, 5) == "https://x.example/a"


@given(
    st.text(alphabet="ab -,&.\n", min_size=1, max_size=60), st.integers(0, 60), st.integers(1, 30)
)
def test_directives_hold_no_bare_sign_and_are_words_of_the_text(
    text: str, start: int, size: int
) -> None:
    """Whatever the text, each part of a directive is percent-encoded and stands in it."""
    directive = text_directive(text, min(start, len(text)), min(start + size, len(text)))
    assert set(directive) <= set("abcdefghijklmnopqrstuvwxyzABCDEF0123456789%._-,")
    for part in filter(None, directive.split(",")):
        assert " ".join(unquote(part.strip("-")).split()) in " ".join(text.split())


def test_a_directive_in_a_repetitive_document_ends() -> None:
    """A page that says one thing a thousand times costs no time."""
    text = "the same words again and again " * 3000
    start = time.process_time()
    text_directive(text, 31 * 1500, 31 * 1500 + 30)
    assert time.process_time() - start < 3


# --------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "text",
    [
        "see https://x.example",
        "HTTP://x.example/a",
        "at www.x.example",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "github.com/simonw/llm",
        "[text](x)",
        "![alt](x)",
        "<b>bold</b>",
        "<https://x.example>",
        "write to a.b@c.example",
    ],
)
def test_addresses_are_seen(text: str) -> None:
    """Schemes, www, hosts with a path, mail, links, images and tags."""
    assert address_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "example.com is a host",
        "Node.js and C++",
        "a < b and c > d",
        "and/or",
        "10:30",
        "x[1] (y)",
        "3.5/5",
        "U.S./EU",
    ],
)
def test_names_are_no_addresses(text: str) -> None:
    """A bare host, a version or a comparison may stand."""
    assert address_in(text) == ""


def test_hostile_text_for_addresses_ends() -> None:
    """A megabyte of dots, brackets or letters is searched in time."""
    start = time.process_time()
    for sign in ("a", "a.", "[", "<a", "a-", "@a", "!["):
        address_in(sign * (10**5))
    assert time.process_time() - start < 5


def test_folded_spans_of_the_material_are_whole() -> None:
    """The material's own documents lead back to themselves."""
    for each in (ARTICLE, OTHER, document(("paragraph", "x"))):
        assert fold(each.text).span(0, len(fold(each.text).text)) == (0, len(each.text))

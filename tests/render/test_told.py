"""The way from a line of the TL;DR to the part that tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.render.told import Place, _Part, _telling, told
from digest.types import Feature, Issue, RoundUp
from tests.render.small_site import FIRST

PORTS = {
    "slug": "ports",
    "title": "Kiel buys tugs",
    "tldr": ("Kiel bought eleven tugs.",),
    "body": "The port of Kiel bought eleven electric tugs for 31 million.[^a-1]",
}
CLOCKS = {
    "slug": "clocks",
    "title": "Fast clocks",
    "body": "The clock of the laboratory gained 12 seconds in a million years.[^a-1]",
}
FERRY = RoundUp("ferry", "A ferry", "https://a.example/", "a", None, (), "It runs on hydrogen.", "")


def issue(feature: Callable[..., Feature], *lines: str) -> Issue:
    return replace(
        FIRST,
        front=replace(FIRST.front, tldr=lines),
        features=(feature(**PORTS), feature(**CLOCKS)),
        round_ups=(FERRY,),
    )


def test_a_sentence_of_a_part_leads_there(feature: Callable[..., Feature]) -> None:
    """Word for word: a feature's bullet, a round-up's sentence."""
    found = told(issue(feature, "Kiel bought eleven tugs.", "It runs on hydrogen."))
    assert found == (Place("Kiel buys tugs", "ports"), Place("A ferry", "r-ferry"))


def test_other_words_lead_where_most_of_them_are(feature: Callable[..., Feature]) -> None:
    """A model says it anew; figures and longer words tell of what."""
    line = "For 31 million, Kiel gets eleven electric tugs this spring."
    assert told(issue(feature, line)) == (Place("Kiel buys tugs", "ports"),)


def test_in_doubt_there_is_no_way(feature: Callable[..., Feature]) -> None:
    """A line over all of the issue, or of words that two parts share, leads nowhere."""
    assert told(issue(feature, "Harbours and laboratories had a busy week.")) == (None,)
    assert told(issue(feature, "It is of a million.")) == (None,)


def test_the_page_has_a_link_with_a_name(
    issue_page: Callable[..., str], feature: Callable[..., Feature]
) -> None:
    """For those who hear the page, the arrow says where it leads; a title is escaped."""
    front = replace(FIRST.front, tldr=("Kiel bought eleven tugs.", "A busy week."))
    parts = (feature(**{**PORTS, "title": "Kiel <buys> tugs"}), feature(**CLOCKS))
    page = issue_page(front=front, features=parts, round_ups=())
    link = '<a class="permalink" href="#ports" aria-label="Told in: Kiel &lt;buys&gt; tugs">↓</a>'
    assert f"<li>Kiel bought eleven tugs.{link}</li>" in page
    assert "<li>A busy week.</li>" in page


def test_an_issue_of_one_part_needs_no_ways(feature: Callable[..., Feature]) -> None:
    """All of it is told there."""
    one = replace(issue(feature, "Kiel bought eleven tugs."), round_ups=())
    assert told(replace(one, features=one.features[:1])) == ()


PIECES = st.lists(
    st.sampled_from(
        (
            *(
                "fast",
                "Fast",
                "faster",
                "clock",
                "3.5",
                "1,204",
                "4.",
                ".7",
                "İ",
                "ﬁne",
                "漢字漢字",
            ),
            *"aé²_ .,-3",
        )
    ),
    max_size=14,
).map("".join)


@given(PIECES, PIECES)
def test_a_part_has_the_words_of_its_text(text: str, line: str) -> None:
    """They are asked for one by one; found all at once they are the same."""
    part = _Part(Place("x", "x"), text)
    words = _telling(text)
    for word in _telling(line):
        assert part.has(word) == (word in words)

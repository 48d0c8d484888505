"""The front: words of what stands below, and counted facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from digest.draft import Extractive
from digest.draft.lead import lead
from digest.errors import DraftError
from digest.text import count_words
from digest.types import Claim, Facts, Feature, RoundUp

from .making import DIGEST

FACTS = Facts(
    entries=30,
    sources=("Acme Blog", "The News"),
    first_day=dt.date(2026, 5, 18),
    last_day=dt.date(2026, 5, 20),
    several=2,
)
LONG = "The port of Kiel " + "and the port of Aarhus " * 6 + "have bought tugs."


def feature(title: str, bullets: Sequence[str], body: Sequence[str] = ()) -> Feature:
    claims = [Claim(text, "extracted") for text in (title, *bullets, *body)]
    return Feature(
        slug="f",
        title=title,
        kind="extractive",
        documents=(),
        entries=(),
        tldr=tuple(bullets),
        body="",
        notes=(),
        claims=(*claims, Claim("In figures", "computed")),
    )


def round_up(title: str, text: str, theme: str = "") -> RoundUp:
    claims = (Claim(text, "extracted"),) if text else ()
    return RoundUp("r", title, "https://a.example/", "acme", None, (), text, theme, claims=claims)


FEATURES = (
    feature(
        "Harbour 4 is out",
        (
            "I spent a week with Harbour 4 on a server in my kitchen.",
            "Harbour 4 costs nine dollars per month for a thousand jobs.",
            "Harbour 4 has no regions outside of Europe before next summer.",
        ),
    ),
    feature(
        "Kiel buys tugs",
        (LONG, "The port of Kiel has bought eleven electric tugs."),
        ("The yard in Spain delivers the first of the tugs in March.",),
    ),
)


def front(features=FEATURES, round_ups=(), facts=FACTS):
    return Extractive().front(features, round_ups, DIGEST, facts)


def test_headline_and_dek_are_the_strongest_items_words() -> None:
    """The first feature's title, and its first short sentence that nobody says of himself."""
    found = front()
    assert found.kind == "extractive"
    assert found.headline == "Harbour 4 is out"
    assert found.dek == "Harbour 4 costs nine dollars per month for a thousand jobs."


def test_bullets_are_short_and_every_feature_is_heard() -> None:
    """At most 25 words each; what is the dek is no bullet; no computed heading is one."""
    found = front()
    assert found.tldr[0] == "Harbour 4 has no regions outside of Europe before next summer."
    assert "The port of Kiel has bought eleven electric tugs." in found.tldr
    assert all(count_words(text) <= 25 for text in found.tldr)
    assert found.dek not in found.tldr
    assert LONG not in found.tldr


def test_without_features_the_round_ups_head_the_issue() -> None:
    """A thin day has a headline and a TL;DR all the same."""
    items = [
        round_up("Tugs for Kiel", "The port of Kiel has bought eleven electric tugs."),
        round_up("A ferry", "The ferry to Oslo will run on methanol from June."),
    ]
    found = front((), items)
    assert found.headline == "Tugs for Kiel"
    assert found.dek == "The port of Kiel has bought eleven electric tugs."
    assert found.tldr == ("The ferry to Oslo will run on methanol from June.",)


def test_the_dek_says_more_of_the_headline() -> None:
    """Not what happens to stand first in the source."""
    words = ("The kitchen was quiet all week long.", "A month of Harbour 4 is nine dollars.")
    found = front((feature("Nine dollars for Harbour 4", words),))
    assert found.dek == "A month of Harbour 4 is nine dollars."


def test_what_was_and_what_is_ours_stand_behind() -> None:
    """Read alone, such sentences say nothing; what is left is enough."""
    words = (
        "Before Harbour 4 a thousand jobs cost twelve dollars per month.",
        "We regret the delay, and this is how it came about.",
        "The harbour of Kiel runs eleven tugs on Harbour 4 since March.",
        "A month of Harbour 4 costs nine dollars in all of Europe.",
    )
    found = front((feature("Nine dollars for Harbour 4", words),))
    assert found.dek == words[3]
    assert found.tldr == (words[2],)


def test_no_bullet_says_the_dek_again() -> None:
    """Another publisher's words for it are no second fact."""
    words = (
        "Harbour 4 came on Tuesday: three schedulers with open code, at half the price.",
        "On Tuesday Harbour released three schedulers with open code.",
        "The trial at the port of Kiel took nine weeks.",
    )
    found = front((feature("Harbour 4: three schedulers at half the price", words),))
    assert found.dek == words[0]
    assert found.tldr == (words[2],)


def test_nothing_makes_no_front() -> None:
    """An issue without any item is refused, not invented."""
    with pytest.raises(DraftError, match="needs a feature or a round-up"):
        front((), ())


def test_headlines_alone_make_a_front_without_sentences() -> None:
    """Round-ups that are mere links give no dek and no bullets."""
    found = front((), [round_up("Tugs for Kiel", "")])
    assert (found.headline, found.dek, found.tldr) == ("Tugs for Kiel", "", ())


def test_lead_counts() -> None:
    """How many, from whom, of which days, under which titles and themes: nothing else."""
    items = [round_up("A", "", "Ports"), round_up("B", "", "Ferries")]
    text = "\n".join(lead(FEATURES, items, DIGEST, FACTS))
    assert text == (
        "This issue of Tech Weekly has two features and two round-ups, chosen from 30 posts by "
        "Acme Blog and The News, published between 18 May and 20 May 2026. Two stories are told "
        "by more than one publisher.\n"
        "The features are “Harbour 4 is out” and “Kiel buys tugs”. The round-ups stand under two "
        "themes: Ferries and Ports.\n"
        "All other sentences of this issue are quoted word for word from the pages that they "
        "link to; this summary was put together by counting."
    )


def test_what_has_no_theme_is_named_last() -> None:
    """However many round-ups stand elsewhere, the themes come first."""
    items = [round_up("A", "", theme) for theme in ("Elsewhere", "Elsewhere", "Ports")]
    assert "two themes: Ports and Elsewhere." in lead((), items, DIGEST, FACTS)[1]


@pytest.mark.parametrize(
    ("features", "items", "facts"),
    [
        ((), [round_up("A", "")], Facts(1, ())),
        (FEATURES[:1], [], Facts(1, ("Acme",), dt.date(2026, 1, 2), dt.date(2026, 1, 2), 1, True)),
        (FEATURES, [round_up("A", "")] * 8, FACTS),
    ],
)
def test_lead_has_30_to_180_words(features, items, facts) -> None:
    """Rule L1, on thin days too."""
    words = sum(count_words(text) for text in lead(features, items, DIGEST, facts))
    assert 30 <= words <= 180


def test_first_issue_says_that_it_is_one() -> None:
    """It takes old posts too, and a reader should know why."""
    first = Facts(15, ("Acme",), dt.date(2025, 12, 30), dt.date(2026, 1, 2), is_first=True)
    text = lead(FEATURES, (), DIGEST, first)[0]
    assert text.startswith("The first issue of Tech Weekly takes the best of what there is")
    assert "between 30 December 2025 and 2 January 2026" in text


def test_titles_inside_marks_keep_theirs_apart() -> None:
    """A title with quotation marks of its own does not end the quotation around it."""
    titled = [feature('Opus: "modest" at best', ()), feature("The “new” Opus", ())]
    text = lead(titled, (), DIGEST, FACTS)[1]
    assert text == "The features are “Opus: ‘modest’ at best” and “The ‘new’ Opus”."

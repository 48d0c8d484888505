"""The choice: filters, scores, places, reasons, themes, and how research settles it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from digest.select import settle, stories
from digest.select.leading import CARRIES
from digest.settings import Digest, Feed
from digest.types import Document, Dossier, Entry, EntryRef, Story, Told
from tests.draft.making import NOW, document, entry, feed

from .news import ALL_ITEMS, SAME, Item, item

SUBJECTS = (
    "bread boats bridges canals clocks dykes engines ferries gardens harbours islands kilns "
    "lamps mills nets orchards piers quarries rivers ships"
).split()


def article(subject: str, words: int = 400) -> str:
    """A text about one subject that shares no rare word with the others."""
    line = (
        f"{subject.title()} {subject}ly {subject}ic {subject}less {subject}ful {subject}hood do so."
    )
    return " ".join([line] * (words // 8))


def post(slug: str, subject: str, *, words: int = 400, hours: float = 5, **more) -> Item:
    text = document(
        article(subject, words), url=f"https://{slug}.example/{subject}", publisher=slug
    )
    return entry(slug, f"All about {subject}", text, hours=hours, **more), text


def choose(
    items: Sequence[Item], digest: Digest, feeds: Sequence[Feed] = (), told=()
) -> tuple[Story, ...]:
    texts = {text.id: text for _, text in items}
    return stories([each for each, _ in items], texts, digest, feeds, now=NOW, told=told)


def told(*refs: EntryRef, title: str = "", text: str = "", documents=(), days: float = 1) -> Told:
    """What an issue of some days ago told."""
    at = NOW - dt.timedelta(days=days)
    title = title or (refs[0].title if refs else "")
    return Told(f"tech/{at.date()}", at, title, text, refs, tuple(documents))


def digest(**more) -> Digest:
    return Digest(slug="tech", title="Tech", **more)


def placed(found: Sequence[Story], place: str) -> list[str]:
    return [story.lead.title for story in found if story.place == place]


TEN = [post(f"f{n}", subject) for n, subject in enumerate(SUBJECTS[:10])]


def test_places_are_as_many_as_the_digest_has() -> None:
    """Features first, round-ups next, the rest left out, each with a reason in words."""
    found = choose(TEN, digest(features=2, round_ups=5))
    assert [story.place for story in found] == ["feature"] * 2 + ["round-up"] * 5 + ["left out"] * 3
    assert all(story.reason.startswith(story.place) for story in found)
    assert "others rank higher" in found[2].reason
    assert "places are taken" in found[-1].reason


def test_parts_sum_up_to_the_score() -> None:
    """What is shown of a score is all of it."""
    feeds = [feed("f1", weight=2.5)]
    for story in choose(TEN, digest(brief="Boats and bridges in the north."), feeds):
        assert sum(value for _, value in story.parts) == pytest.approx(story.score, abs=0.001)


def test_order_of_arrival_decides_nothing() -> None:
    """Shuffled entries give the same stories, in the same order."""
    expected = choose(ALL_ITEMS, digest())
    shuffled = list(ALL_ITEMS)
    for seed in range(3):
        random.Random(seed).shuffle(shuffled)
        assert choose(shuffled, digest()) == expected


@pytest.mark.parametrize(
    ("part", "better", "worse"),
    [
        ("length", post("f1", "boats", words=1200), post("f2", "bread", words=160)),
        ("recency", post("f1", "boats", hours=2), post("f2", "bread", hours=90)),
        ("brief", post("f1", "bridges"), post("f2", "bread")),
        ("feed weight", post("heavy", "boats"), post("f2", "bread")),
    ],
)
def test_what_raises_a_score(part: str, better: Item, worse: Item) -> None:
    """Each part ranks one of two stories that are else alike."""
    feeds = [feed("heavy", weight=1.5)]
    found = choose([worse, better], digest(brief="We care about bridges."), feeds)
    parts = [dict(story.parts).get(part, 0.0) for story in found]
    assert found[0].lead == better[0]
    assert parts[0] > parts[1]


def test_publishers_and_links_raise_a_score() -> None:
    """A story that several publishers tell, and that others link to, ranks above a single."""
    items = [*SAME["an acquisition in three wordings"], *SAME["a link post and its target"], TEN[0]]
    found = {story.lead.title: dict(story.parts) for story in choose(items, digest())}
    assert found["Northgate to buy Baltic Freight for €310 million"]["publishers"] > 0.1
    assert found["A crash test of ten thousand kills"]["links to it"] > 0.05
    assert found["All about bread"]["publishers"] == found["All about bread"]["links to it"] == 0


def test_copies_are_one_publisher() -> None:
    """A press release printed by three is not told by three."""
    (story,) = choose(SAME["a press release printed by others"], digest())
    assert len(story.entries) == 3
    assert dict(story.parts)["publishers"] == 0
    assert story.lead.feed == "maker"


def test_what_others_point_to_leads() -> None:
    """The page itself, not the posts about it."""
    (story,) = choose(SAME["a link post and its target"], digest())
    assert story.lead.feed == "lab"


def test_short_texts_are_no_features() -> None:
    """Under 150 words there is nothing to make a feature of, and the reason says so."""
    (story,) = choose([post("f1", "boats", words=120)], digest())
    assert story.place == "round-up"
    assert f"a feature needs {CARRIES}" in story.reason


def test_a_thin_day_has_no_features() -> None:
    """Old or new, a trifle stays a round-up."""
    found = choose([post("f1", "boats", words=200, hours=1)], digest())
    assert [story.place for story in found] == ["round-up"]


def test_old_news_can_be_features() -> None:
    """A first issue takes the best of what there is, however old."""
    (story,) = choose([post("f1", "boats", words=900, hours=24 * 200)], digest())
    assert story.place == "feature"


def test_per_feed_holds_while_others_have_news() -> None:
    """No source fills an issue; alone, it may."""
    loud = [post("loud", subject, words=900) for subject in SUBJECTS[:6]]
    quiet = [post(f"q{n}", subject, words=300) for n, subject in enumerate(SUBJECTS[6:12])]
    found = choose([*loud, *quiet], digest(features=2, round_ups=5, per_feed=2))
    given = [story.lead.feed for story in found if story.place != "left out"]
    assert given.count("loud") == 2
    alone = choose(loud, digest(features=2, round_ups=4, per_feed=2))
    assert all(story.place != "left out" for story in alone)


def test_per_topic_holds_while_others_have_news() -> None:
    """Six feeds on one topic leave room for the rest; alone, they may fill the issue."""
    loud = [
        post(f"l{n}", subject, words=900, tags=("AI",)) for n, subject in enumerate(SUBJECTS[:6])
    ]
    quiet = [post(f"q{n}", subject, words=300) for n, subject in enumerate(SUBJECTS[6:12])]
    found = choose([*loud, *quiet], digest(features=2, round_ups=5, per_topic=3))
    given = [story.lead.tags for story in found if story.place != "left out"]
    assert given.count(("AI",)) == 3
    alone = choose(loud, digest(features=2, round_ups=4, per_topic=3))
    assert all(story.place != "left out" for story in alone)


def test_two_features_on_one_matter_are_one_too_many() -> None:
    """The second is a round-up and names the first."""
    one, two = post("f1", "boats", words=900), post("f2", "boats", words=700)
    two = (replace(two[0], title="Nothing but boats", published=NOW - dt.timedelta(days=9)), two[1])
    found = choose([one, two, TEN[0]], digest())
    assert placed(found, "round-up") == ["Nothing but boats"]
    assert "much the same matter" in next(s.reason for s in found if s.place == "round-up")


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ({"exclude": ("boats",)}, "holds “boats”, which is excluded"),
        ({"include": ("bread", "mills")}, "holds none of the words to include"),
        ({"veto": ("https://www.f1.example/boats?utm_source=feed",)}, "its address is vetoed"),
    ],
)
def test_filters(setting: dict, reason: str) -> None:
    """What a person has ruled out stays out, whatever its score."""
    found = choose([post("f1", "boats", words=1500), post("f2", "bread")], digest(**setting))
    assert placed(found, "left out") == ["All about boats"]
    assert reason in found[-1].reason


def test_words_are_whole_words() -> None:
    """A part of a word rules out nothing; a phrase is found word by word."""
    items = [post("f1", "boats"), post("f2", "bread")]
    found = choose(items, digest(exclude=("boa", "breadly breadic")))
    assert placed(found, "left out") == ["All about bread"]


def test_pins_and_musts() -> None:
    """A pin is a feature before all others; a must feed has its place."""
    items = [*TEN, post("must", "ships", words=160, hours=400)]
    settings = digest(features=1, round_ups=2, pin=("http://f7.example/ferries",), must=("must",))
    found = choose(items, settings)
    assert placed(found, "feature") == ["All about ferries"]
    assert "All about ships" in placed(found, "round-up")


def test_a_pin_that_carries_no_feature_says_so() -> None:
    """It gets a place all the same."""
    item = post("f1", "boats", words=80)
    (story,) = choose([item], digest(pin=(item[0].url,)))
    assert story.place == "round-up"
    assert story.reason.startswith("round-up: pinned, but its text has")


@pytest.mark.parametrize("how", ["key", "address", "copy", "post about it"])
def test_what_was_told_is_not_told_again(how: str) -> None:
    """The entry, another appearance of it, or a post about it."""
    item = post("f1", "boats")
    past = EntryRef("f1", item[0].id, "", "", None)
    if how == "address":
        past = EntryRef("mirror", "7", "http://www.f1.example/boats/", "", None)
    if how == "copy":
        past = EntryRef("mirror", "7", "", "Old and new boats of the northern islands", None)
        item = (replace(item[0], title="Boats of the northern islands, old and new"), item[1])
    if how == "post about it":
        past = EntryRef("lab", "7", "https://lab.example/x", "", None)
        item = (replace(item[0], points_to="https://lab.example/x"), item[1])
    found = choose([item, TEN[0]], digest(), told=[told(past)])
    assert placed(found, "left out") == [item[0].title]
    assert found[-1].reason == "left out: the issue of 2026-05-19 told it, and nothing is new"


def test_novelty_falls_with_what_was_told() -> None:
    """A title that shares words with a told one is less new."""
    ref = EntryRef("x", "1", "", "All about the old boats of Kiel and their bread", None)
    boats, engines = (
        dict(story.parts)["novelty"]
        for story in sorted(
            choose([post("f1", "boats"), post("f2", "engines")], digest(), told=[told(ref)]),
            key=lambda s: s.lead.title,
        )
    )
    assert boats < engines


FIRE = (
    "A fire broke out on the ferry Sigrid between Kiel and Oslo on Monday evening. All 840 people "
    "aboard were taken off in lifeboats, the coast guard said. The blaze began in an electric van."
)


def fire(text: str, feed_slug: str = "quay", title: str = "Ferry Sigrid burns off Kiel") -> Item:
    written = document(text, url=f"https://{feed_slug}.example/sigrid", publisher=feed_slug)
    return entry(feed_slug, title, written, hours=2), written


def told_fire() -> Told:
    ref = EntryRef("wire", "1", "https://wire.example/1", "Fire on ferry Sigrid", None)
    return told(ref, title="Fire on ferry Sigrid, 840 evacuated", text=FIRE, days=1)


def test_the_same_news_a_day_later_is_left_out() -> None:
    """Another feed tells it late, in other words, with no figure or name that is new."""
    late = "On the ferry Sigrid, between Kiel and Oslo, an electric van caught fire; 840 are safe."
    found = choose([fire(late), *ALL_ITEMS, *TEN], digest(), told=[told_fire()])
    story = next(story for story in found if story.lead.feed == "quay")
    assert story.place == "left out"
    assert story.reason == "left out: the issue of 2026-05-19 told it, and nothing is new"


def test_what_is_new_makes_an_update() -> None:
    """New figures and names are told, with the issue that the story goes on from."""
    inquiry = FIRE + " Captain Lena Holm, who is 51, says that all 36 sprinklers were shut off."
    items = [fire(inquiry), *ALL_ITEMS, *TEN]
    found = choose(items, digest(round_ups=40, per_feed=40), told=[told_fire()])
    story = next(story for story in found if story.lead.feed == "quay")
    assert story.place != "left out"
    assert story.update_of == "tech/2026-05-19"
    assert {"36", "51"} <= set(story.fresh)
    assert "an update of 2026-05-19, new: 36, 51" in story.reason
    settled = settle(dossiers(found, [text for _, text in items], {}), digest())
    assert {d.story.update_of for d in settled} == {"", "tech/2026-05-19"}


def test_what_the_sources_knew_is_not_new() -> None:
    """Facts that stand in the documents behind the old issue are no news to it."""
    more = document(FIRE + " Captain Lena Holm, who is 51, counted 36 sprinklers.")
    past = replace(told_fire(), documents=(more.id,))
    item = fire(FIRE + " Captain Holm is 51; of 36 sprinklers none worked.")
    items = [item, *ALL_ITEMS, *TEN]
    texts = {text.id: text for text in (more, *(text for _, text in items))}
    found = stories([each for each, _ in items], texts, digest(), (), now=NOW, told=[past])
    assert next(story for story in found if story.lead.feed == "quay").place == "left out"


def test_a_copy_of_what_was_told_is_known_by_its_text() -> None:
    """The store says whose text it is, however long ago that was."""
    item, past = TEN[0], EntryRef("press", "1", "", "", None)
    copies = {item[0].key: ("maker", "9"), ("press", "1"): ("maker", "9")}
    texts = {item[1].id: item[1]}
    (story,) = stories(
        [item[0]], texts, digest(), (), now=NOW, told=[told(past, days=90)], copies=copies
    )
    assert story.place == "left out"


def test_another_story_of_the_same_firm_is_no_update() -> None:
    """A name in common makes no thread."""
    item = fire(
        "The shipyard in Kiel has launched a ferry with sails for the route to Oslo.",
        title="A ferry with sails for Oslo",
    )
    (story,) = choose([item], digest(), told=[told_fire()])
    assert story.place == "round-up"
    assert story.update_of == ""


# ---------------------------------------------------------------------------- themes


def tagged(count: int, tags: Sequence[tuple[str, ...]]) -> list[Item]:
    return [
        post(f"f{n}", subject, tags=tags[n % len(tags)])
        for n, subject in enumerate(SUBJECTS[:count])
    ]


def test_themes_are_the_entries_categories() -> None:
    """Six round-ups or more stand under headings; what is alone stands elsewhere."""
    items = tagged(8, [("llm-pricing", "ai"), ("ai", "coding-agents")])
    items += [post("f9", "ships", tags=("ferries",))]
    found = choose(items, digest(features=0, round_ups=9))
    assert {s.theme for s in found} == {"LLM pricing", "Coding agents", "Elsewhere"}


def test_a_heading_stands_once() -> None:
    """Round-ups of one theme stand together, the theme of the best one first, the rest last."""
    items = tagged(8, [("llm-pricing",), ("coding-agents",)])
    items += [post("f9", "ships", tags=("ferries",), words=1500)]
    found = choose(items, digest(features=0, round_ups=9))
    headings = [story.theme for story in found]
    assert headings == sorted(headings, key=headings.index)
    assert headings[-1] == "Elsewhere"
    assert found[-1].score == max(s.score for s in found)
    settled = [d.story for d in settle(dossiers(found, [t for _, t in items], {}), digest())]
    kept = [story.theme for story in settled if story.place == "round-up"]
    assert kept == sorted(kept, key=kept.index)


def test_few_round_ups_have_no_headings() -> None:
    """Five need none."""
    found = choose(tagged(5, [("a-b",), ("c-d",)]), digest(features=0))
    assert {story.theme for story in found} == {""}


def test_headings_of_past_issues_come_again() -> None:
    """Where two headings fit nearly as well, readers find the one they know."""
    items = [*tagged(6, [("models", "robots"), ("models",), ("robots", "tools")]), *tagged(0, [()])]
    items += [post("f9", "ships", tags=("robots",)), post("f8", "rivers", tags=("tools",))]
    items += [post("f7", "quarries", tags=("models",))]
    settings = digest(features=0, round_ups=9)
    first = {story.theme for story in choose(items, settings)}
    again = choose(items, settings, told=[replace(told(title="Old"), theme="Tools")])
    assert "Tools" not in first
    assert "Tools" in {story.theme for story in again}


def test_feeds_tags_serve_where_entries_have_none() -> None:
    """The tags of feeds.yaml part the round-ups too."""
    items = tagged(8, [()])
    feeds = [feed(f"f{n}", tags=("research" if n < 4 else "industry",)) for n in range(8)]
    found = choose(items, digest(features=0), feeds)
    assert {story.theme for story in found} == {"Research", "Industry"}


# ---------------------------------------------------------------------------- settle

TARGET = "https://lab.example/report"


def dossiers(
    found: Sequence[Story], texts: Sequence[Document], unread: dict[str, str]
) -> list[Dossier]:
    by_id = {text.id: text for text in texts}
    return [
        Dossier(
            story,
            tuple(by_id[e.document] for e in story.entries if e.document in by_id),
            tuple(
                (e.points_to, unread[e.points_to]) for e in story.entries if e.points_to in unread
            ),
        )
        for story in found
        if story.place != "left out"
    ]


def link_post() -> Item:
    text = document("A short post about a long report.", url="https://blog.example/p")
    return entry("blog", "A long report on kilns", text, points_to=TARGET), text


def test_a_link_post_may_be_a_feature_until_research_fails() -> None:
    """Its page unread it is a round-up at most, says why, and the next story moves up."""
    items = [link_post(), post("f1", "boats", words=160, hours=90), post("f2", "bread", words=500)]
    chosen = choose(items, digest(features=2))
    assert placed(chosen, "feature") == ["A long report on kilns", "All about bread"]
    read = dossiers(chosen, [text for _, text in items], {TARGET: "the server answered 404"})
    settled = settle(read, digest(features=2))
    by_title = {each.story.lead.title: each.story for each in settled}
    assert by_title["A long report on kilns"].place == "round-up"
    assert "could not be read: the server answered 404" in by_title["A long report on kilns"].reason
    assert by_title["All about bread"].place == "feature"


def test_settling_moves_the_next_one_up() -> None:
    """A feature that fell makes room for a round-up that carries one."""
    chosen = choose(TEN, digest(features=1, round_ups=3))
    read = dossiers(chosen, [text for _, text in TEN], {})
    read[0] = replace(read[0], documents=(), unread=((read[0].story.lead.url, "timed out"),))
    settled = settle(read, digest(features=1, round_ups=3))
    assert settled[0].story.lead == read[1].story.lead
    assert settled[0].story.place == "feature"
    fallen = next(d.story for d in settled if d.story.lead == read[0].story.lead)
    assert fallen.place == "round-up"
    assert "nothing of it could be read: timed out" in fallen.reason


def test_a_read_page_keeps_its_feature() -> None:
    """With the page as S1 the link post stays, and keeps its dossier."""
    item = link_post()
    page = document(article("kilns"), url=TARGET, publisher="lab")
    (story,) = choose([item], digest())
    (settled,) = settle([Dossier(story, (page, item[1]))], digest())
    assert settled.story.place == "feature"
    assert settled.documents == (page, item[1])


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (document(article("kilns"), url=TARGET, wall="paywall"), "behind a paywall"),
        (document(article("kilns", 80), url=TARGET), "a feature needs"),
    ],
)
def test_a_page_that_gives_too_little(page: Document, reason: str) -> None:
    """A wall or a few words are no ground for a feature."""
    (story,) = choose([link_post()], digest())
    (settled,) = settle([Dossier(story, (page,))], digest())
    assert settled.story.place == "round-up"
    assert reason in settled.story.reason


def test_settling_again_changes_nothing() -> None:
    """What is settled is settled."""
    chosen = choose(ALL_ITEMS, digest())
    once = settle(dossiers(chosen, [text for _, text in ALL_ITEMS], {}), digest())
    assert settle(once, digest()) == once


def test_an_entry_without_a_text_is_a_story_too() -> None:
    """A title alone has a place among the round-ups."""
    bare = Entry("f1", "1", "", "", "Only a title")
    (story,) = stories([bare], {}, digest(), (), now=NOW)
    assert story.place == "round-up"


RUMOUR = item(
    "letter",
    "Orvane said to be buying Sandmoor's container terminal",
    "The shipping line Orvane is in talks to buy the container terminal of Sandmoor. Two people "
    "who know of the talks say that a price of 410 million was mentioned for the terminal. "
    "Neither Orvane nor the port of Sandmoor answered. A third says that no price was put down.",
)


@pytest.mark.parametrize("feed", ["daily", "letter"])
def test_a_rumour_has_its_denial_beside_it(feed: str) -> None:
    """Two stories, each with the other's entry; of one feed too, whose posts are else apart."""
    denial = item(
        feed,
        "Sandmoor port denies that its container terminal is for sale",
        "The port of Sandmoor has denied that it is selling its container terminal. There are no "
        "talks on a sale to Orvane, no price and no buyer, its chairwoman Ines Aldermark said.",
        hours=4,
    )
    found = {s.lead.key: s for s in choose([RUMOUR, denial, *ALL_ITEMS[:20]], digest())}
    assert found[RUMOUR[0].key].answers == (denial[0],)
    assert found[denial[0].key].answers == (RUMOUR[0],)
    others = [story for key, story in found.items() if key not in {RUMOUR[0].key, denial[0].key}]
    assert not any(
        {RUMOUR[0].key, denial[0].key} & {each.key for each in story.answers} for story in others
    )


def test_another_denial_is_no_answer() -> None:
    """It shares the firm with the rumour, and is about something else."""
    denial = item(
        "daily",
        "Orvane denies dumping ballast water off Vessby",
        "Orvane has denied that the crew of its ship Halvorsund let ballast water into the sea off "
        "Vessby in March. Samples of the coast guard held larvae of a mussel of another ocean.",
        hours=4,
    )
    found = choose([RUMOUR, denial, *ALL_ITEMS[:20]], digest())
    own = [story for story in found if story.lead.key in {RUMOUR[0].key, denial[0].key}]
    assert [story.answers for story in own] == [(), ()]

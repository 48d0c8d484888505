"""A post that is reached by two addresses is one post, where it is known that they lead to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from digest.select import Reading, choose, offer
from digest.settings import Digest
from digest.types import EntryRef, Told
from tests.draft.making import DIGEST, NOW, document, entry

from .news import Item

SHORT, LONG = "https://sho.example/x7", "https://maker.example/2026/05/engine"
ENGINE = "The engine runs on wood gas and starts in a minute, says the maker of the engine."


def post(feed: str, title: str, url: str, text: str, points_to: str = "") -> Item:
    written = document(text, url=url, publisher=feed)
    return entry(feed, title, written, url=url, points_to=points_to), written


def groups(items: Sequence[Item], moved: Mapping[str, str]) -> list[int]:
    texts = {text.id: text for _, text in items}
    reading = Reading([each for each, _ in items], texts, DIGEST, moved=moved)
    return sorted(map(len, reading.groups()))


POST = post("maker", "A new engine", LONG, ENGINE)
MIRROR = post("planet", "Worth a look", SHORT, "From our friends at the workshop.")


def test_a_redirect_leads_to_the_same_post() -> None:
    """Known to lead to the other's address, it is the same post; not known, it is not."""
    assert groups([POST, MIRROR], {}) == [1, 1]
    assert groups([POST, MIRROR], {SHORT: LONG}) == [2]


def test_two_redirects_to_one_page_are_one_post() -> None:
    """Neither feed has the address that answers."""
    other = post("tower", "Seen today", "https://sho.example/y8", "A pointer, no more.")
    assert groups([MIRROR, other], {SHORT: LONG, "https://sho.example/y8": LONG}) == [2]


def test_a_link_post_may_point_through_a_redirect() -> None:
    """It is about the post that its short link leads to."""
    pointing = post("log", "Ha", "https://log.example/1", "Read it.", points_to=SHORT)
    assert groups([POST, pointing], {}) == [1, 1]
    assert groups([POST, pointing], {SHORT: LONG}) == [2]


@pytest.mark.parametrize("end", ["https://maker.example/", "https://consent.example/ask"])
def test_where_many_end_is_no_post(end: str) -> None:
    """A front page, or a page of consent to which all posts of a feed lead, makes them no one."""
    posts = [
        post("daily", f"Report on {word}", f"https://daily.example/{word}", f"About {word}. " * 9)
        for word in ("canals", "beekeeping", "tariffs")
    ]
    moved = {each.canonical: end for each, _ in posts}
    assert groups(posts, moved) == [1, 1, 1]


def test_the_post_leads_and_its_publishers_are_counted_once() -> None:
    """Told by one, under two addresses."""
    texts = {text.id: text for _, text in (POST, MIRROR)}
    reading = Reading([POST[0], MIRROR[0]], texts, DIGEST, moved={SHORT: LONG})
    (story,) = choose(offer(reading, [], now=NOW))
    assert dict(story.parts)["publishers"] == 0


def test_a_veto_holds_for_both_addresses() -> None:
    """Whichever address a person wrote down."""
    texts = {MIRROR[1].id: MIRROR[1]}
    vetoing = Digest(slug="tech", title="Tech", veto=(LONG,))
    reading = Reading([MIRROR[0]], texts, vetoing, moved={SHORT: LONG})
    assert "vetoed" in choose(offer(reading, [], now=NOW))[0].reason


@pytest.mark.parametrize("by", ["entry", "document"])
def test_what_was_told_is_known_by_where_it_answers(by: str) -> None:
    """An issue told the post; its redirect comes a day later, or it was read as a source."""
    ref = EntryRef("maker", LONG, LONG if by == "entry" else "", POST[0].title, NOW)
    told = Told("tech/2026-05-19", NOW, ref.title, ENGINE, (ref,), (POST[1].id,))
    texts = {text.id: text for _, text in (POST, MIRROR)}
    reading = Reading([MIRROR[0]], texts, DIGEST, moved={SHORT: LONG})
    (story,) = choose(offer(reading, [], now=NOW, told=[told]))
    assert story.place == "left out"
    assert "told it" in story.reason

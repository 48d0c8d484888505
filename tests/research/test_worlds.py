"""Research over the story worlds: which links come first, which documents come out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.research.worlds import World, play, worlds

PRECISION, RECALL, ORDER = 1.0, 1.0, 1.0
"""Floors over all worlds: documents that belong, documents found, pairs in order."""

EACH = pytest.mark.parametrize("world", worlds(), ids=lambda world: world.name)


def test_there_are_enough_worlds() -> None:
    """At least fifteen, each with its own difficulty."""
    assert len({world.told["about"] for world in worlds()}) >= 15


def test_the_documents_are_those_that_tell_the_story() -> None:
    """Over all worlds: hardly a page that does not belong, hardly one missed."""
    right = found = wanted = 0
    for world in worlds():
        documents = set(play(world).documents)
        expected = set(world.told["documents"])
        right += len(documents & expected)
        found += len(documents)
        wanted += len(expected)
    assert right / found >= PRECISION
    assert right / wanted >= RECALL


def test_better_links_come_first() -> None:
    """Over all worlds, pairs of links that a person has put in order."""
    in_order = [
        _comes_before(play(world).ranked, better, worse)
        for world in worlds()
        for better, worse in pairwise(world.told["ranked"])
    ]
    assert sum(in_order) / len(in_order) >= ORDER


def _comes_before(ranked: tuple[str, ...], better: str, worse: str) -> bool:
    """A worse one may also not be offered at all."""
    places = {url: place for place, url in enumerate(ranked)}
    return better in places and places[better] < places.get(worse, len(ranked))


@EACH
def test_the_story_s_own_document_stays_first(world: World) -> None:
    """S1 is what the story is about, whatever is read after it."""
    assert play(world).documents[0] == world.told["documents"][0]


@EACH
def test_what_must_not_be_opened_is_not(world: World) -> None:
    """Networks, shops, home pages and other stories' links are left alone."""
    found = play(world)
    unwanted = {*world.told.get("never", ()), *world.told.get("unasked", ())}
    assert not unwanted & set(found.asked)
    assert not set(world.told.get("never", ())) & set(found.ranked)
    if "asked" in world.told:
        assert list(found.asked) == world.told["asked"]
    if "first" in world.told:
        assert found.ranked[0] == world.told["first"]


@EACH
def test_what_was_left_out_has_its_reason(world: World) -> None:
    """A page that was read and left out, or could not be read, is named with why."""
    dossier = play(world).dossier
    for kind, listed in (("refused", dossier.refused), ("unread", dossier.unread)):
        reasons = dict(listed)
        for url, part in world.told.get(kind, {}).items():
            assert part in reasons[url]


def test_another_language_stays_evidence() -> None:
    """The German report is a document, and says that it is German."""
    world = next(each for each in worlds() if each.name == "report-in-german")
    assert [each.language for each in play(world).dossier.documents] == ["en", "de"]

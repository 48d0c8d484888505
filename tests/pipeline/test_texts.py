"""Entries' own texts: made when they are wanted, once, in one order, whatever came first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from digest.errors import ParseError
from digest.pipeline.workers import Workers
from digest.settings import Config, Feed
from digest.store import FILE, Store
from digest.types import Document, Entry
from tests.pipeline.dumps import dump
from tests.pipeline.making import keys_of, make_texts
from tests.select.news import PRINTED, RELEASE

T = TypeVar("T")

NOW = dt.datetime(2026, 4, 24, 6, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SLUGS = ("maker", "printer", "excerpt", "other")
CONFIG = Config(feeds=tuple(Feed(url=f"https://{s}.example/feed", slug=s) for s in SLUGS))
TEXTS = {"maker": RELEASE, "printer": RELEASE, "excerpt": RELEASE[:900], "other": PRINTED}


def post(slug: str, text: str = "", id_: str = "1", hours: float = 0) -> Entry:
    return Entry(
        slug, id_, f"https://{slug}.example/{id_}", f"{slug}.example/{id_}", f"Post {id_}",
        published=NOW + hours * HOUR, html=f"<p>{text or TEXTS[slug]}</p>",
    )  # fmt: skip


def text_of(store: Store, key: tuple[str, str]) -> Document | None:
    (entry,) = store.entries.get([key])
    return store.documents.get([entry.document]).get(entry.document)


def test_a_text_is_made_once_with_the_time_of_its_fetching(tmp_path: Path) -> None:
    """An edit makes a new one of the time of the edit, and what was said stays in the store."""
    with Store(tmp_path / FILE) as store:
        store.entries.put([post("maker", "It is here.")], NOW)
        assert text_of(store, ("maker", "1")) is None
        make_texts(store, CONFIG)
        first = text_of(store, ("maker", "1"))
        assert first is not None
        assert (first.text, first.fetched_at) == ("It is here.", NOW)
        held = dump(tmp_path)
        make_texts(store, CONFIG)
        assert dump(tmp_path) == held
        store.entries.put([post("maker", "It is gone.")], NOW + HOUR)
        make_texts(store, CONFIG)
        second = text_of(store, ("maker", "1"))
        assert second is not None
        assert (second.text, second.fetched_at) == ("It is gone.", NOW + HOUR)
        assert store.documents.get([first.id])


@pytest.mark.parametrize("order", [SLUGS, SLUGS[::-1], ("printer", "other", "maker", "excerpt")])
def test_the_original_is_the_one_published_first(tmp_path: Path, order: Sequence[str]) -> None:
    """Whichever was fetched first."""
    with Store(tmp_path / FILE) as store:
        for slug in order:
            store.entries.put([post(slug, hours=SLUGS.index(slug))], NOW)
        make_texts(store, CONFIG)
        originals = store.samples.originals((slug, "1") for slug in SLUGS)
    maker = ("maker", "1")
    assert originals == {("printer", "1"): maker, ("excerpt", "1"): maker}


def fill(store: Store) -> None:
    """A dozen entries of each feed, of which three print another's, under a line they share."""
    for slug in SLUGS:
        store.entries.put(
            [
                post(slug, f"{TEXTS[slug] if n == 3 else f'Number {n} of {slug}.'}</p>"
                     f"<p>You read the letters of {slug}, which cost nothing.", str(n), n)
                for n in range(12)
            ],
            NOW,
        )  # fmt: skip


def test_a_kill_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made is kept batch by batch, and the rest is made as it would have been."""
    monkeypatch.setattr("digest.pipeline.texts.BATCH", 10)
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
    with Store(tmp_path / "whole" / FILE) as store:
        fill(store)
        make_texts(store, CONFIG)
        assert len(store.samples.originals((slug, "3") for slug in SLUGS)) == 2
    with Store(tmp_path / "killed" / FILE) as store:
        fill(store)
        put, texts = store.documents.put, 0

        def fail(document: Document) -> str:
            nonlocal texts
            texts += 1
            if texts == 25:
                raise KeyboardInterrupt
            return put(document)

        monkeypatch.setattr(store.documents, "put", fail)
        with pytest.raises(KeyboardInterrupt):
            make_texts(store, CONFIG)
        assert len(store.entries.without_text(keys_of(store, CONFIG))) == 48 - 20
        make_texts(store, CONFIG)
    assert dump(tmp_path / "killed") == dump(tmp_path / "whole")


def test_many_are_made_in_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as here, without the feed's furniture."""
    for name, many in (("here", 500), ("there", 10)):
        monkeypatch.setattr("digest.pipeline.texts.MANY", many)
        (tmp_path / name).mkdir()
        with Store(tmp_path / name / FILE) as store:
            fill(store)
            make_texts(store, CONFIG)
            made = text_of(store, ("other", "5"))
            assert made is not None
            assert made.text == "Number 5 of other."
    assert dump(tmp_path / "there") == dump(tmp_path / "here")


class Brittle(Workers):
    """Breaks over one entry, as a library can over bytes that it does not expect."""

    async def read(self, function: Callable[..., T], body: bytes, **how: Any) -> T:
        if any(entry.id == "5" for entry in (*how["entries"], *how["furniture_from"])):
            raise ParseError(how["url"], "given up: more than 8 s of work")
        return function(body, **how)

    async def read_here(self, function: Callable[..., T], body: bytes, **how: Any) -> T:
        return await self.read(function, body, **how)


def test_a_bad_entry_costs_itself(tmp_path: Path) -> None:
    """It has no text and is not tried again; the others of its feed have theirs."""
    said: list[str] = []
    with Store(tmp_path / FILE) as store:
        store.entries.put([post("maker", f"Number {n}.", str(n)) for n in range(8)], NOW)
        make_texts(store, CONFIG, Brittle, said.append)
        texts = [text_of(store, ("maker", str(n))) for n in range(8)]
        assert [n for n, text in enumerate(texts) if text is None] == [5]
        make_texts(store, CONFIG, Brittle, said.append)
    assert said == ["maker: https://maker.example/5: its text: given up: more than 8 s of work"]


def test_a_page_that_came_later_makes_the_text_anew(tmp_path: Path) -> None:
    """A teaser stands for itself until its page is read; one read before an edit is out of date."""
    text = "The whole of it, which is longer than what the feed says. " * 30
    with Store(tmp_path / FILE) as store:
        (entry,), _ = store.entries.put([post("maker", "A teaser.")], NOW)
        make_texts(store, CONFIG)
        first = text_of(store, entry.key)
        assert first is not None
        assert first.text == "A teaser."
        store.entries.put([post("other", text)], NOW)
        make_texts(store, CONFIG)
        (other,) = store.entries.get([("other", "1")])
        store.documents.put_page("https://maker.example/1", other.document, "", NOW)
        store.entries.end_page(entry, was_read=True)
        make_texts(store, CONFIG)
        second = text_of(store, entry.key)
        assert second is not None
        assert second.text == text.strip()
        store.entries.put([post("maker", "An edited teaser.")], NOW + HOUR)
        make_texts(store, CONFIG)
        third = text_of(store, entry.key)
        assert third is not None
        assert third.text == "An edited teaser."

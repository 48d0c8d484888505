"""How queries find their rows: none that a run asks often reads a whole table."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.store import FILE, Store
from digest.types import Entry, FeedState, Fetched

NOW = dt.datetime(2026, 4, 24, 6, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
URL = "https://a.example/1"

HOT: dict[str, Callable[[Store], object]] = {
    "texts that are to be made": lambda store: store.entries.without_text([("a", "1")]),
    "pages that are to be read": lambda store: store.entries.without_page(["a"], NOW),
    "the entry of a document": lambda store: store.entries.of_document("x"),
    "a window": lambda store: store.entries.waiting(
        ["a"], seen_after=NOW - DAY, published_after=NOW - 2 * DAY, until=NOW
    ),
    "what was told before": lambda store: store.entries.before(["a"], NOW, 10),
    "entries by their keys": lambda store: store.entries.get([("a", "1")]),
    "a feed's newest": lambda store: store.entries.recent("a", 20),
    "polls": lambda store: store.feeds.polls(NOW - DAY),
    "a document": lambda store: store.documents.get(["x"]),
    "a page": lambda store: store.documents.page(URL),
    "when pages answered": lambda store: store.documents.answered_at([URL]),
    "near copies": lambda store: store.samples.near(("a", "1"), [1, 2]),
    "originals": lambda store: store.samples.originals([("a", "1")]),
    "a feed's state": lambda store: store.feeds.save(FeedState("a", URL)),
    "a poll": lambda store: store.feeds.add_poll("a", NOW, Fetched(URL, URL, NOW), "", 0, 0, 0),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / FILE) as opened:
        entry = Entry(
            feed="a",
            id="1",
            url=URL,
            canonical=URL,
            title="A mill",
            author="",
            published=NOW,
            updated=None,
            html="",
            tags=(),
            language="en",
            points_to="",
        )
        opened.entries.put([entry], NOW)
        yield opened


def scans(store: Store, path: Path, ask: Callable[[Store], object]) -> list[str]:
    """The steps in which SQLite would read a table from its first row to its last."""
    asked: list[str] = []
    store._db.set_trace_callback(asked.append)
    ask(store)
    store._db.set_trace_callback(None)
    assert asked
    with closing(sqlite3.connect(path)) as db:
        db.create_function("packed", 1, lambda html: html, deterministic=True)
        return [
            f"{row[3]}: {sql}"
            for sql in asked
            for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")
            if re.match(r"SCAN (?!\(|json_each)", row[3])  # not what a part of it has found
        ]


@pytest.mark.parametrize("name", HOT)
def test_no_hot_query_reads_a_whole_table(name: str, store: Store, tmp_path: Path) -> None:
    """An index leads to the rows, however many others there are."""
    assert scans(store, tmp_path / FILE, HOT[name]) == []


def test_dropping_reads_what_is_old(store: Store, tmp_path: Path) -> None:
    """Neither entries nor documents as a whole, which only grow."""
    store.feeds.save(FeedState("a", URL))
    store._db.execute("CREATE TABLE needed (row INTEGER PRIMARY KEY)")  # to ask about what is
    store._db.execute("CREATE TABLE kept (id TEXT PRIMARY KEY)")  # a temporary table otherwise
    found = scans(store, tmp_path / FILE, lambda store: store.prune(NOW, ["x"], {"a": NOW}))
    assert [line for line in found if re.match(r"SCAN (entries|documents)\b", line)] == []
    assert any(line.startswith("SCAN needed") for line in found)


def test_a_whole_table_would_be_seen(store: Store, tmp_path: Path) -> None:
    """What has no index is found out."""
    store._db.execute("DROP INDEX polls_at")
    assert scans(store, tmp_path / FILE, HOT["polls"])

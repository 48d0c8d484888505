"""A text that comes again is found by its content, whatever its address and age."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from digest.pipeline.background import background
from digest.pipeline.moved import moved
from digest.pipeline.placing import place
from digest.store import Store
from digest.types import Document, Entry
from digest.urls import canonical
from tests.draft.making import NOW, document, entry
from tests.select.news import PRINTED, RELEASE


def put(store: Store, name: str, text: str, days: float = 0) -> tuple[str, str]:
    """Store an entry with a text; returns the key of the one that had the text first."""
    written: Document = document(text, url=f"https://{name}.example/1", publisher=name)
    entry = Entry(name, "1", written.url, written.url, name, published=NOW + dt.timedelta(days))
    with store.transaction():
        store.entries.put([entry], NOW)
        store.entries.set_document(entry, store.documents.put(written))
        return place(store, entry, written)


def test_copies_are_found_by_content(tmp_path: Path) -> None:
    """The release, its print under another line and an excerpt are one text; others are not."""
    with Store(tmp_path / "digest.db") as store:
        assert put(store, "maker", RELEASE) == ("maker", "1")
        assert put(store, "other", PRINTED) == ("other", "1")
        assert put(store, "printer", f"Press release. {RELEASE} Shares fell.") == ("maker", "1")
        assert put(store, "excerpt", RELEASE[: len(RELEASE) * 2 // 3]) == ("maker", "1")
        keys = [(name, "1") for name in ("maker", "other", "printer", "excerpt")]
        assert store.samples.originals(keys) == {
            ("printer", "1"): ("maker", "1"),
            ("excerpt", "1"): ("maker", "1"),
        }


def test_redirects_are_known_once_pages_are_read(tmp_path: Path) -> None:
    """The address of an entry, and that which a link post points to, lead where they answered."""
    page = document(RELEASE, url="https://maker.example/news/7", publisher="maker")
    linked = entry("log", "Ha", url="https://log.example/1", points_to="https://sho.example/x")
    mirror = entry("planet", "Seen", url="http://www.sho.example/y/")
    with Store(tmp_path / "digest.db") as store:
        assert moved(store, [linked, mirror]) == {}
        id_ = store.documents.put(page)
        for address in ("https://sho.example/x", mirror.canonical, "https://maker.example/news/7"):
            store.documents.put_page(canonical(address), id_, "", NOW)
        mirror = replace(mirror, canonical=canonical(mirror.url))
        plain = entry("maker", "News", url="https://maker.example/news/7")
        assert moved(store, [linked, mirror, plain]) == {
            "https://sho.example/x": "https://maker.example/news/7",
            "https://sho.example/y": "https://maker.example/news/7",
        }


def test_the_background_is_what_was_written_before(tmp_path: Path) -> None:
    """The latest of the digest's feeds, without the window, without what is younger than now."""
    with Store(tmp_path / "digest.db") as store:
        for days, name in enumerate(("old", "new", "window", "later", "other"), -2):
            put(store, name, f"Text of {name}.", days=min(days, 1))
        window = store.entries.waiting(["window"], seen_after=None, published_after=None, until=NOW)
        feeds = ["old", "new", "window", "later"]
        assert background(store, window, feeds, NOW) == [
            ("new", "Text of new."),
            ("old", "Text of old."),
        ]
        assert [row[0][0] for row in store.entries.before(feeds, NOW, 2)] == ["window", "new"]


def test_an_edit_is_placed_anew(tmp_path: Path) -> None:
    """A text that is another now is no copy of what it was."""
    with Store(tmp_path / "digest.db") as store:
        put(store, "maker", RELEASE)
        put(store, "printer", RELEASE)
        assert put(store, "printer", PRINTED) == ("printer", "1")
        assert store.samples.originals([("printer", "1")]) == {}


def test_a_short_text_is_no_copy(tmp_path: Path) -> None:
    """Two teasers of a few words prove nothing."""
    with Store(tmp_path / "digest.db") as store:
        put(store, "a", "The ferry is late again today.")
        assert put(store, "b", "The ferry is late again today.") == ("b", "1")


def test_furniture_makes_no_copies(tmp_path: Path) -> None:
    """A line that a hundred entries share costs no more than a few looks."""
    footer = " You are reading the letters of the harbour, which come every week and cost nothing."
    with Store(tmp_path / "digest.db") as store:
        for number in range(100):
            name = f"feed{number}"
            text = " ".join(f"Word{number}x{i} stands here alone." for i in range(20))
            assert put(store, name, text + footer) == (name, "1")

"""The store: what was seen is kept, an edit is remembered, nothing is doubled or half there."""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from digest.errors import StoreError
from digest.store import FILE, Store, locked
from digest.store import database as database_module
from digest.store.columns import time_to
from digest.store.migrations import MIGRATIONS
from digest.types import Block, Document, Entry, FeedState, Fetched, Link

NOW = dt.datetime(2026, 4, 24, 7, 0, 0, 123000, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def entry(id_: str = "1", **changes: object) -> Entry:
    base = Entry(
        feed="a",
        id=id_,
        url=f"https://a.example/{id_}",
        canonical=f"a.example/{id_}",
        title="Title",
        author="Author",
        published=NOW - HOUR,
        html="<p>Text</p>",
        tags=("x", "y, z"),
        language="en",
        points_to="https://b.example/",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def document(text: str = "A heading\n\nSome text.") -> Document:
    import hashlib

    return Document(
        url="https://a.example/1",
        final_url="https://a.example/1?x",
        publisher="a.example",
        site="A",
        title="Title",
        author="Author",
        published=NOW,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        fetched_at=NOW,
        language="en",
        blocks=(Block("heading", 0, 9, level=2), Block("paragraph", 11, 21)),
        links=(Link(11, 15, "https://b.example/"),),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / FILE) as opened:
        yield opened


def test_entries_come_back(store: Store) -> None:
    """An entry is read as it was put, with when it was seen."""
    new, edited = store.entries.put([entry()], NOW)
    assert new == (replace(entry(), first_seen=NOW, fetched_at=NOW),)
    assert edited == ()
    keys = store.entries.waiting(["a"], seen_after=None, published_after=None, until=NOW)
    (read,) = store.entries.get(keys)
    assert read == new[0]


def test_the_same_again_changes_nothing(store: Store) -> None:
    """What has not changed is neither new nor edited, and keeps its first time."""
    store.entries.put([entry()], NOW)
    assert store.entries.put([entry()], NOW + HOUR) == ((), ())
    (read,) = store.entries.recent("a", 9)
    assert read.first_seen == NOW


def test_an_edit_updates_and_is_remembered(store: Store, tmp_path: Path) -> None:
    """An edited post stays one entry, first seen when it was; its old title is kept."""
    store.entries.put([entry()], NOW)
    new, edited = store.entries.put([entry(title="Corrected")], NOW + HOUR)
    assert (new, [(e.title, e.first_seen) for e in edited]) == ((), [("Corrected", NOW)])
    assert [e.title for e in store.entries.recent("a", 9)] == ["Corrected"]
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        assert db.execute("SELECT title FROM revisions").fetchall() == [("Title",)]


def test_another_guid_is_the_same_post(store: Store) -> None:
    """A post whose guid changes but whose address does not stays one entry under its first id."""
    store.entries.put([entry()], NOW)
    again = entry("2", canonical="a.example/1", url="https://a.example/1")
    assert store.entries.put([again], NOW + HOUR) == ((), ())
    assert [e.id for e in store.entries.recent("a", 9)] == ["1"]


def test_one_poll_brings_a_post_under_two_ids(store: Store) -> None:
    """It is one entry, which the second edits; more of them than one question names are found."""
    twin = replace(entry("twin"), canonical=entry("1").canonical, title="Other")
    many = [entry(str(n)) for n in range(1_100)]
    new, edited = store.entries.put([*many, twin], NOW)
    assert (len(new), [e.id for e in edited]) == (1_100, ["1"])
    (row,) = store._db.execute("SELECT id, title FROM entries WHERE title = 'Other'")
    assert tuple(row) == ("1", "Other")
    assert store.entries.put(many[2:], NOW + HOUR) == ((), ())
    (seen,) = store._db.execute("SELECT id FROM appearances")
    assert seen[0] == "twin"


def test_the_same_id_in_another_feed_is_another_entry(store: Store) -> None:
    """Ids are a feed's own."""
    new, _ = store.entries.put([entry(), entry(feed="b")], NOW)
    assert len(new) == 2
    assert store.entries.counts() == {"a": 1, "b": 1}


def test_window(store: Store) -> None:
    """An issue sees what was stored after the last one and published by its own time."""
    late = entry("late", published=NOW + HOUR)
    old = entry("old", published=NOW - dt.timedelta(days=9))
    undated = entry("undated", published=None)
    other = entry("other", feed="b")
    store.entries.put([entry("seen")], NOW - HOUR)
    store.entries.put([late, old, undated, other], NOW)

    def ids(**kwargs: object) -> list[str]:
        base = {"seen_after": None, "published_after": None, "until": NOW}
        found = store.entries.waiting(["a"], **{**base, **kwargs})  # type: ignore[arg-type]
        return [id_ for _, id_ in found]

    assert ids() == ["old", "seen", "undated"]
    assert ids(seen_after=NOW - HOUR) == ["old", "undated"]
    assert ids(published_after=NOW - dt.timedelta(days=2)) == ["seen", "undated"]
    assert ids(until=NOW + HOUR) == ["old", "seen", "undated", "late"]
    assert ids(until=NOW - dt.timedelta(minutes=1)) == ["old", "seen"]


def test_documents_are_stored_once(store: Store) -> None:
    """One text is one document, and comes back with blocks and links."""
    assert store.documents.put(document()) == store.documents.put(document())
    assert store.documents.count() == 1
    assert store.documents.get([document().id, "none"]) == {document().id: document()}


def test_a_text_is_made_once_for_what_an_entry_says(store: Store) -> None:
    """Until it is edited: what it said then is remembered, and the next text is its own."""
    keys = [("a", "1"), ("a", "2"), ("a", "none")]
    store.entries.put([entry("1"), entry("2")], NOW)
    assert [e.id for e in store.entries.without_text(keys)] == ["1", "2"]
    store.entries.set_document(entry("1"), store.documents.put(document()))
    store.entries.set_document(entry("2"), "")
    assert store.entries.without_text(keys) == ()
    store.entries.put([entry("1", html="<p>Edited.</p>")], NOW + HOUR)
    (waiting,) = store.entries.without_text(keys)
    assert (waiting.document, waiting.first_seen, waiting.fetched_at) == ("", NOW, NOW + HOUR)
    (revision,) = store._db.execute("SELECT document FROM revisions")
    assert revision[0] == document().id
    assert store.documents.get([document().id]) == {document().id: document()}


def test_an_edit_of_what_nobody_wanted_leaves_no_text(store: Store) -> None:
    """No issue can rest on what it said: its title and the time are remembered."""
    store.entries.put([entry()], NOW)
    store.entries.put([entry(title="Corrected", html="<p>Edited.</p>")], NOW + HOUR)
    (revision,) = store._db.execute("SELECT title, document FROM revisions")
    assert tuple(revision) == ("Title", "")
    (waiting,) = store.entries.without_text([("a", "1")])
    assert (waiting.title, waiting.html) == ("Corrected", "<p>Edited.</p>")
    assert store.documents.count() == 0


def test_a_wanted_page_is_not_forgotten(store: Store) -> None:
    """Not by a kill; what is read of it makes another text, and what is not does not."""
    new, _ = store.entries.put([entry("1"), entry("2"), entry("3")], NOW)

    def wanted(feed: str = "a", since: dt.datetime = NOW - HOUR) -> list[str]:
        return [e.id for e in store.entries.without_page([feed], since)]

    for each in new[:2]:
        store.entries.want_page(each)
        store.entries.set_document(each, "")
    assert (wanted(), wanted("b"), wanted(since=NOW)) == (["1", "2"], [], [])
    store.entries.end_page(new[0], was_read=True)
    store.entries.end_page(new[1], was_read=False)
    assert wanted() == []
    assert [e.id for e in store.entries.without_text(e.key for e in new)] == ["1", "3"]


def test_pages_remember_what_came_of_them(store: Store) -> None:
    """An address that was opened is remembered with its document or its error."""
    assert store.documents.page("a.example/1") is None
    store.documents.put_page("a.example/1", "", "gone", NOW)
    assert store.documents.page("a.example/1") == ("", "gone", NOW)
    store.documents.put_page("a.example/1", "abc", "", NOW + HOUR)
    assert store.documents.page("a.example/1") == ("abc", "", NOW + HOUR)


def test_where_a_page_answered(store: Store) -> None:
    """A page that was read through a redirect has the address of its document; a wall has none."""
    for name, wall in (("1", ""), ("2", "login")):
        text = replace(document(f"Text {name}."), url=f"https://new.example/{name}", wall=wall)
        store.documents.put_page(f"https://old.example/{name}", store.documents.put(text), "", NOW)
    store.documents.put_page("https://old.example/3", "", "gone", NOW)
    asked = [f"https://old.example/{n}" for n in range(5)]
    assert store.documents.answered_at(asked) == {"https://old.example/1": "https://new.example/1"}


def test_feed_states_come_back(store: Store) -> None:
    """What is remembered of a feed is read as it was saved."""
    state = FeedState(
        feed="a",
        url="https://a.example/feed",
        etag='W/"x"',
        last_modified="Fri, 24 Apr 2026 07:00:00 GMT",
        last_poll=NOW,
        last_success=NOW,
        last_full=NOW,
        next_poll=NOW + HOUR,
        pace_s=3600,
        last_entry=NOW - HOUR,
        failures=2,
        gone=True,
        moved_to="https://b.example/feed",
        moved_count=3,
        error="slow",
        title="A",
        site_url="https://a.example/",
    )
    store.feeds.save(state)
    assert store.feeds.states() == {"a": state}


def test_polls_are_kept(store: Store, tmp_path: Path) -> None:
    """Each poll leaves a row."""
    fetched = Fetched("u", "u", NOW, status=200, body=b"xyz", elapsed_s=0.5)
    store.feeds.add_poll("a", NOW, fetched, "", len(fetched.body), 2, 1)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        rows = db.execute("SELECT feed, status, bytes, new, updated FROM polls").fetchall()
    assert rows == [("a", 200, 3, 2, 1)]


def test_a_transaction_is_whole_or_nothing(store: Store) -> None:
    """An error inside undoes all of it."""

    def half() -> None:
        with store.transaction():
            store.entries.put([entry()], NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert store.entries.counts() == {}


def test_a_full_disk_is_an_error_in_words(store: Store, tmp_path: Path) -> None:
    """What SQLite cannot write is told with the file's name, and nothing of it is kept."""
    store.entries.put([entry("before")], NOW)
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with store.transaction():
            store.entries.put([entry(str(n), html="x" * 50_000) for n in range(99)], NOW)

    with pytest.raises(StoreError, match="full") as caught:
        fill()
    assert str(tmp_path / FILE) in str(caught.value)
    assert [e.id for e in store.entries.recent("a", 9)] == ["before"]


def _write_and_die(path: Path) -> None:
    with Store(path) as store, store.transaction():
        store.entries.put([entry("half")], NOW)
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_kill_leaves_the_state_before(tmp_path: Path) -> None:
    """kill -9 inside a transaction: nothing of it is there, the store opens and goes on."""
    path = tmp_path / FILE
    with Store(path) as store:
        store.entries.put([entry("whole")], NOW)
    process = multiprocessing.get_context("fork").Process(target=_write_and_die, args=(path,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with Store(path) as store:
        assert [e.id for e in store.entries.recent("a", 9)] == ["whole"]


def test_foreign_and_newer_files_are_refused(tmp_path: Path) -> None:
    """No database, and one from the future, are refused and left as they are."""
    path = tmp_path / FILE
    path.write_bytes(b"this is not a database, and long enough to be looked at" * 30)
    with pytest.raises(StoreError, match="not a database"):
        Store(path)
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer version"):
        Store(path)


def test_migration_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older database is brought to the new shape after a copy was made, and keeps its rows."""
    path = tmp_path / FILE
    with Store(path) as store:
        store.entries.put([entry()], NOW)
    longer = (*MIGRATIONS, ("next", "ALTER TABLE entries ADD COLUMN extra TEXT;"))
    monkeypatch.setattr("digest.store.migrations.MIGRATIONS", longer)
    monkeypatch.setattr(database_module, "MIGRATIONS", longer)
    with Store(path) as store:
        assert store.entries.counts() == {"a": 1}
    with closing(sqlite3.connect(tmp_path / f"{FILE}.{len(MIGRATIONS)}.bak")) as copy:
        assert copy.execute("SELECT count(*) FROM entries").fetchone() == (1,)
        assert copy.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_texts_that_an_older_store_has_stay(tmp_path: Path) -> None:
    """What was made is made; what a kill left without a text waits for it, and for its page."""
    path = tmp_path / FILE
    older = MIGRATIONS[:8]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("digest.store.migrations.MIGRATIONS", older)
        patch.setattr("digest.store.database.MIGRATIONS", older)
        Store(path).close()
    said = "'', '', '', '', NULL, NULL, '{}', '[]', '', ''"
    with closing(sqlite3.connect(path)) as db:
        for id_, html, document in (("1", "<p>A</p>", "abc"), ("2", "<p>B</p>", ""), ("3", "", "")):
            db.execute(
                "INSERT INTO entries (feed, id, url, canonical, title, author, published, updated,"
                " html, tags, language, points_to, first_seen, document, hash)"
                f" VALUES ('a', ?, {said.format(html)}, ?, ?, '')",
                (id_, time_to(NOW - HOUR), document),
            )
        db.execute("INSERT INTO revisions VALUES (1, ?, 'Old', 'xyz')", (time_to(NOW),))
        db.commit()
    with Store(path) as store:
        keys = [("a", id_) for id_ in "123"]
        assert [e.id for e in store.entries.without_text(keys)] == ["2", "3"]
        assert [e.id for e in store.entries.without_page(["a"], NOW - 2 * HOUR)] == ["2", "3"]
        first, *others = store.entries.get(keys)
        assert (first.document, first.fetched_at) == ("abc", NOW)
        assert [e.fetched_at for e in others] == [NOW - HOUR] * 2
        assert store.entries.of_document("abc") == first
        assert store.entries.of_document("") is None


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_a_text_is_that_of_whom_published_it_first(order: Sequence[int], tmp_path: Path) -> None:
    """Of one day, whatever came first; what was read before that day stays."""
    read = [
        replace(document(), url=f"https://{name}.example/", publisher=name, published=published)
        for name, published in (("c", NOW - HOUR), ("b", NOW), ("a", NOW), ("d", None))
    ]
    with Store(tmp_path / FILE) as store:
        for number in order:
            id_ = store.documents.put(read[number])
        assert store.documents.get([id_])[id_] == read[0]
        late = read[1].fetched_at + 30 * HOUR
        older = replace(read[1], published=NOW - 9 * HOUR, fetched_at=late)
        assert store.documents.put(older) == id_
        assert store.documents.get([id_])[id_] == read[0]
        entries = [entry("1", published=NOW), entry("2", published=NOW - 2 * HOUR), entry("3")]
        for number in order:
            if number < 3:
                store.entries.put([replace(entries[number], feed=f"f{number}")], NOW)
                store.entries.set_document(replace(entries[number], feed=f"f{number}"), id_)
        first = store.entries.of_document(id_)
        assert first is not None
        assert first.key == ("f1", "2")


def test_what_feeds_said_survives_its_new_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step to packed HTML keeps each entry's, and all else of it."""
    number = next(n for n, (name, _) in enumerate(MIGRATIONS) if "packed" in name)
    path = tmp_path / FILE
    with monkeypatch.context() as patch:
        patch.setattr("digest.store.migrations.MIGRATIONS", MIGRATIONS[:number])
        patch.setattr(database_module, "MIGRATIONS", MIGRATIONS[:number])
        with Store(path) as store:
            new, _ = store.entries.put([entry("1"), entry("2", html="")], NOW)
    with Store(path) as store:
        assert store.entries.get([each.key for each in new]) == new
        assert store.entries.put([entry("1"), entry("2", html="")], NOW) == ((), ())


def test_a_failed_migration_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that fails in its middle leaves the database in the shape before."""
    path = tmp_path / FILE
    Store(path).close()
    longer = (*MIGRATIONS, ("bad", "CREATE TABLE half (x); CREATE TABLE half (x);"))
    with monkeypatch.context() as patch:
        patch.setattr("digest.store.migrations.MIGRATIONS", longer)
        patch.setattr(database_module, "MIGRATIONS", longer)
        with pytest.raises(StoreError):
            Store(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name='half'").fetchone() == (0,)
    Store(path).close()


def test_the_lock_has_one_holder(tmp_path: Path) -> None:
    """A second run learns who holds the lock; once it is free it is had again."""
    with locked(tmp_path, "digest fetch (process 1)") as first:
        assert first == ""
        with locked(tmp_path, "digest build (process 2)") as second:
            assert second == "digest fetch (process 1)"
    with locked(tmp_path, "digest build (process 2)") as third:
        assert third == ""


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A lock in a folder that does not exist is an error in words."""
    with pytest.raises(StoreError, match="No such file"), locked(tmp_path / "no", "x"):
        pass

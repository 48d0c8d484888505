"""
How commands grow with the store: its size, and CPU and memory of what a day's run asks.

Run by hand: `python -m tests.benchmarks.growth [entries …]`. 200 feeds whose entries lie twelve
hours apart, each with 2 kB of HTML, each fifth with a document of 300 words; and as many polls;
an issue a day for the last hundred days, the newest a day old. Whole processes are measured, their
start included; Python and its imports are the floor of each. `prune` runs twice, as on two days.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from digest import content
from digest.store import FILE, Store
from digest.types import Block, Document, Entry, FeedState, Fetched

from .site_build import issues
from .startup import installed

FEEDS = 200
DAYS = 100
APART = dt.timedelta(hours=12)
VOCABULARY = [f"word{n}" for n in range(3000)]
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
WRITTEN = 50_000
"""Entries that go through the store's own door; what a larger store has are copies of them, older
by as much as they reach back, which SQL makes in a tenth of the time."""
COMMANDS = (("status",), ("draft", "--plan"), ("prune",), ("prune",), ("status",))


def fill(folder: Path, number: int) -> None:
    """A site with so many entries, the newest of now."""
    lines = "".join(f"  - {{url: 'https://f{n}.example/feed', slug: f{n}}}\n" for n in range(FEEDS))
    (folder / "feeds.yaml").write_text(f"digests: [{{slug: systems, title: S}}]\nfeeds:\n{lines}")
    written = min(number, WRITTEN)
    with Store(folder / FILE) as store:
        for begin in range(0, written, 5000):
            with store.transaction():
                _put(store, begin, min(begin + 5000, written), written)
        for times in range(1, number // written):
            with store.transaction():
                _copy(store._db, times, written // FEEDS * APART * times)
        with store.transaction():
            for feed in range(FEEDS):
                url = f"https://f{feed}.example/feed"
                store.feeds.save(FeedState(f"f{feed}", url, last_poll=NOW, last_success=NOW))
                for time in range(number // FEEDS):
                    at = NOW - time * APART
                    store.feeds.add_poll(f"f{feed}", at, Fetched(url, url, at, 200), "", 0, 1, 0)
        store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # not the first command's to do
    for days, issue in enumerate(issues(DAYS), 1):
        end = NOW - dt.timedelta(days=days)
        content.write_issue(
            folder / "content", replace(issue, date=end.date(), period_end=end, period_start=None)
        )


def _put(store: Store, begin: int, end: int, number: int) -> None:
    made = [_entry(n, NOW - (number - n) // FEEDS * APART) for n in range(begin, end)]
    for at in sorted({entry.published for entry in made if entry.published}):
        store.entries.put([entry for entry in made if entry.published == at], at)
    for entry in made[::5]:
        assert entry.published
        text = f"{entry.title}. {entry.html[3:-4]}"
        document = Document(
            url=entry.url, final_url=entry.url, publisher=f"{entry.feed}.example", site="",
            title=entry.title, author="", published=entry.published, text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(), fetched_at=entry.published,
            blocks=(Block("paragraph", 0, len(text)),),
        )  # fmt: skip
        store.entries.set_document(entry, store.documents.put(document))


def _copy(db: sqlite3.Connection, times: int, older: dt.timedelta) -> None:
    """All that was written once more, so much older."""
    entries = [row[1] for row in db.execute("PRAGMA table_info(entries)") if row[1] != "row"]
    documents = [row[1] for row in db.execute("PRAGMA table_info(documents)")]
    shifted = f"strftime('%Y-%m-%dT%H:%M:%fZ', {{}}, '-{older.total_seconds():.0f} seconds')"
    changed = {name: shifted.format(name) for name in ("published", "first_seen", "fetched_at")}
    changed |= {name: f"{name} || '-{times}'" for name in ("url", "canonical", "final_url")}
    key = f"iif({{0}} = '', '', substr({{0}}, 1, 9) || 'x{times:02}')"
    changed["document"] = key.format("document")
    for table, names in (("entries", entries), ("documents", documents)):
        changed["id"] = key.format("id") if table == "documents" else f"id || '-{times}'"
        values = ", ".join(changed.get(name, name) for name in names)
        kept = "row <= ?" if table == "entries" else "rowid <= ?"
        db.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {kept}",
            (WRITTEN if table == "entries" else WRITTEN // 5,),
        )


@cache
def _words(number: int) -> str:
    return " ".join(random.Random(number).choices(VOCABULARY, k=292))


def _entry(number: int, at: dt.datetime) -> Entry:
    chance = random.Random(number)
    url = f"https://f{number % FEEDS}.example/{number}"
    return Entry(
        feed=f"f{number % FEEDS}",
        id=url,
        url=url,
        canonical=url,
        title=" ".join(chance.choices(VOCABULARY, k=8)),
        author="",
        published=at,
        updated=None,
        html=f"<p>{' '.join(chance.choices(VOCABULARY, k=8))} {_words(number % 5000)}.</p>",
        tags=(),
        language="en",
        points_to="",
    )


TOLD = """
import atexit, sys
from digest.cli import main
from tests.benchmarks.startup import peak_mb
atexit.register(lambda: sys.stderr.write(f"peak {peak_mb()}"))
main()
"""


def measured(folder: Path, *arguments: str) -> tuple[float, float]:
    """Seconds of CPU, of all its processes, and MB at most of a command."""
    process = subprocess.Popen(
        [sys.executable, "-c", TOLD, *arguments, "-C", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=installed(),
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)}: exit {process.returncode}: {said}")
    return used.ru_utime + used.ru_stime, float(said.rpartition("peak ")[2])


def main() -> None:
    for size in [int(number) for number in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            fill(folder, size)
            print(f"{size:,} entries: {(folder / FILE).stat().st_size / 1e6:,.0f} MB", flush=True)
            for command in COMMANDS:
                seconds, megabytes = measured(folder, *command)
                held = (folder / FILE).stat().st_size / 1e6
                print(
                    f"  {' '.join(command):13} {seconds:6.2f} s CPU {megabytes:6.0f} MB;"
                    f" the store has {held:,.0f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()

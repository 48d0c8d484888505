"""
How fast entries become stories, and how fast a new one finds its copies in a full store.

Run by hand: `python -m tests.benchmarks.stories [cluster|place] [sizes …]`. The entries are
made up of words with the frequencies of a language (Zipf), so that rare and common words,
names and numbers meet as they do in news; the quality of what is found is measured on
written texts, in tests/select, not here. Touches a temporary folder.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from digest.pipeline.placing import place
from digest.select.grouping import groups
from digest.select.signals import signals
from digest.store import Store
from digest.text.copies import keys
from digest.types import Block, Document, Entry

START = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "or", "el")]
STORY_SIZES = (1, 1, 1, 1, 1, 1, 2, 2, 3, 5)
COPIES = 0.05
"""Share of entries that print another's text."""
SAMPLES = 40
"""Of a text of 160 words."""


def news(number: int, seed: int = 1, hours: float = 120) -> Iterator[tuple[Entry, Document]]:
    """So many entries, published over so many hours, of stories with one to five entries."""
    dice = random.Random(seed)
    words = ["".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 3)))) for _ in range(40_000)]
    weights = list(itertools.accumulate(1 / (rank + 30) for rank in range(len(words))))
    made, before = 0, ""
    while made < number:
        names = [word.title() for word in dice.choices(words, k=3)]
        matter = [*names, *dice.choices(words, k=12), str(dice.randint(10, 99_999))]
        when = dice.uniform(0, hours)
        for _ in range(min(dice.choice(STORY_SIZES), number - made)):
            if before and dice.random() < COPIES:
                text = before
            else:
                length = dice.choice((40, 60, 120, 300, 600))
                mixed = dice.choices(words, cum_weights=weights, k=length)
                mixed += dice.choices(matter, k=length // 8 + 6)
                dice.shuffle(mixed)
                text = _sentences(mixed)
            title = " ".join(dice.sample(matter, 4) + dice.choices(words, cum_weights=weights, k=4))
            yield _item(made, title, text, START + dt.timedelta(hours=when + dice.uniform(0, 20)))
            made, before = made + 1, text


def _sentences(words: list[str]) -> str:
    parts = (" ".join(words[i : i + 14]) for i in range(0, len(words), 14))
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


def _item(number: int, title: str, text: str, published: dt.datetime) -> tuple[Entry, Document]:
    feed = f"feed-{number % 97}"
    url = f"https://{feed}.example/{number}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        url=url, final_url=url, publisher=feed, site=feed, title=title, author="",
        published=published, text=text, sha256=digest, fetched_at=published,
        blocks=(Block("paragraph", 0, len(text)),),
    )  # fmt: skip
    entry = Entry(feed, url, url, url, title, published=published, document=document.id)
    return entry, document


def cluster(sizes: list[int]) -> None:
    """Seconds of CPU from entries with texts to groups."""
    for size in sizes:
        items = list(news(size))
        texts = {document.id: document for _, document in items}
        started = time.process_time()
        seen = [signals(entry, texts) for entry, _ in items]
        read = time.process_time()
        found = groups(seen)
        done = time.process_time()
        print(
            f"{size:>7} entries: read {read - started:.1f} s, grouped {done - read:.1f} s, "
            f"{len(found)} stories, {_megabytes()} MB"
        )


def place_new(sizes: list[int]) -> None:
    """
    Milliseconds to place one new entry in a store of each size.

    The store is filled with entries whose samples are drawn by lot, as hashes of text would
    be, since a million texts take an hour to be written and read; what is placed and
    measured are texts, half of which print one that is stored.
    """
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "digest.db") as store:
        stored = 0
        for size in sizes:
            _fill(store, stored, size)
            stored = size
            _put(store, list(news(150, seed=7)))
            spent: list[float] = []
            for entry, document in news(300, seed=7):
                fresh = _item(10**9 + len(spent) + size, entry.title, document.text, START)
                started = time.perf_counter()
                _put(store, [fresh])
                spent.append((time.perf_counter() - started) * 1000)
            print(
                f"{size:>8} stored: median {statistics.median(spent):.2f} ms, "
                f"95% {sorted(spent)[int(len(spent) * 0.95)]:.2f} ms, {_megabytes()} MB, file "
                f"{(Path(folder) / 'digest.db').stat().st_size / 1e6:.0f} MB"
            )


def _fill(store: Store, first: int, last: int) -> None:
    """Entries number `first` to `last`, without texts."""
    dice = random.Random(first)
    for start in range(first, last, 10_000):
        numbers = range(start, min(start + 10_000, last))
        entries = [_item(number, f"Entry {number}", "", START)[0] for number in numbers]
        with store.transaction():
            store.entries.put(entries, START)
            for entry in entries:
                sampled = frozenset(dice.getrandbits(32) for _ in range(SAMPLES))
                store.samples.put(entry.key, sampled, keys(sampled), entry.key)


def _put(store: Store, batch: list[tuple[Entry, Document]]) -> None:
    with store.transaction():
        store.entries.put([entry for entry, _ in batch], START)
        for entry, document in batch:
            store.entries.set_document(entry, store.documents.put(document))
            place(store, entry, document)


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    what, *numbers = sys.argv[1:] or ["cluster"]
    if what == "cluster":
        cluster([int(n) for n in numbers] or [1000, 5000])
    else:
        place_new([int(n) for n in numbers] or [10_000, 100_000, 1_000_000])

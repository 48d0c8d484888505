"""
How well entries become stories on public news that others have labelled: B-cubed scores.

Run by hand: `python -m tests.benchmarks.public_stories FILE.csv [most]`. The file is the News
Aggregator data set of the UCI repository (F. Gasparetti, 2014: headlines that Google News put
together, with publisher, story and time), or a part of it, with its header line `ID,TITLE,URL,
PUBLISHER,CATEGORY,STORY,HOSTNAME,TIMESTAMP`. It holds headlines and no texts, and its stories
are wide: a merger, its rivals' answers and the shares' fall of the week after are one. Beside
ours stands a usual way of doing it, in one pass: each headline joins the story whose mean of
TF-IDF vectors is nearest, from a cosine on. Its threshold is the best of several, found on the
same file; ours has nothing to set. Touches that file.
Source: A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the vector space
model" (1998), for B-cubed.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from digest.select.grouping import groups
from digest.select.signals import Signals, signals
from digest.text import content_words
from digest.types import Entry
from digest.urls import canonical

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
WITHIN = dt.timedelta(days=5)
"""For the usual way: a story that nothing was added to for so long is closed."""


def read(path: Path, most: int) -> tuple[list[Entry], dict[tuple[str, str], str]]:
    """Entries in order of time, and the story of each."""
    entries, story = [], {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["STORY"] or not row["TIMESTAMP"]:
                continue  # a part of the set may end in the middle of a line
            when = dt.datetime.fromtimestamp(int(row["TIMESTAMP"]) / 1000, dt.UTC)
            url = row["URL"].replace("\\?", "?")
            entry = Entry(
                feed=row["PUBLISHER"] or row["HOSTNAME"],
                id=row["ID"],
                url=url,
                canonical=canonical(url),
                title=row["TITLE"],
                published=when,
            )
            entries.append(entry)
            story[entry.key] = row["STORY"]
    entries.sort(key=lambda entry: (entry.published, entry.key))
    return entries[:most], story


def b_cubed(
    found: Iterable[Sequence[tuple[str, str]]], story: dict[tuple[str, str], str]
) -> tuple[float, float, float]:
    """Precision, recall and F1, each the mean over entries."""
    clusters = list(found)
    sizes = Counter(story[key] for cluster in clusters for key in cluster)
    total = sizes.total()
    precision = recall = 0.0
    for cluster in clusters:
        for name, count in Counter(story[key] for key in cluster).items():
            precision += count * count / len(cluster)
            recall += count * count / sizes[name]
    precision, recall = precision / total, recall / total
    return precision, recall, 2 * precision * recall / (precision + recall)


def one_pass(entries: Sequence[Entry], least: float) -> list[list[tuple[str, str]]]:
    """The usual way."""
    words = [Counter(content_words(entry.title)) for entry in entries]
    held = Counter(word for each in words for word in each)
    clusters: list[tuple[Counter[str], list[tuple[str, str]]]] = []
    latest: list[dt.datetime] = []
    holders: dict[str, set[int]] = defaultdict(set)
    for entry, counts in zip(entries, words, strict=True):
        vector = Counter({w: n * math.log(len(entries) / held[w]) for w, n in counts.items()})
        when = entry.published or dt.datetime.min.replace(tzinfo=dt.UTC)
        near = {index for word in vector for index in holders[word]}
        open_ = [index for index in sorted(near) if when - latest[index] <= WITHIN]
        best = max(open_, key=lambda index: _cosine(vector, clusters[index][0]), default=None)
        if best is None or _cosine(vector, clusters[best][0]) < least:
            best = len(clusters)
            clusters.append((Counter(), []))
            latest.append(when)
        clusters[best][0].update(vector)
        clusters[best][1].append(entry.key)
        latest[best] = when
        for word in vector:
            holders[word].add(best)
    return [keys for _, keys in clusters]


def _cosine(first: Counter[str], second: Counter[str]) -> float:
    dot = sum(value * second[word] for word, value in first.items())
    lengths = math.hypot(*first.values()) * math.hypot(*second.values())
    return dot / lengths if dot else 0.0


def main(path: Path, most: int) -> None:
    entries, story = read(path, most)
    seen: list[Signals] = [signals(entry, {}) for entry in entries]
    started = time.process_time()
    ours = [[each.key for each in group] for group in groups(seen)]
    spent = time.process_time() - started
    stories = len({story[entry.key] for entry in entries})
    print(f"{len(entries)} headlines of {stories} stories")
    rows = [(f"ours, {spent:.1f} s", ours)]
    rows += [(f"one pass, {least}", one_pass(entries, least)) for least in THRESHOLDS]
    for name, found in rows:
        precision, recall, f1 = b_cubed(found, story)
        print(f"{name:<16} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {len(found)} groups")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10**9)

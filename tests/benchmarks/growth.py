"""
How commands grow with the store: its size, and the CPU of `status`, `draft --plan` and `prune`.

Run by hand: `python -m tests.benchmarks.growth [entries …]`. 200 feeds whose entries lie an hour
apart, each with 2 kB of HTML and a document of 300 words; a poll of each feed and day. Whole
processes are measured, their start included; Python and its imports are the floor of each.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from digest.extract.post import post
from digest.store import FILE, Store
from digest.types import Entry, FeedState, Fetched

from .startup import installed

FEEDS = 200
VOCABULARY = [f"word{n}" for n in range(3000)]
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


def fill(folder: Path, number: int) -> None:
    """A store of so many entries, the newest of now."""
    lines = "".join(f"  - {{url: 'https://f{n}.example/feed', slug: f{n}}}\n" for n in range(FEEDS))
    (folder / "feeds.yaml").write_text(f"feeds:\n{lines}", "utf-8")
    with Store(folder / FILE) as store:
        for begin in range(0, number, 5000):
            with store.transaction():
                for n in range(begin, min(begin + 5000, number)):
                    _put(store, n, NOW - dt.timedelta(hours=(number - n) // FEEDS))
        with store.transaction():
            for feed in range(FEEDS):
                url = f"https://f{feed}.example/feed"
                store.feeds.save(FeedState(f"f{feed}", url, last_poll=NOW, last_success=NOW))
                for day in range(number // FEEDS // 24 + 1):
                    at = NOW - dt.timedelta(days=day)
                    store.feeds.add_poll(f"f{feed}", at, Fetched(url, url, at, 200), "", 0, 24, 0)


def _put(store: Store, number: int, at: dt.datetime) -> None:
    chance = random.Random(number)
    url = f"https://f{number % FEEDS}.example/{number}"
    entry = Entry(
        feed=f"f{number % FEEDS}",
        id=url,
        url=url,
        canonical=url,
        title=" ".join(chance.choices(VOCABULARY, k=8)),
        author="",
        published=at,
        updated=None,
        html=f"<p>{' '.join(chance.choices(VOCABULARY, k=300))}.</p>",
        tags=(),
        language="en",
        points_to="",
    )
    store.entries.put([entry], at)
    document = post(entry, site="", families={}, fetched_at=at)
    assert document is not None
    store.entries.set_document(entry, store.documents.put(document))


def cpu_ms(folder: Path, *arguments: str) -> float:
    command = [sys.executable, "-m", "digest", *arguments, "-C", str(folder)]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=installed())
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}")
    return 1000 * (used.ru_utime + used.ru_stime)


def main() -> None:
    for size in [int(number) for number in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            fill(folder, size)
            megabytes = (folder / FILE).stat().st_size / 1e6
            status = cpu_ms(folder, "status")
            plan = cpu_ms(folder, "draft", "--plan")
            prune = cpu_ms(folder, "prune")
            print(
                f"{size:>9} entries: {megabytes:7.1f} MB, status {status:6.0f} ms,"
                f" draft --plan {plan:6.0f} ms, prune {prune:6.0f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()

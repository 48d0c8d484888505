"""
What workers of Dask cost and bring beside one process: the same store, CPU, wall time.

Run by hand: `python -m tests.benchmarks.cluster [--feeds N] [--workers N]`. Feeds are those of
`many_feeds`, on loopback. In turn: one process; workers; workers of which one is killed by -9 in
the middle; then one process and workers again, with each twentieth feed changed. Exits 1 if a
store differs. CPU is that of all processes of a run, those that were killed too; `writer` is the
share of the process that asks the scheduler and writes, which is what more workers cannot share.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from digest.cli.fetch import run_fetch
from digest.cli.options import Options
from digest.config import read
from digest.store import FILE, Store
from tests.pipeline.dumps import dump

from .many_feeds import CHANGED, FIRST, serving
from .startup import peak_mb

NOW = dt.datetime(2026, 4, 24, 6, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Cost:
    name: str
    feeds: int
    wall_s: float
    cpu_s: float
    writer_s: float
    peak_mb: float
    """Of the process that writes."""
    database_mb: float

    @property
    def ms_per_feed(self) -> float:
        return 1000 * self.cpu_s / self.feeds


def fetch(folder: Path, later: bool) -> None:
    """One run, in this process; says what CPU the process itself took."""
    now = NOW + dt.timedelta(days=later)
    with Store(folder / FILE) as store:
        report = run_fetch(
            Options(folder, False, True), read(folder), store, force=True, now=lambda: now
        )
    sys.stdout.write(
        json.dumps([len(report.feeds), len(report.failed), time.process_time(), peak_mb()])
    )


def run(name: str, folder: Path, cluster: str, later: bool, *, kill: bool = False) -> Cost:
    """One run in a process of its own, and what it cost with all that it started."""
    with (folder / "feeds.yaml").open("a", encoding="utf-8") as file:
        file.write(f"cluster: {cluster}\n")
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.cluster", "--run", str(folder)]
        + (["--later"] if later else []),
        stdout=subprocess.PIPE,
    )
    if kill:
        _kill_one(process.pid, folder)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name}: exit {process.returncode}")
    feeds, failed, writer_s, megabytes = json.loads(said)
    if failed:
        sys.exit(f"{name}: {failed} feeds failed")
    cost = Cost(
        name,
        feeds,
        time.monotonic() - begun,
        used.ru_utime + used.ru_stime,
        writer_s,
        megabytes,
        (folder / FILE).stat().st_size / 1e6,
    )
    print(
        f"{name:34} {cost.wall_s:7.1f} s wall {cost.cpu_s:7.1f} s CPU {cost.ms_per_feed:6.1f} ms a"
        f" feed; writer {cost.writer_s:6.1f} s; {cost.peak_mb:5.0f} MB; {cost.database_mb:6.1f} MB"
        " on disk",
        flush=True,
    )
    return cost


def _kill_one(pid: int, folder: Path) -> None:
    """Kill the busiest worker once an eighth of the feeds is stored."""
    total = (folder / "feeds.yaml").read_text("utf-8").count("- {url")
    while True:
        time.sleep(0.2)
        if not (folder / FILE).exists():
            continue
        with closing(sqlite3.connect(folder / FILE)) as db:
            try:
                (done,) = db.execute("SELECT count(*) FROM polls").fetchone()
            except sqlite3.OperationalError:
                continue
        if done > total / 8:
            break
    children = psutil.Process(pid).children()
    busiest = max(children, key=lambda child: sum(child.cpu_times()[:2]))
    busiest.kill()
    print(f"killed worker {busiest.pid} after {done} feeds", flush=True)


def _site(folder: Path, urls: Sequence[str]) -> Path:
    folder.mkdir()
    lines = [f"  - {{url: '{url}', slug: f{n}, full_text: feed}}" for n, url in enumerate(urls)]
    (folder / "feeds.yaml").write_text(
        "network: {allow_private: true, pause_s: 0}\nfeeds:\n" + "\n".join(lines) + "\n", "utf-8"
    )
    return folder


def _again(folder: Path, name: str) -> Path:
    """The same site, to be asked again."""
    copy = shutil.copytree(folder, folder.with_name(name))
    text = (copy / "feeds.yaml").read_text("utf-8")
    (copy / "feeds.yaml").write_text(text[: text.index("cluster:")], "utf-8")
    return copy


def measure(feeds: int, workers: int) -> bool:
    local = f"local:{workers}"
    with tempfile.TemporaryDirectory() as name, serving(feeds) as (urls, phase):
        root = Path(name)
        phase.value = FIRST
        one, two, three = (_site(root / name, urls) for name in ("one", "two", "three"))
        alone = run("one process", one, "none", False)
        shared = run(f"{workers} workers", two, local, False)
        run(f"{workers} workers, one killed", three, local, False, kill=True)
        first = dump(one)
        same = [first == dump(two), first == dump(three)]
        phase.value = CHANGED
        again = _again(one, "one again"), _again(two, "two again")
        later = run("one process, 5 % changed", again[0], "none", True)
        run(f"{workers} workers, 5 % changed", again[1], local, True)
        same.append(dump(again[0]) == dump(again[1]))
    print(f"equal stores: {same}")
    print(f"one core carries {3600 / alone.ms_per_feed * 1000:,.0f} new feeds an hour,", end=" ")
    print(f"{3600 / later.ms_per_feed * 1000:,.0f} known ones")
    print(f"CPU of one process / CPU of all with workers: {alone.cpu_s / shared.cpu_s:.2f}")
    print(f"wall of one process / wall with workers:      {alone.wall_s / shared.wall_s:.2f}")
    rest = shared.cpu_s - shared.writer_s
    print(f"the writer is busy from {rest / shared.writer_s:.1f} workers on")
    return all(same)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--later", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        fetch(options.run, options.later)
    elif not measure(options.feeds, options.workers):
        sys.exit(1)


if __name__ == "__main__":
    main()

"""
What starting costs: CPU of `digest --help`, and of `digest status` where 200 feeds are known.

Run by hand: `python -m tests.benchmarks.startup [ROUNDS]`. Whole processes, their start included,
in turn; the store holds a poll and 20 entries of each feed. Python alone is the floor.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from digest.store import FILE, Store
from digest.types import Entry, FeedState, Fetched

NOW = dt.datetime(2026, 4, 24, 6, tzinfo=dt.UTC)
FEEDS = 200


def site(folder: Path) -> None:
    urls = [f"https://feed-{n}.example/atom.xml" for n in range(FEEDS)]
    lines = "".join(f"  - {{url: '{url}', slug: f{n}}}\n" for n, url in enumerate(urls))
    (folder / "feeds.yaml").write_text(f"feeds:\n{lines}", "utf-8")
    with Store(folder / FILE) as store, store.transaction():
        for n, url in enumerate(urls):
            store.feeds.save(FeedState(f"f{n}", url, last_poll=NOW, last_success=NOW))
            store.feeds.add_poll(f"f{n}", NOW, Fetched(url, url, NOW, 200), "", 0, 20, 0)
            store.entries.put([_entry(n, k) for k in range(20)], NOW)


def _entry(feed: int, number: int) -> Entry:
    url = f"https://feed-{feed}.example/{number}"
    return Entry(
        feed=f"f{feed}",
        id=url,
        url=url,
        canonical=url,
        title=f"Post {number}",
        author="",
        published=NOW - dt.timedelta(hours=number),
        updated=None,
        html="<p>Words.</p>",
        tags=(),
        language="en",
        points_to="",
    )


def installed() -> dict[str, str]:
    """The environment, but that Python keeps what it compiled, as where digest is installed."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def peak_mb() -> float:
    """
    MB that this process has had at most.

    Not that of `getrusage`, in which the memory of whoever started a process counts as its own.
    """
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def cpu_ms(command: Sequence[str], folder: Path) -> float:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=installed())
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}")
    return 1000 * (used.ru_utime + used.ru_stime)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    digest = str(Path(sys.executable).with_name("digest"))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "digest --help": [digest, "--help"],
        "digest status": [digest, "status"],
    }
    with tempfile.TemporaryDirectory() as name:
        site(Path(name))
        for command in commands.values():  # compiles what has changed
            cpu_ms(command, Path(name))
        spent: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for what, command in commands.items():
                spent[what].append(cpu_ms(command, Path(name)))
    for what, times in spent.items():
        print(f"{what:16} {statistics.median(times):6.0f} ms CPU, at most {max(times):.0f}")


if __name__ == "__main__":
    main()

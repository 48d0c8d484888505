"""
Fetching many feeds: `digest fetch` against lemon24/reader on the same server, in turn.

    python -m tests.benchmarks.fetch_speed [--feeds 1000] [--rounds 1] [--peer PYTHON | --alone]

Both are compiled first, as an installer leaves them. Four runs of each: all feeds new; all
unchanged; one in twenty with a new entry; and, ours alone, all unchanged but for 2 % that hang,
5 % that fail and 5 % that redirect. The peer is installed into an environment of its own, unless
`--peer` names its Python; `--alone` leaves it out. Whole processes are measured, start included:
wall time, CPU of them and their children, the largest resident size of one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import digest
from digest.store import FILE, Store

from .many_feeds import CHANGED, ENTRIES, FIRST, TROUBLE, serving

TIMEOUT_S = 10
ADD = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in sys.stdin.read().split():
    reader.add_feed(url)
"""
UPDATE = """
import sys
from reader import make_reader
make_reader(sys.argv[1]).update_feeds(workers=32, scheduled=False)
"""
COUNT = """
import sys
from reader import make_reader
print(make_reader(sys.argv[1]).get_entry_counts().total)
"""


@dataclass(frozen=True)
class Cost:
    wall_s: float
    cpu_s: float
    peak_mb: float


def run(command: Sequence[str], feed: str = "") -> Cost:
    """One process, to its end; what it says is thrown away."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    process.stdin.write(feed.encode())
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)[:200]}: exit {process.returncode}")
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def installed(folder: Path) -> str:
    """A Python that has the peer."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", "reader", "sgmllib3k"], check=True)
    return python


def site(folder: Path, urls: Sequence[str]) -> list[str]:
    """A site with these feeds, and the command that fetches them."""
    folder.mkdir()
    lines = [
        "digests: [{slug: all, title: All}]",
        f"network: {{allow_private: true, timeout_s: {TIMEOUT_S}}}",
        "feeds:",
        *(f"  - {{url: '{url}', slug: f{n}, full_text: feed}}" for n, url in enumerate(urls)),
    ]
    (folder / "feeds.yaml").write_text("\n".join(lines), "utf-8")
    return [sys.executable, "-m", "digest", "fetch", "--force", "-q", "-C", str(folder)]


def show(name: str, ours: Cost, theirs: Cost | None) -> None:
    def said(cost: Cost) -> str:
        return f"{cost.wall_s:7.1f} s {cost.cpu_s:7.1f} s CPU {cost.peak_mb:5.0f} MB"

    line = f"{name:10} digest {said(ours)}"
    if theirs:
        line += (
            f"   reader {said(theirs)}   {theirs.wall_s / ours.wall_s:5.1f} x the speed, "
            f"1/{theirs.cpu_s / ours.cpu_s:.1f} of the CPU"
        )
    print(line, flush=True)


def count(folder: Path) -> int:
    with Store(folder / FILE) as store:
        return sum(store.entries.counts().values())


def measure(number: int, python: str, folder: Path) -> None:
    """Ours, and the peer's beside it where there is a Python that has it."""
    run([sys.executable, "-m", "compileall", "-q", str(Path(digest.__file__).parent)])
    with serving(number) as (urls, phase):
        ours, theirs = site(folder / "site", urls), str(folder / "reader.db")
        if python:
            run([python, "-c", ADD, theirs], "\n".join(urls))
        for name, what in (("new", FIRST), ("unchanged", FIRST), ("changed", CHANGED)):
            phase.value = what
            show(name, run(ours), run([python, "-c", UPDATE, theirs]) if python else None)
        print(f"stored: digest {count(folder / 'site')}", end="")
        if python:
            stored = subprocess.check_output([python, "-c", COUNT, theirs], text=True)
            print(f", reader {stored.strip()}", end="")
        size = (folder / "site" / FILE).stat().st_size
        print(f"\nstore: {size / 1e6:.0f} MB, {size / (number * ENTRIES) / 1000:.1f} kB an entry")
        phase.value = TROUBLE
        show("trouble", run(ours), None)
        print(f"deadline of one feed: {TIMEOUT_S} s")


def main() -> None:
    parser = argparse.ArgumentParser(description="Fetching many feeds, beside lemon24/reader.")
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=1)
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--peer", default="", help="a Python that has `reader`")
    whom.add_argument("--alone", action="store_true", help="without the peer")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        python = options.peer or ("" if options.alone else installed(Path(name) / "env"))
        for number in range(options.rounds):
            folder = Path(name) / str(number)
            folder.mkdir()
            measure(options.feeds, python, folder)


if __name__ == "__main__":
    main()

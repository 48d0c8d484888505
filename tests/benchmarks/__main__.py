"""
One table of the figures that benchmarks print, with the peers in the same run.

    python -m tests.benchmarks [--full] [--only NAME …] [--rounds N]     (`make bench`)

Runs each benchmark in a process of its own, so many times, and writes medians and spread to
build/bench/bench.json and bench.md, with machine and versions. Peers are installed into
environments of their own below build/bench/peers, from PyPI, and stay there for the next run. A
benchmark or a peer that fails is a line of the table; the others go on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from digest import __version__

FOLDER = Path("build/bench")
N = r"([\d,.]+)"
PEERS = {"reader": "reader>=3", "hugo": "hugo", "pelican": "pelican[markdown]"}
SHOWN = ("distributed", "feedparser", "lxml", "trafilatura")
"""Libraries of ours whose versions are named."""


@dataclass(frozen=True)
class Benchmark:
    name: str
    module: str
    quick: Sequence[str]
    full: Sequence[str]
    figures: Sequence[tuple[str, str, str]]
    """What it is, its unit, and the expression that finds it in what is printed."""
    peers: Sequence[str] = ()


BENCHMARKS = (
    Benchmark(
        "start",
        "startup",
        ["5"],
        ["20"],
        [
            ("Python alone", "ms CPU", rf"python -c pass +{N}"),
            ("digest --help", "ms CPU", rf"digest --help +{N}"),
            ("digest status, 200 feeds", "ms CPU", rf"digest status +{N}"),
        ],
    ),
    Benchmark(
        "fetch",
        "fetch_speed",
        ["--feeds", "100", "--peer", "{reader}/bin/python"],
        ["--feeds", "1000", "--peer", "{reader}/bin/python"],
        [
            (f"{what}, {who}", "s CPU", rf"(?m)^{what} .*?{who} +[\d.]+ s +{N} s CPU")
            for what in ("new", "unchanged", "changed")
            for who in ("digest", "reader")
        ],
        ("reader",),
    ),
    Benchmark(
        "read",
        "reading_speed",
        ["40"],
        ["400"],
        [
            ("a feed, digest", "ms CPU", rf"a feed +{N}"),
            ("a feed, feedparser", "ms CPU", rf"feedparser +{N}"),
            ("a page, digest", "ms CPU", rf"a page +{N}"),
            ("a page, trafilatura", "ms CPU", rf"trafilatura +{N}"),
        ],
    ),
    Benchmark(
        "text",
        "text_speed",
        [],
        [],
        [
            (f"{what} of 720 kB", "ms CPU", rf"(?m)^{what} +{N}")
            for what in ("floor", "fold", "sentences", "words")
        ],
    ),
    Benchmark(
        "stories",
        "stories",
        ["cluster", "1000"],
        ["cluster", "1000", "5000"],
        [
            ("read 1,000 entries", "s CPU", rf" 1000 entries: read {N}"),
            ("group 1,000 entries", "s CPU", rf" 1000 entries: read [\d.]+ s, grouped {N}"),
            ("group 5,000 entries", "s CPU", rf" 5000 entries: read [\d.]+ s, grouped {N}"),
        ],
    ),
    Benchmark(
        "research",
        "gathering",
        ["1"],
        ["3"],
        [
            ("a story", "ms CPU", rf"research +{N}"),
            ("its pages", "ms CPU", rf"extracting the pages +{N}"),
        ],
    ),
    Benchmark(
        "verify",
        "proof_speed",
        [],
        [],
        [("an issue of 3,000 words, 40 documents", "s CPU", rf"40 documents: {N} s")],
    ),
    Benchmark(
        "render",
        "site_build",
        ["200", "--hugo", "{hugo}/bin/hugo", "--pelican", "{pelican}/bin/pelican"],
        ["10000", "--hugo", "{hugo}/bin/hugo", "--pelican", "{pelican}/bin/pelican"],
        [
            (f"{what}, {who}", "s CPU", rf"(?m)^{who}, {what} +[\d.]+ s wall +{N} s CPU")
            for what in ("first build", "one file changed")
            for who in ("digest", "Hugo", "Pelican")
        ],
        ("hugo", "pelican"),
    ),
    Benchmark(
        "cluster",
        "cluster",
        ["--feeds", "200"],
        ["--feeds", "2000"],
        [
            ("one process, new", "ms CPU a feed", rf"(?m)^one process  .*? {N} ms a feed"),
            ("2 workers, new", "ms CPU a feed", rf"(?m)^2 workers  .*? {N} ms a feed"),
            ("one process, 5 % changed", "ms CPU a feed", rf"process, 5 .*? {N} ms a feed"),
            ("wall of one process / of 2 workers", "times", rf"with workers: {{6}}{N}"),
        ],
    ),
)


@dataclass
class Figure:
    benchmark: str
    what: str
    unit: str
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def spread(self) -> float:
        return max(self.values) - min(self.values)


def peer(name: str) -> Path:
    """The environment of a peer, installed unless it is there."""
    folder = (FOLDER / "peers" / name).resolve()
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [folder / "bin/python", "-m", "pip", "install", "-qq", PEERS[name]], check=True
        )
        (folder / "installed").write_text(PEERS[name], "utf-8")
    return folder


def peer_version(name: str) -> str:
    if not (FOLDER / "peers" / name / "installed").exists():
        return "not installed"
    code = f"import importlib.metadata as m; print(m.version({name!r}))"
    python = FOLDER / "peers" / name / "bin/python"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "not installed"


def measured(one: Benchmark, rounds: int, *, full: bool) -> Iterator[Figure | str]:
    """The figures of a benchmark, and a sentence for each that is missing."""
    try:
        places = {name: str(peer(name)) for name in one.peers}
    except (OSError, subprocess.CalledProcessError) as exc:
        yield f"{one.name}: a peer could not be installed ({exc})"
        return
    arguments = [part.format(**places) for part in (one.full if full else one.quick)]
    figures = [Figure(one.name, what, unit) for what, unit, _ in one.figures]
    for _ in range(rounds):
        command = [sys.executable, "-m", f"tests.benchmarks.{one.module}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{one.name}: exit {done.returncode}: {(done.stderr or done.stdout)[-300:]}"
            return
        for figure, (*_, expression) in zip(figures, one.figures, strict=True):
            if match := re.search(expression, done.stdout):
                figure.values.append(float(match[1].replace(",", "")))
    yield from (figure for figure in figures if figure.values)


def machine() -> dict[str, object]:
    """What the figures were measured on and with."""
    return {
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "digest": __version__,
        **{name: version(name) for name in SHOWN},
        **{name: peer_version(name) for name in PEERS},
    }


def table(figures: Sequence[Figure], about: dict[str, object], notes: Sequence[str]) -> str:
    lines = ["| | | median | spread | unit |", "| --- | --- | ---: | ---: | --- |"]
    lines += [
        f"| {one.benchmark} | {one.what} | {one.median:,.4g} | {one.spread:,.2g} | {one.unit} |"
        for one in figures
    ]
    said = ", ".join(f"{name} {value}" for name, value in about.items())
    return "\n".join([*lines, "", said, *(f"\n{note}" for note in notes)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--full", action="store_true", help="the sizes that take long")
    parser.add_argument("--rounds", type=int, default=3)
    names = [one.name for one in BENCHMARKS]
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    figures: list[Figure] = []
    notes: list[str] = []
    for one in BENCHMARKS:
        if one.name not in options.only:
            continue
        began = time.monotonic()
        for found in measured(one, options.rounds, full=options.full):
            if isinstance(found, Figure):
                figures.append(found)
            else:
                notes.append(found)
        print(f"{one.name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    about = machine() | {"size": "full" if options.full else "quick", "rounds": options.rounds}
    rows = [asdict(one) | {"median": one.median, "spread": one.spread} for one in figures]
    told = json.dumps({"about": about, "figures": rows, "notes": notes}, indent=1)
    (FOLDER / "bench.json").write_text(told + "\n", "utf-8")
    shown = table(figures, about, notes)
    (FOLDER / "bench.md").write_text(shown, "utf-8")
    print(shown)


if __name__ == "__main__":
    main()

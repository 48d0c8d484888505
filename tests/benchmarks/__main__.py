"""
One table of the figures that benchmarks print, with the peers in the same run.

    python -m tests.benchmarks [--full] [--only NAME …] [--rounds N] [--readme]     (`make bench`)

Runs each benchmark in a process of its own, so many times, and writes medians and spread to
build/bench/bench.json and bench.md, with machine and versions; `--readme` puts the table into
README.md too. Peers are installed into environments of their own below build/bench/peers, from
PyPI, and stay there for the next run. A benchmark or a peer that fails is a line below the table;
the others go on, and with `--only` those that are not run keep the figures of their last run.
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

from .figures import BENCHMARKS, PEERS, Benchmark, Row

FOLDER = Path("build/bench")
README = Path("README.md")
MARKS = "<!-- figures -->", "<!-- end of figures -->"
SHOWN = ("distributed", "feedparser", "lxml", "trafilatura")
"""Libraries of ours whose versions are named."""


@dataclass
class Figure:
    """A row, measured so many times."""

    benchmark: str
    what: str
    unit: str
    peer: str
    promised: str
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    """As many as `ours`, of the same runs; none where there is no peer."""

    def take(self, row: Row, printed: str) -> None:
        ours, theirs = _found(row.ours, printed), _found(row.theirs, printed)
        if ours is not None and (theirs is not None or not row.peer):
            self.ours.append(ours)
            self.theirs += [] if theirs is None else [theirs]

    @property
    def line(self) -> str:
        low, high = min(self.ours), max(self.ours)
        spread = f" ({low:,.3g} to {high:,.3g})" if low < high else ""
        cells = [
            self.benchmark,
            self.what,
            f"{statistics.median(self.ours):,.3g} {self.unit}{spread}",
        ]
        if self.theirs:
            times = [theirs / ours for ours, theirs in zip(self.ours, self.theirs, strict=True)]
            cells += [
                f"{self.peer} {statistics.median(self.theirs):,.3g} {self.unit}",
                f"{statistics.median(times):.2g}",
            ]
        else:
            cells += ["", ""]
        return f"| {' | '.join([*cells, self.promised])} |"


def _found(expression: str, printed: str) -> float | None:
    match = re.search(expression, printed) if expression else None
    return float(match[1].replace(",", "")) if match else None


def peer(name: str) -> Path:
    """The environment of a peer, installed unless it is there."""
    folder = (FOLDER / "peers" / name).resolve()
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "-qq", *PEERS[name].split()]
        subprocess.run(pip, check=True)
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
    """The figures of a benchmark, and a sentence for what is missing."""
    try:
        places = {name: str(peer(name)) for name in one.peers}
    except (OSError, subprocess.CalledProcessError) as exc:
        yield f"{one.name}: a peer could not be installed ({exc})"
        return
    arguments = [part.format(**places) for part in (one.full if full else one.quick)]
    figures = [Figure(one.name, row.what, row.unit, row.peer, row.promised) for row in one.rows]
    for _ in range(rounds):
        command = [sys.executable, "-m", f"tests.benchmarks.{one.module}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{one.name}: exit {done.returncode}: {(done.stderr or done.stdout)[-300:]}"
            break
        for figure, row in zip(figures, one.rows, strict=True):
            figure.take(row, done.stdout)
    yield from (figure for figure in figures if figure.ours)


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
    said = ", ".join(f"{name} {value}" for name, value in about.items())
    return "\n".join(
        [
            "| | | digest | beside | times better | promised |",
            "| --- | --- | ---: | ---: | ---: | --- |",
            *(one.line for one in figures),
            "",
            f"Medians, and in brackets the least and the most; {said}.",
            *(f"\n{note}" for note in notes),
        ]
    )


def put(shown: str, into: Path) -> None:
    """Put the table between its marks."""
    text = into.read_text("utf-8")
    begin, end = (text.index(mark) for mark in MARKS)
    into.write_text(f"{text[:begin]}{MARKS[0]}\n\n{shown}\n\n{text[end:]}", "utf-8")


def before(file: Path, only: Sequence[str]) -> dict[str, list[Figure]]:
    """Figures of the last run, of the benchmarks that are not run now."""
    kept: dict[str, list[Figure]] = {}
    if file.exists():
        for told in json.loads(file.read_text("utf-8"))["figures"]:
            if told["benchmark"] not in only:
                kept.setdefault(told["benchmark"], []).append(Figure(**told))
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--full", action="store_true", help="the sizes that take long")
    parser.add_argument("--rounds", type=int, default=3)
    names = [one.name for one in BENCHMARKS]
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept, notes = before(FOLDER / "bench.json", options.only), list[str]()
    figures: list[Figure] = []
    for one in BENCHMARKS:
        if one.name not in options.only:
            figures += kept.get(one.name, [])
            continue
        began = time.monotonic()
        for found in measured(one, options.rounds, full=options.full):
            if isinstance(found, Figure):
                figures.append(found)
            else:
                notes.append(found)
        print(f"{one.name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    about = machine()
    told = {"about": about, "figures": [asdict(one) for one in figures], "notes": notes}
    (FOLDER / "bench.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    shown = table(figures, about, notes)
    (FOLDER / "bench.md").write_text(shown + "\n", "utf-8")
    if options.readme:
        put(shown, README)
    print(shown)


if __name__ == "__main__":
    main()

"""
feedparser's own fixtures through fetch, extract, store and render: no error may be ours.

    python tests/benchmarks/feedparser_fixtures.py PATH/TO/feedparser/tests

PATH is the folder of tests of a checkout of feedparser. Each fixture is a feed of its own,
served on loopback; afterwards an issue is drafted from what they brought and the site made.
First, what the short way of reading takes is compared with what feedparser finds in it. A
document in which nothing is to be found has its line in the report, which is printed; anything
raised ends the run.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from digest.demo.server import serve
from digest.demo.world import Answer
from digest.draft.extractive import Extractive
from digest.errors import ParseError
from digest.extract.decoding import decode
from digest.extract.usual import Found, usual
from digest.extract.xml_feed import read_xml
from digest.fetch import Door
from digest.pipeline.draft import draft
from digest.pipeline.fetch import FetchReport, fetch
from digest.pipeline.render import render
from digest.settings import Config, Digest, Feed, Network
from digest.store import FILE, Store

NOW = dt.datetime(2026, 4, 24, 6, tzinfo=dt.UTC)
KINDS = ("wellformed", "illformed", "encoding", "entities", "json")
NETWORK = Network(pause_s=0, timeout_s=60, concurrency=16)
HEADER = re.compile(rb"^\s*Header:\s*Content-type:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


def fixtures(folder: Path) -> dict[str, Path]:
    """Files by the slug of their feed."""
    found = (path for kind in KINDS for path in sorted((folder / kind).rglob("*")))
    return {
        f"f{number}": path
        for number, path in enumerate(found)
        if path.is_file() and path.suffix in {".xml", ".json", ".html", ".txt"}
    }


def answers(files: dict[str, Path]) -> dict[tuple[str, str], Answer]:
    out = {}
    for slug, path in files.items():
        body = path.read_bytes()
        named = HEADER.search(body[:2_000])
        kind = named[1].decode("latin-1") if named else "application/xml"
        out[f"{slug}.example", "/"] = Answer(body, content_type=kind)
    return out


async def fetched(config: Config, store: Store, routes: dict[str, tuple[str, int]]) -> FetchReport:
    async with Door(NETWORK, user_agent="fixtures/1", now=lambda: NOW, routes=routes) as door:
        return await fetch(config, store, door, now=lambda: NOW, environment={})


def main(folder: Path) -> int:
    files = fixtures(folder)
    compared(files)
    feeds = tuple(Feed(slug=s, url=f"http://{s}.example/", full_text="feed") for s in files)
    config = Config(feeds=feeds, network=NETWORK, digests=(Digest(slug="all", title="All"),))
    with tempfile.TemporaryDirectory() as name, serve(answers(files)) as routes:
        site = Path(name)
        with Store(site / FILE) as store:
            report = asyncio.run(fetched(config, store, dict(routes)))
            reports = asyncio.run(draft(config, store, site, Extractive(), None, now=NOW))
        written = render(config, site, out=site / "site")
    show(files, report)
    print(f"issue: {reports[0].outcome}; site: {written}")
    return 0


def compared(files: dict[str, Path]) -> None:
    """Ends the run where the short way of reading finds something else than feedparser."""
    taken = list[bool]()

    def watched(document: bytes) -> Found | None:
        found = usual(document)
        taken.append(found is not None)
        return found

    for path in files.values():
        document = decode(path.read_bytes()).encode("utf-8", "surrogatepass")
        try:
            short = read_xml(document, "http://f.example/", short=watched)
            full = read_xml(document, "http://f.example/", short=lambda document: None)
        except ParseError:
            continue
        if short != full:
            sys.exit(f"{path}: read differently\n{short}\n{full}")
    print(f"{sum(taken)} fixtures are read the short way, all as feedparser reads them")


def show(files: dict[str, Path], report: FetchReport) -> None:
    outcomes: Counter[str] = Counter()
    for line in report.feeds:
        kind = files[line.feed].parts[-2]
        outcomes["error" if line.error else "read, with a problem" if line.problem else "read"] += 1
        if line.error:
            print(f"{kind}/{files[line.feed].name}: {line.error[:150]}")
    print(f"{len(files)} fixtures: " + ", ".join(f"{n} {word}" for word, n in outcomes.items()))
    print(f"{sum(line.new for line in report.feeds)} entries")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "wellformed").is_dir():
        sys.exit("usage: feedparser_fixtures.py PATH/TO/feedparser/tests")
    sys.exit(main(Path(sys.argv[1])))

"""
Which figures the table holds: of each benchmark the lines that it prints, and what we promise.

A row finds our figure in what the benchmark printed, and the peer's from the same run. How many
times better than the peer we are is reckoned run by run, so that a busy machine spoils neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

N = r"([\d,.]+)"
PEERS = {
    "reader": "reader>=3 sgmllib3k",
    "hugo": "hugo",
    "pelican": "pelican[markdown]",
    "premailer": "premailer html2text",
}
"""What is installed into a peer's own environment, by the name of the peer."""


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    unit: str
    ours: str
    """The expression that finds our figure in what is printed."""
    peer: str = ""
    """Whom the other figure is of; empty where there is none."""
    theirs: str = ""
    promised: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    name: str
    module: str
    quick: Sequence[str]
    full: Sequence[str]
    rows: Sequence[Row]
    peers: Sequence[str] = ()
    """Those that it needs, by their names in `PEERS`."""


def _fetched(what: str, name: str, speed: str, share: str) -> tuple[Row, ...]:
    ours, theirs = rf"(?m)^{name} .*?digest +", rf"(?m)^{name} .*?reader +"
    return (
        Row(f"{what}, by the clock", "s", rf"{ours}{N} s", "reader", rf"{theirs}{N} s", speed),
        Row(
            f"{what}, CPU",
            "s",
            rf"{ours}[\d.]+ s +{N} s CPU",
            "reader",
            rf"{theirs}[\d.]+ s +{N} s CPU",
            share,
        ),
    )


def _built(what: str, promised: str, whom: str = "Hugo", printed: str = "") -> Row:
    """A row of `site_build`; the peer builds all again where it has no way to build less."""
    of = rf" +[\d.]+ s wall +{N} s CPU"
    return Row(
        f"{what}, CPU",
        "s",
        rf"(?m)^digest, {what}{of}",
        whom,
        rf"(?m)^{whom}, {printed or what}{of}",
        promised,
    )


BENCHMARKS = (
    Benchmark(
        "start",
        "startup",
        ["5"],
        ["20"],
        [
            Row(
                "`digest --help`, CPU",
                "ms",
                rf"digest --help +{N}",
                promised="150 ms",
            ),
            Row(
                "`digest status` of 200 feeds, CPU",
                "ms",
                rf"digest status +{N}",
                promised="300 ms",
            ),
        ],
    ),
    Benchmark(
        "fetch",
        "fetch_speed",
        ["--feeds", "200", "--peer", "{reader}/bin/python"],
        ["--feeds", "1000", "--peer", "{reader}/bin/python"],
        [
            *_fetched("all feeds new", "new", "8 times", "6 times"),
            *_fetched("all feeds unchanged", "unchanged", "4 times", ""),
            *_fetched("one in twenty changed", "changed", "5 times", ""),
            Row("largest process, new", "MB", rf"(?m)^new .*?digest .*?CPU +{N} MB"),
        ],
        ("reader",),
    ),
    Benchmark(
        "read",
        "reading_speed",
        ["40"],
        ["400"],
        [
            Row("a feed of 85 kB, CPU", "ms", rf"a feed +{N}", "feedparser", rf"feedparser +{N}"),
            Row(
                "a short article, CPU",
                "ms",
                rf"a page +{N}",
                "trafilatura",
                rf"trafilatura +{N}",
            ),
        ],
    ),
    Benchmark(
        "stories",
        "stories",
        ["cluster", "1000"],
        ["cluster", "1000", "5000"],
        [
            Row(
                "1,000 posts into stories, CPU", "s", rf" 1000 entries: read [\d.]+ s, grouped {N}"
            ),
            Row(
                "5,000 posts into stories, CPU", "s", rf" 5000 entries: read [\d.]+ s, grouped {N}"
            ),
        ],
    ),
    Benchmark(
        "research",
        "gathering",
        ["1"],
        ["3"],
        [Row("research for a story, without its pages, CPU", "ms", rf"research +{N}")],
    ),
    Benchmark(
        "proof",
        "proof_speed",
        [],
        [],
        [
            Row(
                "an issue of 3,000 words, 40 documents, CPU",
                "s",
                rf"40 documents: {N} s",
                promised="1 s",
            )
        ],
    ),
    Benchmark(
        "site",
        "site_build",
        ["500", "--hugo", "{hugo}/bin/hugo", "--pelican", "{pelican}/bin/pelican"],
        ["10000", "--hugo", "{hugo}/bin/hugo"],
        [
            _built("first build", "Hugo's"),
            _built("a template changed", "half of Hugo's", printed="first build"),
            _built("one file changed", "0.5 s"),
            _built("first build", "", "Pelican"),
            _built("one file changed", "", "Pelican"),
            Row(
                "largest process, first build",
                "MB",
                rf"(?m)^digest, first build .*?CPU +{N} MB",
                "Hugo",
                rf"(?m)^Hugo, first build .*?CPU +{N} MB",
                "200 MB",
            ),
        ],
        ("hugo", "pelican"),
    ),
    Benchmark(
        "mail",
        "mail_speed",
        ["--peer", "{premailer}/bin/python"],
        ["--rounds", "200", "--peer", "{premailer}/bin/python"],
        [
            Row(
                "a newsletter of 12 round-ups, CPU",
                "ms",
                rf"a newsletter .*?: {N} ms",
                "premailer and html2text",
                rf"html2text: {N} ms",
            )
        ],
        ("premailer",),
    ),
    Benchmark(
        "cluster",
        "cluster",
        ["--feeds", "200"],
        ["--feeds", "2000"],
        [
            Row(
                "two workers, all feeds new, CPU a feed",
                "ms",
                rf"(?m)^2 workers  .*? {N} ms a feed",
                "one process",
                rf"(?m)^one process  .*? {N} ms a feed",
            ),
            Row(
                "two workers, one in twenty changed, CPU a feed",
                "ms",
                rf"(?m)^2 workers, 5 .*? {N} ms a feed",
                "one process",
                rf"(?m)^one process, 5 .*? {N} ms a feed",
            ),
        ],
    ),
)

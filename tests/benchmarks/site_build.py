"""
How long a site of many issues takes to build, beside Hugo and Pelican on the same texts.

Run by hand, alone on the machine, from the root of the repository:

    python -m tests.benchmarks.site_build 10000 --hugo PATH --pelican PATH

Each issue has about 2,000 words, a table and some forty footnotes. All make the same pages: one per
issue with head, navigation and a way to its neighbours, the home page, the list of the digest, the
archive by year, a feed and a sitemap. digest alone makes an evidence page beside each issue, two
more forms of the feed, pages of sources and the newest newsletters; what these take is counted.
Nobody makes a search index or pictures. `digest build` also asks which issue is due and proves
what was edited. CPU seconds are those of a process and its children, memory
is that of the largest of them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from digest.content import issue_files
from digest.content.evidence import file_hash
from digest.packaged import templates_folder
from digest.types import Feature, Footnote, Issue, Quote
from tests.render.small_site import FEATURE, ISSUE

WORDS = (
    "clock line packet lag server model price token measure week reader source claim page "
    "north south fast slow seen told found shown about under after before with from"
).split()
DIFFERENT = 500
"""Issues with texts of their own; of more, each has the texts of one of these."""
FIRST = dt.date(1998, 1, 1)
FEEDS = (
    "site: {title: Bench, url: 'https://bench.example/'}\ndigests: [{slug: systems, title: S}]\n"
    "feeds: [{url: 'https://owl.example/feed', slug: owl}]\n"
)
DIGEST = (
    "from digest.publish import cards, search\n"
    "search.is_available = cards.is_available = lambda: False\n"
    "from digest.cli import main\nmain()"
)


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=17)).capitalize() + "."


def feature(chance: random.Random, number: int) -> Feature:
    notes = tuple(
        Footnote(
            f"owl-{n}",
            Quote("1" * 12, n * 100, n * 100 + 90, sentence(chance)),
            "https://owl.example/clocks",
            "Owl",
        )
        for n in range(1, 14)
    )
    body = "\n\n".join(
        " ".join(f"{sentence(chance)}" for _ in range(2)) + f" {sentence(chance)}[^{note.label}]"
        for note in notes
    )
    table = "\n\n| Site | Lag |\n| --- | --- |\n" + "".join(f"| N{n} | {n} |\n" for n in range(8))
    slug = f"story-{number}"
    return replace(FEATURE, slug=slug, notes=notes, body=body + table * (not number), update_of="")


def issues(count: int) -> Iterator[Issue]:
    chance = random.Random(7)
    for n in range(count):
        yield replace(
            ISSUE,
            date=FIRST + dt.timedelta(days=n),
            slug=f"issue-{n}",
            features=tuple(feature(chance, part) for part in range(3)),
            corrections=(),
        )


def repeated(count: int) -> Iterator[Issue]:
    """The same as `Digest` has: texts come again after a while."""
    own = list(issues(min(count, DIFFERENT)))
    for n in range(count):
        yield replace(own[n % DIFFERENT], date=FIRST + dt.timedelta(days=n), slug=f"issue-{n}")


def plain(issue: Issue) -> str:
    """The text of an issue for a generator that knows one page per file."""
    notes = [
        f"[^{item.slug}-{note.label}]: [{note.name}]({note.url}) {note.quote.text}"
        for item in issue.features
        for note in item.notes
    ]
    bodies = [
        f"## {item.title}\n\n" + item.body.replace("[^", f"[^{item.slug}-")
        for item in issue.features
    ]
    return "\n\n".join([issue.front.lead, *bodies, *notes])


def timed(name: str, command: list[str | Path], folder: Path) -> None:
    start = time.perf_counter()
    # Python keeps what it compiled, as it does where nobody forbids it.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    nowhere = subprocess.DEVNULL  # what proof finds in words drawn by lot
    process = subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=nowhere, env=own)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name}: exit status {process.returncode}")
    cpu = used.ru_utime + used.ru_stime
    print(
        f"{name:38} {wall:8.2f} s wall {cpu:8.2f} s CPU {used.ru_maxrss / 1024:6.0f} MB", flush=True
    )


def edit(path: Path) -> None:
    path.write_text(path.read_text().replace("lag", "lags", 1))


class Digest:
    def __init__(self, folder: Path, count: int) -> None:
        self.site, self._count = folder / "digest", count
        self.site.mkdir()
        (self.site / "feeds.yaml").write_text(FEEDS)
        for issue in issues(min(count, DIFFERENT)):
            own = self.site / "content" / issue.digest / str(issue.date)
            own.mkdir(parents=True)  # `write_issue` waits for the medium, file by file
            for name, text in issue_files(issue).items():
                (own / name).write_text(text, "utf-8")
        for n in range(DIFFERENT, count):
            self._copy(n)
        self.command: list[str | Path] = [sys.executable, "-c", DIGEST, "render", "-q", "-C"]

    def _copy(self, number: int) -> None:
        """An issue with the texts of an earlier one, on another day; ten times as quick to make."""
        source = number % min(DIFFERENT, self._count)
        days = [str(FIRST + dt.timedelta(days=n)) for n in (source, number)]
        old, new = (self.site / "content/systems" / day for day in days)
        shutil.copytree(old, new)
        front = (old / "issue.md").read_text("utf-8")
        told = front.replace(days[0], days[1], 1)
        told = told.replace(f"slug: issue-{source}", f"slug: issue-{number}", 1)
        (new / "issue.md").write_text(told, "utf-8")
        proved = (old / "evidence.json").read_text("utf-8")
        proved = proved.replace(file_hash(front), file_hash(told))
        (new / "evidence.json").write_text(proved, "utf-8")

    def run(self, name: str) -> None:
        timed(f"digest, {name}", [*self.command, self.site], Path.cwd())

    def edit(self) -> None:
        folders = sorted((self.site / "content/systems").iterdir())
        edit(folders[len(folders) // 2] / "1-story-0.md")

    def prove(self, name: str) -> None:
        """The same with what `digest build` does beside: is an issue due, has one been edited."""
        command = [*self.command[:3], "build", "-q", "-C", self.site]
        timed(f"digest build, {name}", command, Path.cwd())

    def add_issue(self) -> None:
        """One of the day after the last."""
        number = len(list((self.site / "content/systems").iterdir()))
        self._copy(number)

    def edit_template(self) -> None:
        """One that the page of an issue takes."""
        (self.site / "templates").mkdir()
        (self.site / "templates" / "made.html").write_text("<p>Made.</p>\n")

    def edit_frame(self) -> None:
        """The one that all pages take."""
        text = (templates_folder() / "base.html").read_text("utf-8")
        new = text.replace("</head>", "<!-- another -->\n</head>")
        (self.site / "templates" / "base.html").write_text(new, "utf-8")


BASE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} · Bench</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="alternate" type="application/rss+xml" href="/index.xml"></head>
<body><header><nav><a href="/">Bench</a> <a href="/posts/">S</a>
<a href="/archive/">Archive</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main><footer>Bench</footer></body></html>
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1><ol>
{{ range first 60 .RegularPagesRecursive }}<li>{{ .Date.Format "2006-01-02" }}
<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }} {{ .ReadingTime }}</li>
{{ end }}</ol>{{ end }}
"""
YEAR = """{{ define "main" }}<h1>{{ .Title }}</h1><ol>
{{ range .Pages }}<li>{{ .Date.Format "2006-01-02" }}
<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ol>{{ end }}
"""
SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p>{{ .Description }} {{ .ReadingTime }}</p>
{{ .Content }}</article><nav>
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ end }}
"""


class Hugo:
    def __init__(self, folder: Path, count: int, program: Path) -> None:
        self.site, self.program = folder / "hugo", program
        posts, layouts = self.site / "content/posts", self.site / "layouts/_default"
        posts.mkdir(parents=True)
        layouts.mkdir(parents=True)
        (self.site / "hugo.toml").write_text(
            'baseURL = "https://bench.example/"\ntitle = "Bench"\n'
            '[taxonomies]\nyear = "years"\n[services.rss]\nlimit = 20\n'
        )
        for name, text in {
            "baseof": BASE, "list": LIST, "single": SINGLE, "term": YEAR, "taxonomy": YEAR
        }.items():  # fmt: skip
            (layouts / f"{name}.html").write_text(text)
        for issue in repeated(count):
            head = (
                f'---\ntitle: "{issue.front.title}"\ndescription: "{issue.front.dek}"\n'
                f'date: {issue.date}\nyears: ["{issue.date.year}"]\n---\n'
            )
            (posts / f"{issue.slug}.md").write_text(head + plain(issue))

    def run(self, name: str) -> None:
        timed(f"Hugo, {name}", [self.program, "--quiet", "--buildFuture"], self.site)

    def edit(self) -> None:
        edit(self.site / "content/posts/issue-5.md")


class Pelican:
    def __init__(self, folder: Path, count: int, program: Path) -> None:
        self.site, self.program = folder / "pelican", program
        (self.site / "content").mkdir(parents=True)
        (self.site / "conf.py").write_text(
            "SITENAME = 'Bench'\nSITEURL = 'https://bench.example'\nTIMEZONE = 'UTC'\n"
            "DEFAULT_LANG = 'en'\nYEAR_ARCHIVE_SAVE_AS = 'archive/{date:%Y}/index.html'\n"
            "FEED_MAX_ITEMS = 20\nCACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True\n"
            "CONTENT_CACHING_LAYER = 'generator'\n"
            "MARKDOWN = {'extension_configs': {'markdown.extensions.extra': {}}}\n"
        )
        for issue in repeated(count):
            head = f"Title: {issue.front.title}\nDate: {issue.date}\nSlug: {issue.slug}\n\n"
            (self.site / "content" / f"{issue.slug}.md").write_text(head + plain(issue))

    def run(self, name: str) -> None:
        timed(f"Pelican, {name}", [self.program, "content", "-s", "conf.py", "-q"], self.site)

    def edit(self) -> None:
        edit(self.site / "content/issue-5.md")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--hugo", type=Path)
    parser.add_argument("--pelican", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        digest = Digest(folder, options.count)
        peers: list[Hugo | Pelican] = []
        if options.hugo:
            peers.append(Hugo(folder, options.count, options.hugo.absolute()))
        if options.pelican:
            peers.append(Pelican(folder, options.count, options.pelican.absolute()))
        everybody = [digest, *peers]
        for one in everybody:
            one.run("first build")
        for one in everybody:
            one.edit()
            one.run("one file changed")
        digest.run("nothing changed")
        digest.prove("at first")
        digest.prove("nothing changed")
        digest.edit()
        digest.prove("one file changed")
        digest.add_issue()
        digest.run("an issue added")
        digest.edit_template()
        digest.run("a template changed")
        digest.edit_frame()
        digest.run("the frame of all pages changed")


if __name__ == "__main__":
    main()

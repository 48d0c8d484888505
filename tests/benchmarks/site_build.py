"""
How long a site of many issues takes to build, beside Hugo and Pelican on the same texts.

Run by hand, alone on the machine, from the root of the repository:

    python -m tests.benchmarks.site_build 1000 --hugo PATH --pelican PATH

Each issue has about 2,000 words, two tables and some forty footnotes; Hugo and Pelican get
one page per issue with the same text, their list pages and a feed, and none of the rest (no
newsletter, sources or threads). CPU seconds are those of the process and its children.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from digest.content import write_issue
from digest.types import Feature, Footnote, Issue, Quote
from tests.render.small_site import FEATURE, ISSUE

WORDS = (
    "clock line packet lag server model price token measure week reader source claim page "
    "north south fast slow seen told found shown about under after before with from"
).split()
FEEDS = (
    "site: {title: Bench, url: 'https://bench.example/'}\ndigests: [{slug: systems, title: S}]\n"
)
FEEDS += "feeds: [{url: 'https://owl.example/feed', slug: owl}]\n"


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
    return replace(FEATURE, slug=slug, notes=notes, body=body + table, update_of="")


def issues(count: int) -> list[Issue]:
    chance = random.Random(7)
    first = dt.date(2020, 1, 1)
    return [
        replace(
            ISSUE,
            date=first + dt.timedelta(days=n),
            slug=f"issue-{n}",
            features=tuple(feature(chance, part) for part in range(3)),
            corrections=(),
        )
        for n in range(count)
    ]


def plain(issue: Issue) -> str:
    """The text of an issue for a generator that knows one page per file."""
    notes = [
        f"[^{item.slug}-{note.label}]: {note.quote.text}"
        for item in issue.features
        for note in item.notes
    ]
    bodies = [item.body.replace("[^", f"[^{item.slug}-") for item in issue.features]
    return "\n\n".join([issue.front.lead, *bodies, *notes])


def timed(name: str, command: list[str | Path], folder: Path) -> None:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:32} {wall:8.2f} s wall {cpu:8.2f} s CPU {after.ru_maxrss / 1024:6.0f} MB at most")


def digest(folder: Path, made: list[Issue]) -> None:
    site = folder / "digest"
    site.mkdir()
    (site / "feeds.yaml").write_text(FEEDS)
    for issue in made:
        write_issue(site / "content", issue)
    render: list[str | Path] = [sys.executable, "-m", "digest", "render", "-C", site, "-q"]
    timed("digest, full", render, Path.cwd())
    timed("digest, nothing changed", render, Path.cwd())
    front = next((site / "content").glob("systems/*/issue.md"))
    front.write_text(front.read_text().replace("time", "Time", 1))
    timed("digest, one file changed", render, Path.cwd())
    (site / "templates").mkdir()
    (site / "templates" / "made.html").write_text("<p>Made.</p>\n")
    timed("digest, a template changed", render, Path.cwd())


def hugo(folder: Path, made: list[Issue], program: Path) -> None:
    site = folder / "hugo"
    for part in ("content/posts", "layouts/_default"):
        (site / part).mkdir(parents=True)
    (site / "hugo.toml").write_text('baseURL = "https://bench.example/"\ntitle = "Bench"\n')
    (site / "layouts/_default/single.html").write_text("<h1>{{ .Title }}</h1>{{ .Content }}")
    (site / "layouts/_default/list.html").write_text(
        '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    )
    for issue in made:
        head = f'---\ntitle: "{issue.front.title}"\ndate: {issue.date}\n---\n'
        (site / "content/posts" / f"{issue.slug}.md").write_text(head + plain(issue))
    timed("Hugo, full", [program, "--quiet"], site)


def pelican(folder: Path, made: list[Issue], program: Path) -> None:
    site = folder / "pelican"
    (site / "content").mkdir(parents=True)
    (site / "conf.py").write_text(
        "SITENAME = 'Bench'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\n"
        "MARKDOWN = {'extension_configs': {'markdown.extensions.extra': {}}}\n"
    )
    for issue in made:
        head = f"Title: {issue.front.title}\nDate: {issue.date}\nSlug: {issue.slug}\n\n"
        (site / "content" / f"{issue.slug}.md").write_text(head + plain(issue))
    timed("Pelican, full", [program, "content", "-s", "conf.py", "-q"], site)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--hugo", type=Path)
    parser.add_argument("--pelican", type=Path)
    options = parser.parse_args()
    made = issues(options.count)
    with tempfile.TemporaryDirectory() as name:
        digest(Path(name), made)
        if options.hugo:
            hugo(Path(name), made, options.hugo)
        if options.pelican:
            pelican(Path(name), made, options.pelican)


if __name__ == "__main__":
    main()

"""
Check a published page, text only, against the feed it was made from and its own footnotes.

    python tests/benchmarks/page_claims.py PAGE.txt FEED.atom [--other DOCUMENT.txt]

Reads files, prints. The page is one of the form that this project takes as its model: features
with a source line, a TL;DR and headings, note numbers at the ends of sentences, and footnotes
with a quotation each. The feature with notes is checked against its feed entry and the notes'
quotations; with `--other`, the feature before it against that document.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import re
import sys
from pathlib import Path

from digest.extract import feed as feeds
from digest.extract import post as posts
from digest.settings import Feed
from digest.types import Document
from digest.verify import check
from digest.verify.report import Report

NOW = dt.datetime(2026, 4, 29, tzinfo=dt.UTC)


def document(text: str, url: str, site: str, published: dt.datetime | None = None) -> Document:
    """A text as a fetched document."""
    return Document(
        url=url,
        final_url=url,
        publisher=url.split("/")[2] if "//" in url else url,
        site=site,
        title="",
        author="",
        published=published,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        fetched_at=NOW,
    )


def footnotes(page: str) -> dict[str, Document]:
    """The quotation of each note as a document of its own, by number."""
    part = page.rsplit("\nFootnotes\n", 1)[1]
    found: dict[str, Document] = {}
    for match in re.finditer(r"^ {2}(\d+)\. (.+?)(https?://\S+)\n\n {4}(.+)$", part, re.M):
        number, name, url, quote = match.groups()
        found[number] = document(quote.replace("…", "\n\n"), f"{url}#{number}", name)
    return found


def features(page: str) -> list[tuple[str, list[str], str]]:
    """Title, TL;DR and body of each feature, the body as Markdown."""
    page = page.split("\nRound-ups\n", maxsplit=1)[0]
    parts = re.split(r"\n([^\n]+)\n\nSource: [\w-]+ · published [\d-]+\n", page)[1:]
    found = []
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        _, _, after = body.partition("TL;DR")
        bullets = re.findall(r"^ {2}• (.+)$", after, re.M)
        rest = after[after.rfind(bullets[-1]) + len(bullets[-1]) :]
        found.append((title, bullets, markdown(rest)))
    return found


def markdown(text: str) -> str:
    """Headings, tables, lists and marks, told by their form."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.strip("\n").split("\n")
        if len(lines) > 2 and not lines[0].startswith((" ", "•")):
            blocks.append(table(lines))
            continue
        line = " ".join(part.strip() for part in lines)
        line = re.sub(r"(?<=[\w)\]”]) (\d)([.;,])(?!\d)", r"\2[^\1]", line)
        if len(line.split()) < 9 and not line.endswith((".", ":", "?")):
            line = f"## {line}"
        blocks.append(line)
    return "\n\n".join(blocks)


def table(lines: list[str]) -> str:
    """A dump runs the cells of a row together; they are parted where a capital shows it."""
    rows = [re.split(r"\t|(?<=[a-z)])(?=[A-Z(“])|(?<=\d)(?=[A-Z][a-z])", line) for line in lines]
    width = max(map(len, rows))
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    shown = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([shown[0], f"|{' --- |' * width}", *shown[1:]])


def show(report: Report) -> None:
    """Errors, then warnings, a line each."""
    for level, found in (("error", report.problems), ("warning", report.warnings)):
        for problem in found:
            print(f"{level:7} {problem.rule} {problem.where}: {problem.found}")
            print(f"           expected {problem.expected}")
    print(f"{len(report.problems)} errors, {len(report.warnings)} warnings; {dict(report.counts)}")


def main() -> int:
    """Check the page and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("feed", type=Path)
    parser.add_argument("--other", type=Path)
    arguments = parser.parse_args()
    page = arguments.page.read_text("utf-8")
    found = features(page)
    if arguments.other:
        title, tldr, body = found[-2]
        source = document(arguments.other.read_text("utf-8"), "https://a.example/", "A", NOW)
        show(check(body, [source], named=True, title=title, tldr=tldr))
        return 0
    title, tldr, body = found[-1]
    notes = footnotes(page)
    first = entry(arguments.feed, title)
    text = body + "".join(
        f"\n\n[^{number}]: [{note.site}]({note.url})" for number, note in notes.items()
    )
    show(check(text, [first, *notes.values()], named=True, title=title, tldr=tldr))
    return 0


def entry(path: Path, title: str) -> Document:
    """The entry of the feed whose title shares most words with the feature's."""
    words = set(title.lower().split())
    url = "https://feed.example/"
    content = feeds.entries(path.read_bytes(), Feed(url=url, slug="feed"), url=url)
    best = max(content.entries, key=lambda each: len(words & set(each.title.lower().split())))
    made = posts.post(best, site=content.title, families={}, fetched_at=NOW)
    assert made is not None
    return made


if __name__ == "__main__":
    sys.exit(main())

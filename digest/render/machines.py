"""
Files for programs: sitemap.xml, robots.txt, status.json.

Pure.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence

from .addresses import absolute, essay_path
from .rows import Row
from .sheets import Sheet, ready, sheet
from .shell import Shell


def sitemap(shell: Shell) -> Iterator[Sheet]:
    """All pages with the day on which they changed last, where that is known."""
    book = shell.book
    newest = _newest(book.rows)
    places: dict[str, dt.date | None] = {"": newest, "subscribe/": None}
    for row in book.rows:
        year = f"archive/{row.date.year}/"
        is_first = row.date.year == book.rows[0].date.year
        places.setdefault("archive/" if is_first else year, row.updated.date())
    places.setdefault("archive/", None)
    for link in shell.digests:
        places[link.path] = _newest([row for row in book.rows if row.path.startswith(link.path)])
    places |= {row.path: row.updated.date() for row in book.rows}
    places |= {"sources/": newest} | ({"search/": None} if book.search else {})
    places |= {source.path: _newest([u.row for u in source.uses]) for source in book.sources}
    if book.tags:
        places |= {"tags/": None} | {tag.path: None for tag, _ in book.tags}
    if book.threads.all:
        places["threads/"] = _newest([book.threads.all[0].parts[-1].row])
    places |= {each.path: _newest([each.parts[-1].row]) for each in book.threads.all}
    if book.essays:
        places["essays/"] = book.essays[0].date
    places |= {essay_path(essay): essay.date for essay in book.essays}
    places |= {f"{page.slug}/": page.date for page in book.pages}
    addresses = [(absolute(shell.config, path), day) for path, day in places.items()]
    name = "sitemap.xml"
    yield sheet(name, addresses, lambda: [shell.file(name, addresses=addresses)], templates=(name,))


def _newest(rows: Sequence[Row]) -> dt.date | None:
    return max((row.updated.date() for row in rows), default=None)


def robots(shell: Shell) -> Iterator[Sheet]:
    """Everything may be read; where the sitemap is."""
    address = absolute(shell.config, "sitemap.xml")
    name = "robots.txt"
    yield sheet(name, address, lambda: [shell.file(name, sitemap=address)], templates=(name,))


def status(shell: Shell) -> Iterator[Sheet]:
    """How old the newest issue of each digest is, and which feeds failed, for monitors."""
    newest = [
        next((row for row in shell.book.rows if row.path.startswith(link.path)), None)
        for link in shell.digests
    ]
    data = {
        "newest": _moment(max((row.published for row in newest if row), default=None)),
        "issues": len(shell.book.rows),
        "digests": [
            {
                "path": link.path,
                "title": link.title,
                "newest": _moment(row.published) if row else None,
                "url": absolute(shell.config, row.path) if row else None,
                "feeds_read": sum(line.read for line in row.feeds) if row else 0,
                "feeds_failed": [line.slug for line in row.feeds if not line.read] if row else [],
            }
            for link, row in zip(shell.digests, newest, strict=True)
        ],
    }
    yield ready("status.json", (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def _moment(time: dt.datetime | None) -> str | None:
    return time.isoformat() if time else None

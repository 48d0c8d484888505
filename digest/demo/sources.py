"""
The posts of the demo's publishers, read from the package's data.

Touches only the package's own data. Each post is a file `world/<host>/<name>.md`: lines
`key: value`, a line `---`, and a body in Markdown or HTML.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from importlib.resources.abc import Traversable

from markdown_it import MarkdownIt

from .publishers import Post, Site

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def folder(site: Site) -> Traversable:
    """Where a publisher's files lie in the package."""
    return files(__package__).joinpath("world", site.host)


def posts(site: Site) -> tuple[Post, ...]:
    """Its posts, newest first."""
    where = folder(site)
    if not where.is_dir():
        return ()
    sources = sorted(
        (file for file in where.iterdir() if file.name.endswith(".md")), key=lambda f: f.name
    )
    found = [_post(site, file.name[:-3], file.read_text("utf-8")) for file in sources]
    return tuple(sorted(found, key=lambda post: post.published, reverse=True))


def _post(site: Site, name: str, source: str) -> Post:
    head, body = source.split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    published = dt.datetime.fromisoformat(fields["date"])
    day = {"y": f"{published:%Y}", "m": f"{published:%m}", "d": f"{published:%d}"}
    return Post(
        site=site,
        name=name,
        title=fields["title"],
        published=published,
        updated=dt.datetime.fromisoformat(fields.get("updated", fields["date"])),
        author=fields.get("author", ""),
        tags=tuple(fields["tags"].split(", ")) if "tags" in fields else (),
        teaser=fields.get("teaser", ""),
        target=fields.get("target", ""),
        html=_MARKDOWN.render(body),
        path=fields.get("path") or site.post.format(slug=name, **day),
        in_feed=fields.get("feed") != "no",
        is_missing="missing" in fields,
        is_hostile="injection" in fields,
    )

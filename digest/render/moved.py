"""
Addresses that were published once still lead to something.

Pure. An alias leads to what took its place. A list that is no more (of a source, a tag, a
thread, a year) leads to the list of such lists. Any other address that would vanish stops
the build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..errors import PublishError
from .addresses import Link, essay_path
from .sheets import Sheet
from .shell import Shell

LISTS = ("archive/", "sources/", "tags/", "threads/")
"""Folders whose pages come and go with feeds.yaml and the days."""
INSTEAD = {"search/": "archive/"}
"""A page that comes and goes with an extra, and what leads to the same texts without it."""
_ALIAS = re.compile(r"[\w.~%-]+(/[\w.~%-]+)*")


def address_of(path: str) -> str:
    """The address behind a file of the site; empty for the home page and what is no page."""
    return path.removesuffix("index.html") if path.endswith("/index.html") else ""


def aliases(shell: Shell) -> Iterator[Sheet]:
    """
    Pages at the old addresses of issues, essays and pages.

    Raises:
        PublishError: An alias is no path within the site.
    """
    book = shell.book
    for row in book.rows:
        yield from _stubs(row.aliases, Link(row.title, row.path), shell)
    for essay in book.essays:
        yield from _stubs(essay.aliases, Link(essay.title, essay_path(essay)), shell)
    for page in book.pages:
        yield from _stubs(page.aliases, Link(page.title, f"{page.slug}/"), shell)


def _stubs(old: Collection[str], target: Link, shell: Shell) -> Iterator[Sheet]:
    for alias in old:
        path = alias.strip("/")
        if not _ALIAS.fullmatch(path) or {".", ".."} & set(path.split("/")):
            raise PublishError(
                target.path, f"found the alias {alias!r}, expected a path such as `old/address/`"
            )
        yield _stub(f"{path}/", target, shell)


def _stub(path: str, target: Link, shell: Shell) -> Sheet:
    """A page that leads on at once."""
    title = shell.words.plain("moved")
    return shell.sheet("moved.html", path, title, canonical=target.path, target=target)


def lost(known: Collection[str], made: Collection[str], shell: Shell) -> Iterator[Sheet]:
    """
    What stands at addresses that were published and that no page has any more.

    Args:
        known: Addresses that were published.
        made: Addresses of this build.

    Raises:
        PublishError: The page of an issue, essay, digest or the like would vanish.
    """
    gone = sorted(set(known) - set(made))
    vanished = [path for path in gone if not path.startswith(LISTS) and path not in INSTEAD]
    if vanished:
        named = ", ".join(vanished[:3]) + (f" and {len(vanished) - 3} more" * (len(vanished) > 3))
        raise PublishError(
            named,
            "was published and would vanish, expected `aliases: [old/address/]` at the head of "
            "the file that took its place, or its line taken out of content/addresses.txt",
        )
    for path in gone:
        parent = INSTEAD.get(path) or next(folder for folder in LISTS if path.startswith(folder))
        if parent in made:
            title = shell.words.plain(parent.rstrip("/"))
            yield _stub(path, Link(title, parent), shell)

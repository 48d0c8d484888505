"""
Corrections: what an issue has to say about itself, dated, in a line that a reader understands.

Pure. Made of what was not proved again and of pages that no longer say what was quoted; the
text of the issue stays as it was published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..text import one_line
from ..types import Correction, Problem

if TYPE_CHECKING:
    from .online import Cited, PageReport
    from .proof import FileProof

MOST_QUOTED = 3
"""Sentences named in one correction; of more, the number is told."""
MOST_CHARACTERS = 160


def corrections(
    files: Iterable[FileProof],
    pages: Iterable[PageReport],
    known: Sequence[Correction],
    day: dt.date,
) -> tuple[Correction, ...]:
    """
    Args:
        files: An issue's, proved again. One whose documents the store has lost says nothing
            of what was wrong, and is passed over.
        pages: Its cited pages as they are today; none where they were not asked.
        known: Corrections that it has: what they say is not said again.
        day: That the new ones bear.

    Returns:
        The new ones; empty where there is nothing to correct.
    """
    said = {(item.file, item.text) for item in known}
    found = [*_of_files(files), *_of_pages(pages)]
    new = dict.fromkeys(one for one in found if one not in said)
    return tuple(Correction(day, file, text) for file, text in new)


def _of_files(files: Iterable[FileProof]) -> Iterator[tuple[str, str]]:
    for file in files:
        if file.problems and not file.is_missing:
            yield file.name, f"Not proved by the sources: {_listed(map(_found, file.problems))}"


def _found(problem: Problem) -> str:
    return problem.found or problem.where


def _of_pages(pages: Iterable[PageReport]) -> Iterator[tuple[str, str]]:
    for page in pages:
        for file in dict.fromkeys(quote.file for quote in page.lost):
            lost = [quote for quote in page.lost if quote.file == file]
            yield file, _of_page(page, lost)


def _of_page(page: PageReport, lost: Sequence[Cited]) -> str:
    name = f"“{one_line(page.title)}” ({page.url})" if page.title else page.url
    if page.state == "gone":
        return f"The page {name} is gone. What is quoted of it is as it was read on {page.fetched}."
    words = _listed(quote.text for quote in lost)
    return f"The page {name} has changed since it was read on {page.fetched}; gone are: {words}"


def _listed(texts: Iterable[str]) -> str:
    each = list(dict.fromkeys(_short(text) for text in texts))
    shown = "; ".join(f"“{text}”" for text in each[:MOST_QUOTED])
    more = len(each) - MOST_QUOTED
    return f"{shown}; and {more} more." if more > 0 else f"{shown}."


def _short(text: str) -> str:
    line = one_line(text)
    if len(line) <= MOST_CHARACTERS:
        return line
    return line[:MOST_CHARACTERS].rpartition(" ")[0].rstrip(" ,;:") + " …"

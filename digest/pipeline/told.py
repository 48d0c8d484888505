"""
What past issues told, as select wants to know it.

Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from ..markdown import unescape
from ..types import Feature, Issue, RoundUp, Told

_MARK = re.compile(r"\[\^[^\]]+\]")
KNOWN_BY_TEXT = dt.timedelta(days=30)
"""Issues whose documents are read again to see what is new; of older ones only the posts
and the words of the issue are known."""


def told_stories(issues: Sequence[Issue], *, now: dt.datetime) -> tuple[Told, ...]:
    """The features and round-ups of a digest's issues, in their order."""
    return tuple(told for issue in issues for told in _of(issue, now))


def _of(issue: Issue, now: dt.datetime) -> Iterator[Told]:
    name = f"{issue.digest}/{issue.date}"
    is_recent = now - issue.period_end <= KNOWN_BY_TEXT
    items: tuple[Feature | RoundUp, ...] = (*issue.features, *issue.round_ups)
    for item in items:
        documents = _documents(item) if is_recent else ()
        theme = item.theme if isinstance(item, RoundUp) else ""
        yield Told(name, issue.period_end, item.title, _words(item), item.entries, documents, theme)


def _words(item: Feature | RoundUp) -> str:
    if isinstance(item, RoundUp):
        return unescape(item.text)
    return "\n".join((*item.tldr, unescape(_MARK.sub("", item.body))))


def _documents(item: Feature | RoundUp) -> tuple[str, ...]:
    if isinstance(item, RoundUp):
        return item.documents
    return tuple(ref.id for ref in item.documents)

"""
Asking a search provider, each question once a day.

Touches network and store. A failure is told once and costs nothing but its results.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from ..errors import ResearchError
from ..research import Hit, Searcher
from ..store import Store

REMEMBERED = dt.timedelta(days=1)
"""An answer serves so long: a run that was killed goes on with the same documents."""


class Searches:
    """
    Args:
        searcher: Who is asked.
        store: Where answers are kept.
        now: The clock.
        warn: Called with a line for each failure, the same one once.
    """

    def __init__(
        self,
        searcher: Searcher,
        store: Store,
        now: Callable[[], dt.datetime],
        warn: Callable[[str], None],
    ) -> None:
        self._searcher, self._store, self._now, self._warn = searcher, store, now, warn
        self._told: set[str] = set()

    async def search(self, query: str) -> tuple[Hit, ...] | ResearchError:
        """The results for a question, from the store where it was asked within a day."""
        name, now = self._searcher.name, self._now()
        known = self._store.searches.get(name, query, since=now - REMEMBERED)
        if known is not None:
            return tuple(Hit(title, url, snippet, _time(at)) for title, url, snippet, at in known)
        found = await self._searcher.search(query)
        if isinstance(found, ResearchError):
            if str(found) not in self._told:
                self._told.add(str(found))
                self._warn(f"search: {found}")
            return found
        rows = [(h.title, h.url, h.snippet, _words(h.published)) for h in found]
        with self._store.transaction():
            self._store.searches.drop(now - REMEMBERED)
            self._store.searches.put(name, query, rows, now)
        return found


def _words(time: dt.datetime | None) -> str:
    return time.isoformat() if time else ""


def _time(words: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(words) if words else None

"""
What a search provider is to research.

Pure. A provider is asked one question per story and its results are only candidates: what
they say of a page is never evidence, the page is read like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ..errors import ResearchError
from ..settings import Research


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a search."""

    title: str
    url: str
    snippet: str = ""
    published: dt.datetime | None = None
    """In UTC, where the provider says it."""


class Searcher(Protocol):
    """One search provider."""

    name: str

    async def search(self, query: str) -> tuple[Hit, ...] | ResearchError:
        """
        Ask for pages.

        Args:
            query: Words in small letters with blanks between, no operators.

        Returns:
            Results in the provider's order, or why there are none to be had.
        """
        ...


def key_of(settings: Research, environ: Mapping[str, str]) -> str | ResearchError:
    """
    The provider's key; where it is not there, the error that each question is answered with.

    An issue is not lost for want of a search.
    """
    name = settings.key_name
    key = environ.get(name, "")
    if not key:
        return ResearchError(
            settings.search, f"the environment variable {name} is not set, expected its key"
        )
    return key

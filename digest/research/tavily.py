"""
Searching through Tavily.

Touches the network. Its own answers and summaries are not asked for.

Source: Tavily's API reference, "Search"
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from ..errors import ResearchError
from ..settings import Research
from .asking import HITS, Api, hits
from .base import Hit, key_of

URL = "https://api.tavily.com"


class TavilySearcher:
    """
    Args:
        settings: The key `research` of feeds.yaml.
        environ: Holds the key.
        sleep: Waits for so many seconds.
    """

    name = "tavily"

    def __init__(
        self,
        settings: Research,
        environ: Mapping[str, str],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._key = key_of(settings, environ)
        key = self._key if isinstance(self._key, str) else ""
        self._api = Api(
            self.name,
            settings.url or URL,
            key=key,
            headers={"Authorization": f"Bearer {key}"},
            sleep=sleep,
        )

    async def search(self, query: str) -> tuple[Hit, ...] | ResearchError:
        """POST /search."""
        if isinstance(self._key, ResearchError):
            return self._key
        body = {
            "query": query,
            "search_depth": "basic",
            "max_results": HITS,
            "include_answer": False,
            "include_raw_content": False,
        }
        try:
            answer = await self._api.ask("/search", body=body)
            return hits(
                self.name, answer.get("results"), snippet="content", published="published_date"
            )
        except ResearchError as exc:
            return exc

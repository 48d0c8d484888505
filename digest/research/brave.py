"""
Searching through the Brave Search API.

Touches the network. Its free plan answers one question a second.

Source: Brave's documentation, "Web Search API"
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from ..errors import ResearchError
from ..settings import Research
from .asking import Api, hits
from .base import Hit, key_of

URL = "https://api.search.brave.com/res/v1"


class BraveSearcher:
    """
    Args:
        settings: The key `research` of feeds.yaml.
        environ: Holds the key.
        sleep: Waits for so many seconds.
    """

    name = "brave"

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
            headers={"X-Subscription-Token": key},
            sleep=sleep,
        )

    async def search(self, query: str) -> tuple[Hit, ...] | ResearchError:
        """GET /web/search: pages, and news where there are any."""
        if isinstance(self._key, ResearchError):
            return self._key
        params = {
            "q": query,
            "count": 10,
            "result_filter": "web,news",
            "text_decorations": "false",
        }
        try:
            answer = await self._api.ask("/web/search", params=params)
            # Without any result Brave leaves the whole part out.
            found = [
                hits(self.name, part.get("results"), snippet="description", published="page_age")
                for name in ("web", "news")
                if isinstance(part := answer.get(name), dict)
            ]
            if not found and answer.get("type") != "search":
                return ResearchError(self.name, "the answer has no list of results")
        except ResearchError as exc:
            return exc
        return tuple(hit for part in found for hit in part)

"""
Searching through a SearXNG server of one's own, which asks many engines and needs no key.

Touches the network. Its settings.yml must allow the format `json`; else it answers 403.

Source: SearXNG's documentation, "Search API"
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from ..errors import ResearchError
from ..settings import Research
from ..text import one_line
from .asking import DETAIL, Api, Json, hits
from .base import Hit


class SearxngSearcher:
    """
    Args:
        settings: The key `research` of feeds.yaml.
        environ: Not looked at: it has no key.
        sleep: Waits for so many seconds.
    """

    name = "searxng"

    def __init__(
        self,
        settings: Research,
        environ: Mapping[str, str],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api = Api(
            self.name,
            settings.url,
            forbidden="`formats` in the server's settings.yml must hold `json`",
            sleep=sleep,
        )

    async def search(self, query: str) -> tuple[Hit, ...] | ResearchError:
        """GET /search; where no engine has answered, that is the error."""
        params = {"q": query, "format": "json", "categories": "general,news"}
        try:
            answer = await self._api.ask("/search", params=params)
            found = hits(
                self.name, answer.get("results"), snippet="content", published="publishedDate"
            )
        except ResearchError as exc:
            return exc
        return found or _silence(answer)


def _silence(answer: Json) -> tuple[Hit, ...] | ResearchError:
    engines = answer.get("unresponsive_engines")
    if not isinstance(engines, list) or not engines:
        return ()
    said = "; ".join(
        ": ".join(map(str, each)) if isinstance(each, list) else str(each) for each in engines
    )
    return ResearchError("searxng", f"no engine has answered ({one_line(said)[:DETAIL]})")

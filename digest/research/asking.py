"""
One question to a search provider: JSON in, JSON out, within time and size.

Touches the network, and only the provider's address: redirects are not followed, proxies of
the environment not used, so a key goes nowhere else. One question at a time, a second
apart: that is what the free plans allow. What a provider refuses for good is not asked again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from ..errors import ResearchError
from ..text import one_line
from ..urls import clean
from .base import Hit

if TYPE_CHECKING:
    import httpx2

TIMEOUT_S = 15.0
MAX_BYTES = 2_000_000
PAUSE_S = 1.0
TRIES = 2
LONGEST_WAIT_S = 5.0
"""A provider that wants a longer pause is not waited for."""
HITS = 10
TITLE, SNIPPET, DETAIL = 300, 600, 160
"""Characters kept."""
FOR_GOOD = {
    401: "the key is not accepted",
    402: "the plan is used up",
    404: "there is nothing at this address",
    432: "the plan's limit is reached",
    433: "the account's spending limit is reached",
}

Json = Mapping[str, Any]


class Api:
    """
    Args:
        name: How messages call the provider.
        url: Of feeds.yaml, or the provider's documented one.
        key: A secret that no message may hold; empty for none.
        headers: Sent with every request.
        forbidden: What a 403 mostly means with this provider.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        key: str = "",
        headers: Mapping[str, str] | None = None,
        forbidden: str = "it is not allowed",
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._reasons = {**FOR_GOOD, 403: forbidden}
        self._name, self._url, self._key = name, url.rstrip("/"), key
        self._headers = {"Accept": "application/json", "User-Agent": "digest", **(headers or {})}
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._asked = False
        self._refused: ResearchError | None = None

    async def ask(self, path: str, *, params: Json | None = None, body: Json | None = None) -> Json:
        """
        GET, or POST where there is a body.

        Raises:
            ResearchError: There is no answer of the documented form.
        """
        async with self._turn:
            if self._refused is not None:
                raise self._refused
            if self._asked:
                await self._sleep(PAUSE_S)
            self._asked = True
            for attempt in range(TRIES):
                status, headers, content = await self._answer(path, params, body)
                wait = _wait(headers)
                if status != 429 or attempt + 1 == TRIES or wait > LONGEST_WAIT_S:
                    break
                await self._sleep(wait)
            return self._read(status, content)

    async def _answer(
        self, path: str, params: Json | None, body: Json | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        import httpx2

        try:
            async with (
                asyncio.timeout(TIMEOUT_S),
                httpx2.AsyncClient(
                    headers=self._headers,
                    timeout=TIMEOUT_S,
                    trust_env=False,
                    follow_redirects=False,
                ) as client,
                client.stream(
                    "GET" if body is None else "POST",
                    f"{self._url}{path}",
                    params=params,
                    json=body,
                ) as answer,
            ):
                return answer.status_code, answer.headers, await self._body(answer)
        except (TimeoutError, httpx2.TimeoutException) as exc:
            raise self._error(f"no answer within {TIMEOUT_S:.0f} s") from exc
        except (httpx2.HTTPError, httpx2.InvalidURL) as exc:
            raise self._error(f"no connection ({type(exc).__name__})") from exc

    async def _body(self, answer: httpx2.Response) -> bytes:
        content = b""
        async for part in answer.aiter_bytes():
            content += part
            if len(content) > MAX_BYTES:
                raise self._error(f"an answer of more than {MAX_BYTES:,} bytes")
        return content

    def _read(self, status: int, content: bytes) -> Json:
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            answer = None
        if status == 429:
            raise self._error("too many questions, or the quota is used up", for_good=True)
        if status != 200:
            why = self._reasons.get(status, "")
            detail = _detail(answer)
            words = ", ".join(filter(None, (f"answered {status}", why)))
            raise self._error(f"{words}: {detail}" if detail else words, for_good=bool(why))
        if not isinstance(answer, dict):
            raise self._error("the answer is no JSON object")
        return answer

    def _error(self, message: str, *, for_good: bool = False) -> ResearchError:
        # A provider may repeat the key in its own words.
        safe = message.replace(self._key, "…") if self._key else message
        error = ResearchError(self._name, safe)
        if for_good:
            self._refused = error
        return error


def hits(name: str, found: object, *, snippet: str, published: str) -> tuple[Hit, ...]:
    """
    The results of an answer, in order, at most ten; what has no address is left out.

    Args:
        found: The list as it was given.
        snippet, published: What these are called in it.

    Raises:
        ResearchError: It is no list of objects.
    """
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ResearchError(name, "the answer has no list of results")
    out = []
    for each in found:
        url = clean(str(each.get("url") or ""))
        if url:
            out.append(
                Hit(
                    one_line(str(each.get("title") or ""))[:TITLE],
                    url,
                    one_line(str(each.get(snippet) or ""))[:SNIPPET],
                    _time(each.get(published)),
                )
            )
    return tuple(out[:HITS])


def _detail(answer: object) -> str:
    """The provider's own words for an error, where they stand in one of the usual places."""
    for name in ("error", "detail", "message"):
        if isinstance(answer, dict) and name in answer:
            found = answer[name]
            return _detail(found) if isinstance(found, dict) else one_line(str(found))[:DETAIL]
    return ""


def _wait(headers: Mapping[str, str]) -> float:
    asked = headers.get("retry-after", "")
    return float(asked) if asked.isdecimal() and len(asked) < 6 else PAUSE_S


def _time(value: object) -> dt.datetime | None:
    """A time in ISO 8601 or RFC 2822, in UTC; None for all else ("2 days ago")."""
    if not isinstance(value, str):
        return None
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(value)
            return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return None

"""
The HTTP client below llm's OpenAI classes, and what may leave through it.

Touches the network. The openai library adds to each request what it finds in the environment
(an organization, a project, headers of the user's choice) and what it knows of the machine.
Only OpenAI may see those: a request to any other server keeps the headers named here, and a
key only where there is one for that server. A proxy of the environment is passed by for
addresses of this machine, and redirects are not followed.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2

CONNECT_S = 10.0
MOST_BYTES = 20_000_000
"""Of one answer; the longest replies have a few hundred thousand."""
_PLAIN = frozenset(
    "host user-agent accept accept-encoding connection content-type content-length "
    "transfer-encoding".split()
)


class TooLong(httpx2.TransportError):
    """An answer with more than MOST_BYTES."""


def is_openai(url: str) -> bool:
    """Whether an address is OpenAI's own."""
    host = urlsplit(url).hostname or ""
    return host == "openai.com" or host.endswith(".openai.com")


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "::1"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def client_for(
    url: str, key: str, extra: Mapping[str, str], timeout_s: float, *, is_async: bool
) -> httpx2.AsyncClient | httpx2.Client:
    """
    A client for one server that is not OpenAI's.

    Args:
        url: Its address.
        key: Sent as bearer token; empty for none.
        extra: More headers that its user has set for it.
        timeout_s: Of one read; the call as a whole is bounded by the door.
        is_async: Which of the two kinds.
    """
    clean = _cleaner(key, extra)
    timeout = httpx2.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s))
    common: dict[str, Any] = {
        "timeout": timeout,
        "trust_env": not is_loopback(url),
        "follow_redirects": False,
    }
    if not is_async:
        return httpx2.Client(event_hooks={"request": [clean], "response": [_bound]}, **common)

    async def clean_async(request: httpx2.Request) -> None:
        clean(request)

    async def bound_async(response: httpx2.Response) -> None:
        _bound(response)

    hooks: dict[str, list[Callable[..., Any]]] = {
        "request": [clean_async],
        "response": [bound_async],
    }
    return httpx2.AsyncClient(event_hooks=hooks, **common)


def _cleaner(key: str, extra: Mapping[str, str]) -> Callable[[httpx2.Request], None]:
    kept = _PLAIN | {name.lower() for name in extra}

    def clean(request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower() not in kept]:
            del request.headers[name]
        request.headers["user-agent"] = "digest"
        if key:
            request.headers["authorization"] = f"Bearer {key}"

    return clean


def _bound(response: httpx2.Response) -> None:
    """Count what arrives, so that no server can fill the memory."""
    whole = response.stream
    if isinstance(whole, httpx2.AsyncByteStream):
        response.stream = _Bounded(whole)
    elif isinstance(whole, httpx2.SyncByteStream):
        response.stream = _BoundedSync(whole)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, whole: httpx2.AsyncByteStream) -> None:
        self._whole = whole

    async def __aiter__(self) -> AsyncIterator[bytes]:
        count = 0
        async for part in self._whole:
            count = _counted(count, part)
            yield part

    async def aclose(self) -> None:
        await self._whole.aclose()


class _BoundedSync(httpx2.SyncByteStream):
    def __init__(self, whole: httpx2.SyncByteStream) -> None:
        self._whole = whole

    def __iter__(self) -> Iterator[bytes]:
        count = 0
        for part in self._whole:
            count = _counted(count, part)
            yield part

    def close(self) -> None:
        self._whole.close()


def _counted(count: int, part: bytes) -> int:
    if count + len(part) > MOST_BYTES:
        raise TooLong(f"more than {MOST_BYTES:,} bytes")
    return count + len(part)

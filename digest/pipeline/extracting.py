"""
Files and addresses → what is read from each, several at once and in order.

Touches the network through the door, files that a person named, and processes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ParseError
from ..extract.article import Examined, examine
from ..extract.candidates import load
from ..fetch.door import Door
from ..settings import Config
from ..urls import clean
from .jobs import ACCEPT_PAGE, marks
from .workers import Workers

AT_ONCE = 16
"""Sources that are opened ahead of the one that is shown."""
TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".txt": "text/plain"}
"""Of files that do not say what they are; all others speak for themselves."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source."""

    source: str
    """As it was given."""
    examined: Examined | None = None
    error: str = ""
    """Why there is nothing; empty where something was read."""


async def extract(
    sources: Sequence[str],
    *,
    config: Config,
    door: Door,
    workers: Workers,
    now: Callable[[], dt.datetime],
) -> AsyncIterator[Outcome]:
    """
    Read sources, each an address or the path of a file.

    Args:
        config: Families of publishers.

    Yields:
        An outcome for each source, in their order.
    """
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(source: str) -> Outcome:
        async with turns:
            return await _read(source, config, door, workers, now)

    tasks = [asyncio.create_task(one(source)) for source in sources]
    try:
        for task in tasks:
            yield await task
    finally:
        for task in tasks:
            task.cancel()


async def _read(
    source: str, config: Config, door: Door, workers: Workers, now: Callable[[], dt.datetime]
) -> Outcome:
    url, content_type = clean(source), ""
    headers: dict[str, str] = {}
    if url:
        fetched = await door.get(url, accept=ACCEPT_PAGE, robots=True)
        if fetched.error is not None:
            return Outcome(source, error=fetched.error.message)
        body, url = fetched.body, fetched.final_url
        content_type = fetched.headers.get("content-type", "")
        headers = marks(fetched.headers)
    else:
        try:
            body = await asyncio.to_thread(Path(source).read_bytes)
        except OSError as exc:
            return Outcome(source, error=f"cannot be read ({exc.strerror})")
        content_type = TYPES.get(Path(source).suffix.lower(), "")
    try:
        examined = await workers.read(
            examine,
            body,
            load=load,
            url=url,
            content_type=content_type,
            fetched_at=now(),
            families=dict(config.publishers),
            headers=headers,
        )
    except ParseError as exc:
        return Outcome(source, error=exc.message)
    return Outcome(source, examined)

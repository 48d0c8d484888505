"""
What robots.txt says about pages; feeds are published to be polled and do not ask it.

Touches the network through the function it is given. Read once per origin. RFC 9309,
section 2.3.1: without the file all is allowed; when it should be there and cannot be
read, nothing is. A `Crawl-delay` is kept; where it is longer than a run should last, a run reads
one page of that site.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ..errors import FetchError
from ..types import Fetched
from .hops import Address, host_of

if TYPE_CHECKING:
    import protego

MAX_BYTES = 512 * 1024
"""Read of the file; RFC 9309 asks for 500 KiB at least."""
AGENT_LINE = re.compile(r"\s*user[\s-]*agent\b[\s:]*([^#]*)", re.IGNORECASE)
NOBODY = "User-agent: -"
LONGEST_DELAY_S = 30.0
"""Seconds between two pages that are waited for."""

Read = Callable[[str], Awaitable[Fetched]]


class Robots:
    """
    Args:
        read: Fetches an address; called with the robots.txt of each origin once.
        user_agent: What our requests say; the part before "/" is the name in the file.
        slow: Called with a host and the seconds that it wants between two requests.
    """

    def __init__(
        self, read: Read, user_agent: str, slow: Callable[[str, float], None] = lambda *_: None
    ) -> None:
        self._read, self._slow = read, slow
        self._opened = set[str]()
        self._agent = user_agent.partition("/")[0].strip().lower()
        self._rules: dict[str, protego.Protego | str] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, url: Address) -> None:
        """
        Raises:
            FetchError: The site does not want this page to be read by programs.
        """
        origin = url.origin
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = await self._fetch(origin)
        rules = self._rules[origin]
        if isinstance(rules, str):
            raise FetchError(str(url), f"its robots.txt could not be read: {rules}")
        if not rules.can_fetch(str(url), self._agent):
            raise FetchError(str(url), "its robots.txt does not allow it to be read")
        self._keep_apart(url, origin, rules.crawl_delay(self._agent) or 0.0)

    def _keep_apart(self, url: Address, origin: str, delay_s: float) -> None:
        if delay_s > LONGEST_DELAY_S and origin in self._opened:
            raise FetchError(
                str(url),
                f"its robots.txt asks for {delay_s:g} s between two pages: left for another run",
            )
        if delay_s > 0:
            self._opened.add(origin)
            self._slow(host_of(url), min(delay_s, LONGEST_DELAY_S))

    async def _fetch(self, origin: str) -> protego.Protego | str:
        """The rules, or the reason why there should be some and are not known."""
        import protego  # feeds do not ask it

        fetched = await self._read(f"{origin}/robots.txt")
        if fetched.error is None:
            return protego.Protego.parse(self._for_us(fetched.body[:MAX_BYTES]))
        if 400 <= fetched.status < 500 and fetched.status != 429:
            return protego.Protego.parse("")
        return fetched.error.message

    def _for_us(self, body: bytes) -> str:
        """
        The file with all other programs' names made one.

        The parser keeps each rule once per name that stands above it: a file of names,
        then rules, would take time and memory with the square of its size.
        """
        lines = body.decode("utf-8-sig", "replace").splitlines()
        return "\n".join(NOBODY if self._is_for_others(line) else line for line in lines)

    def _is_for_others(self, line: str) -> bool:
        match = AGENT_LINE.match(line)
        if match is None:
            return False
        name = match[1].strip().lower()
        return name != "*" and name.replace("*", "") not in {self._agent, ""}

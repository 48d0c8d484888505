"""
Connections to public addresses only: resolve, check, connect to what was checked.

Touches the network. The name is looked up once and the socket is opened to the very
address that passed, so that DNS which answers differently a moment later changes nothing.
Everything above (`Host`, the server name in TLS, the certificate's check) still speaks of
the name. `Wire` has no other way to a socket, so that every hop and every reconnect goes
through it.

With a proxy it is the proxy that looks names up, and should refuse what is private itself.
What can be known here is refused here all the same: addresses that are spelled out, names that
lead to private ones, and names that only a private network knows.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from ..errors import FetchError
from .addresses import Address, is_public, literal
from .streams import connected

MAX_ADDRESSES = 4
"""Addresses of one name that are tried; each gets its share of the deadline."""


PRIVATE_NAMES = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".corp")
"""Ends of names that nobody on the internet means."""


class _Unknown(FetchError):
    """No address is known for the name."""


class Guard:
    """
    Args:
        allow_private: Whether addresses that are not public may be opened: all, none, or
            those of the named `host:port` (the host as addresses spell it).
        routes: Hosts that a loopback address and port answer for.
        timeout_s: Seconds that connecting to a name may take in all.
        lookups: Names that are resolved at once; a resolver that hangs holds one.
        proxy: `http://host:port` through which all but the routes is reached; empty for none.

    Raises:
        ValueError: A route leads elsewhere than to loopback.
    """

    def __init__(
        self,
        allow_private: bool | Collection[str],
        routes: Mapping[str, tuple[str, int]],
        *,
        timeout_s: float,
        lookups: int,
        proxy: str = "",
    ) -> None:
        for address, _ in routes.values():
            if not ipaddress.ip_address(address).is_loopback:
                raise ValueError(f"a route must lead to a loopback address, not {address}")
        self._allow_private = (
            allow_private
            if isinstance(allow_private, bool)
            else frozenset(entry.lower() for entry in allow_private)
        )
        self._routes = routes
        self._timeout_s = timeout_s
        parts = urlsplit(proxy)
        self._proxy = (parts.hostname or "", parts.port or 80) if proxy else None
        self._threads = ThreadPoolExecutor(lookups, thread_name_prefix="lookup")

    def close(self) -> None:
        """Let go of the lookups' threads; one that hangs is not waited for here."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def is_routed(self, name: str) -> bool:
        return name in self._routes

    def is_proxied(self, host: str) -> bool:
        """Whether `connect` leads to the proxy."""
        return self._proxy is not None and not self.is_routed(_name(host))

    async def connect(self, host: str, port: int) -> socket.socket:
        """
        Open a connection to the first of the host's addresses that may be opened and answers,
        or to the proxy.

        Raises:
            FetchError: The host is unknown, not public, or does not answer.
        """
        name = _name(host)
        if self.is_routed(name):
            address, port = self._routes[name]
            return await self._open([address], host, port)
        if self._proxy is None:
            found = await self._permitted(host, port)
            return await self._open([str(address) for address in found], host, port)
        await self._check_by_proxy(host, port)
        through, at = self._proxy
        known = await self._addresses(through, at)
        return await self._open([str(one) for one in known[:MAX_ADDRESSES]], through, at)

    async def _check_by_proxy(self, host: str, port: int) -> None:
        try:
            await self._permitted(host, port)
        except _Unknown:  # many a network knows names of the internet at its proxy alone
            if "." not in _name(host) or _name(host).endswith(PRIVATE_NAMES):
                raise

    async def _permitted(self, host: str, port: int) -> list[Address]:
        """The addresses of a host that may be opened, at least one."""
        name = _name(host)
        found = await self._addresses(host, port)
        if not self._may_be_private(name, port):
            public = [address for address in found if is_public(address)]
            if not public:
                raise FetchError(
                    host,
                    f"{host} is not a public address ({found[0]}); expected one, "
                    f"or {name}:{port} named in network.allow_private",
                )
            found = public
        return found[:MAX_ADDRESSES]

    def _may_be_private(self, name: str, port: int) -> bool:
        if isinstance(self._allow_private, bool):
            return self._allow_private
        shown = f"[{name}]" if ":" in name else name
        return f"{shown}:{port}" in self._allow_private

    async def _addresses(self, host: str, port: int) -> list[Address]:
        """What the host's name leads to, in the resolver's order, at least one."""
        spelled = literal(host)
        if spelled is not None:
            return [spelled]
        loop = asyncio.get_running_loop()
        try:
            rows = await loop.run_in_executor(self._threads, _look_up, host, port)
        except (OSError, UnicodeError) as exc:  # UnicodeError: a label no DNS can hold
            reason = exc.strerror if isinstance(exc, OSError) else "not a name"
            raise _Unknown(host, f"no address found for {host} ({reason})") from exc
        found = [literal(row) for row in dict.fromkeys(rows)]
        known = [address for address in found if address is not None]
        if not known:
            raise _Unknown(host, f"no address found for {host}")
        return known

    async def _open(self, addresses: list[str], host: str, port: int) -> socket.socket:
        share_s = self._timeout_s / len(addresses)
        failure: Exception | None = None
        for address in addresses:
            try:
                async with asyncio.timeout(share_s):
                    return await connected(address, port)
            except OSError as exc:  # TimeoutError is one
                failure = exc
        raise FetchError(host, f"no connection to {host}, port {port}") from failure


def _name(host: str) -> str:
    return host.lower().removesuffix(".")


def _look_up(host: str, port: int) -> list[str]:
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in rows]

"""
HTTP/1.1 over asyncio: connections that are kept for a moment, one exchange at a time each.

Touches the network through the `Guard`, whose sockets it speaks over; what goes over them is
`answers.py`'s. A client library would cost three times the time of a request, which for a
thousand feeds that have not changed is most of the run.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import ConfigError, FetchError
from .answers import READ, Request, started
from .guard import Guard
from .streams import Encrypted, Plain, Stream

KEEP_ALIVE_S = 5.0


class Origin(NamedTuple):
    """Whom a connection is to."""

    is_tls: bool
    host: str
    port: int


@dataclass(slots=True)
class Connection:
    """One connection, between exchanges or in the middle of one."""

    origin: Origin
    stream: Stream
    idle_since: float = 0.0
    is_kept: bool = False
    """Whether it is one from before: its server may be closing it."""
    is_whole: bool = False
    """Whether the last exchange is done and leaves it to another."""


class Wire:
    """
    Args:
        guard: Opens sockets, to addresses that may be opened.
        keep: Connections that are kept open at most.

    Raises:
        ConfigError: SSL_CERT_FILE names no file.
    """

    def __init__(self, guard: Guard, keep: int) -> None:
        self._guard = guard
        self._keep = keep
        self._idle: dict[Origin, list[Connection]] = {}
        # Loaded when they are needed: that takes longer than to fetch many a feed.
        self._tls: ssl.SSLContext | None = None
        _check_certificates()

    async def open(self, origin: Origin, *, anew: bool = False) -> Connection:
        """
        A connection, one from before where it is still there; to be given back.

        Args:
            anew: Take none from before.

        Raises:
            FetchError: The origin may not be asked or does not answer.
        """
        return (not anew and self._kept(origin)) or await self._open(origin)

    def give_back(self, connection: Connection) -> None:
        """Keep it for the next exchange, if it is fit for one."""
        if connection.is_whole:
            self._put_back(connection)
        else:
            connection.stream.drop()

    async def aclose(self) -> None:
        """Close what is kept, and let the event loop carry it out."""
        for connections in self._idle.values():
            for connection in connections:
                connection.stream.drop()
        self._idle.clear()
        await asyncio.sleep(0)

    def _kept(self, origin: Origin) -> Connection | None:
        """A connection from before that its server has not closed since."""
        now = asyncio.get_running_loop().time()
        connections = self._idle.get(origin, [])
        while connections:
            connection = connections.pop()
            if now - connection.idle_since < KEEP_ALIVE_S and connection.stream.is_open():
                connection.is_kept, connection.is_whole = True, False
                return connection
            connection.stream.drop()
        return None

    def _put_back(self, connection: Connection) -> None:
        if sum(map(len, self._idle.values())) >= self._keep:
            self._drop_oldest()
        connection.idle_since = asyncio.get_running_loop().time()
        self._idle.setdefault(connection.origin, []).append(connection)

    def _drop_oldest(self) -> None:
        """The lists stand in the order of their first connection: near enough to age."""
        origin = next(iter(self._idle))
        connections = self._idle[origin]
        if connections:
            connections.pop(0).stream.drop()
        if not connections:
            del self._idle[origin]

    async def _open(self, origin: Origin) -> Connection:
        tls = None
        if origin.is_tls:
            tls = self._tls = self._tls or _tls()
        sock = await self._guard.connect(origin.host, origin.port)
        if tls is None:
            return Connection(origin, Plain(sock))
        try:
            if self._guard.is_proxied(origin.host):
                await _tunnel(sock, origin)
            reader, writer = await asyncio.open_connection(
                sock=sock, ssl=tls, server_hostname=origin.host
            )
        except BaseException:
            sock.close()
            raise
        return Connection(origin, Encrypted(reader, writer))


async def _tunnel(sock: socket.socket, origin: Origin) -> None:
    """
    Have the proxy at the other end of a socket connect it to an origin.

    Source: RFC 9110, section 9.3.6 (CONNECT)
    """
    import h11

    loop = asyncio.get_running_loop()
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    authority = f"{host}:{origin.port}"
    state, data = started(Request(authority, [(b"Host", authority.encode("ascii"))]), "CONNECT")
    await loop.sock_sendall(sock, data)
    try:
        while (head := state.next_event()) is h11.NEED_DATA:
            state.receive_data(await loop.sock_recv(sock, READ))
    except h11.RemoteProtocolError as exc:
        raise FetchError(origin.host, f"the proxy gave no answer ({exc})") from exc
    if not isinstance(head, h11.Response) or not 200 <= head.status_code < 300:
        status = head.status_code if isinstance(head, h11.Response) else "no answer"
        raise FetchError(origin.host, f"the proxy does not connect to {authority} ({status})")


def _check_certificates() -> None:
    path = os.environ.get("SSL_CERT_FILE", "")
    if path and not os.path.isfile(path):
        raise _no_certificates("no such file")


def _no_certificates(reason: object) -> ConfigError:
    return ConfigError(
        "SSL_CERT_FILE", f"no certificates could be read there ({reason}); expected a PEM file"
    )


def _tls() -> ssl.SSLContext:
    import httpx2  # knows where certificates lie; it is not loaded where nobody asks for one

    try:
        context = httpx2.create_ssl_context()
    except OSError as exc:
        raise _no_certificates(exc) from exc
    context.set_alpn_protocols(["http/1.1"])
    return context

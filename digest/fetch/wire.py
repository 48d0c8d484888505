"""
HTTP/1.1 over asyncio: connections that are kept for a moment, one exchange at a time each.

Touches the network through the `Guard`, whose sockets it speaks over. h11 holds the rules of
the protocol. A client library would cost three times the time of a request, which for a
thousand feeds that have not changed is most of the run.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import h11
import httpx2

from ..errors import ConfigError, FetchError
from .guard import Guard
from .headers import Header

KEEP_ALIVE_S = 5.0
MAX_HEAD = 65_536
"""Bytes of an answer's headers."""
READ = 65_536
END = h11.EndOfMessage()


class Origin(NamedTuple):
    """Whom a connection is to."""

    is_tls: bool
    host: str
    port: int


@dataclass(slots=True)
class Connection:
    """One connection, between exchanges or in the middle of one."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    state: h11.Connection = field(
        default_factory=lambda: h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
    )
    idle_since: float = 0.0

    async def event(self) -> h11.Event:
        """The next part of the answer, however many reads it takes."""
        while True:
            event = self.state.next_event()
            if event is h11.NEED_DATA:
                data = await self.reader.read(READ)
                if not data and self.state.their_state is h11.SEND_RESPONSE:
                    raise h11.RemoteProtocolError("closed without sending a response")
                self.state.receive_data(data)
            elif isinstance(event, h11.Event):
                return event
            else:  # the server switches to a protocol that nobody asked for
                raise h11.RemoteProtocolError("the server left HTTP")

    def is_at_end(self) -> bool:
        """Whether the answer is done, as far as bytes that are here already tell."""
        try:
            while self.state.their_state is h11.SEND_BODY:
                if not isinstance(self.state.next_event(), h11.Data):
                    break
        except h11.RemoteProtocolError:
            return False
        return self.state.our_state is h11.DONE and self.state.their_state is h11.DONE

    def drop(self) -> None:
        self.writer.transport.abort()


@dataclass(slots=True)
class Answer:
    """The head of an answer, and its body as it arrives."""

    status: int
    headers: list[Header]
    connection: Connection

    async def parts(self) -> AsyncGenerator[bytes, None]:
        """
        Raises:
            h11.RemoteProtocolError, OSError: The body breaks off, or is none of HTTP.
        """
        while isinstance(event := await self.connection.event(), h11.Data):
            yield bytes(event.data)


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

    @asynccontextmanager
    async def exchange(
        self, origin: Origin, request: h11.Request, leaving: Callable[[], None]
    ) -> AsyncIterator[Answer]:
        """
        Send a request without a body; the block reads as much of the answer as it wants.

        Args:
            leaving: Called before the first byte is sent.

        Raises:
            FetchError: The origin may not be asked or does not answer.
            h11.RemoteProtocolError, OSError: It answers badly.
        """
        connection = self._kept(origin) or await self._open(origin)
        is_whole = False
        try:
            data = connection.state.send(request) or b""
            data += connection.state.send(h11.EndOfMessage()) or b""
            leaving()
            connection.writer.write(data)
            head = await connection.event()
            while isinstance(head, h11.InformationalResponse):
                head = await connection.event()
            if not isinstance(head, h11.Response):
                raise h11.RemoteProtocolError("no answer")
            yield Answer(head.status_code, list(head.headers), connection)
            is_whole = connection.is_at_end()
        finally:
            if is_whole:
                self._put_back(origin, connection)
            else:
                connection.drop()

    async def aclose(self) -> None:
        """Close what is kept, and let the event loop carry it out."""
        for connections in self._idle.values():
            for connection in connections:
                connection.drop()
        self._idle.clear()
        await asyncio.sleep(0)

    def _kept(self, origin: Origin) -> Connection | None:
        """A connection from before that its server has not closed since."""
        now = asyncio.get_running_loop().time()
        connections = self._idle.get(origin, [])
        while connections:
            connection = connections.pop()
            if now - connection.idle_since < KEEP_ALIVE_S and not connection.reader.at_eof():
                return connection
            connection.drop()
        return None

    def _put_back(self, origin: Origin, connection: Connection) -> None:
        if sum(map(len, self._idle.values())) >= self._keep:
            self._drop_oldest()
        connection.state.start_next_cycle()
        connection.idle_since = asyncio.get_running_loop().time()
        self._idle.setdefault(origin, []).append(connection)

    def _drop_oldest(self) -> None:
        """The lists stand in the order of their first connection: near enough to age."""
        origin = next(iter(self._idle))
        connections = self._idle[origin]
        if connections:
            connections.pop(0).drop()
        if not connections:
            del self._idle[origin]

    async def _open(self, origin: Origin) -> Connection:
        tls = None
        if origin.is_tls:
            tls = self._tls = self._tls or _tls()
        sock = await self._guard.connect(origin.host, origin.port)
        try:
            if tls and self._guard.is_proxied(origin.host):
                await _tunnel(sock, origin)
            reader, writer = await asyncio.open_connection(
                sock=sock, ssl=tls, server_hostname=origin.host if tls else None
            )
        except BaseException:
            sock.close()
            raise
        return Connection(reader, writer)


async def _tunnel(sock: socket.socket, origin: Origin) -> None:
    """
    Have the proxy at the other end of a socket connect it to an origin.

    Source: RFC 9110, section 9.3.6 (CONNECT)
    """
    loop = asyncio.get_running_loop()
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    authority = f"{host}:{origin.port}"
    state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
    request = h11.Request(method="CONNECT", target=authority, headers=[("Host", authority)])
    await loop.sock_sendall(sock, (state.send(request) or b"") + (state.send(END) or b""))
    try:
        while (answer := state.next_event()) is h11.NEED_DATA:
            state.receive_data(await loop.sock_recv(sock, READ))
    except h11.RemoteProtocolError as exc:
        raise FetchError(origin.host, f"the proxy gave no answer ({exc})") from exc
    if not isinstance(answer, h11.Response) or not 200 <= answer.status_code < 300:
        status = answer.status_code if isinstance(answer, h11.Response) else "no answer"
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
    try:
        context = httpx2.create_ssl_context()
    except OSError as exc:
        raise _no_certificates(exc) from exc
    context.set_alpn_protocols(["http/1.1"])
    return context

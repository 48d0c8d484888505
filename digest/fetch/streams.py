"""
Bytes to and from a server: sockets that the event loop waits for.

Touches sockets. A stream of asyncio has three objects and a dozen callbacks for a request that
waits twice, once to be connected and once for its answer: most feeds have nothing new, and then
they would be the most of the work. Where a connection is encrypted asyncio does that, and the
stream is its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from typing import Any, Protocol


class Stream(Protocol):
    """A connection to a server."""

    async def read(self, most: int, /) -> bytes:
        """
        What comes next, at most so many bytes; none at the end.

        Raises:
            OSError: The connection broke off.
        """

    async def write(self, data: bytes, /) -> None:
        """
        Raises:
            OSError: The connection broke off.
        """

    def is_open(self) -> bool:
        """Whether, between two exchanges, its server keeps it and says nothing."""

    def drop(self) -> None:
        """Close it at once."""


class Plain:
    """A socket that does not block, connected; one waits for it at a time."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._is_answered = False
        """Whether something came since the last request: more of it may be here by now."""

    async def read(self, most: int, /) -> bytes:
        loop = asyncio.get_running_loop()
        while True:
            if self._is_answered:
                with contextlib.suppress(BlockingIOError):
                    return self._sock.recv(most)
            await _until(loop.add_reader, loop.remove_reader, self._sock)
            self._is_answered = True

    async def write(self, data: bytes, /) -> None:
        self._is_answered = False
        sent = 0
        with contextlib.suppress(BlockingIOError):
            sent = self._sock.send(data)
        if sent < len(data):
            await asyncio.get_running_loop().sock_sendall(self._sock, data[sent:])

    def is_open(self) -> bool:
        try:
            self._sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            pass
        return False

    def drop(self) -> None:
        self._sock.close()


class Encrypted:
    """A stream of asyncio, over TLS."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def read(self, most: int, /) -> bytes:
        return await self._reader.read(most)

    async def write(self, data: bytes, /) -> None:
        self._writer.write(data)

    def is_open(self) -> bool:
        return not self._reader.at_eof()

    def drop(self) -> None:
        self._writer.transport.abort()


async def connected(address: str, port: int) -> socket.socket:
    """
    A socket that is connected to an address, given in figures.

    Raises:
        OSError: Nobody answers there.
    """
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        sock.setblocking(False)
        try:
            sock.connect((address, port))
        except BlockingIOError:
            loop = asyncio.get_running_loop()
            await _until(loop.add_writer, loop.remove_writer, sock)
            if reason := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise OSError(reason, os.strerror(reason)) from None
    except BaseException:
        sock.close()
        raise
    return sock


async def _until(
    add: Callable[..., object], remove: Callable[[int], object], sock: socket.socket
) -> None:
    """Wait until the event loop says that a socket is ready."""
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    number = sock.fileno()
    add(number, _wake, future)
    try:
        await future
    finally:
        remove(number)


def _wake(future: asyncio.Future[Any]) -> None:
    if not future.done():
        future.set_result(None)

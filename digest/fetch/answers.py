"""
Requests and answers of HTTP/1.1 over one connection, one exchange at a time.

Touches the connection it is given. h11 holds the rules of the protocol. A head of the usual form
(one read, a status line and fields without anything folded or repeated, a body of a said length
or to the end) leaves none of them in doubt and is read by a pattern, in a tenth of the time;
every other head, with all that follows, is h11's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .headers import Header

if TYPE_CHECKING:
    import h11

MAX_HEAD = 65_536
"""Bytes of an answer's headers."""
READ = 65_536
_SENT = re.compile(
    rb"GET [\x21-\x7e]+ HTTP/1\.1\r\n(?:[!-9;-~]+: (?:[\x21-\xff][\t\x20-\xff]*)?\r\n)+\r\n"
)
_HEAD = re.compile(
    rb"HTTP/1\.1 ([2-5]\d\d)(?: [\t\x20-\x7e]*)?\r\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n)*)\r\n"
)
_LENGTH = re.compile(rb"\d{1,18}")


class Unreadable(Exception):
    """What came is no whole answer of HTTP."""


class Closed(Unreadable):
    """The connection was closed before anything of an answer came."""


class Unsendable(Exception):
    """No request of HTTP can be made of this."""


@dataclass(frozen=True, slots=True)
class Request:
    """A GET without a body."""

    target: str
    headers: Sequence[Header]
    """`Host` first."""

    def sent(self) -> bytes:
        """
        Raises:
            Unsendable: HTTP has no way to say it.
        """
        lines = [b"GET %s HTTP/1.1\r\n" % self.target.encode("latin-1", "replace")]
        lines += [b"%s: %s\r\n" % header for header in self.headers]
        data = b"".join((*lines, b"\r\n"))
        # No value may bring a line of its own.
        is_usual = data.count(b"\n") == len(self.headers) + 2 and _SENT.fullmatch(data)
        return data if is_usual else started(self)[1]


class Reads(Protocol):
    """What gives the bytes of a connection: a `Stream`."""

    async def read(self, most: int, /) -> bytes:
        """What comes next, at most so many bytes; none at the end."""


class Answer(Protocol):
    """The head of an answer, and its body as it arrives."""

    status: int
    headers: list[Header]

    async def part(self) -> bytes:
        """
        What comes next of the body; empty at its end.

        Raises:
            Unreadable, OSError: The body breaks off, or is none of HTTP.
        """

    def is_at_end(self) -> bool:
        """
        Whether the connection may serve another request: the answer is done, as far as bytes
        that are here already tell, and its server keeps the connection.
        """


async def answer(stream: Reads, request: Request) -> Answer:
    """
    The answer to a request that has been sent.

    Raises:
        Closed: There is none.
        Unreadable, OSError: There is none that is whole.
    """
    data = await stream.read(READ)
    if not data:
        raise Closed("closed without sending a response")
    found = _usual(stream, data)
    if found is None:
        found = _Any(stream, request, data)
        await found.open()
    return found


def _usual(stream: Reads, data: bytes) -> Answer | None:
    match = _HEAD.match(data)
    if match is None:
        return None
    status, fields = int(match[1]), dict[bytes, bytes]()
    for line in match[2].splitlines():
        name, _, value = line.partition(b":")
        fields[name.lower()] = value.strip(b" \t")
    lengths = fields.get(b"content-length", b"0")
    if (
        len(fields) != match[2].count(b"\n")  # one is repeated
        or b"transfer-encoding" in fields
        or not _LENGTH.fullmatch(lengths)
    ):
        return None
    left = int(lengths) if b"content-length" in fields else None
    return _Usual(
        status,
        list(fields.items()),
        stream,
        data[match.end() :],
        0 if status in (204, 304) else left,
        b"close" not in fields.get(b"connection", b"").lower(),
        left or 0,
    )


@dataclass(slots=True)
class _Usual:
    status: int
    headers: list[Header]
    stream: Reads
    held: bytes
    """Of the body, or of whatever followed the head."""
    left: int | None
    """Bytes of the body that were not handed out; None: it lasts to the end of the connection."""
    stays: bool
    length: int = 0

    async def part(self) -> bytes:
        if self.left == 0:
            return b""
        data, self.held = self.held or await self.stream.read(READ), b""
        if self.left is None:
            return data
        if not data:
            got = self.length - self.left
            raise Unreadable(f"closed early: received {got} bytes, expected {self.length}")
        data, self.held = data[: self.left], data[self.left :]
        self.left -= len(data)
        return data

    def is_at_end(self) -> bool:
        return self.stays and self.left is not None and len(self.held) == self.left


class _Any:
    """Whatever h11 can read."""

    def __init__(self, stream: Reads, request: Request, data: bytes) -> None:
        self._stream = stream
        self._state = started(request)[0]
        self._state.receive_data(data)
        self.status = 0
        self.headers = list[Header]()

    async def open(self) -> None:
        import h11

        head = await self._event()
        while isinstance(head, h11.InformationalResponse):
            head = await self._event()
        if not isinstance(head, h11.Response):
            raise Unreadable("no answer")
        self.status, self.headers = head.status_code, list(head.headers)

    async def part(self) -> bytes:
        import h11

        while isinstance(event := await self._event(), h11.Data):
            if event.data:
                return bytes(event.data)
        return b""

    def is_at_end(self) -> bool:
        import h11

        state = self._state
        try:
            while state.their_state is h11.SEND_BODY:
                if not isinstance(state.next_event(), h11.Data):
                    break
        except h11.RemoteProtocolError:
            return False
        is_done = state.our_state is h11.DONE and state.their_state is h11.DONE
        return is_done and not state.trailing_data[0]

    async def _event(self) -> h11.Event:
        """The next part of the answer, however many reads it takes."""
        import h11

        try:
            while True:
                event = self._state.next_event()
                if event is h11.NEED_DATA:
                    data = await self._stream.read(READ)
                    if not data and self._state.their_state is h11.SEND_RESPONSE:
                        raise Unreadable("closed without sending a response")
                    self._state.receive_data(data)
                elif isinstance(event, h11.Event):
                    return event
                else:  # the server switches to a protocol that nobody asked for
                    raise Unreadable("the server left HTTP")
        except h11.RemoteProtocolError as exc:
            raise Unreadable(str(exc)) from exc


def started(request: Request, method: str = "GET") -> tuple[h11.Connection, bytes]:
    """
    h11's view of a connection over which a request has gone, and the request's bytes.

    Raises:
        Unsendable: HTTP has no way to say it.
    """
    import h11  # few answers need it

    state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
    try:
        asked = h11.Request(method=method, target=request.target, headers=list(request.headers))
        data = state.send(asked) or b""
        data += state.send(h11.EndOfMessage()) or b""
    except h11.LocalProtocolError as exc:
        raise Unsendable(str(exc)) from exc
    return state, data

"""
Bodies unpacked in steps and counted while they are, so that a bomb costs nothing.

Pure. One coding is undone, never a stack: no server needs two, and each multiplies what
a few bytes may become. No step unpacks more than `STEP` bytes, and both sides are
counted: what arrives (a stream may be endless and unpack to nothing) and what comes out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from ..errors import FetchError

ACCEPTED = "gzip, deflate, br"
STEP = 65_536
PLAIN = frozenset({"", "identity", "none", "utf-8", "utf8", "8bit", "binary"})
"""Words that servers send where nothing is packed."""
GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Unpacker(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Unpack more, in steps of bounded size."""
        ...

    def is_whole(self) -> bool:
        """Whether the packed stream has come to its end."""
        ...


class Identity:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def is_whole(self) -> bool:
        return True


class Deflate:
    """zlib's format, and the bare deflate that some servers send under its name."""

    def __init__(self) -> None:
        self._head = b""
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return
            is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        yield from _steps(self._stream, data)

    def is_whole(self) -> bool:
        return self._stream is not None and self._stream.eof


class Gzip:
    """One gzip member or several; what follows the last one is padding."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(GZIP_WINDOW)
        self._held = b""
        self._in_padding = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while data and not self._in_padding:
            if self._stream.eof:
                if len(data) < len(GZIP_MAGIC):
                    self._held = data
                    return
                self._in_padding = not data.startswith(GZIP_MAGIC)
                if self._in_padding:
                    return
                self._stream = zlib.decompressobj(GZIP_WINDOW)
            yield from _steps(self._stream, data)
            data = self._stream.unused_data

    def is_whole(self) -> bool:
        return self._stream.eof


class Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._stream.is_finished():
            part = self._stream.process(data, output_buffer_limit=STEP)
            yield part
            data = b""
            if not part:  # it may hold output although it says that it takes more input
                return

    def is_whole(self) -> bool:
        return bool(self._stream.is_finished())


UNPACKERS: dict[str, type[Unpacker]] = {
    "gzip": Gzip,
    "x-gzip": Gzip,
    "deflate": Deflate,
    "br": Brotli,
}


class Body:
    """
    The body of one answer, taken in as it arrives.

    Args:
        coding: Value of `Content-Encoding`; several fields joined by commas.
        max_bytes: Most bytes that may arrive, and most that they may unpack to.

    Raises:
        FetchError: The coding is unknown or a stack of several.
    """

    def __init__(self, coding: str, max_bytes: int) -> None:
        self._coding = coding
        self._unpacker = _unpacker(coding)
        self._max_bytes = max_bytes
        self._arrived = 0
        self.size = 0
        """Bytes so far, unpacked."""
        self._parts: list[bytes] = []

    def add(self, data: bytes) -> None:
        """
        Take in what arrived.

        Raises:
            FetchError: It is too much, or not what the coding says.
        """
        self._arrived += len(data)
        self._check(self._arrived)
        try:
            for part in self._unpacker.feed(data):
                self.size += len(part)
                self._check(self.size)
                self._parts.append(part)
        except (zlib.error, brotli.error) as exc:
            raise FetchError("", f"the body is not the {self._coding} it says it is") from exc

    def _check(self, size: int) -> None:
        if size > self._max_bytes:
            raise FetchError("", f"larger than {self._max_bytes:,} bytes (network.max_bytes)")

    def whole(self) -> bytes:
        """
        All of it, unpacked.

        Raises:
            FetchError: The packed stream ends early.
        """
        if self._arrived and not self._unpacker.is_whole():
            raise FetchError("", f"the {self._coding} body ends early")
        return b"".join(self._parts)


def _unpacker(coding: str) -> Unpacker:
    codings = [word for part in coding.lower().split(",") if (word := part.strip()) not in PLAIN]
    if not codings:
        return Identity()
    if len(codings) > 1:
        raise FetchError("", f"packed more than once ({coding[:80]!a}); expected one coding")
    if codings[0] not in UNPACKERS:
        raise FetchError("", f"packed as {codings[0][:80]!a}; expected one of {ACCEPTED}")
    return UNPACKERS[codings[0]]()


def _steps(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while not stream.eof:
        part = stream.decompress(data, STEP)
        yield part
        data = stream.unconsumed_tail
        if not data and len(part) < STEP:  # a full step may have left output inside
            return

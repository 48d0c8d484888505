"""What a hostile case is, and documents to make some of."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.types import Entry

Answer = bytes | Callable[[socket.socket], None]


@dataclass(frozen=True)
class Case:
    """
    A feed and what must come of it.

    `words` (a pattern) stand in its line of the report. Without any the feed is read, and that
    many `entries` are stored; -1: as many as can be read, or none and a line. `holds` is true.
    """

    name: str
    answer: Answer = b""
    words: str = ""
    entries: int = 2
    holds: Callable[[Sequence[Entry]], bool] = lambda entries: True
    url: str = ""
    """Where it is asked instead of at the server."""


def answer(body: bytes, *headers: str, kind: str = "application/rss+xml") -> bytes:
    """A 200 with its length; `headers` are lines."""
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}"]
    if kind:
        lines.append(f"Content-Type: {kind}")
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body


def item(number: int = 1, more: str = "") -> str:
    return (
        f"<item><title>Ebb {number}</title><link>https://tides.example/{number}</link>"
        f"<description>Water {number} goes out.</description>{more}</item>"
    )


def rss(*items: str, before: str = "", channel: str = "<title>Tides</title>") -> str:
    """An RSS document; two items where none are given."""
    inside = "".join(items or (item(1), item(2)))
    return f'{before}<rss version="2.0"><channel>{channel}{inside}</channel></rss>'


def feed(*items: str, before: str = "", channel: str = "<title>Tides</title>") -> bytes:
    return rss(*items, before=before, channel=channel).encode()


def served(*items: str, before: str = "", channel: str = "<title>Tides</title>") -> bytes:
    return answer(feed(*items, before=before, channel=channel))


def then_close(data: bytes) -> Callable[[socket.socket], None]:
    return lambda conn: conn.sendall(data)

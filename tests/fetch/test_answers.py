"""Answers: what the short way reads, h11 reads alike; all else is h11's."""

from __future__ import annotations

import asyncio
import random

import pytest

from digest.fetch.answers import Answer, Request, Unreadable, Unsendable, _Any, _Usual, answer

ASKED = Request("/feed", [(b"Host", b"a.example")])
HEADS = ("HTTP/1.1 200 OK", "HTTP/1.1 304 Not Modified", "HTTP/1.1 404", "HTTP/1.0 200 OK",
         "HTTP/1.1 204 No", "HTTP/1.1 100 Continue", "HTTP/1.1 2000 x", "HTTP/1.1 302 Found", "SSH",
         "HTTP/1.1 101 Go")  # fmt: skip
FIELDS = ("Content-Length: 5", "content-length: 5", "Content-Length: 7", "Content-Length: x",
          "Content-Length: 0", "Transfer-Encoding: chunked", "Connection: close", "ETag: \"é\"",
          "Connection: keep-alive", "Set-Cookie: a=b", "Set-Cookie: c=d", "X:y", "X :y", " folded",
          "X: \t y \t", "Content-Type:text/xml", "X: a\x01b", "Connection: Close, x")  # fmt: skip
BODIES = ("", "hello", "hello, more", "5\r\nhello\r\n0\r\n\r\n", "5\r\nhel")


def served(number: int) -> bytes:
    chance = random.Random(number)
    end = "\n" if chance.random() < 0.05 else "\r\n"
    lines = [chance.choice(HEADS[: chance.choice((2, 10))])]
    lines += chance.choices(FIELDS[: chance.choice((2, 8, 18))], k=chance.randint(0, 4))
    return (end.join((*lines, "", "")) + chance.choice(BODIES)).encode("latin-1")


async def read(data: bytes, *, by_h11: bool) -> tuple[object, bool]:
    """What comes of it, and whether the short way was taken."""
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    body = b""
    found: Answer | None = None
    try:
        if by_h11:
            found = whole = _Any(reader, ASKED, await reader.read(70_000))
            await whole.open()
        else:
            found = await answer(reader, ASKED)
        while part := await found.part():
            body += part
    except Unreadable:
        head = (found.status, sorted(found.headers)) if found and found.status else None
        return (head, "broken"), isinstance(found, _Usual)
    if isinstance(found, _Usual):  # it keeps no connection that h11 would not
        was_whole = found.left == 0 and not found.held and found.stays
        assert found.is_at_end() == was_whole
    return (found.status, sorted(found.headers), body), isinstance(found, _Usual)


def test_chance_answers_are_read_alike() -> None:
    """Fields that are missing, repeated, folded or broken, and bodies that do not fit."""

    async def run() -> int:
        short = 0
        for number in range(6_000):
            data = served(number)
            quick, was_short = await read(data, by_h11=False)
            if was_short:
                short += 1
                assert quick == (await read(data, by_h11=True))[0], data
        return short

    assert asyncio.run(run()) > 1_500


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX : a\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a",
        b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_doubtful_heads_are_for_h11(data: bytes) -> None:
    """Two lengths, folded fields, a head in several reads, one that is only the first."""
    assert asyncio.run(read(data, by_h11=False))[1] is False


def test_a_connection_is_kept_only_where_nothing_is_left_in_it() -> None:
    """What a server sends behind its answer would be taken for the answer to the next request."""

    async def at_end(data: bytes) -> bool:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        return (await answer(reader, ASKED)).is_at_end()

    head = b"HTTP/1.1 302 Found\r\nContent-Length: 2\r\n"
    assert asyncio.run(at_end(head + b"\r\nno"))
    assert not asyncio.run(at_end(head + b"\r\nno" + b"HTTP/1.1 200 OK\r\n\r\n"))
    assert not asyncio.run(at_end(head + b"\r\nn"))
    assert not asyncio.run(at_end(head + b"Connection: close\r\n\r\nno"))
    assert not asyncio.run(at_end(b"HTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))


def test_a_request_is_sent_as_h11_sends_it() -> None:
    """And one that HTTP cannot carry is sent by neither."""
    asked = Request("/a?b", [(b"Host", b"a.example"), (b"If-None-Match", b'"\xe9"')])
    assert asked.sent() == b'GET /a?b HTTP/1.1\r\nHost: a.example\r\nIf-None-Match: "\xe9"\r\n\r\n'
    for odd in (
        Request("/a b", [(b"Host", b"a")]),
        Request("/a", [(b"Host", b"a"), (b"X", b"a\r\nY: b")]),
        Request("/a", [(b"Host", b"a"), (b"X:Y", b"a")]),
        Request("/a", []),
    ):
        with pytest.raises(Unsendable):
            odd.sent()

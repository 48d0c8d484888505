"""
A thousand feeds on one loopback port, each at a host of its own, for measuring their readers.

Feeds are made up and the same each time: 60 % bring summaries, 40 % whole texts; 20 entries,
85 kB in the mean. Each answer takes `LATENCY_S`, is packed where the client takes it, and has both
validators. What the server does is a `phase`, which the measuring process sets.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import hashlib
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from html import escape
from multiprocessing.sharedctypes import Synchronized
from typing import Any

LATENCY_S = 0.05
ENTRIES = 20
START = dt.datetime(2026, 4, 20, 6, tzinfo=dt.UTC)
FIRST, CHANGED, TROUBLE = 0, 1, 2
"""All as it was at first; each twentieth feed has an entry more; some hang, fail and redirect."""
WORDS = (
    "the model cost price value market report team result memory token server region growth user "
    "system paper network release engineer policy energy vote court study change record access of "
    "and to in a for with on by from that which after before under over about café naïve 3.5 1,200"
).split()


def host(number: int) -> str:
    return f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"


def body(number: int, version: int) -> bytes:
    """One feed: RSS or Atom, by turns; each version has one entry more at its head."""
    chance = random.Random(number)
    is_whole, is_atom = number % 5 in (1, 3), number % 2 == 0
    site = f"http://{host(number)}"
    entries = [
        _entry(number, n, is_whole, is_atom, site)
        for n in range(ENTRIES + version - 1, version - 1, -1)
    ]
    name = f"Feed {number} of {chance.choice(WORDS)}"
    if is_atom:
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
            f'xml:lang="en"><title>{name}</title><link href="{site}/" rel="alternate"/>'
            f'<link href="{site}/feed" rel="self"/><id>{site}/</id>'
            f"<updated>{START.isoformat()}</updated><author><name>Ann {number}</name></author>"
            + "".join(entries)
            + "</feed>"
        ).encode()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{name}</title><link>{site}/</link><description>About it.</description>"
        f'<language>en</language><atom:link href="{site}/feed" rel="self" '
        'type="application/rss+xml"/>' + "".join(entries) + "</channel></rss>"
    ).encode()


def _entry(number: int, n: int, is_whole: bool, is_atom: bool, site: str) -> str:
    chance = random.Random(f"{number} {n}")
    title = _words(chance, 8).capitalize()
    link = f"{site}/2026/post-{n}"
    when = START - dt.timedelta(hours=31 * (40 - n))
    summary = f"<p>{_words(chance, 45)} <a href='/more/{n}'>{_words(chance, 3)}</a>.</p>"
    whole = "".join(_block(chance, n) for _ in range(24)) if is_whole else ""
    if is_atom:
        content = f'<content type="html">{escape(whole)}</content>' if whole else ""
        return (
            f"<entry><title>{title}</title><link href='{link}' rel='alternate'/><id>{link}</id>"
            f"<published>{when.isoformat()}</published><updated>{when.isoformat()}</updated>"
            f'<category term="{chance.choice(WORDS)}"/>'
            f'<summary type="html">{escape(summary)}</summary>{content}</entry>'
        )
    content = f"<content:encoded><![CDATA[{whole}]]></content:encoded>" if whole else ""
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='true'>{link}</guid>"
        f"<pubDate>{format_datetime(when)}</pubDate><dc:creator>Ann {number}</dc:creator>"
        f"<category>{chance.choice(WORDS)}</category>"
        f"<description><![CDATA[{summary}]]></description>{content}</item>"
    )


def _block(chance: random.Random, n: int) -> str:
    """A paragraph mostly; a heading, list, quotation, picture or code now and then."""
    kind = chance.random()
    if kind < 0.7:
        at = chance.randrange(20, 50)
        link = f'<a href="https://example.org/{chance.randrange(10**6)}?utm_source=rss">'
        return (
            f"<p>{_words(chance, at).capitalize()} {link}{_words(chance, 4)}</a> "
            f"{_words(chance, 12)} <em>{_words(chance, 2)}</em> &amp; {_words(chance, 9)}.</p>\n"
        )
    if kind < 0.78:
        return f"<h2>{_words(chance, 5).capitalize()}</h2>\n"
    if kind < 0.86:
        return "<ul>" + "".join(f"<li>{_words(chance, 9)}</li>" for _ in range(4)) + "</ul>\n"
    if kind < 0.91:
        return f"<blockquote><p>{_words(chance, 30)}.</p></blockquote>\n"
    if kind < 0.97:
        source = f"https://example.org/pictures/{n}-{chance.randrange(999)}.jpg"
        return (
            f'<figure><img src="{source}" alt="{_words(chance, 5)}" width="600" height="400"/>'
            f"<figcaption>{_words(chance, 8)}</figcaption></figure>\n"
        )
    return f"<pre><code>for x in {_words(chance, 3)}:\n    print(x)\n</code></pre>\n"


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(WORDS, k=number))


class _Reply:
    """What one feed answers, made when it is first asked for."""

    def __init__(self, number: int, version: int) -> None:
        self.plain = body(number, version)
        self.packed = gzip.compress(self.plain, 6)
        self.etag = f'"{hashlib.sha256(self.plain).hexdigest()[:16]}"'
        self.modified = format_datetime(START + dt.timedelta(hours=version), usegmt=True)

    def to(self, request: bytes) -> bytes:
        validators = f"ETag: {self.etag}\r\nLast-Modified: {self.modified}\r\n"
        if self.etag.encode() in request:
            return f"HTTP/1.1 304 Not Modified\r\n{validators}Connection: close\r\n\r\n".encode()
        is_packed = b"gzip" in request
        sent = self.packed if is_packed else self.plain
        coding = "Content-Encoding: gzip\r\n" if is_packed else ""
        head = (
            f"HTTP/1.1 200 OK\r\n{validators}{coding}Content-Type: application/xml\r\n"
            f"Content-Length: {len(sent)}\r\nConnection: close\r\n\r\n"
        )
        return head.encode() + sent


class _Server:
    def __init__(self, number: int, phase: Synchronized[int]) -> None:
        self.number, self.phase = number, phase
        self.replies = {(n, 0): _Reply(n, 0) for n in range(number)}
        self.replies |= {(n, 1): _Reply(n, 1) for n in range(0, number, 20)}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(LATENCY_S)
            name = writer.get_extra_info("sockname")[0].split(".")
            n = (int(name[1]) - 1) * 62_500 + int(name[2]) * 250 + int(name[3]) - 1
            writer.write(await self._reply(n, request))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _reply(self, n: int, request: bytes) -> bytes:
        phase = self.phase.value
        if phase == TROUBLE and n % 50 == 7:
            await asyncio.sleep(3600)
        if phase == TROUBLE and n % 20 == 3:
            return b"HTTP/1.1 500 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
        if phase == TROUBLE and n % 20 == 4 and not request.startswith(b"GET /moved"):
            return b"HTTP/1.1 302 Found\r\nLocation: /moved\r\nConnection: close\r\n\r\n"
        version = int(phase == CHANGED and n % 20 == 0)
        return self.replies[n, version].to(request)


def _serve(number: int, phase: Synchronized[int], port: Any) -> None:
    async def run() -> None:
        server = await asyncio.start_server(
            _Server(number, phase).answer, "0.0.0.0", 0, backlog=4096
        )
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def serving(number: int) -> Iterator[tuple[list[str], Synchronized[int]]]:
    """The addresses of so many feeds, and the phase of their server, in another process."""
    context = multiprocessing.get_context("spawn")
    phase = context.Value("i", FIRST)
    mine, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(number, phase, theirs), daemon=True)
    process.start()
    try:
        port = mine.recv()
        yield [f"http://{host(n)}:{port}/feed" for n in range(number)], phase
    finally:
        process.kill()
        process.join()

"""Servers that are slow, endless, broken, or send elsewhere."""

# ruff: noqa: E501 - a case is a line
from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from contextlib import suppress

import brotli  # type: ignore[import-untyped]

from .case import Answer, Case, answer, feed, served, then_close

OK = b"HTTP/1.1 200 OK\r\n"
GOOD = feed()
TOO_MUCH = "larger than|took over"
"""A busy machine may need longer for ten megabytes than there is time."""
SLOW_S = 14
"""Longer than any deadline of the test."""


def _slowly(first: bytes, then: bytes, pause_s: float = 0.05) -> Answer:
    def send(conn: socket.socket) -> None:
        end = time.monotonic() + SLOW_S
        with suppress(OSError):
            conn.sendall(first)
            while time.monotonic() < end:
                conn.sendall(then)
                time.sleep(pause_s)

    return send


def _endlessly(first: bytes, then: bytes) -> Answer:
    return _slowly(first, then, 0.01)


def _then_wait(data: bytes) -> Answer:
    def send(conn: socket.socket) -> None:
        conn.sendall(data)
        time.sleep(SLOW_S)

    return send


def _reset(conn: socket.socket) -> None:
    conn.sendall(OK + b"Content-Length: 1000\r\n\r\nhalf")
    time.sleep(0.1)
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _status(code: int, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {code} X", "Content-Length: 0", *headers, "", ""]).encode()


def _headers(*lines: str) -> bytes:
    return answer(GOOD, *lines)


SLOW = [
    Case("drip", _slowly(OK + b"Content-Length: 100000\r\n\r\n", b"x"), "took over"),
    Case("drip-headers", _slowly(OK, b"X: y\r\n"), "took over"),
    Case("drip-status", _slowly(b"HTTP/1.1 2", b""), "took over"),
    Case("silent", _then_wait(b""), "took over"),
    Case("silent-after-head", _then_wait(OK + b"Content-Length: 9\r\n\r\n"), "took over"),
    Case("silent-after-half", _then_wait(OK + b"Content-Length: 99999\r\n\r\n" + GOOD), "took"),
    Case("informational", _slowly(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), "took over"),
    Case(
        "chunks-of-one", _slowly(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), "took"
    ),
    Case(
        "gzip-drip",
        _slowly(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(GOOD)[:20], b""),
        "took",
    ),
]

ENDLESS = [
    Case("endless", _endlessly(OK + b"\r\n", b"x" * 65_536), TOO_MUCH),
    Case("endless-feed", _endlessly(OK + b"\r\n<rss><channel>", b"<item><title>x</title></item>" * 2_000), TOO_MUCH),
    Case("endless-header", _endlessly(OK + b"X: ", b"x" * 65_536), "not a whole HTTP answer"),
    Case("endless-headers", _endlessly(OK, b"X: y\r\n" * 1_000), "not a whole HTTP answer"),
    Case("endless-status", _endlessly(b"HTTP/1.1 200 ", b"O" * 65_536), "not a whole HTTP answer"),
    Case("endless-chunk-head", _endlessly(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 4_096), "not a whole"),
    Case("endless-chunk", _endlessly(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", b"x" * 65_536), TOO_MUCH),
    Case("length-of-a-terabyte", _endlessly(OK + b"Content-Length: 1099511627776\r\n\r\n", b"x" * 65_536), TOO_MUCH),
]  # fmt: skip

BROKEN = [
    Case("reset", _reset, "the connection broke off"),
    Case("closes-at-once", then_close(b""), "without sending a response"),
    Case("half-a-head", then_close(OK + b"Content-Le"), "not a whole HTTP answer"),
    Case("half-a-body", then_close(OK + b"Content-Length: 9999\r\n\r\n" + GOOD), "not a whole"),
    Case("half-a-chunk", then_close(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhalf"), "not a whole"),
    Case("no-last-chunk", then_close(OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"), "not a whole"),
    Case("chunk-of-no-size", then_close(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "not a whole"),
    Case("chunk-of-minus-one", then_close(OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nx"), "not a whole"),
    Case("length-below-zero", then_close(OK + b"Content-Length: -1\r\n\r\n"), "not a whole"),
    Case("length-in-words", then_close(OK + b"Content-Length: many\r\n\r\n"), "not a whole"),
    Case("two-lengths", then_close(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + GOOD), "not a whole"),
    Case("length-and-chunks", then_close(OK + b"Content-Length: 5\r\nTransfer-Encoding: gzip\r\n\r\nx"), "not a whole"),
    Case("too-short-a-length", then_close(OK + b"Content-Length: 40\r\n\r\n" + GOOD), "no entry could be read"),
    Case("ssh", then_close(b"SSH-2.0-OpenSSH_9.2\r\n"), "not a whole HTTP answer"),
    Case("smtp", then_close(b"220 mail ESMTP\r\n"), "not a whole HTTP answer"),
    Case("tls", then_close(b"\x16\x03\x01\x02\x00\x01"), "not a whole HTTP answer"),
    Case("zeros", then_close(b"\x00" * 5_000), "not a whole HTTP answer"),
    Case("http-9", then_close(b"HTTP/9.9 200 OK\r\n\r\n" + GOOD)),
    Case("bare-body", then_close(GOOD), "not a whole HTTP answer"),
    Case("bad-header-name", then_close(OK + b"Bad Name: 1\r\n\r\n"), "not a whole"),
    Case("header-without-colon", then_close(OK + b"Nonsense\r\n\r\n"), "not a whole"),
    Case("switches-protocol", then_close(b"HTTP/1.1 101 X\r\nUpgrade: h2c\r\n\r\n"), "not a whole"),
    Case("many-headers", then_close(OK + b"X: y\r\n" * 100_000 + b"\r\n"), "not a whole"),
    Case("until-closed", then_close(OK + b"Content-Type: text/xml\r\n\r\n" + GOOD)),
    Case("http-1.0", then_close(b"HTTP/1.0 200 OK\r\n\r\n" + GOOD)),
    Case("bare-line-feeds", then_close(b"HTTP/1.1 200 OK\nContent-Type: text/xml\n\n" + GOOD)),
    Case("status-without-words", then_close(b"HTTP/1.1 200\r\n\r\n" + GOOD)),
    Case("informational-first", then_close(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK + b"\r\n" + GOOD)),
]  # fmt: skip

STATUSES = [
    *(
        Case(f"status-{code}", _status(code), f"answered {code}")
        for code in (201, 204, 205, 206, 300, 304, 305, 400, 401, 402, 403, 404, 405, 406, 408, 410)
    ),
    *(
        Case(f"status-{code}", _status(code), f"answered {code}")
        for code in (418, 421, 425, 429, 451)
    ),
    *(
        Case(f"status-{code}", _status(code), f"answered {code}")
        for code in (500, 502, 503, 504, 511)
    ),
    Case("status-999", _status(999), "answered 999"),
    Case("status-600", _status(600), "answered 600"),
]

INSIDE = (
    "http://127.0.0.1/ http://localhost/ http://127.1/ http://2130706433/ http://0x7f000001/ "
    "http://017700000001/ http://0/ http://0.0.0.0/ http://[::1]/ http://[::]/ "
    "http://[::ffff:127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://10.0.0.1/ "
    "http://172.16.0.1/ http://192.168.1.1/ http://169.254.169.254/latest/meta-data/ "
    "http://100.64.0.1/ http://[fd00::1]/ http://[fe80::1]/ http://224.0.0.1/ "
    "http://127\u30020\u30020\u30021/ https://127.0.0.1/ http://127.0.0.1:22/ //127.0.0.1/"
).split()
ELSEWHERE = (
    "file:///etc/passwd ftp://127.0.0.1/ gopher://127.0.0.1:70/_x data:text/xml,<rss/> "
    "javascript:alert(1) dict://127.0.0.1:11211/stats ldap://127.0.0.1/ jar:http://x!/ "
    "unix:///run/docker.sock blob:x about:blank mailto:a@b.example"
).split()


def _redirect(location: str, code: int = 302) -> bytes:
    lines = [f"HTTP/1.1 {code} X".encode(), b"Content-Length: 0", b"Location: " + location.encode()]
    return b"\r\n".join([*lines, b"", b""])


REDIRECTS = [
    *(
        Case(f"inside-{number}", _redirect(location), "not a public address|Invalid IDNA")
        for number, location in enumerate(INSIDE)
    ),
    *(
        Case(f"elsewhere-{number}", _redirect(location), "are not opened")
        for number, location in enumerate(ELSEWHERE)
    ),
    Case("redirect-to-itself", _redirect("/redirect-to-itself"), "more than 10 redirects"),
    Case("redirect-nowhere", _status(302), "does not say where to"),
    Case("redirect-to-nonsense", _redirect("http://[::1"), "a redirect to"),
    Case("redirect-to-port-0", _redirect("http://tides.example:0/"), "a redirect to"),
    Case("redirect-to-port-99999", _redirect("http://tides.example:99999/"), "a redirect to"),
    Case("redirect-with-password", _redirect("http://me:secret@tides.example/"), "name or password"),
    Case("redirect-of-a-megabyte", _redirect("/" + "x" * 20_000), "more than 8,192 characters"),
    Case("redirect-with-line-feed", then_close(b"HTTP/1.1 302 X\r\nLocation: /a\x00b\r\n\r\n"), "a"),
]  # fmt: skip


def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(200)]
    return b"".join([*parts, packer.flush()])


def _deflate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(200)]
    return b"".join([*parts, packer.flush()])


def _brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    parts = [packer.process(bytes(1 << 20)) for _ in range(100)]
    return b"".join([*parts, packer.finish()])


PACKED = gzip.compress(GOOD)
CODINGS = [
    Case("gzip", answer(PACKED, "Content-Encoding: gzip")),
    Case("x-gzip", answer(PACKED, "Content-Encoding: X-GZIP")),
    Case("gzip-twice-in-a-row", answer(PACKED + gzip.compress(b" "), "Content-Encoding: gzip")),
    Case("gzip-and-padding", answer(PACKED + b"\0" * 100, "Content-Encoding: gzip")),
    Case("deflate", answer(zlib.compress(GOOD), "Content-Encoding: deflate")),
    Case("raw-deflate", answer(zlib.compress(GOOD)[2:-4], "Content-Encoding: deflate")),
    Case("brotli", answer(brotli.compress(GOOD), "Content-Encoding: br")),
    Case("identity", answer(GOOD, "Content-Encoding: identity")),
    Case("gzip-bomb", answer(_gzip_bomb(), "Content-Encoding: gzip"), TOO_MUCH),
    Case("deflate-bomb", answer(_deflate_bomb(), "Content-Encoding: deflate"), TOO_MUCH),
    Case("brotli-bomb", answer(_brotli_bomb(), "Content-Encoding: br"), TOO_MUCH),
    Case("gzip-in-gzip", answer(gzip.compress(PACKED), "Content-Encoding: gzip, gzip"), "more than once"),
    Case("gzip-in-brotli", answer(b"x", "Content-Encoding: gzip", "Content-Encoding: br"), "more than once"),
    Case("zstd", answer(b"x", "Content-Encoding: zstd"), "packed as"),
    Case("unknown-coding", answer(b"x", "Content-Encoding: \xff"), "packed as"),
    Case("not-gzip", answer(GOOD, "Content-Encoding: gzip"), "not the gzip it says"),
    Case("not-brotli", answer(b"\xff" * 99, "Content-Encoding: br"), "not the br it says"),
    Case("half-a-gzip", answer(PACKED[:60], "Content-Encoding: gzip"), "ends early"),
    Case("broken-gzip", answer(PACKED[:40] + b"\xff" * 40, "Content-Encoding: gzip"), "gzip"),
    Case("gzip-checksum", answer(PACKED[:-8] + bytes(8), "Content-Encoding: gzip"), "gzip"),
]  # fmt: skip

HEADERS = [
    Case("retry-after-of-ages", _headers("Retry-After: 99999999999999999999")),
    Case("retry-after-in-words", _headers("Retry-After: soon")),
    Case("retry-after-year-9999", _headers("Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")),
    Case("429-of-ages", _status(429, "Retry-After: " + "9" * 400), "answered 429"),
    Case("503-in-the-year-0", _status(503, "Retry-After: Sat, 01 Jan 0000 00:00:00 GMT"), "503"),
    Case("expires-0", _headers("Expires: 0")),
    Case("expires-never", _headers("Expires: Fri, 99 Foo 99999 99:99:99 GMT")),
    Case("date-absurd", _headers("Date: -1", "Expires: Thu, 01 Jan 1970 00:00:00 GMT")),
    Case("max-age-of-ages", _headers("Cache-Control: max-age=" + "9" * 500)),
    Case("max-age-below-zero", _headers("Cache-Control: max-age=-5, , ,=")),
    Case("etag-of-20-kb", _headers('ETag: "' + "e" * 20_000 + '"')),
    Case("etag-of-odd-signs", _headers('ETag: W/"\xe4\x7f\t"')),
    Case("last-modified-of-20-kb", _headers("Last-Modified: " + "M" * 20_000)),
    Case("200-cookies", _headers(*[f"Set-Cookie: a{n}={'b' * 50}" for n in range(200)])),
    Case("folded-header", then_close(OK + b"X: a\r\n b\r\nContent-Type: text/xml\r\n\r\n" + GOOD)),
    Case("link-and-refresh", _headers("Refresh: 0; url=http://127.0.0.1/", "Link: </>; rel=self")),
    Case("type-of-image", answer(GOOD, kind="image/png")),
    Case("type-of-html", answer(GOOD, kind="text/html; charset=nonsense")),
    Case("no-type", answer(GOOD, kind="")),
    Case("type-of-20-kb", answer(GOOD, kind="text/xml; charset=" + "x" * 20_000)),
    Case("disposition", _headers('Content-Disposition: attachment; filename="../../etc/passwd"')),
]  # fmt: skip

ADDRESSES = [
    Case("address-loopback", served(), "not a public address", url="http://127.0.0.1:9/"),
    Case("address-metadata", served(), "not a public address", url="http://169.254.169.254/"),
    Case("address-decimal", served(), "not a public address", url="http://2130706433:9/"),
    Case("address-mapped", served(), "not a public address", url="http://[::ffff:10.0.0.1]/"),
    Case("address-unknown", served(), "no address found", url="http://nowhere.invalid/"),
    Case("address-label", served(), "no address found", url="http://" + "x" * 70 + ".invalid/"),
    Case("address-percent", served(), "names no host", url="http://%31%32%37.0.0.1/"),
]

CASES = [*SLOW, *ENDLESS, *BROKEN, *STATUSES, *REDIRECTS, *CODINGS, *HEADERS, *ADDRESSES]

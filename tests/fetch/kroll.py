"""
A server on loopback that keeps a feed reader's record, as the feed reader score project does.

Each blog is a host of its own and answers by a script, in simulated time. What a reader
does wrong is a line in `broken`.
"""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
START = dt.datetime(2026, 4, 1, 6, 0, tzinfo=dt.UTC)
Pair = tuple[str, str]
"""ETag and Last-Modified, empty where there is none."""


@dataclass(frozen=True)
class Reply:
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[dt.datetime, ...] = ()
    head: str = ""
    """More of the channel: `<ttl>`."""
    is_cut: bool = False
    """The body breaks off."""
    hold: dt.timedelta = dt.timedelta(0)
    """How long the answer asks to be left alone."""

    @property
    def pair(self) -> Pair:
        return self.headers.get("ETag", ""), self.headers.get("Last-Modified", "")

    def body(self) -> bytes:
        items = "".join(
            f"<item><title>Of {at:%d %H}</title><guid>{at:%d%H}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate><description>At {at}.</description></item>"
            for at in self.entries
        )
        channel = f"<channel><title>A blog</title>{self.head}{items}</channel>"
        return f"<rss version='2.0'>{channel}</rss>".encode()


Script = Callable[[dt.datetime, str, Pair], Reply]
"""Time, path, and the validators that came → the answer."""


@dataclass
class Record:
    """What is known of a reader's dealings with one blog."""

    given: list[Pair] = field(default_factory=lambda: [("", "")])
    """Validators that the reader may hold: one pair, or several after runs that were killed."""
    last: dt.datetime | None = None
    last_full: dt.datetime | None = None
    hold: dt.datetime | None = None
    is_gone: bool = False
    asked: int = 0
    paths: list[str] = field(default_factory=list)


class Quiet(HTTPServer):
    request_queue_size = 100

    def handle_error(self, *args: object) -> None:
        """A client that is killed hangs up."""


class Kroll:
    """Args: scripts, by host. `now` is set by the test; `settled` is called after a whole run."""

    def __init__(self, scripts: Mapping[str, Script], agent: str) -> None:
        self.scripts, self.agent = scripts, agent
        self.now = START
        self.records = {host: Record() for host in scripts}
        self.broken: list[str] = []
        self._in_run: dict[str, Reply] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            wbufsize = -1  # head and body in one packet

            def do_GET(self) -> None:
                if self.headers["Host"] == "own":
                    return
                self._send(outer.ask(self.headers["Host"], self.path, self.headers.items()))

            def _send(self, reply: Reply) -> None:
                body = reply.body() if reply.status == 200 else b""
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.status != 304:
                    self.send_header("Content-Length", str(len(body) + reply.is_cut))
                self.end_headers()
                self.wfile.write(body)

            def date_time_string(self, timestamp: float | None = None) -> str:
                return format_datetime(outer.now, usegmt=True)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def routes(self) -> dict[str, tuple[str, int]]:
        return dict.fromkeys(self.scripts, ("127.0.0.1", self._server.server_port))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def ask(self, host: str, path: str, rows: list[tuple[str, str]]) -> Reply:
        """Judge a request, answer it, and remember what the answer gave."""
        headers = {name.lower(): value for name, value in rows}
        pair = headers.get("if-none-match", ""), headers.get("if-modified-since", "")
        record = self.records[host]
        self._judge(host, record, path, headers, pair)
        record.given = [pair]
        reply = self.scripts[host](self.now, path, pair)
        is_hop = reply.status in {301, 302, 307, 308}
        record.paths.append(path)
        if not is_hop:  # a redirect and what it leads to are one poll
            record.asked += 1
            record.last = self.now
            if pair == ("", ""):
                record.last_full = self.now
            self._in_run[host] = reply
            if reply.status == 200 and not reply.is_cut:
                record.given.append(reply.pair)
        return reply

    def settled(self) -> None:
        """The run came to its end: what its answers said is known to the reader."""
        for host, reply in self._in_run.items():
            record = self.records[host]
            record.given = record.given[-1:]
            record.is_gone = reply.status == 410
            record.hold = self.now + reply.hold
        self._in_run.clear()

    def killed(self) -> None:
        """The run ended in between: the reader may know of its answers, or not."""
        self._catch_up()
        self._in_run.clear()

    def _catch_up(self) -> None:
        """Let all be answered that was sent before: requests are taken one after the other."""
        with socket.create_connection(("127.0.0.1", self._server.server_port)) as own:
            own.sendall(b"GET / HTTP/1.0\r\nHost: own\r\n\r\n")
            own.recv(1)

    def _judge(
        self, host: str, record: Record, path: str, headers: dict[str, str], pair: Pair
    ) -> None:
        found = []
        if pair not in record.given:
            found.append(f"validators {pair}, given {record.given}")
        if record.last and self.now - record.last < HOUR:
            found.append(f"asked again after {self.now - record.last}")
        if pair == ("", "") and record.last_full and self.now - record.last_full < DAY:
            found.append(f"asked without validators after {self.now - record.last_full}")
        if record.hold and self.now < record.hold:
            found.append(f"asked {record.hold - self.now} before the time that was named")
        if record.is_gone:
            found.append("asked after 410")
        if "cookie" in headers or "referer" in headers or "?" in path:
            found.append("a cookie, referrer or query")
        if headers.get("user-agent") != self.agent or "gzip" not in headers["accept-encoding"]:
            found.append(f"{headers.get('user-agent')}, {headers.get('accept-encoding')}")
        self.broken += [f"{self.now:%d %H:%M} {host}{path}: {what}" for what in found]

"""
Serves the demo's web on loopback: every host on one port, told apart by `Host`.

Touches the network: listens on 127.0.0.1, and says nothing on its own. Validators, 304
and gzip are answered as a well-kept server would, so that the demo and the tests fetch
over real HTTP.
"""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from .world import Address, Answer, world

_MISSING = Answer(b"<!doctype html><title>Not found</title><h1>Not found</h1>\n", status=404)


@contextmanager
def serve(
    answers: Mapping[Address, Answer] | None = None,
) -> Iterator[Mapping[str, tuple[str, int]]]:
    """
    Serve a web while the block runs.

    Args:
        answers: What is served; the demo's own world by default.

    Yields:
        Routes: host → (address, port) that answers for it.
    """
    known = world() if answers is None else answers
    with _Server(known) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield {host: ("127.0.0.1", server.server_port) for host, _ in known}
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a whole fetch may connect at once; the default is 5

    def __init__(self, answers: Mapping[Address, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news; anything else is a bug of ours and is printed."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = 5
    """Seconds that an idle connection is kept."""
    server: _Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        answer = self.server.answers.get((host, urlsplit(self.path).path), _MISSING)
        if answer.status == 200 and self._is_known(answer):
            self.send_response(304)
            self._send_validators(answer)
            self.end_headers()
        else:
            self._send(answer)

    do_HEAD = do_GET

    def _is_known(self, answer: Answer) -> bool:
        """Whether the client holds this version (RFC 9110, section 13.2.2)."""
        if tags := self.headers.get("If-None-Match"):
            return answer.etag in [tag.strip() for tag in tags.split(",")]
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
            return since >= answer.modified
        except (ValueError, TypeError):  # no date, a broken one, one without a zone
            return False

    def _send(self, answer: Answer) -> None:
        body = answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        if answer.status == 200:
            self._send_validators(answer)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_validators(self, answer: Answer) -> None:
        self.send_header("ETag", answer.etag)
        self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        self.send_header("Vary", "Accept-Encoding")

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the demo's output belongs to the digest."""

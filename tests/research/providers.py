"""
Servers on loopback that answer as the documents of SearXNG, Brave and Tavily say.

`fault` is what goes wrong with every request: "429", "429 once", "401", "html", "wrong",
"list", "nested", "slow", "huge", "moved", "cut".
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "sk-secret-0123456789"

RESULTS = (
    (
        "Heron 3, measured",
        "https://plumbline.example/heron",
        "Strong to 256,000 tokens",
        "2026-05-19T08:30:00Z",
    ),
    ("Heron 3 halves its price", "https://northgate.example/heron?utm_source=x", "Told", ""),
    ("Not of the web", "ftp://files.example/heron", "A file", ""),
)


class Provider:
    """What all have in common: what was asked, and a fault."""

    name = ""

    def __init__(self) -> None:
        self.url = ""
        self.other = ""
        """Where a redirect leads to."""
        self.fault = ""
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []
        """Method, path with query, headers, body."""
        self.elsewhere: list[dict[str, str]] = []
        """Headers of what was asked at the address that a redirect leads to."""

    def query(self) -> str:
        """What the last question searched for."""
        raise NotImplementedError

    def answer(self, headers: dict[str, str]) -> tuple[int, Any]:
        """As documented, to a question without fault."""
        raise NotImplementedError


class Searxng(Provider):
    name = "searxng"

    def query(self) -> str:
        asked = parse_qs(urlsplit(self.asked[-1][1]).query)
        assert asked["format"] == ["json"]
        return asked["q"][0]

    def answer(self, headers: dict[str, str]) -> tuple[int, Any]:
        results = [
            {
                "url": url,
                "title": title,
                "content": text,
                "publishedDate": at or None,
                "engine": "duckduckgo",
                "engines": ["duckduckgo"],
                "positions": [1],
                "score": 1.0,
                "category": "general",
            }
            for title, url, text, at in RESULTS
        ]
        return 200, {
            "query": "heron",
            "number_of_results": 0,
            "results": results,
            "answers": [],
            "suggestions": [],
            "unresponsive_engines": [["brave", "too many requests"]],
        }


class Brave(Provider):
    name = "brave"

    def query(self) -> str:
        return parse_qs(urlsplit(self.asked[-1][1]).query)["q"][0]

    def answer(self, headers: dict[str, str]) -> tuple[int, Any]:
        if headers.get("x-subscription-token") != KEY:
            error = {"code": "SUBSCRIPTION_TOKEN_INVALID", "detail": "Invalid token", "status": 422}
            return 422, {"type": "ErrorResponse", "error": error}
        results = [
            {
                "title": title,
                "url": url,
                "description": text,
                "age": "2 days ago",
                **({"page_age": at.removesuffix("Z")} if at else {}),
                "language": "en",
            }
            for title, url, text, at in RESULTS
        ]
        return 200, {
            "type": "search",
            "query": {"original": "heron", "more_results_available": True},
            "web": {"type": "search", "results": results},
        }


class Tavily(Provider):
    name = "tavily"

    def query(self) -> str:
        asked: str = self.asked[-1][3]["query"]
        return asked

    def answer(self, headers: dict[str, str]) -> tuple[int, Any]:
        if headers.get("authorization") != f"Bearer {KEY}":
            return 401, {"detail": {"error": "Unauthorized: missing or invalid API key."}}
        results = [
            {
                "title": title,
                "url": url,
                "content": text,
                "score": 0.9,
                "raw_content": None,
                **({"published_date": "Tue, 19 May 2026 08:30:00 GMT"} if at else {}),
            }
            for title, url, text, at in RESULTS
        ]
        return 200, {"query": "heron", "answer": None, "results": results, "response_time": 1.1}


PROVIDERS = (Searxng, Brave, Tavily)


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """The provider on a port of its own, and another port that redirects may lead to."""
    server = _server(lambda handler: _answer(provider, handler))
    other = _server(lambda handler: _elsewhere(provider, handler))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    provider.other = f"http://127.0.0.1:{other.server_port}"
    try:
        yield provider
    finally:
        for each in (server, other):
            each.shutdown()
            each.server_close()


def _server(answer: Any) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def _elsewhere(provider: Provider, handler: BaseHTTPRequestHandler) -> None:
    provider.elsewhere.append({name.lower(): value for name, value in handler.headers.items()})
    _send(handler, 200, b"{}")


def _answer(provider: Provider, handler: BaseHTTPRequestHandler) -> None:
    headers = {name.lower(): value for name, value in handler.headers.items()}
    length = int(headers.get("content-length", 0))
    body = json.loads(handler.rfile.read(length)) if length else None
    provider.asked.append((handler.command, handler.path, headers, body))
    match provider.fault:
        case "429":
            _send(handler, 429, b'{"detail": "slow down"}', {"Retry-After": "3600"})
        case "429 once" if len(provider.asked) == 1:
            _send(handler, 429, b"{}", {"Retry-After": "2"})
        case "401":
            _send(handler, 401, json.dumps({"detail": {"error": f"bad key {KEY}"}}).encode())
        case "500":
            _send(handler, 500, b"<h1>Internal Server Error</h1>")
        case "html":
            _send(handler, 200, b"<!doctype html><title>Sign in</title>")
        case "wrong":
            _send(handler, 200, b'{"results": [1, 2], "web": {"results": {"a": 1}}, "type": "x"}')
        case "list":
            _send(handler, 200, b"[]")
        case "nested":
            _send(handler, 200, b"[" * 200_000)
        case "slow":
            time.sleep(1.5)
            _send(handler, 200, b"{}")
        case "huge":
            _send(handler, 200, b'{"results": "' + b"x" * 3_000_000 + b'"}')
        case "moved":
            _send(handler, 302, b"", {"Location": provider.other + "/search"})
        case "cut":
            handler.send_response(200)
            handler.send_header("Content-Length", "500")
            handler.end_headers()
            handler.wfile.write(b'{"results": [')
        case _:
            status, answer = provider.answer(headers)
            _send(handler, status, json.dumps(answer).encode())


def _send(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, more: dict[str, str] | None = None
) -> None:
    try:
        handler.send_response(status)
        for name, value in (more or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
    except ConnectionError:
        handler.close_connection = True

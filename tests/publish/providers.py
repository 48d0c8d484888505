"""
Servers on loopback that answer as the documents of Buttondown and listmonk say, faults included.

A fault waits in `faults` for the first request that it fits: "lost" does the work and hangs
up, "500 after" does the work and answers 500, a number does nothing and answers with it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Any]


class Provider:
    """What both have in common: things by number, a list of readers, faults."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.readers = ["ada@mail.example", "bob@mail.example"]
        self.inbox: list[tuple[str, str]] = []
        """Reader and subject of each mail that went out."""
        self.tests: list[tuple[str, str]] = []
        self.requests: list[tuple[str, str, dict[str, str], Any]] = []
        self.faults: list[tuple[str, str, int | str]] = []
        """Method, part of the path, and what goes wrong, once."""
        self.url = ""

    def fault(self, method: str, path: str) -> int | str | None:
        for entry in self.faults:
            if entry[0] == method and entry[1] in path:
                self.faults.remove(entry)
                return entry[2]
        return None

    def deliver(self, item: dict[str, Any]) -> None:
        self.inbox += [(reader, item["subject"]) for reader in self.readers]

    def answer(
        self,
        method: str,
        path: str,
        query: dict[str, list[str]],
        headers: dict[str, str],
        body: Any,
    ) -> Answer:
        raise NotImplementedError


class Buttondown(Provider):
    """`/emails`: POST makes, PATCH changes and sends, GET lists ten a page."""

    PAGE = 10

    def answer(
        self,
        method: str,
        path: str,
        query: dict[str, list[str]],
        headers: dict[str, str],
        body: Any,
    ) -> Answer:
        if headers.get("authorization") != "Token key" or not headers.get("x-api-version"):
            return 401, {"detail": "Invalid token."}
        match path.strip("/").split("/"), method:
            case ["emails"], "GET":
                return self._list(int(query.get("page", ["1"])[0]))
            case ["emails"], "POST":
                return self._make(body, headers)
            case ["emails", id_], "GET" if id_ in self.items:
                return 200, self.items[id_]
            case ["emails", id_], "PATCH" if id_ in self.items:
                return self._change(self.items[id_], body)
            case ["emails", id_, "send-draft"], "POST" if id_ in self.items:
                self.tests += [(who, self.items[id_]["subject"]) for who in body["recipients"]]
                return 200, {}
        return 404, {"detail": "Not found."}

    def _list(self, page: int) -> Answer:
        newest = list(reversed(self.items.values()))
        start = (page - 1) * self.PAGE
        more = f"{self.url}/emails?page={page + 1}" if start + self.PAGE < len(newest) else None
        found = newest[start : start + self.PAGE]
        return 200, {"results": found, "count": len(newest), "next": more, "previous": None}

    def _make(self, body: Any, headers: dict[str, str]) -> Answer:
        for item in self.items.values():
            if item["key"] == headers.get("idempotency-key"):
                return 201, item
            if item["slug"] == body["slug"]:
                return 400, {"code": "slug_invalid", "detail": "That slug is taken."}
        id_ = f"em-{len(self.items) + 1}"
        self.items[id_] = body | {"id": id_, "key": headers.get("idempotency-key")}
        return 201, self.items[id_]

    def _change(self, item: dict[str, Any], body: Any) -> Answer:
        if item["status"] != "draft":
            return 400, {"code": "email_invalid", "detail": "It is on its way."}
        item |= body
        if item["status"] == "about_to_send":
            self.deliver(item)
            item["status"] = "sent"
        return 200, item


class Listmonk(Provider):
    """`/api/campaigns`; a second start of a campaign is refused."""

    def answer(
        self,
        method: str,
        path: str,
        query: dict[str, list[str]],
        headers: dict[str, str],
        body: Any,
    ) -> Answer:
        if headers.get("authorization") != "Basic dXNlcjp0b2tlbg==":  # user:token
            return 403, {"message": "invalid API credentials"}
        match path.strip("/").split("/")[1:], method:
            case ["campaigns"], "GET":
                tags = set(query.get("tags", []))
                found = [item for item in self.items.values() if tags <= set(item["tags"])]
                return 200, {"data": {"results": found, "total": len(found)}}
            case ["campaigns"], "POST":
                id_ = str(len(self.items) + 1)
                self.items[id_] = body | {"id": int(id_), "status": "draft"}
                return 200, {"data": self.items[id_]}
            case ["campaigns", id_], "GET" if id_ in self.items:
                return 200, {"data": self.items[id_]}
            case ["campaigns", id_], "PUT" if id_ in self.items:
                self.items[id_] |= body
                return 200, {"data": self.items[id_]}
            case ["campaigns", id_, "status"], "PUT" if id_ in self.items:
                return self._start(self.items[id_], body)
            case ["campaigns", id_, "test"], "POST" if id_ in self.items:
                self.tests += [(who, body["subject"]) for who in body["subscribers"]]
                return 200, {"data": True}
        return 400, {"message": "campaign not found"}

    def _start(self, item: dict[str, Any], body: Any) -> Answer:
        if item["status"] not in {"draft", "paused"}:
            return 400, {"message": "only paused campaigns and drafts can be started"}
        item |= body
        self.deliver(item)
        item["status"] = "finished"
        return 200, {"data": item}


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """The provider in a thread; its `url` says where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length) or b"null")
            headers = {name.lower(): value for name, value in self.headers.items()}
            provider.requests.append((self.command, self.path, headers, body))
            fault = provider.fault(self.command, self.path)
            if isinstance(fault, int):
                self.reply(fault, {"detail": "a fault"})
                return
            found = provider.answer(self.command, parts.path, parse_qs(parts.query), headers, body)
            if fault == "lost":
                self.close_connection = True
            elif fault == "500 after":
                self.reply(500, {"detail": "a fault"})
            else:
                self.reply(*found)

        do_GET = do_POST = do_PATCH = do_PUT = handle_any

        def reply(self, status: int, data: Any) -> None:
            text = json.dumps(data).encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        provider.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()

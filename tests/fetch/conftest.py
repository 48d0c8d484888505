"""A server on loopback that answers with any bytes, well or badly, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from digest.fetch.door import Door
from digest.settings import Network
from digest.types import Fetched

NOW = dt.datetime(2026, 4, 24, 6, 0, tzinfo=dt.UTC)
AGENT = "digest/1.0 (+https://publisher.example/)"

Answer = bytes | Callable[[socket.socket], None]


@dataclass(frozen=True)
class Request:
    path: str
    headers: list[tuple[str, str]]
    at: float
    """Of the monotonic clock."""
    connection: int

    def header(self, name: str) -> str | None:
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, None)


@dataclass
class Server:
    """Answers by path; a path without an answer gets 404."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    """Requests that were under way at once."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def local(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.local}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


def ok(body: bytes, *headers: str, length: int | None = None) -> bytes:
    """A 200 with its length; `headers` are lines."""
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body


def status(code: int, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {code} X", "Content-Length: 0", *headers, "", ""]).encode()


def redirect(location: str, code: int = 302) -> bytes:
    return status(code, f"Location: {location}")


def _read_head(conn: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        part = conn.recv(65_536)
        if not part:
            return b""
        head += part
    return head


def _serve(server: Server, conn: socket.socket, number: int) -> None:
    with conn, suppress(OSError):
        conn.settimeout(60)
        while head := _read_head(conn):
            first, *lines = head.decode("latin-1").rstrip().split("\r\n")
            headers = [(line.partition(": ")[0], line.partition(": ")[2]) for line in lines]
            path = first.split(" ")[1]
            with server.lock:
                server.requests.append(Request(path, headers, time.monotonic(), number))
                server.open_now += 1
                server.most_open = max(server.most_open, server.open_now)
            try:
                answer = server.answers.get(path, status(404))
                if callable(answer):
                    answer(conn)
                    return
                conn.sendall(answer)
            finally:
                with server.lock:
                    server.open_now -= 1


def _accept(server: Server, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            conn, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        threading.Thread(
            target=_greet, args=(server, conn, server.connections, tls), daemon=True
        ).start()


def _greet(server: Server, conn: socket.socket, number: int, tls: ssl.SSLContext | None) -> None:
    if tls is not None:
        try:
            conn = tls.wrap_socket(conn, server_side=True)
        except OSError:
            conn.close()
            return
    _serve(server, conn, number)


@contextmanager
def begin() -> Iterator[Server]:
    """A server while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)
    server = Server(listener.getsockname()[1])
    threading.Thread(target=_accept, args=(server, listener, None), daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Starts a server; give it an SSL context for HTTPS."""
    listeners = []

    def begin(tls: ssl.SSLContext | None = None) -> Server:
        listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        listeners.append(listener)
        server = Server(listener.getsockname()[1])
        threading.Thread(target=_accept, args=(server, listener, tls), daemon=True).start()
        return server

    yield begin
    for listener in listeners:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.fixture
def server(start: Callable[..., Server]) -> Server:
    return start()


def network(server: Server | None = None, **settings: Any) -> Network:
    """No pause, two seconds, and the server's address allowed, unless `settings` say otherwise."""
    allowed = (server.local,) if server else False
    return Network(**{"pause_s": 0, "timeout_s": 2.0, "allow_private": allowed, **settings})


def get_all(
    urls: list[str],
    settings: Network,
    routes: dict[str, tuple[str, int]] | None = None,
    **asked: Any,
) -> list[Fetched]:
    """What one door brings for addresses asked for at the same time."""

    async def go() -> list[Fetched]:
        async with Door(settings, user_agent=AGENT, now=lambda: NOW, routes=routes) as door:
            return list(await asyncio.gather(*(door.get(url, **asked) for url in urls)))

    return asyncio.run(go())


def get(
    url: str, settings: Network, routes: dict[str, tuple[str, int]] | None = None, **asked: Any
) -> Fetched:
    return get_all([url], settings, routes, **asked)[0]


def reason(fetched: Fetched) -> str:
    """The error's message; fails the test where there is none."""
    assert fetched.error is not None
    assert fetched.body == b""
    return fetched.error.message


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """DNS: for each name the answers it gives in turn, the last one for good."""
    return fake_dns(monkeypatch)


def fake_dns(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """No name is known but those in the table; odd spellings are read as glibc reads them."""
    table: dict[str, list[list[str]]] = {}

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host in table:
            answers = table[host]
            found = answers.pop(0) if len(answers) > 1 else answers[0]
        else:
            try:
                found = [socket.inet_ntoa(socket.inet_aton(host))]
            except (OSError, UnicodeError):
                raise socket.gaierror(-2, "Name or service not known") from None
        return [(0, 0, 0, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for tides.example, with its key in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing: no certificate can be made")
    path = tmp_path_factory.mktemp("tls") / "tides.pem"
    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tides.example "
        f"-addext subjectAltName=DNS:tides.example -keyout {path} -out {path}.crt".split(),
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path

"""Proxies: by setting alone, for what may be opened, and without a look into what is encrypted."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from digest.config import parse
from digest.errors import ConfigError

from .conftest import get, network, ok, reason, status

FEED = b"<feed><title>Tides</title></feed>"
CONNECTED = b"HTTP/1.1 200 Connected\r\n\r\n"


@contextmanager
def proxy(
    target: int, answer: bytes = b"HTTP/1.1 200 Connected\r\n\r\n"
) -> Iterator[tuple[str, list[str]]]:
    """A proxy that leads every tunnel to a port of loopback; its address, and what it was asked."""
    asked = list[str]()
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def serve(conn: socket.socket) -> None:
        head = b""
        with conn, suppress(OSError):
            while b"\r\n\r\n" not in head:
                head += conn.recv(65_536)
            asked.append(head.decode("latin-1"))
            if not head.startswith(b"CONNECT"):
                conn.sendall(ok(FEED, "Connection: close"))
                return
            conn.sendall(answer)
            with socket.socket() as far:  # looks no name up: those are the test's own
                far.connect(("127.0.0.1", target))
                threading.Thread(target=pump, args=(conn, far), daemon=True).start()
                pump(far, conn)

    def accept() -> None:
        with suppress(OSError):
            while True:
                conn, _ = listener.accept()
                threading.Thread(target=serve, args=(conn,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def test_http_is_asked_for_whole(names):
    """The proxy gets the whole address; a name that only it knows is left to it."""
    with proxy(0) as (address, asked):
        fetched = get("http://feeds.example/a?b=1", network(proxy=address))
    assert fetched.body == FEED
    assert asked[0].startswith("GET http://feeds.example/a?b=1 HTTP/1.1\r\nHost: feeds.example\r\n")


def test_https_goes_through_a_tunnel(names, start, certificate, monkeypatch):
    """The certificate is that of the far end, and the proxy sees its name alone."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server = start(tls)
    server.answers["/feed"] = ok(FEED)
    with proxy(server.port) as (address, asked):
        fetched = get("https://tides.example/feed", network(proxy=address))
        wrong = get("https://waves.example/feed", network(proxy=address))
    assert (fetched.error, fetched.body) == (None, FEED)
    assert asked[0].startswith("CONNECT tides.example:443 HTTP/1.1\r\n")
    assert "/feed" not in asked[0]
    assert "no secure connection" in reason(wrong)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "https://169.254.169.254/latest",
        "http://2130706433/", "http://intranet/", "http://router.local/", "http://db.internal/",
        "http://inside.example/",
    ],
)  # fmt: skip
def test_private_places_are_refused_before_the_proxy_is_asked(names, url):
    """Spelled out, by a name that leads there, or by one that only a private network knows."""
    names["inside.example"] = [["10.1.2.3"]]
    with proxy(0) as (address, asked):
        fetched = get(url, network(proxy=address))
    assert fetched.error is not None
    assert asked == []


def test_a_proxy_that_refuses_is_named(names):
    """Its status is the reason."""
    with proxy(0, status(403)) as (address, _):
        fetched = get("https://feeds.example/feed", network(proxy=address))
    assert reason(fetched) == "the proxy does not connect to feeds.example:443 (403)"


@pytest.mark.parametrize(
    "value", ["socks5://p.example:1080", "http://me:pass@p.example:3128", "p.example:3128"]
)
def test_other_proxies_are_refused_in_feeds_yaml(value):
    """With the form that is expected."""
    text = f"feeds: [{{url: 'http://a.example/'}}]\nnetwork: {{proxy: '{value}'}}\n"
    with pytest.raises(ConfigError, match="http://host:port"):
        parse(text)

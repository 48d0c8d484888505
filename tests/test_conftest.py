"""The harness itself: what it refuses, and what it lets through."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import NetworkUsed, fail_if_used, is_local

OUTSIDE = "192.0.2.1"  # TEST-NET-1, RFC 5737: nobody's


async def _open(host: str) -> None:
    await asyncio.open_connection(host, 9)


def _connect(family: socket.AddressFamily, host: str) -> None:
    with socket.socket(family) as sock:
        sock.settimeout(1)
        sock.connect((host, 9))


def _send_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"", (OUTSIDE, 9))


def _listen_to_all() -> None:
    with socket.socket() as sock:
        sock.bind(("0.0.0.0", 0))


@pytest.mark.parametrize(
    "reach",
    [
        pytest.param(lambda: _connect(socket.AF_INET, OUTSIDE), id="connect"),
        pytest.param(lambda: _connect(socket.AF_INET6, "2001:db8::1"), id="connect-v6"),
        pytest.param(lambda: asyncio.run(_open(OUTSIDE)), id="asyncio"),
        pytest.param(lambda: asyncio.run(_open("feeds.example")), id="asyncio-name"),
        pytest.param(lambda: socket.getaddrinfo("feeds.example", 80), id="getaddrinfo"),
        pytest.param(lambda: socket.gethostbyname("feeds.example"), id="gethostbyname"),
        pytest.param(lambda: socket.gethostbyaddr(OUTSIDE), id="gethostbyaddr"),
        pytest.param(_send_datagram, id="datagram"),
        pytest.param(_listen_to_all, id="listen-to-all"),
    ],
)
def test_the_network_is_refused(reach, network_used):
    """Every way out raises in the code under test, and is remembered if that swallows it."""
    with pytest.raises(NetworkUsed):
        reach()
    assert network_used
    network_used.clear()


def test_a_swallowed_attempt_fails_the_test(network_used):
    """Code that survives everything cannot hide that it reached for the network."""
    with contextlib.suppress(NetworkUsed):
        socket.getaddrinfo("feeds.example", 80)
    with pytest.raises(pytest.fail.Exception, match=r"look up feeds\.example"):
        fail_if_used()
    network_used.clear()
    fail_if_used()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST", b"::1"]
)
def test_loopback_is_local(host):
    """All of loopback may be used, by number and by name."""
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "0.0.0.0", "::", "169.254.169.254", "localhost.example"]
)
def test_the_rest_is_not_local(host):
    """Private networks are not this machine, and a name is not trusted by its beginning."""
    assert not is_local(host)


def test_a_folder_is_served(serve_folder, tmp_path):
    """A page comes back from the address that the fixture gave."""
    (tmp_path / "page.html").write_text("<p>hello</p>")
    with urllib.request.urlopen(serve_folder(tmp_path) + "page.html") as answer:
        assert answer.read() == b"<p>hello</p>"


def test_the_environment_is_its_own(tmp_path_factory):
    """No home, proxy or key of a person; a time zone that shows what leans on local time."""
    assert Path.home().parent == tmp_path_factory.getbasetemp()
    assert not [name for name in os.environ if name.upper().endswith(("_PROXY", "_API_KEY"))]
    assert time.timezone == -(5 * 60 + 45) * 60


def test_the_browser_shows_a_page_and_reaches_nothing_else(browser, serve_folder, tmp_path):
    """Chromium starts, renders from loopback, and cannot look up another host."""
    page_html = "<title>t</title><h1>Served</h1><img src='http://feeds.example/pixel.gif'>"
    (tmp_path / "index.html").write_text(page_html)
    page = browser.new_page()
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(serve_folder(tmp_path))
    page.wait_for_load_state("networkidle")
    heading = page.inner_text("h1")
    page.close()
    assert heading == "Served"
    assert "http://feeds.example/pixel.gif" in failed

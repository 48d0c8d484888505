"""`digest.demo.serve` answers on loopback as a well-kept server would."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from digest.demo import serve
from digest.demo.world import Answer

FEED = ("tidewater-lab.example", "/news/atom.xml")


class Client:
    """One request to one host of the demo."""

    def __init__(self, routes: dict[str, tuple[str, int]]) -> None:
        self.routes = routes

    def ask(
        self, host: str, path: str, method: str = "GET", **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(*self.routes[host], timeout=5)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": host, "Connection": "close"} | sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with serve() as routes:
        yield Client(dict(routes))


def test_hosts_share_one_port_and_differ_in_content(client: Client) -> None:
    """The host named in the request decides what is served; case and port do not matter."""
    assert len(set(client.routes.values())) == 1
    answer, body = client.ask(*FEED)
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "application/atom+xml; charset=utf-8"
    assert b"Heron 3" in body
    assert client.ask(*FEED, Host="Tidewater-Lab.example:8000")[1] == body
    assert client.ask(*FEED, Host="kiln-works.example")[0].status == 404


def test_validators_give_304(client: Client) -> None:
    """Each of the two validators, sent back, gives 304 without a body; another one does not."""
    answer, body = client.ask(*FEED)
    etag, modified = answer.getheader("ETag", ""), answer.getheader("Last-Modified", "")
    assert modified == "Thu, 19 Nov 2026 16:20:00 GMT"
    same, nothing = client.ask(*FEED, If_None_Match=etag)
    assert (same.status, nothing, same.getheader("ETag")) == (304, b"", etag)
    assert client.ask(*FEED, If_Modified_Since=modified)[0].status == 304
    assert client.ask(*FEED, If_None_Match='"other"', If_Modified_Since=modified)[1] == body
    assert client.ask(*FEED, If_Modified_Since="Thu, 19 Nov 2026 16:19:59 GMT")[0].status == 200
    assert client.ask(*FEED, If_Modified_Since="yesterday")[0].status == 200


def test_gzip_only_when_accepted(client: Client) -> None:
    """A packed answer unpacks to the plain one and keeps its validator."""
    plain, body = client.ask(*FEED, Accept_Encoding="identity")
    packed, small = client.ask(*FEED, Accept_Encoding="gzip, br")
    assert plain.getheader("Content-Encoding") is None
    assert packed.getheader("Content-Encoding") == "gzip"
    assert len(small) < len(body) / 2
    assert gzip.decompress(small) == body
    assert packed.getheader("ETag") == plain.getheader("ETag")


def test_planned_failures(client: Client) -> None:
    """One feed answers 500, one page that a feed announces is gone, and neither can be 304."""
    assert client.ask("quiet-signal.example", "/feed.xml", If_None_Match="*")[0].status == 500
    gone = "/2026/11/18/orrery-price.html"
    assert client.ask("northgate-dispatch.example", gone)[0].status == 404


def test_a_query_is_ignored_and_head_has_no_body(client: Client) -> None:
    """Tracking parameters lead to the same page; HEAD gives its size alone."""
    host, path = "harbour-wire.example", "/story/tugs"
    page, body = client.ask(host, path)
    assert page.getheader("Content-Type") == "text/html; charset=iso-8859-1"
    assert client.ask(host, path + "?mc_cid=1")[1] == body
    head, nothing = client.ask(host, path, method="HEAD")
    assert nothing == b""
    assert head.getheader("Content-Length") == str(len(body))


def test_serves_another_web() -> None:
    """Tests of other steps may serve answers of their own."""
    with serve({("one.example", "/"): Answer(b"hello")}) as routes:
        assert Client(dict(routes)).ask("one.example", "/")[1] == b"hello"


def test_is_silent(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    """A request, and a client that hangs up in the middle, print nothing."""
    client.ask(*FEED)
    connection = HTTPConnection(*client.routes[FEED[0]], timeout=5)
    connection.connect()
    connection.sock.sendall(b"GET / HTTP/1.1\r\nHost: kiln")
    connection.close()
    client.ask(*FEED)
    assert capfd.readouterr() == ("", "")

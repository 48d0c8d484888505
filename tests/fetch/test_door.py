"""Whatever a server does, over real sockets: a body, or a reason in words, in time."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import socket
import struct
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial

import brotli  # type: ignore[import-untyped]
import pytest

from digest.errors import ConfigError
from digest.fetch.door import Door
from digest.types import Onward

from .conftest import AGENT, NOW, get, get_all, network, ok, reason, redirect, status

FEED = b"<feed><title>Tides</title></feed>"


# ---------------------------------------------------------------- what is asked


def test_a_feed_comes_back(server):
    """Body, status, headers in lower case, both addresses and the time."""
    server.answers["/feed"] = ok(FEED, 'ETag: W/"a b"', "X-Two: 1", "X-Two: 2")
    fetched = get(server.url("/feed#part"), network(server))
    assert (fetched.status, fetched.body, fetched.error) == (200, FEED, None)
    assert fetched.url == server.url("/feed#part")
    assert fetched.final_url == server.url("/feed")
    assert fetched.headers["etag"] == 'W/"a b"'
    assert fetched.headers["x-two"] == "1, 2"
    assert fetched.fetched_at == NOW
    assert fetched.elapsed_s > 0
    assert fetched.reached
    assert fetched.moved_to == ""


def test_a_request_says_who_asks_and_nothing_else(server):
    """No cookie although one was set, no referrer, no added query."""
    server.answers["/a"] = ok(b"1", "Set-Cookie: id=1; Path=/")
    server.answers["/b?x=1"] = redirect("/a")
    settings = network(server)

    async def go():
        async with Door(settings, user_agent=AGENT, now=lambda: NOW) as door:
            await door.get(server.url("/a"))
            await door.get(server.url("/b?x=1"), accept="application/atom+xml")

    asyncio.run(go())
    assert server.paths() == ["/a", "/b?x=1", "/a"]
    names = {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert [{name for name, _ in request.headers} for request in server.requests] == [names] * 3
    assert server.requests[0].header("Host") == server.local
    assert server.requests[0].header("User-Agent") == AGENT
    assert server.requests[0].header("Accept-Encoding") == "gzip, deflate, br"
    assert server.requests[1].header("Accept") == "application/atom+xml"


def test_the_environment_has_no_say(server, monkeypatch):
    """Proxies of the environment would be asked for addresses in our stead."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server.answers["/"] = ok(FEED)
    assert get(server.url("/"), network(server)).body == FEED


@pytest.mark.parametrize("etag", ['"a"', 'W/"x"', "no quotes", '"\xe4\xff"', '"a\x01b"', '""'])
def test_validators_go_back_byte_for_byte(server, etag):
    """Any ETag that came can be returned; 304 is an answer, without a body and without an error."""
    modified = "sat, 1 jan 2026 00:00:00 gmt"
    server.answers["/"] = ok(FEED, f"ETag: {etag}", f"Last-Modified: {modified}")
    first = get(server.url("/"), network(server))
    server.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    second = get(
        server.url("/"),
        network(server),
        etag=first.headers["etag"],
        last_modified=first.headers["last-modified"],
    )
    assert server.requests[1].header("If-None-Match") == etag
    assert server.requests[1].header("If-Modified-Since") == modified
    assert second.is_unchanged
    assert second.error is None
    assert second.body == b""


def test_validators_survive_a_redirect(server):
    """They belong to what is at the end of it."""
    server.answers["/old"] = redirect("/new", 301)
    server.answers["/new"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    fetched = get(server.url("/old"), network(server), etag='"a"')
    assert fetched.is_unchanged
    assert server.requests[1].header("If-None-Match") == '"a"'


@pytest.mark.parametrize("etag", ['"a"\r\nX-Bad: 1', '"\u2603"', "\x00"])
def test_validators_no_header_can_hold_are_left_out(server, etag):
    """No store's content makes a header of its own."""
    server.answers["/"] = ok(FEED)
    assert get(server.url("/"), network(server), etag=etag).body == FEED
    assert server.requests[0].header("If-None-Match") is None
    assert server.requests[0].header("X-Bad") is None


def test_304_without_being_asked_is_an_error(server):
    """There is no older copy that it could mean."""
    server.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert "304 Not Modified, though it was not told" in reason(
        get(server.url("/"), network(server))
    )


def test_a_secret_is_sent_to_its_host_alone(server, start):
    """On the way there and back again, never to the other server and never in words."""
    other = start()
    server.answers["/feed"] = redirect(other.url("/away"))
    other.answers["/away"] = redirect(server.url("/back"))
    server.answers["/back"] = ok(FEED)
    settings = network(allow_private=(server.local, other.local))
    fetched = get(server.url("/feed"), settings, secret=("Authorization", "Bearer s3cret\n"))
    assert fetched.body == FEED
    assert [request.header("Authorization") for request in server.requests] == ["Bearer s3cret"] * 2
    assert other.requests[0].header("Authorization") is None
    assert "s3cret" not in repr(fetched)


@pytest.mark.parametrize("secret", [("X-Key", ""), ("X-Key", "s3\ncret"), ("X Key", "s3cret")])
def test_a_secret_that_cannot_be_sent_is_an_error_without_it(server, secret):
    """The message names the header and never its value."""
    fetched = get(server.url("/"), network(server), secret=secret)
    assert "secret for 'X" in reason(fetched)
    assert "s3" not in reason(fetched).replace("secret", "")
    assert not fetched.reached
    assert server.requests == []


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("code", [204, 206, 400, 401, 403, 404, 410, 429, 500, 503, 599, 999])
def test_a_status_without_a_document_is_an_error(server, code):
    """Status and headers stay, so that Retry-After can be obeyed; the body is not read."""
    server.answers["/"] = (
        b"HTTP/1.1 %d X\r\nRetry-After: 120\r\nContent-Length: 4\r\n\r\nbody" % code
    )
    fetched = get(server.url("/"), network(server))
    assert f"the server answered {code}" in reason(fetched)
    assert fetched.status == code
    assert fetched.headers["retry-after"] == "120"


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("br", partial(brotli.compress, quality=1)), ("", bytes)],
)
def test_a_body_is_unpacked_and_bombs_are_refused(server, coding, pack):
    """The limit holds for what comes out."""
    line = f"Content-Encoding: {coding}"
    server.answers["/good"] = ok(pack(FEED), line)
    server.answers["/bomb"] = ok(pack(b"\0" * 30_000_000), line)
    settings = network(server, max_bytes=100_000)
    good, bomb = get_all([server.url("/good"), server.url("/bomb")], settings)
    assert good.body == FEED
    assert "larger than 100,000 bytes" in reason(bomb)
    assert bomb.status == 200


def test_stacked_codings_are_refused(server):
    """In one field or in two."""
    twice = gzip.compress(gzip.compress(FEED))
    server.answers["/one"] = ok(twice, "Content-Encoding: gzip, gzip")
    server.answers["/two"] = ok(twice, "Content-Encoding: gzip", "Content-Encoding: gzip")
    for fetched in get_all([server.url("/one"), server.url("/two")], network(server)):
        assert "packed more than once" in reason(fetched)


# ------------------------------------------------------------- what servers do


def drip(conn: socket.socket) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(160):
        conn.sendall(b"x")
        time.sleep(0.05)


def drip_headers(conn: socket.socket) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(160):
        conn.sendall(b"X-%d: y\r\n" % number)
        time.sleep(0.05)


def endless_informational(conn: socket.socket) -> None:
    with suppress(OSError):
        while True:
            conn.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.01)


def silent(conn: socket.socket) -> None:
    time.sleep(8)


def endless(conn: socket.socket) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    with suppress(OSError):
        while True:
            conn.sendall(b"x" * 65_536)


def endless_header(conn: socket.socket) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    with suppress(OSError):
        while True:
            conn.sendall(b"x" * 65_536)


def many_headers(conn: socket.socket) -> None:
    with suppress(OSError):
        conn.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n")


def reset(conn: socket.socket) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    time.sleep(0.1)
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut_chunk(conn: socket.socket) -> None:
    conn.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf")


def bytes_then_close(data: bytes):
    return lambda conn: conn.sendall(data)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (drip, "took over 1 s"),
        (drip_headers, "took over 1 s"),
        (endless_informational, "took over 1 s"),
        (silent, "took over 1 s"),
        (endless, "larger than 1,000,000 bytes"),
        (endless_header, "not a whole HTTP answer"),
        (many_headers, "not a whole HTTP answer"),
        (reset, "the connection broke off"),
        (cut_chunk, "not a whole HTTP answer"),
        (ok(b"short", length=500), "took over 1 s"),
        (bytes_then_close(ok(b"short", length=500)), "received 5 bytes, expected 500"),
        (bytes_then_close(b""), "without sending a response"),
        (bytes_then_close(b"SSH-2.0-OpenSSH_9.2\r\n"), "not a whole HTTP answer"),
        (bytes_then_close(b"\x00" * 5_000), "not a whole HTTP answer"),
        (bytes_then_close(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), "not a whole"),
        (bytes_then_close(b"HTTP/1.1 200 OK\r\nBad Name: 1\r\n\r\n"), "not a whole"),
        (
            bytes_then_close(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            "not a whole",
        ),
        (
            bytes_then_close(b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n"),
            "not a whole HTTP answer",
        ),
    ],
)
def test_bad_servers_cost_one_line_each(server, answer, words):
    """Each ends in its reason and in time, and the good feed beside it comes in whole."""
    server.answers["/bad"] = answer
    server.answers["/good"] = ok(FEED)
    settings = network(server, timeout_s=1, per_host=2, max_bytes=1_000_000)
    begun = time.monotonic()
    bad, good = get_all([server.url("/bad"), server.url("/good")], settings)
    assert time.monotonic() - begun < 7  # the silent one would last 8
    assert words in reason(bad)
    assert good.body == FEED
    assert bad.reached


def test_nothing_listens():
    """A closed port is a value; nothing was sent."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    fetched = get(f"http://127.0.0.1:{port}/", network(allow_private=True))
    assert f"no connection to 127.0.0.1, port {port}" in reason(fetched)
    assert not fetched.reached
    assert fetched.status == 0


# --------------------------------------------------------------------- redirects


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server, code):
    """Each kind leads on, relative too."""
    server.answers["/a/b"] = redirect("../c", code)
    server.answers["/c"] = ok(FEED)
    fetched = get(server.url("/a/b"), network(server))
    assert fetched.body == FEED
    assert fetched.final_url == server.url("/c")
    assert fetched.moved_to == (server.url("/c") if code in {301, 308} else "")


def test_a_permanent_move_ends_at_the_first_other_redirect(server):
    """`moved_to` is the end of the unbroken chain of 301 and 308."""
    for number, code in enumerate([301, 308, 302, 301]):
        server.answers[f"/{number}"] = redirect(f"/{number + 1}", code)
    server.answers["/4"] = ok(FEED)
    fetched = get(server.url("/0"), network(server))
    assert fetched.final_url == server.url("/4")
    assert fetched.moved_to == server.url("/2")


def test_a_redirect_to_a_host_of_others_is_left_to_them(server):
    """They go on where it was left, and what comes is as if one had followed it alone."""
    asked = {
        "/1": redirect("/2", 301),
        "/2": redirect("http://b.example/3", 302),
        "/3": redirect("/4", 301),
        "/4": ok(FEED),
    }
    server.answers |= asked
    address = ("127.0.0.1", int(server.local.rpartition(":")[2]))
    routes = {"a.example": address, "b.example": address}
    alone = get("http://a.example/1", network(), routes)
    server.requests.clear()
    left = get("http://a.example/1", network(), routes, stays={"a.example"}.__contains__)
    assert server.paths() == ["/1", "/2"]
    assert (left.body, left.error) == (b"", None)
    assert left.onward is not None
    assert left.onward == Onward(
        "http://b.example/3", 2, "http://a.example/2", False, left.onward.spent_s
    )
    assert 0 < left.onward.spent_s < 2
    left_out = []

    async def leaving():
        left_out.append(1)

    done = get("http://a.example/1", network(), routes, onward=left.onward, leaving=leaving)
    assert server.paths() == ["/1", "/2", "/3", "/4"]
    assert left_out == []  # it left before
    assert replace(done, elapsed_s=0) == replace(alone, elapsed_s=0)
    late = replace(left.onward, spent_s=2.0)
    assert "took over 2 s" in reason(get("http://a.example/1", network(), routes, onward=late))
    many = replace(left.onward, hops=10)
    assert "more than 10 redirects" in reason(
        get("http://a.example/1", network(), routes, onward=many)
    )


def test_what_begins_late_gets_half_of_its_time_at_least(server):
    """A run that should be over waits no longer for a server that says nothing."""
    server.answers["/"] = silent
    for left_s, least_s in ((-5, 0.5), (0.7, 0.7), (60, 1)):
        until = time.monotonic() + left_s
        fetched = get(server.url("/"), network(server, timeout_s=1), until=until)
        assert f"took over {least_s:g}" in reason(fetched)
        assert fetched.elapsed_s >= least_s - 0.1


def test_a_connection_that_its_server_has_just_closed_is_opened_anew(server):
    """It is asked once more, and only where the connection is one from before."""

    def close_at_the_next(conn: socket.socket) -> None:
        conn.sendall(ok(FEED))
        conn.recv(65_536)

    server.answers |= {"/a": close_at_the_next, "/b": ok(FEED)}

    async def go():
        async with Door(network(server), user_agent=AGENT, now=lambda: NOW) as door:
            return [await door.get(server.url(path)) for path in ("/a", "/b")]

    assert [fetched.body for fetched in asyncio.run(go())] == [FEED, FEED]
    assert server.paths() == ["/a", "/b"]
    assert server.connections == 2


def test_ten_redirects_are_followed_and_no_more(server):
    """A loop ends, with its reason."""
    for number in range(11):
        server.answers[f"/{number}"] = redirect(f"/{number + 1}")
    server.answers["/11"] = ok(FEED)
    settings = network(server)
    assert get(server.url("/1"), settings).body == FEED
    assert "more than 10 redirects" in reason(get(server.url("/0"), settings))
    server.answers["/loop"] = redirect("/loop")
    assert "more than 10 redirects" in reason(get(server.url("/loop"), settings))
    assert server.paths().count("/loop") == 11


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "'file' are not opened"),
        ("ftp://example.org/x", "'ftp' are not opened"),
        ("gopher://example.org/x", "'gopher' are not opened"),
        ("data:text/html,x", "'data' are not opened"),
        ("javascript:alert(1)", "'javascript' are not opened"),
        ("dict://127.0.0.1:6379/x", "'dict' are not opened"),
        ("http://10.0.0.1/", "10.0.0.1 is not a public address"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not a public address"),
        ("http://[::1]:9/", "::1 is not a public address"),
        ("http://user:pass@example.org/", "carries a name or password"),
        ("http://%31%32%37.0.0.1/", "no host"),
        ("", "does not say where to"),
    ],
)
def test_redirects_to_where_nothing_may_be_asked(server, location, words):
    """Every hop passes the checks of the first."""
    server.answers["/"] = redirect(location)
    fetched = get(server.url("/"), network(server))
    assert words in reason(fetched)
    assert fetched.status == 302
    assert len(server.requests) == 1


def test_a_redirect_to_another_port_of_this_machine(server, start):
    """`allow_private` names host and port, so the next service on the same host is refused."""
    inside = start()
    inside.answers["/admin"] = ok(b"keys")
    server.answers["/"] = redirect(inside.url("/admin"))
    words = reason(get(server.url("/"), network(server)))
    assert words.startswith(f"after a redirect to {inside.url('/admin')}: ")
    assert f"or {inside.local} named in network.allow_private" in words
    assert inside.connections == 0


def test_all_hops_share_one_deadline(server):
    """Ten hops that are each in time are not in time together."""

    def slow(number: int):
        def answer(conn: socket.socket) -> None:
            time.sleep(0.5)
            conn.sendall(redirect(f"/{number + 1}"))

        return answer

    server.answers.update({f"/{number}": slow(number) for number in range(10)})
    fetched = get(server.url("/0"), network(server, timeout_s=1.2))
    assert "took over 1.2 s" in reason(fetched)
    assert 1.1 < fetched.elapsed_s < 4  # of the five that all would take
    assert len(server.requests) <= 4


# ----------------------------------------------------------------------- manners


def test_one_connection_to_a_host_and_a_pause(server):
    """Requests to one host follow each other; waiting does not count against the deadline."""

    def slow(conn: socket.socket) -> None:
        time.sleep(0.05)
        conn.sendall(ok(FEED))

    paths = [f"/{number}" for number in range(4)]
    server.answers.update(dict.fromkeys(paths, slow))
    settings = network(server, pause_s=0.2, timeout_s=0.5)
    fetched = get_all([server.url(path) for path in paths], settings)
    assert [one.error for one in fetched] == [None] * 4
    assert server.most_open == 1
    times = [request.at for request in server.requests]
    assert all(later - earlier >= 0.24 for earlier, later in itertools.pairwise(times))


def test_per_host_may_be_raised(server):
    """Two at once where feeds.yaml says so."""

    def slow(conn: socket.socket) -> None:
        time.sleep(0.5)
        conn.sendall(ok(FEED))

    server.answers.update(dict.fromkeys(["/a", "/b", "/c"], slow))
    get_all([server.url(path) for path in ("/a", "/b", "/c")], network(server, per_host=2))
    assert server.most_open == 2


def test_hosts_do_not_wait_for_each_other(server):
    """The host is what the address says, whatever machine answers."""
    hosts = [f"h{number}.example" for number in range(6)]
    routes = dict.fromkeys(hosts, ("127.0.0.1", server.port))
    server.answers["/"] = ok(FEED)
    begun = time.monotonic()
    fetched = get_all([f"http://{host}/" for host in hosts], network(pause_s=20), routes)
    assert [one.body for one in fetched] == [FEED] * 6
    assert time.monotonic() - begun < 15


def test_no_more_requests_at_once_than_allowed(server):
    """`concurrency` counts over all hosts."""

    def slow(conn: socket.socket) -> None:
        time.sleep(0.3)
        conn.sendall(ok(FEED))

    hosts = [f"h{number}.example" for number in range(7)]
    routes = dict.fromkeys(hosts, ("127.0.0.1", server.port))
    server.answers["/"] = slow
    get_all([f"http://{host}/" for host in hosts], network(concurrency=3), routes)
    assert len(server.requests) == 7
    assert server.most_open == 3


def test_one_path_that_says_later_does_not_silence_its_host(server):
    """429 and Retry-After are the feed's matter."""
    server.answers["/busy"] = status(429, "Retry-After: 3600")
    server.answers["/feed"] = ok(FEED)
    busy, feed = get_all([server.url("/busy"), server.url("/feed")], network(server))
    assert "429 Too Many Requests" in reason(busy)
    assert feed.body == FEED


def test_a_connection_is_used_again(server):
    """Feeds on one host need not each shake hands."""
    server.answers.update(dict.fromkeys(["/a", "/b", "/c"], ok(FEED)))
    get_all([server.url(path) for path in ("/a", "/b", "/c")], network(server))
    assert server.connections == 1


# --------------------------------------------------------------------------- bugs


def test_cancellation_is_raised(server):
    """It is the caller's wish and no server's doing."""
    server.answers["/"] = silent

    async def go():
        async with Door(network(server), user_agent=AGENT, now=lambda: NOW) as door:
            task = asyncio.create_task(door.get(server.url("/")))
            await asyncio.sleep(0.1)
            task.cancel()
            await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(go())


def test_a_bug_is_raised(server, monkeypatch):
    """What no server can cause is no `Fetched`."""
    monkeypatch.setattr("digest.fetch.door.answer_headers", lambda rows: 1 / 0)
    server.answers["/"] = ok(FEED)
    with pytest.raises(ZeroDivisionError):
        get(server.url("/"), network(server))


def test_certificates_that_cannot_be_read_are_a_mistake_in_the_settings(monkeypatch, tmp_path):
    """Said before anything is fetched, and in words."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(ConfigError, match="SSL_CERT_FILE: no certificates could be read"):
        Door(network(), user_agent=AGENT, now=lambda: NOW)


# ---------------------------------------------------------------- answers in hand


def test_an_answer_in_hand_keeps_its_place(server):
    """While it is read no more is asked for than may be under way; one without a body has none."""
    server.answers["/a"] = ok(FEED)
    server.answers["/b"] = ok(FEED)
    settings = network(server, concurrency=1, pause_s=0, per_host=2)

    async def go():
        async with Door(settings, user_agent=AGENT, now=lambda: NOW) as door:
            async with door.hold(server.url("/none")) as fetched:
                assert fetched.status == 404
                async with door.hold(server.url("/a")):
                    other = asyncio.create_task(door.get(server.url("/b")))
                    await asyncio.sleep(0.2)
                    assert server.paths() == ["/none", "/a"]
            assert (await other).body == FEED

    asyncio.run(go())


def test_few_answers_are_large_at_once(server, monkeypatch):
    """The next one waits unread, longer than its server may take, and is read all the same."""
    monkeypatch.setattr("digest.fetch.door.LARGE", 1_000)
    monkeypatch.setattr("digest.fetch.door.LARGE_AT_ONCE", 1)
    large = b"<feed>" + b"x" * 3_000_000
    server.answers["/a"] = server.answers["/b"] = ok(large)
    settings = network(server, timeout_s=1, pause_s=0, per_host=2)

    async def go():
        async with Door(settings, user_agent=AGENT, now=lambda: NOW) as door:
            async with door.hold(server.url("/a")) as first:
                assert len(first.body) == len(large)
                other = asyncio.create_task(door.get(server.url("/b")))
                await asyncio.sleep(1.5)
                assert not other.done()
            second = await other
            assert (second.error, len(second.body)) == (None, len(large))
            assert second.elapsed_s < 1

    asyncio.run(go())

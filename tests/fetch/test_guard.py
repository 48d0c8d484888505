"""Connections go to addresses that were checked, and to no others."""

from __future__ import annotations

import socket
import ssl
import time

import pytest

from .conftest import get, get_all, network, ok, reason, redirect

FEED = b"<feed/>"

SPELLINGS = """
    127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0x7f.1 0 0.0.0.0
    127.255.255.254 [::1] [0:0:0:0:0:0:0:1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1]
    [64:ff9b::7f00:1] [2002:7f00:1::] 127。0。0。1 localhost LOCALHOST localhost.
""".split()


@pytest.mark.parametrize("host", SPELLINGS)
def test_this_machine_is_refused_in_every_spelling(server, names, host):
    """Nothing connects, and the reason says how to allow it."""
    names["localhost"] = names["localhost."] = names["LOCALHOST"] = [["::1", "127.0.0.1"]]
    server.answers["/"] = ok(FEED)
    fetched = get(f"http://{host}:{server.port}/", network())
    assert "is not a public address" in reason(fetched)
    assert f":{server.port} named in network.allow_private" in reason(fetched)
    assert server.connections == 0
    assert not fetched.reached


ODD = """
    %31%32%37.0.0.1 ①②⑦.⓪.⓪.① example.org@127.0.0.1 [::1%25lo] 0177.0.0.1 127.0.0.1.
""".split()


@pytest.mark.parametrize("host", ODD)
def test_spellings_that_no_address_needs_are_refused(server, names, host):
    """What parsers read in two ways is not asked at all."""
    assert reason(get(f"http://{host}:{server.port}/", network()))
    assert server.connections == 0


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "100.64.0.1", "fd00::1"])
def test_a_name_may_not_lead_inside(names, address):
    """The answer of DNS is checked, not the name."""
    names["inside.example"] = [[address]]
    fetched = get("http://inside.example/", network())
    assert f"inside.example is not a public address ({address})" in reason(fetched)


def test_dns_that_changes_its_answer_changes_nothing(server, names):
    """Asked once: a private second answer is never seen, let alone connected to."""
    names["swing.example"] = [["203.0.113.9"], ["127.0.0.1"]]
    server.answers["/"] = ok(FEED)
    url = f"http://swing.example:{server.port}/"
    fetched = get(url, network())
    assert "(203.0.113.9)" in reason(fetched)
    assert names["swing.example"] == [["127.0.0.1"]]
    assert "(127.0.0.1)" in reason(get(url, network()))
    assert server.connections == 0


def test_the_checked_address_is_the_one_connected_to(server, names, monkeypatch):
    """Between the check and the socket no name is looked up again; `Host` keeps the name."""
    monkeypatch.setattr("digest.fetch.guard.is_public", lambda address: str(address) == "127.0.0.1")
    names["swing.example"] = [["127.0.0.1"], ["127.0.0.2"]]
    server.answers["/"] = ok(FEED)
    fetched = get(f"http://swing.example:{server.port}/", network())
    assert fetched.body == FEED
    assert server.requests[0].header("Host") == f"swing.example:{server.port}"


def test_private_answers_beside_a_public_one_are_not_used(server, names, monkeypatch):
    """One good address does not vouch for the others of its name."""
    monkeypatch.setattr("digest.fetch.guard.is_public", lambda address: str(address) == "127.0.0.1")
    names["mixed.example"] = [["10.0.0.1", "127.0.0.1"]]
    server.answers["/"] = ok(FEED)
    assert get(f"http://mixed.example:{server.port}/", network()).body == FEED


def test_the_next_address_is_tried(server, names):
    """One that does not answer costs its share of the time, not the feed."""
    names["two.example"] = [["127.0.0.9", "127.0.0.1"]]
    server.answers["/"] = ok(FEED)
    fetched = get(
        f"http://two.example:{server.port}/",
        network(allow_private=(f"two.example:{server.port}",)),
    )
    assert fetched.body == FEED


def test_an_unknown_name_is_a_value(names):
    """So is one that DNS cannot even hold."""
    assert "no address found for gone.example" in reason(get("http://gone.example/", network()))
    names["empty.example"] = [[]]
    assert "no address found" in reason(get("http://empty.example/", network()))


def test_a_label_too_long_for_dns_is_a_value():
    """The library's UnicodeError is words too."""
    label = "x" * 70
    fetched = get(f"http://{label}.localhost/", network())
    assert f"no address found for {label}.localhost (not a name)" in reason(fetched)


# ------------------------------------------------------------------ allow_private


def test_private_addresses_may_be_allowed_one_by_one(server, start, names):
    """Host as it is spelled, and port; neither another spelling nor another port nor a name."""
    other = start()
    server.answers["/"] = other.answers["/"] = ok(FEED)
    names["sly.example"] = [["127.0.0.1"]]
    settings = network(server)
    assert get(server.url("/"), settings).body == FEED
    assert "not a public address" in reason(get(other.url("/"), settings))
    assert "not a public address" in reason(get(f"http://127.1:{server.port}/", settings))
    assert "not a public address" in reason(get(f"http://sly.example:{server.port}/", settings))


def test_an_intranet_name_may_be_allowed(server, names):
    """Case and a final dot do not matter."""
    names["wiki.intra"] = names["wiki.intra."] = [["127.0.0.1"]]
    server.answers["/"] = ok(FEED)
    settings = network(allow_private=(f"Wiki.Intra:{server.port}",))
    assert get(f"http://wiki.intra:{server.port}/", settings).body == FEED
    assert get(f"http://wiki.intra.:{server.port}/", settings).body == FEED


def test_an_address_of_version_6_may_be_allowed(names):
    """Written in brackets, as in addresses."""
    fetched = get("http://[::1]:9/", network(allow_private=("[::1]:9",)))
    assert "no connection to ::1" in reason(fetched)


def test_all_private_addresses_may_be_allowed(server):
    """For a site whose feeds are all inside."""
    server.answers["/"] = ok(FEED)
    assert get(server.url("/"), network(allow_private=True)).body == FEED


# ------------------------------------------------------------------------- routes


def test_a_routed_host_is_answered_by_its_route(server):
    """Under http and https alike; the address, `Host` and redirects keep the host's name."""
    server.answers["/old"] = redirect("/feed", 301)
    server.answers["/feed"] = ok(FEED)
    routes = {"tides.example": ("127.0.0.1", server.port)}
    for scheme in ("http", "https"):
        fetched = get(f"{scheme}://Tides.example/old", network(), routes)
        assert fetched.body == FEED
        assert fetched.final_url == fetched.moved_to == f"{scheme}://tides.example/feed"
    assert {request.header("Host") for request in server.requests} == {"tides.example"}


def test_a_route_loosens_nothing_else(server, names):
    """Neither the route's address itself nor another host's redirect into it is allowed."""
    server.answers["/"] = redirect(server.url("/feed"))
    server.answers["/feed"] = ok(FEED)
    names["other.example"] = [["127.0.0.1"]]
    routes = {"tides.example": ("127.0.0.1", server.port)}
    urls = [
        "http://tides.example/",
        server.url("/feed"),
        f"http://other.example:{server.port}/feed",
    ]
    for fetched in get_all(urls, network(), routes):
        assert "is not a public address" in reason(fetched)
    assert server.paths() == ["/"]


def test_a_route_leads_to_loopback(server):
    """Anything else is a mistake of the caller."""
    with pytest.raises(ValueError, match="must lead to a loopback address"):
        get("http://tides.example/", network(), {"tides.example": ("10.0.0.1", 80)})


# ---------------------------------------------------------------------------- TLS


def test_tls_speaks_of_the_name(start, names, certificate, monkeypatch):
    """The name goes out as SNI and the certificate is checked against it, on a checked address."""
    seen = []
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    tls.sni_callback = lambda sock, name, context: seen.append(name)
    server = start(tls)
    server.answers["/"] = ok(FEED)
    names["tides.example"] = names["waves.example"] = [["127.0.0.1"]]
    hosts = [f"tides.example:{server.port}", f"waves.example:{server.port}"]
    settings = network(allow_private=tuple(hosts))

    fetched = get(f"https://{hosts[0]}/", settings)
    assert "no secure connection" in reason(fetched)  # nobody has vouched for it
    assert not fetched.reached

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert get(f"https://{hosts[0]}/", settings).body == FEED
    assert "no secure connection" in reason(get(f"https://{hosts[1]}/", settings))
    assert seen == ["tides.example", "tides.example", "waves.example"]
    assert server.requests[0].header("Host") == hosts[0]


def test_a_lookup_that_hangs_ends_at_the_deadline(server, monkeypatch):
    """Others go on meanwhile, in threads of their own."""
    monkeypatch.setattr(socket, "getaddrinfo", slow_look_up)
    server.answers["/"] = ok(FEED)
    urls = [f"http://h{number}.example/" for number in range(3)]
    fetched = get_all([*urls, server.url("/")], network(server, timeout_s=1))
    assert [reason(one) for one in fetched[:3]] == ["took over 1 s"] * 3
    assert fetched[3].body == FEED
    assert not fetched[0].reached


def slow_look_up(*_, **__):
    time.sleep(1.5)
    return []

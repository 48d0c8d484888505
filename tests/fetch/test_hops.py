"""Which addresses may be asked, where redirects lead, and who sees a secret."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FetchError
from digest.fetch.hops import MAX_LENGTH, _read, address, host_of, may_see_secret, target


@pytest.mark.parametrize(
    ("url", "wire"),
    [
        ("http://example.org", "http://example.org"),
        (" https://Example.org/a b?q=ä#part ", "https://example.org/a%20b?q=%C3%A4"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://example.org:80/x", "http://example.org/x"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
    ],
)
def test_an_address_goes_over_the_wire(url, wire):
    """ASCII, without fragment and default port."""
    sent = address(url)
    path = "" if sent.path == "/" and not wire.endswith("/") else sent.path
    assert f"{sent.scheme}://{sent.netloc}{path}" == wire


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "'file' are not opened; expected http or https"),
        ("ftp://example.org/", "'ftp'"),
        ("gopher://example.org/", "'gopher'"),
        ("javascript:alert(1)", "'javascript'"),
        ("data:text/plain,x", "'data'"),
        ("//example.org/", "''"),
        ("example.org", "''"),
        ("", "''"),
        ("http:///path", "names no host"),
        ("http://", "names no host"),
        ("http://example.org:0/", "names no host and port"),
        ("http://me:pass@example.org/", "carries a name or password"),
        ("http://example.org@127.0.0.1/", "carries a name or password"),
        ("http://example.org:99999/", "names no host and port"),
        ("http://exa mple.org/", "names no host"),
        ("http://%31%32%37.0.0.1/", "names no host"),
        ("http://127.0.0.1\\@example.org/", "carries a name"),
        ("http://example.org\\.evil.example/", "names no host"),
        ("http://[::1%25lo]/", "names no host"),
        ("http://a..b/", "names no host"),
        ("http://[::1", "not an address"),
        ("http://example.org/\x00", "not an address"),
        ("http://example.org/" + "x" * MAX_LENGTH, "more than 8,192 characters"),
    ],
)
def test_others_are_refused_with_their_reason(url, words):
    """No scheme but http and https, nothing without a host, no password."""
    with pytest.raises(FetchError) as caught:
        address(url)
    assert words in caught.value.message


PIECES = (
    "http://", "https://", "HTTP://", "ex.example", "a_b.c-d", "127.0.0.1", "1.2.3", "256.1.1.1",
    "xn--bcher-kva", ".", ":80", ":443", ":8080", ":65536", ":0", "/", "//", "/a", "/..", "/.",
    "/~b", "/%7e", "?", "?a=b&c", "?'", "'", "(", ";", "!", "@", "#f", " ", "é", "[::1]",
    "$", "=", ",",
)  # fmt: skip


def test_addresses_as_they_are_sent_are_read_alike():
    """Those that need no reading are what reading them gives."""
    chance = random.Random(4)
    for _ in range(20_000):
        url = chance.choice(("http://a.b", "https://127.0.0.1", ""))
        url += "".join(chance.choices(PIECES, k=chance.randint(1, 5)))
        found = list[object]()
        for way in (address, _read):
            try:
                found.append(way(url))
            except FetchError as exc:
                found.append(exc.message)
        assert found[0] == found[1], url


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    """Whatever stands in an attribute is an address or a FetchError."""
    for url in (text, f"http://{text}", f"https://example.org{text}", f"http://example.org/{text}"):
        try:
            target(address(url), text)
        except FetchError:
            continue


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("", "does not say where to"),
        ("file:///etc/passwd", "a redirect to 'file:///etc/passwd': addresses of the kind 'file'"),
        ("http://u:p@example.org/", "carries a name or password"),
        ("/" + "x" * MAX_LENGTH, "more than 8,192"),
        ("http://[", "a redirect to"),
    ],
)
def test_redirects_pass_the_same_check(location, words):
    """What may not be asked may not be redirected to."""
    with pytest.raises(FetchError) as caught:
        target(address("http://example.org/a/b"), location)
    assert words in caught.value.message


def test_a_redirect_may_be_relative():
    """It is read against the address that sent it."""
    assert str(target(address("http://example.org/a/b"), "../c?d#e")) == "http://example.org/c?d"
    assert (
        str(target(address("https://example.org/a"), "//other.example/"))
        == "https://other.example/"
    )


def test_a_host_has_one_form():
    """Case and a final dot do not make another host."""
    assert host_of(address("http://Example.ORG./")) == "example.org"


@pytest.mark.parametrize(
    ("owner", "hop", "sees"),
    [
        ("https://a.example/feed", "https://a.example/other", True),
        ("http://a.example/feed", "https://a.example/feed", True),
        ("https://a.example/", "https://b.example/", False),
        ("https://a.example/", "https://sub.a.example/", False),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("http://a.example:8080/", "https://a.example:8443/", False),
        ("http://a.example:8080/", "http://a.example/", False),
    ],
)
def test_a_secret_stays_with_its_server(owner, hop, sees):
    """Same host and port, and never from TLS to plain text."""
    assert may_see_secret(address(owner), address(hop)) is sees

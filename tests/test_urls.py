"""Addresses: one page has one identity, two pages never share one, publishers are told apart."""

from __future__ import annotations

import random
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.urls import canonical, clean, host, joined, publisher

SAME = [
    ("https://ex.example/post", "http://www.ex.example/post/"),
    ("https://ex.example/post", "https://EX.example:443/post#atom-entries"),
    ("https://ex.example/post", "http://ex.example:80/a/../post?utm_source=x&utm_medium=y"),
    ("https://ex.example/post?p=1", "https://ex.example/post?fbclid=a&p=1&gclid=b&mc_cid=c&ref=d"),
    ("https://ex.example/~a%C3%A9", "https://ex.example/%7ea%c3%a9"),
    ("https://ex.example/aé b", "https://ex.example/a%C3%A9%20b"),
    ("https://xn--bcher-kva.example/", "https://Bücher.example"),
    ("https://ex.example/a-post", "https://www.google.com/amp/s/ex.example/a-post/amp/"),
    ("https://ex.example/a-post", "https://ex-example.cdn.ampproject.org/c/s/ex.example/a-post"),
    ("https://ex.example/a-post.html", "https://amp.ex.example/a-post.amp.html?amp=1"),
    ("https://ex.example/docs/", "https://ex.example/docs/index.html"),
    ("https://ex.example/post", "https://user:secret@ex.example./post"),
    ("https://ex.example/post", " https:\\\\ex.example\\po\nst "),
    ("https://ex.example/post", "//ex.example/post"),
]
DIFFERENT = [
    ("https://ex.example/?p=1", "https://ex.example/?p=2"),
    ("https://ex.example/?p=", "https://ex.example/"),
    ("https://ex.example/#!/one", "https://ex.example/#!/two"),
    ("https://ex.example/#/one", "https://ex.example/"),
    ("https://ex.example/a", "https://ex.example/A"),
    ("https://ex.example/a%2Fb", "https://ex.example/a/b"),
    ("https://ex.example:8080/", "https://ex.example/"),
    ("https://a.ex.example/", "https://ex.example/"),
    ("https://ex.example/glossary/amp", "https://ex.example/glossary"),
    ("https://www.example/", "https://example/"),
    ("https://github.com/a/b/blob/x.py?ref=v1", "https://github.com/a/b/blob/x.py?ref=v2"),
    ("https://ex.example/?source=1", "https://ex.example/?source=2"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_page_have_one_identity(one: str, other: str) -> None:
    """Scheme, www, case, ports, dots, encoding, tracking and AMP make no difference."""
    assert canonical(one) == canonical(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_never_share_an_identity(one: str, other: str) -> None:
    """Parameters, routes, case of paths and ports tell pages apart."""
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "url",
    ["", " ", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "ftp://ex.example/",
     "http://", "http://[::1", "https://ex.example:99999/", "https://ex.example:0/", "https://a b/",
     "no address"],
)  # fmt: skip
def test_what_is_no_http_address_is_empty(url: str) -> None:
    """No other scheme and no broken address is opened or shown."""
    assert canonical(url) == clean(url) == host(url) == publisher(url) == ""


@given(st.text(max_size=80) | st.text("/:@?#[]%.&=\\ht ps\t", max_size=40).map("http://a{}".format))
def test_nothing_raises_and_identity_is_stable(url: str) -> None:
    """Any text gives a result; the identity of an identity is itself."""
    once = canonical(url)
    assert canonical(once) == once
    assert clean(clean(url)) == clean(url)
    assert publisher(url) == publisher(url).strip()


def test_clean_resolves_and_keeps_what_leads_somewhere() -> None:
    """Relative addresses become whole; sections stay, tracking and feed markers go."""
    base = "https://ex.example/a/post"
    assert clean("../b?utm_campaign=c&id=3#part", base) == "https://ex.example/b?id=3#part"
    assert clean("?page=2", base) == "https://ex.example/a/post?page=2"
    assert clean("https://ex.example/x/#atom-everything") == "https://ex.example/x/"
    assert clean("https://ex.example/x#:~:text=words") == "https://ex.example/x"
    assert clean("", base) == clean("javascript:x", base) == ""


def test_host_is_lower_ascii_without_port() -> None:
    """A host is what DNS is asked for."""
    assert host("https://WWW.Bücher.example:8443/x") == "www.xn--bcher-kva.example"
    assert host("http://[::1]:80/") == "[::1]"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://blog.acme.co.uk/x", "acme.co.uk"),
        ("https://news.ycombinator.com/", "ycombinator.com"),
        ("https://github.com/SimonW/llm/releases", "github.com/simonw"),
        ("https://gist.github.com/simonw/1", "github.com/simonw"),
        ("https://github.com/orgs/acme/people", "github.com/acme"),
        ("https://github.com/", "github.com"),
        ("https://simonw.github.io/tools", "simonw.github.io"),
        ("https://www.youtube.com/@name/videos", "youtube.com/@name"),
        ("https://youtu.be/abc", "youtube.com"),
        ("https://old.reddit.com/r/Python/comments/1", "reddit.com/r/python"),
        ("https://medium.com/@x/post", "medium.com/@x"),
        ("https://name.medium.com/post", "name.medium.com"),
        ("https://name.substack.com/p/x", "name.substack.com"),
        ("https://some.wordpress.com/x", "some.wordpress.com"),
        ("https://some.blogspot.com/x", "some.blogspot.com"),
        ("https://mastodon.social/@name/1", "mastodon.social"),
        ("https://social.acme.example/@name", "social.acme.example"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("http://localhost:8000/x", "localhost"),
    ],
)
def test_publisher_is_the_domain_or_the_account(url: str, name: str) -> None:
    """Sites of many authors have a publisher for each, others one."""
    assert publisher(url) == name


def test_families_win() -> None:
    """A family owns its domains, their hosts, and accounts elsewhere; nobody else's."""
    families = {"Acme": ("acme.example", "github.com/acme")}
    assert publisher("https://blog.acme.example/x", families) == "Acme"
    assert publisher("https://github.com/acme/tool", families) == "Acme"
    assert publisher("https://github.com/other", families) == "github.com/other"
    assert publisher("https://notacme.example/", families) == "notacme.example"


PIECES = (
    "http://", "https://", "HTTP://", "//", "/", "a.b", "ex.example", "www.youtube.com", "/a",
    "/b-c", "/..", "/.", "/%41", "?", "?a=1", "&utm_source=x", "&si=1", "&ref=rss",
    "?feature=share", "#f", ";p", ":80", " ", "\\", "é", "[", "@", "!", "&amp=1",
)  # fmt: skip
BASES = ("", "http://ex.example/feed", "https://a.b:8080/x/y?z=1", "http://a.b:80", "a:b", "/rel")


def test_addresses_in_the_usual_form_are_joined_as_all_are() -> None:
    """The short ways give what the standard library gives."""
    chance = random.Random(3)
    for _ in range(20_000):
        url, base = "".join(chance.choices(PIECES, k=chance.randint(1, 6))), chance.choice(BASES)
        try:
            whole = urljoin(base, url.strip()) if url.strip() else ""
        except ValueError:
            assert joined(base, url) == ""
            continue
        assert joined(base, url) == whole
        if whole.startswith("http") and not set("\\ ") & set(
            url
        ):  # in capitals it takes the long way
            shouted = whole[:4].upper() + whole[4:]
            assert clean(url, base) == clean(shouted), (url, base)
            assert publisher(whole) == publisher(shouted), whole

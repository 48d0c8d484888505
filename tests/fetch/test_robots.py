"""robots.txt is obeyed for pages, once per origin, and not for feeds."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from .conftest import get, get_all, network, ok, reason, redirect, status

PAGE = b"<p>High water at noon.</p>"


def pages(server, *paths, **asked):
    server.answers.update(dict.fromkeys(paths, ok(PAGE)))
    return get_all([server.url(path) for path in paths], network(server), robots=True, **asked)


def rules(*lines: str) -> bytes:
    return ok("\n".join(lines).encode())


def test_what_is_disallowed_is_not_asked(server):
    """The page's reason says so; what is allowed is read; the file is read once."""
    server.answers["/robots.txt"] = rules("User-agent: *", "Disallow: /private", "Allow: /")
    public, private, more = pages(server, "/public", "/private/x", "/more")
    assert public.body == more.body == PAGE
    assert reason(private) == "its robots.txt does not allow it to be read"
    assert not private.reached
    assert sorted(server.paths()) == ["/more", "/public", "/robots.txt"]


def test_feeds_do_not_ask(server):
    """They are published to be polled."""
    server.answers["/robots.txt"] = rules("User-agent: *", "Disallow: /")
    server.answers["/feed"] = ok(PAGE)
    assert get(server.url("/feed"), network(server)).body == PAGE
    assert server.paths() == ["/feed"]


def test_our_name_goes_before_the_star(server):
    """The group for us holds, and words in the address of our User-Agent are not our name."""
    server.answers["/robots.txt"] = rules(
        "User-agent: publisher", "Disallow: /", "", "User-agent: *", "Disallow: /", "",
        "User-Agent: DIGEST", "Disallow: /no",
    )  # fmt: skip
    yes, no = pages(server, "/yes", "/no")
    assert yes.body == PAGE
    assert "robots.txt" in reason(no)


def test_a_redirect_is_asked_about_too(server, start):
    """Each hop against the file of its own origin."""
    other = start()
    other.answers["/robots.txt"] = rules("User-agent: *", "Disallow: /")
    other.answers["/page"] = ok(PAGE)
    server.answers["/"] = redirect(other.url("/page"))
    settings = network(allow_private=(server.local, other.local))
    words = reason(get(server.url("/"), settings, robots=True))
    assert words.startswith(f"after a redirect to {other.url('/page')}: its robots.txt does not")
    assert other.paths() == ["/robots.txt"]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_without_the_file_all_is_allowed(server, code):
    """RFC 9309: "unavailable"."""
    server.answers["/robots.txt"] = status(code)
    assert pages(server, "/page")[0].body == PAGE


@pytest.mark.parametrize("code", [429, 500, 503])
def test_while_the_file_cannot_be_read_nothing_is(server, code):
    """RFC 9309: "unreachable"; the reason says why."""
    server.answers["/robots.txt"] = status(code)
    words = reason(pages(server, "/page")[0])
    assert words.startswith(f"its robots.txt could not be read: the server answered {code}")
    assert server.paths() == ["/robots.txt"]


def test_the_file_may_be_elsewhere_and_odd(server):
    """Behind a redirect, with a byte order mark and bytes that are no text."""
    server.answers["/robots.txt"] = redirect("/r")
    server.answers["/r"] = ok(b"\xef\xbb\xbfUser-agent: *\r\n\xff\xfe\r\nDisallow: /no\r\n")
    yes, no = pages(server, "/yes", "/no")
    assert yes.body == PAGE
    assert "robots.txt" in reason(no)


@pytest.mark.parametrize(
    "lines",
    [
        [*(f"User-agent: bot{number}" for number in range(14_000)),
         *(f"Disallow: /{number}" for number in range(14_000))],
        ["User-agent: *", *("Disallow: /" + "*a" * 200 + "b" for _ in range(900))],
        ["User-agent: *", "Disallow: /" + "x" * 400_000],
    ],
    ids=["names and rules", "wildcards", "long"],
)  # fmt: skip
def test_a_hostile_file_costs_little(server, lines):
    """Neither names times rules nor wildcards take time with a power of the file's size."""
    server.answers["/robots.txt"] = rules(*lines)
    begun = time.process_time()
    assert pages(server, "/" + "a" * 2_000)[0].body == PAGE
    assert time.process_time() - begun < 5


def test_no_more_than_its_beginning_is_read(server):
    """What stands after half a megabyte is not looked at."""
    server.answers["/robots.txt"] = rules(
        "User-agent: *", "Disallow: /no", "#" * 600_000, "Disallow: /"
    )
    assert pages(server, "/yes")[0].body == PAGE


def test_a_delay_is_kept_between_pages(server):
    """Of the group that is for us; feeds and hosts that ask for none go on as they are."""
    server.answers["/robots.txt"] = rules("User-agent: *", "Crawl-delay: 0.4")
    assert [page.body for page in pages(server, "/a", "/b", "/c")] == [PAGE] * 3
    asked = [request.at for request in server.requests if request.path != "/robots.txt"]
    assert all(later - earlier >= 0.38 for earlier, later in pairwise(asked))


def test_a_delay_that_is_longer_than_a_run_leaves_one_page(server):
    """The others have their reason, and nobody waits."""
    server.answers["/robots.txt"] = rules("User-agent: *", "Crawl-delay: 3600")
    begun = time.monotonic()
    read = pages(server, "/a", "/b")
    assert time.monotonic() - begun < 5
    assert sum(page.body == PAGE for page in read) == 1
    (left,) = [page for page in read if page.error]
    assert reason(left) == (
        "its robots.txt asks for 3600 s between two pages: left for another run"
    )

"""From the address that a person has to the feed behind it."""

from __future__ import annotations

import pytest

from digest.extract.discovery import of_address, of_habit, of_page

YOUTUBE = "https://www.youtube.com/feeds/videos.xml"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UCabc-_1", f"{YOUTUBE}?channel_id=UCabc-_1"),
        ("https://m.youtube.com/user/someone", f"{YOUTUBE}?user=someone"),
        ("https://youtube.com/watch?v=1&list=PLx", f"{YOUTUBE}?playlist_id=PLx"),
        ("https://youtube.com/watch?v=1&list=a%26b", f"{YOUTUBE}?playlist_id=a%26b"),
        ("https://mastodon.social/@someone/1234", "https://mastodon.social/@someone.rss"),
        ("https://social.example:8443/@a_b", "https://social.example:8443/@a_b.rss"),
        ("https://github.com/simonw/llm", "https://github.com/simonw/llm/releases.atom"),
        ("https://github.com/simonw/llm/tags", "https://github.com/simonw/llm/tags.atom"),
        ("https://github.com/simonw/llm/issues/5", "https://github.com/simonw/llm/releases.atom"),
        ("https://github.com/a/b/commits/main", "https://github.com/a/b/commits/main.atom"),
        ("https://github.com/simonw", "https://github.com/simonw.atom"),
        ("https://someone.substack.com/p/a-post", "https://someone.substack.com/feed"),
        ("https://substack.com/@someone", "https://someone.substack.com/feed"),
        ("https://old.reddit.com/r/Python/top/", "https://www.reddit.com/r/Python/.rss"),
        ("https://www.reddit.com/u/someone", "https://www.reddit.com/user/someone/.rss"),
        ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
        ("https://medium.com/@someone/a-post-1", "https://medium.com/feed/@someone"),
        ("https://someone.medium.com/a-post", "https://someone.medium.com/feed"),
    ],
)
def test_well_known_sites(page: str, feed: str) -> None:
    """The page says by its address alone which feed is its own."""
    assert of_address(page)[0] == feed


@pytest.mark.parametrize(
    "page",
    [
        "https://github.com/", "https://github.com/features/actions", "https://arxiv.org/abs/1.2",
        "https://www.youtube.com/@someone", "https://notgithub.com/a/b", "https://example.org/blog",
    ],
)  # fmt: skip
def test_other_addresses_say_nothing(page: str) -> None:
    """A page without such a feed, and a host that only sounds like one, are looked at instead."""
    assert of_address(page) == ()


def test_what_a_page_names() -> None:
    """Its own feeds in order, those of comments last, then links; relative to its base."""
    page = b"""<html><head><base href="https://b.example/x/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="comments.rss">
    <link rel="stylesheet" type="text/css" href="/style.css">
    <link rel="ALTERNATE nofollow" type="application/atom+xml;charset=utf-8" href="atom">
    <link rel="alternate" type="application/feed+json" href="/feed.json">
    <link rel="alternate" hreflang="de" href="/de/">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    </head><body><a href="/about">About</a><a href="feed://b.example/all.rss">RSS</a></body>"""
    assert of_page(page, url="https://a.example/") == (
        "https://b.example/x/atom",
        "https://b.example/feed.json",
        "https://b.example/x/comments.rss",
        "https://b.example/all.rss",
    )


def test_a_page_of_links_is_bounded() -> None:
    """A page that names a thousand feeds does not send us to each."""
    links = "".join(f'<a href="/{n}/feed.xml">x</a>' for n in range(1000))
    assert len(of_page(links.encode(), url="https://a.example/")) == 10
    assert of_page(b"\x00\xff<<<", url="https://a.example/") == ()


def test_usual_places() -> None:
    """Below the page's section first, then at the root."""
    places = of_habit("https://a.example/blog/2024/post")
    assert places[0] == "https://a.example/blog/feed"
    assert "https://a.example/feed.xml" in places
    assert of_habit("https://a.example/post.html")[0] == "https://a.example/feed"

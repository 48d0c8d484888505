"""The demo's web is what it says: formats, links, invented names, planned traps."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from collections import Counter
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
import yaml
from bs4 import BeautifulSoup

from digest.config import parse
from digest.demo import NOW, feeds_yaml, site_files
from digest.demo.pages import INJECTION
from digest.demo.publishers import SITES, Post, Site
from digest.demo.sources import posts
from digest.demo.world import world

EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "demo" / "expected.json").read_text("utf-8")
)
POSTS = {post.url: post for site in SITES for post in posts(site)}
IN_FEEDS = [post for post in POSTS.values() if post.site.feed and post.in_feed]
SUBSCRIPTIONS = {feed["slug"]: feed["url"] for feed in yaml.safe_load(feeds_yaml())["feeds"]}
WORKING = [site for site in SITES if site.format not in {"", "broken"}]
MISSING_LINKS = set(EXPECTED["missing_pages"])

REAL = re.compile(
    r"\b(OpenAI|Anthropic|Claude|ChatGPT|GPT|Google|Gemini|DeepMind|Microsoft|Copilot|Meta AI"
    r"|Facebook|Llama|Mistral|DeepSeek|Qwen|Alibaba|Moonshot|Kimi|Hugging ?Face|Nvidia|AMD|Intel"
    r"|Apple|Amazon|AWS|Huawei|xAI|Grok|GitHub|GitLab|Cursor|Windsurf|Cohere|Databricks"
    r"|Stability|Midjourney|Perplexity|Reddit|Twitter|YouTube|LinkedIn|Wikipedia|Raspberry"
    r"|Arduino|Stanford|Berkeley|Oxford|Cambridge|Altman|Amodei|Hassabis|LeCun|Karpathy"
    r"|Willison|Musk|Zuckerberg|Nadella|Pichai|SWE-bench|MMLU|arXiv|Debian|Ubuntu)\b",
    re.IGNORECASE,
)


def body(url: str) -> bytes:
    parts = urlsplit(url)
    return world()[parts.netloc, parts.path].body


def page_text(url: str) -> str:
    return BeautifulSoup(body(url), "html.parser").get_text(" ")


def own_text(post: Post) -> str:
    return BeautifulSoup(post.html, "html.parser").get_text(" ")


def read_feed(site: Site) -> Any:
    return feedparser.parse(body(site.url[:-1] + site.feed))


def test_size_and_span() -> None:
    """Eight feeds, at least 36 entries over three weeks up to now, many of them substantial."""
    assert len(WORKING) == 8
    assert len(IN_FEEDS) >= 36
    days = [(NOW - post.published).days for post in IN_FEEDS]
    assert min(days) == 0
    assert 18 <= max(days) <= 22
    assert all(post.published <= post.updated <= NOW for post in POSTS.values())
    lengths = [len(own_text(post).split()) for post in IN_FEEDS]
    assert sum(500 <= length <= 1200 for length in lengths) >= 12
    files = Path(sys.modules["digest.demo"].__file__ or "").parent.rglob("*")
    assert sum(file.stat().st_size for file in files if file.suffix != ".pyc") < 400_000


@pytest.mark.parametrize("site", WORKING, ids=lambda site: site.host)
def test_each_feed_is_of_its_format(site: Site) -> None:
    """A parser finds the format that the table claims, every entry, its address and date."""
    raw = body(site.url[:-1] + site.feed)
    listed = [post for post in posts(site) if post.in_feed]
    if site.format == "json":
        feed = json.loads(raw)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert [item["url"] for item in feed["items"]] == [post.url for post in listed]
        return
    parsed = feedparser.parse(raw)
    kinds = {"rss-full": "rss20", "rss-teaser": "rss20", "rdf": "rss10"}
    assert not parsed.bozo
    assert parsed.version == kinds.get(site.format, "atom10")
    assert parsed.encoding == site.encoding
    assert [entry.link for entry in parsed.entries] == [post.url + site.tracking for post in listed]
    assert all(
        (entry.get("published_parsed") or entry.updated_parsed)[:5]
        == post.published.timetuple()[:5]
        for entry, post in zip(parsed.entries, listed, strict=True)
    )


def test_where_each_feed_keeps_its_text() -> None:
    """Two feeds have the text in content, one in the summary, three none; teasers are short."""
    by_host = {site.host: read_feed(site).entries for site in WORKING if site.format != "json"}
    for host in ("tidewater-lab.example", "kiln-works.example", "loose-threads.example"):
        assert all("content" in entry for entry in by_host[host])
    for entry in by_host["ledger-lines.example"]:
        assert "content" not in entry
        assert len(entry.summary) > 400
    for slug in EXPECTED["teaser_feeds"]:
        for entry in by_host[urlsplit(SUBSCRIPTIONS[slug]).netloc]:
            assert "content" not in entry
            assert 40 < len(entry.summary) < 200


def test_every_link_inside_the_world_resolves() -> None:
    """Pages and feeds lead nowhere but to invented hosts, and only the planned page is gone."""
    broken = set()
    for (host, path), answer in world().items():
        text = unescape(answer.body.decode("iso-8859-1"))
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            parts = urlsplit(urljoin(f"http://{host}{path}", link))
            assert (parts.netloc or "").endswith(".example"), link
            if (parts.netloc, parts.path) not in world():
                broken.add(f"http://{parts.netloc}{parts.path}")
    assert broken == MISSING_LINKS | {"http://kiln-works.example/seen.gif"}


def test_no_post_links_into_the_future() -> None:
    """What a post links to was published before it, or before its last edit."""
    for post in POSTS.values():
        for link in re.findall(r'href="([^"#?]+)', post.html):
            if link in POSTS:
                assert POSTS[link].published < post.updated, f"{post.url} links to {link}"


def test_nothing_real_is_named() -> None:
    """No real company, product or person of the field, and no host that could exist."""
    everything = "\n".join(
        [answer.body.decode("iso-8859-1") for answer in world().values()]
        + list(site_files().values())
    )
    assert REAL.findall(everything) == []
    hosts = {urlsplit(url).netloc for url in re.findall(r"https?://[^\s\"'<>)]+", everything)}
    formats = {"www.w3.org", "purl.org", "jsonfeed.org", "schema.org"}
    assert {host for host in hosts if not host.endswith(".example")} <= formats | {"localhost:8000"}


def test_the_word_list_can_find() -> None:
    """The check above is no empty one."""
    assert REAL.search("as GPT-9 shows")
    assert REAL.search("deepseek")


def test_bytes_are_the_same_under_any_hash_seed() -> None:
    """Feeds and pages do not depend on the order of sets or on the moment."""
    program = (
        "import hashlib; from digest.demo.world import world;"
        "print(hashlib.sha256(repr(sorted((k, a.etag) for k, a in world().items())).encode())"
        ".hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(seen) == 1


def test_the_same_event_is_told_by_several_publishers() -> None:
    """At least three events stand in three feeds or more, in different words."""
    events = EXPECTED["events"]
    assert sum(len({slug for slug, _ in told}) >= 3 for told in events.values()) >= 3
    for told in events.values():
        for slug, url in told:
            assert POSTS[url].site.feed in SUBSCRIPTIONS[slug]
            assert POSTS[url].site.host in SUBSCRIPTIONS[slug]
    ruling = [own_text(POSTS[url]) for _, url in events["aldermere-ruling"][:3]]
    for one, other in itertools.pairwise(ruling):
        assert SequenceMatcher(None, one.split(), other.split()).ratio() < 0.3


def test_link_posts_and_copies() -> None:
    """Link posts name their target in feed and text; a press release stands in two outlets."""
    targets = {post.url: post.target for post in POSTS.values() if post.target}
    assert targets == EXPECTED["link_posts"]
    assert all(target in POSTS and target in POSTS[url].html for url, target in targets.items())
    for one, other in EXPECTED["near_copies"]:
        words = own_text(POSTS[one]).split(), own_text(POSTS[other]).split()
        assert SequenceMatcher(None, *words).ratio() > 0.85


def test_traps_are_laid() -> None:
    """Furniture repeats, clutter and an injection surround the text, one figure is in dispute."""
    for phrase in EXPECTED["furniture"]:
        assert any(
            body(site.url[:-1] + site.feed).decode(site.encoding).count(phrase)
            >= len([post for post in posts(site) if post.in_feed])
            for site in WORKING
        ), phrase
    pages = [page_text(url) for url, post in POSTS.items() if not post.is_missing]
    own = "\n".join(own_text(post) for post in POSTS.values())
    for phrase in EXPECTED["clutter"]:
        assert sum(phrase in page for page in pages) >= 4, phrase
        assert phrase not in own
    assert [post.url for post in POSTS.values() if post.is_hostile] == [
        "http://harbour-wire.example/story/sable-ruling"
    ]
    assert INJECTION.encode() in body("http://harbour-wire.example/story/sable-ruling")
    assert all(words in INJECTION and words not in own for words in EXPECTED["injected"])
    contradiction = dict(EXPECTED["contradiction"])
    contradiction.pop("what")
    assert all(figure in own_text(POSTS[url]) for url, figure in contradiction.items())
    assert [post.url for post in IN_FEEDS if post.updated > post.published] == EXPECTED["edited"]
    assert [post.url for post in IN_FEEDS if post.is_missing] == EXPECTED["missing_pages"]


def test_the_texts_hold_what_a_page_must_show() -> None:
    """Tables, code, quotations with a speaker, images with a description, lists."""
    tags = Counter(
        name
        for post in IN_FEEDS
        for name in ("table", "pre", "blockquote", "img", "ol", "h2")
        if BeautifulSoup(post.html, "html.parser").find(name)
    )
    assert tags["table"] >= 6
    assert tags["pre"] >= 3
    assert tags["blockquote"] >= 10
    assert tags["img"] >= 2
    assert tags["ol"] >= 3
    assert tags["h2"] >= 12
    for post in IN_FEEDS:
        for image in BeautifulSoup(post.html, "html.parser").find_all("img"):
            assert len(str(image["alt"])) > 20


def test_feeds_yaml_is_understood() -> None:
    """It is read without a mistake; every digest has feeds, every feed is in this world."""
    config = parse(feeds_yaml())
    assert [digest.slug for digest in config.digests] == ["daily", "workbench"]
    assert all(len(config.feeds_of(digest)) >= 3 for digest in config.digests)
    failing = set()
    for feed in config.feeds:
        parts = urlsplit(feed.url)
        if world()[parts.netloc, parts.path].status != 200:
            failing.add(feed.slug)
    assert failing == set(EXPECTED["failing_feeds"])
    families = {host for hosts in config.publishers.values() for host in hosts}
    assert families <= {site.host for site in SITES}


def test_the_site_has_pages_of_its_own() -> None:
    """feeds.yaml comes first; page and essay begin with front matter that has a title."""
    files = site_files()
    assert next(iter(files)) == "feeds.yaml"
    for name in list(files)[1:]:
        front = yaml.safe_load(files[name].split("---\n")[1])
        assert name.startswith("content/")
        assert front["title"]
        assert front["description"]

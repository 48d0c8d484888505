"""feeds.yaml: values as they were meant, and every mistake with its line and what was expected."""

from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digest import settings
from digest.config import parse, read
from digest.errors import ConfigError

FEED = "feeds:\n  - url: https://a.example/feed\n"

MISTAKES = [
    # what stands in the file, what the message must say
    ("", "feeds.yaml: empty"),
    ("feeds: [", "not YAML"),
    ("- a\n", "feeds.yaml:1:1: found a list, expected keys with values"),
    ("site: {title: x}\n", "`feeds` is missing"),
    ("feeds: []\n", "feeds: found none, expected at least one address"),
    ("feeds:\n", "`feeds` is missing"),
    (
        "feeds: https://a.example/\n",
        "feeds.yaml:1:8: feeds: found 'https://a.example/', expected a list",
    ),
    ("feeds:\n  - slug: a\n", "feeds.yaml:2:5: feeds[0]: `url` is missing"),
    (
        "feeds:\n  - url: ftp://a.example/\n",
        "feeds.yaml:2:10: feeds[0].url: found 'ftp://a.example/'",
    ),
    ("feeds:\n  - url: http://[::1\n", "feeds[0].url"),
    (
        FEED + "    slug: A B\n",
        "feeds.yaml:3:11: feeds[0].slug: found 'A B', expected small letters",
    ),
    (FEED + "    weight: heavy\n", "feeds[0].weight: found 'heavy', expected a number"),
    (FEED + "    weight: -1\n", "feeds[0].weight: found -1.0, expected more than 0"),
    (FEED + "    full_text: all\n", "found 'all', expected one of auto, feed, page"),
    (FEED + "    tags: ai\n", "feeds[0].tags: found 'ai', expected a list"),
    (FEED + "    auth: {header: X}\n", "feeds[0].auth: `env` is missing"),
    (
        FEED + "  - url: https://a.example/feed\n    slug: b\n",
        "feeds[1].url: found 'https://a.example/feed' again",
    ),
    (
        FEED + "    slug: a\n  - url: https://b.example/\n    slug: a\n",
        "feeds[1].slug: found 'a' again",
    ),
    (FEED + "model: gpt\n", "feeds.yaml:3:8: model: found 'gpt', expected keys with values"),
    (FEED + "model: {editor: m}\n", "model: `name` is missing"),
    (FEED + "model: {name: ''}\n", "model.name: found '', expected at least one character"),
    (FEED + "model: {name: m, endpoint: {url: 'localhost:11434'}}\n", "model.endpoint.url: found"),
    (FEED + "model: {name: m, endpoint: {key_env: K}}\n", "model.endpoint: `url` is missing"),
    (
        FEED + "model: {name: m, endpoint: {url: 'http://a', reply: xml}}\n",
        "found 'xml', expected one of schema, object, text",
    ),
    (
        FEED + "model: {name: m, budget: {issue_tokens: 0}}\n",
        "feeds.yaml:3:41: model.budget.issue_tokens: found 0, expected more than 0",
    ),
    (FEED + "model: {name: m, prices: {m: {input: 1}}}\n", "model.prices.m: `output` is missing"),
    (FEED + "model: {name: m, prices: {m: 3}}\n", "model.prices.m: found '3', expected keys"),
    (
        FEED + "model: {name: m, options: {a: [1]}}\n",
        "model.options.a: found a list, expected a text, a number, true or false",
    ),
    (FEED + "model: {name: m, concurrency: 0}\n", "model.concurrency: found 0, expected more"),
    (FEED + "site: {titel: x}\n", "site.titel: unknown key"),
    (FEED + "site: {titel: x}\n", "did you mean `title`?"),
    (
        FEED + "site: {timezone: Mars/Base}\n",
        "site.timezone: found 'Mars/Base', expected a time zone",
    ),
    (FEED + "site: {timezone: ../../etc/passwd}\n", "expected a time zone"),
    (FEED + "site: {url: example.org}\n", "expected an address that begins with http"),
    (FEED + "site: {title: a, title: b}\n", "site.title: stands here twice, expected once"),
    (FEED + "digests: [{slug: archive, title: A}]\n", "digests[0].slug: found 'archive'"),
    (
        FEED + "digests: [{slug: a, title: A, schedule: hourly}]\n",
        "expected `daily`, `manual`, or `weekly`",
    ),
    (
        FEED + "digests: [{slug: a, title: A, features: three}]\n",
        "found 'three', expected a whole number",
    ),
    (
        FEED + 'digests: [{slug: a, title: A, features: "3"}]\n',
        "found '3', expected a whole number",
    ),
    (
        FEED + "digests: [{slug: a, title: A, review: maybe}]\n",
        "found 'maybe', expected true or false",
    ),
    (
        FEED + "digests: [{slug: a, title: A, feeds: [b]}]\n",
        "digests[0].feeds[0]: found 'b', expected the slug",
    ),
    (FEED + "digests: [{slug: a, title: A, tags: [b]}]\n", "expected a tag that some feed has"),
    (FEED + "digests: [{slug: a, title: A, pin: [b]}]\n", "expected the address of an entry"),
    (
        FEED + "digests: [{slug: x, title: A}, {slug: x, title: B}]\n",
        "digests[1].slug: found 'x' again",
    ),
    (FEED + "publishers: {Acme: [acme]}\n", "expected a domain such as `acme.example`"),
    (FEED + "publishers: {A: [a.example], B: [a.example]}\n", "which belongs to 'A' already"),
    (FEED + "network: {allow_private: [localhost]}\n", "expected `host:port`"),
    (FEED + "network: {allow_private: maybe}\n", "expected true, false or a list"),
    (FEED + "research: {search: searxng}\n", "feeds.yaml:3:11: research: found no `url`"),
    (FEED + "research: {search: google}\n", "expected one of none, searxng, brave, tavily"),
    (FEED + "research: {search: brave, url: 'http://api.example/'}\n", "expected https"),
    (FEED + "research: {search: none, key_env: KEY}\n", "takes no key"),
    (FEED + "research: {pages: -1}\n", "expected 0 or more"),
    (FEED + "network: {timeout_s: 0}\n", "found 0.0, expected more than 0"),
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_mistakes_are_named(text: str, words: str) -> None:
    """A mistake is refused with its place, what was found and what was expected."""
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert words in str(caught.value)


def test_all_mistakes_at_once() -> None:
    """One run names every mistake, a line each, so that a file is mended in one go."""
    with pytest.raises(ConfigError) as caught:
        parse("site: {titel: x}\nfeeds:\n  - url: nope\n    weight: x\n")
    assert len(str(caught.value).splitlines()) == 3


def test_text_stays_as_written() -> None:
    """YAML's own ideas (booleans, times, dates, numbers) do not change a text."""
    config = parse(
        "feeds: [{url: 'https://a.example/feed', title: no, tags: [on, 1:30, 2026-04-24, 007]}]\n"
    )
    assert config.feeds[0].title == "no"
    assert config.feeds[0].tags == ("on", "1:30", "2026-04-24", "007")


def test_empty_key_is_absent() -> None:
    """A key with nothing after it has its default."""
    assert parse(FEED + "site:\n  footer:\n").site.footer == ""


def test_slugs_are_made_from_addresses() -> None:
    """A feed without a slug is called by its host, by host and path where that is taken."""
    config = parse(
        "feeds: [{url: 'https://www.a.example/feed'}, {url: 'https://a.example/other.xml'}]\n"
    )
    assert [feed.slug for feed in config.feeds] == ["a", "a-example-other-xml"]


def test_a_first_digest_is_there() -> None:
    """Without digests there is one daily digest of all feeds, called as the site is."""
    config = parse(FEED + "site: {title: Mine, url: 'https://m.example'}\n")
    assert [(digest.slug, digest.title) for digest in config.digests] == [("daily", "Mine")]
    assert config.feeds_of(config.digests[0]) == config.feeds
    assert config.site.url == "https://m.example/"


def test_digests_choose_by_slug_and_tag() -> None:
    """A digest reads the feeds it names and those that have one of its tags."""
    config = parse(
        "feeds:\n"
        "  - {url: 'https://a.example/', slug: a, tags: [x]}\n"
        "  - {url: 'https://b.example/', slug: b}\n"
        "  - {url: 'https://c.example/', slug: c, tags: [y]}\n"
        "digests: [{slug: d, title: D, feeds: [b], tags: [x]}]\n"
    )
    assert [feed.slug for feed in config.feeds_of(config.digests[0])] == ["a", "b"]


def test_missing_file(tmp_path: Path) -> None:
    """A folder without feeds.yaml is answered with what to do."""
    with pytest.raises(ConfigError, match="digest init"):
        read(tmp_path)


def test_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is refused, not misread."""
    (tmp_path / "feeds.yaml").write_bytes("site: {title: é}".encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("newsletter", "problem"),
    [
        ("{via: smtp}", "newsletter.smtp.host: found nothing, expected the name of a mail server"),
        ("{via: listmonk, listmonk: {url: 'https://l.example'}}", "newsletter.listmonk.lists"),
        ("{via: post}", "newsletter.via: found 'post', expected one of none, smtp"),
        ("{via: smtp, smtp: {host: m.example, security: none}}", "expected `starttls` or `tls`"),
        ("{via: smtp, smtp: {host: 127.evil.example, security: none}}", "`starttls` or `tls`"),
        ('{from: "a@b.example\\nBcc: c@d.example"}', "newsletter.from: found"),
        ("{reply_to: 'a@b.example, c@d.example'}", "newsletter.reply_to: found"),
        ("{unsubscribe_url: 'http://x.example/{email}'}", "begins with https:// and holds {email}"),
        ("{unsubscribe_url: 'https://x.example/'}", "begins with https:// and holds {email}"),
        ("{from_: 'a@b.example'}", "unknown key"),
    ],
)
def test_mistakes_in_the_newsletter(newsletter: str, problem: str) -> None:
    """What could not be sent, or would cross the network in the open, is refused with its line."""
    with pytest.raises(ConfigError) as caught:
        parse(f"feeds: [{{url: 'https://a.example/'}}]\nnewsletter: {newsletter}\n")
    assert problem in str(caught.value)
    assert "feeds.yaml:2:" in str(caught.value)


def test_a_key_that_is_a_word_of_python() -> None:
    config = parse("feeds: [{url: 'https://a.example/'}]\nnewsletter: {from: 'A <a@b.example>'}\n")
    assert config.newsletter.from_ == "A <a@b.example>"


def test_a_model() -> None:
    """`none` and nothing are no model; options are what YAML takes them for."""
    assert parse(FEED).model is None
    assert parse(FEED + "model: none\n").model is None
    assert parse(FEED + "model:\n").model is None
    model = parse(
        FEED + "model:\n  name: m\n  endpoint: none\n  prices: {gpt-5.6: {input: 1, output: 2.5}}\n"
        "  options: {a: 1, b: 0.5, c: yes, d: low, e: '1'}\n"
    ).model
    assert model is not None
    assert model.endpoint is None
    assert model.prices["gpt-5.6"].output == 2.5
    assert model.options == {"a": 1, "b": 0.5, "c": True, "d": "low", "e": "1"}
    assert (model.budget.issue_tokens, model.budget.month_usd) == (200_000, 10.0)


def test_an_address_is_judged_alike_in_the_short_way() -> None:
    """What the pattern of usual addresses takes, taking the address apart takes too."""
    parts = ("http", "https", "ftp", "://", "//", "a", "A", "1", "-", "é", ".", "..", ":", ":80",
             ":0", ":99999", "/", "[", "]", "?", "#", "@", "%", " ", "\\", "_", "~")  # fmt: skip
    chance = random.Random(3)
    usual = 0
    for _ in range(20_000):
        url = "".join(chance.choices(("http://a", "https://b-1.example"), k=chance.randint(0, 1)))
        url += "".join(chance.choices(parts, k=chance.randint(0, 6)))
        if settings._USUAL_HTTP.fullmatch(url):
            usual += 1
            split = urlsplit(url)
            assert split.scheme in {"http", "https"}, url
            assert split.hostname, url
            assert split.port != 0, url
    assert usual > 1_000

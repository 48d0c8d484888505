"""What an address says before it is opened."""

from __future__ import annotations

import pytest

from digest.research.standing import hindrance, is_one_owner, readable, standing_of
from digest.research.subject import Subject, subject
from tests.draft.making import document, entry


def about(title: str) -> Subject:
    text = document(f"{title}. It is said that {title} is here.", title=title)
    return subject((entry("blog", title, text),), (text,))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://acme.example/", "home page"),
        ("https://acme.example/en", "home page"),
        ("https://acme.example/index.html", "home page"),
        ("https://x.com/acme/status/1", "network"),
        ("https://old.reddit.com/r/python/comments/1/a", "network"),
        ("https://www.youtube.com/watch?v=1", "videos"),
        ("https://news.ycombinator.com/item?id=1", "aggregator"),
        ("https://acme.example/share?u=https://a.example", "sharing"),
        ("https://acme.example/tag/looms", "list of posts"),
        ("https://acme.example/2026/05/", "list of posts"),
        ("https://acme.example/privacy-policy", "business"),
        ("https://acme.example/newsletter/", "business"),
        ("https://acme.example/report.EPUB", "file (epub)"),
        ("https://github.com/acme", "profile"),
        ("https://huggingface.co/acme/models", "list of works"),
        ("mailto:a@acme.example", "not an address"),
    ],
)
def test_some_addresses_are_not_opened(url: str, words: str) -> None:
    """Each with its reason."""
    assert words in hindrance(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example/?p=114",
        "https://acme.example/blog/about-the-new-loom",
        "https://acme.example/jobs-report-of-may",
        "https://acme.example/topics/looms/heddle-2-is-here",
        "https://acme.example/2026/05/19/a-post",
        "https://lists.acme.example/2026-05/0042",
        "https://github.com/acme/loom/releases/tag/v2",
        "https://huggingface.co/acme/loom-7b",
        "https://acme.example/en/news",
        "https://acme.example/report.pdf",
        "https://box.com.example/x.com",
    ],
)
def test_others_may_be(url: str) -> None:
    """They look a little like those."""
    assert hindrance(url) == ""


@pytest.mark.parametrize(
    ("url", "standing"),
    [
        ("https://arxiv.org/abs/2605.01234", "paper"),
        ("https://www.nature.com/articles/s41586-026-1", "paper"),
        ("https://datatracker.ietf.org/doc/html/rfc9999", "standard"),
        ("https://html.spec.whatwg.org/multipage/", "standard"),
        ("https://www.sec.gov/ix?doc=1", "authority"),
        ("https://www.gov.uk/guidance/x", "authority"),
        ("https://eur-lex.europa.eu/eli/reg/2024/1689", "authority"),
        ("https://github.com/heddle/heddle/pull/7", "code"),
        ("https://github.com/someone/dotfiles", "page"),
        ("https://github.com/blog/heddle", "page"),
        ("https://heddle.example/posts/two", "official"),
        ("https://heddle-labs.example/posts/two", "official"),
        ("https://de.wikipedia.org/wiki/Webstuhl", "reference"),
        ("https://paper.example/arxiv.org", "page"),
        ("https://notarxiv.org/abs/1", "page"),
    ],
)
def test_kinds_of_source(url: str, standing: str) -> None:
    """By host and path; code counts where it bears a name of the story."""
    assert standing_of(url, about("Heddle 2 weaves faster")) == standing


def test_a_preprint_is_read_on_its_page() -> None:
    """Not as a PDF; other addresses stay as they are."""
    assert (
        readable("https://arxiv.org/pdf/2605.01234v2.pdf") == "https://arxiv.org/abs/2605.01234v2"
    )
    assert readable("https://arxiv.org/html/2605.01234") == "https://arxiv.org/abs/2605.01234"
    assert readable("https://acme.example/pdf/1") == "https://acme.example/pdf/1"


def test_an_account_may_be_its_owner_s() -> None:
    """By its name, where that is long enough to tell."""
    assert is_one_owner("github.com/simonw", "simonwillison.net")
    assert is_one_owner("heddle.example", "heddlelabs.example")
    assert not is_one_owner("github.com/ann", "annals.example")
    assert not is_one_owner("acme.example", "apex.example")

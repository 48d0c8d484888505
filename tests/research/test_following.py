"""How pages are followed: order, concurrency, the budget, where it ends."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping

import pytest

from digest.errors import FetchError, ResearchError
from digest.research import Means, Shelf, investigate
from digest.research.base import Hit
from digest.types import Document, Dossier, Story, Told
from tests.draft.making import NOW, document, entry

HOSTS = ("alder", "birch", "cedar", "doum", "elm", "fir", "gorse", "hazel")
MATTER = "Quernstone opened its mill at Ashby in March"


def page(name: str, more: str = "") -> Document:
    """A page on the matter with words and figures of its own."""
    number = HOSTS.index(name) + 11
    return document(
        f"{MATTER}, {name.title()} learned from {number} people who work there. Of {number}4 sacks "
        f"that the {name} road brought on day {number}, the mill ground {number}2, which makes "
        f"Quernstone of Ashby the {name} county's {number}th mill by size and first by its age. "
        f"The old stones of Ashby came by {name} cart. {more}",
        url=f"https://{name}.example/ashby",
        title=f"Quernstone mill at Ashby, seen from {name}",
    )


PAGES = {f"https://{name}.example/ashby": page(name) for name in HOSTS}
POST = document(
    "\n\n".join(
        f"{MATTER}, according to [{name.title()} on the Quernstone mill](https://{name}.example/ashby)."
        for name in HOSTS
    ),
    url="https://blog.example/ashby",
    title="Quernstone opens its mill at Ashby",
)


class Web:
    """Pages that arrive in an order of their own; it keeps what was asked and how many at once."""

    def __init__(
        self, pages: Mapping[str, Document], slow: Mapping[str, int] | None = None
    ) -> None:
        self.pages, self.slow = pages, slow or {}
        self.asked: list[str] = []
        self.at_once: list[set[str]] = []
        self._open: set[str] = set()

    async def __call__(self, url: str) -> Document | FetchError:
        self.asked.append(url)
        self._open.add(url)
        self.at_once.append(set(self._open))
        for _ in range(self.slow.get(url, 1)):
            await asyncio.sleep(0)
        self._open.remove(url)
        return self.pages.get(url) or FetchError(url, "the server answered 404")


def follow(web: Web, post: Document = POST, means: Means | None = None, **more: object) -> Dossier:
    story = Story((entry("blog", post.title, post),), 1.0, **more)  # type: ignore[arg-type]
    return asyncio.run(investigate(story, Shelf({post.id: post}), web, means or Means()))


def test_pages_of_different_hosts_are_read_at_once() -> None:
    """Three are under way together, never two of one host."""
    web = Web(PAGES)
    follow(web)
    assert max(map(len, web.at_once)) == 3


def test_pages_of_one_host_wait_for_each_other() -> None:
    """However many links lead there."""
    links = [f"https://alder.example/ashby/{part}" for part in ("one", "two", "three")]
    post = document(
        "\n\n".join(f"{MATTER}, [Quernstone mill part {n}]({url})." for n, url in enumerate(links)),
        url="https://blog.example/ashby",
        title=POST.title,
    )
    web = Web({})
    found = follow(web, post)
    assert sorted(web.asked) == sorted(links)
    assert max(map(len, web.at_once)) == 1
    assert len(found.unread) == 3


def test_the_order_of_arrival_changes_nothing() -> None:
    """The dossier is the same whichever page is slow."""
    usual = follow(Web(PAGES))
    for slow in HOSTS:
        assert follow(Web(PAGES, {f"https://{slow}.example/ashby": 9})) == usual


def test_it_ends_when_enough_is_known() -> None:
    """Two publishers and enough new facts: the other links are not opened."""
    rich = {
        url: page(name, " ".join(f"Quernstone ground {at}{n} sacks at Ashby." for n in range(30)))
        for at, (url, name) in enumerate(zip(PAGES, HOSTS, strict=True), 31)
    }
    web = Web(rich)
    found = follow(web)
    assert len(web.asked) == 3
    assert len({each.publisher for each in found.documents}) > 2


def test_the_budget_of_pages_holds() -> None:
    """Failures count, so that a page of dead links costs no more than one of good ones."""
    web = Web({})
    found = follow(web)
    assert len(web.asked) == 6
    assert {why for _, why in found.unread} == {"the server answered 404"}
    assert found.documents == (POST,)


def test_without_network_only_what_was_read_before_is_asked_for() -> None:
    """The store's pages serve; the others are named."""
    held = "https://hazel.example/ashby"
    web = Web(PAGES)
    found = follow(web, means=Means(is_at_hand=lambda url: url == held))
    assert web.asked == [held]
    assert [each.url for each in found.documents] == [POST.url, held]
    assert (
        "https://alder.example/ashby",
        "not read before, and there is no network",
    ) in found.unread


def test_what_a_search_finds_is_read_like_a_link() -> None:
    """A result that is on the story comes in; one that is not, or is in already, does not."""
    asked: list[str] = []

    async def search(query: str) -> tuple[Hit, ...] | ResearchError:
        asked.append(query)
        return (
            Hit("Knitting for two", "https://fir.example/knitting", "Two needles and wool"),
            Hit("Quernstone's mill at Ashby", "https://elm.example/ashby", "It opened in March"),
            Hit("Quernstone opens its mill at Ashby", POST.url, "Quernstone"),
        )

    post = document(f"{MATTER}. It is big.", url=POST.url, title=POST.title)
    web = Web(PAGES)
    found = follow(web, post, Means(search=search))
    assert web.asked == ["https://elm.example/ashby"]
    assert [each.url for each in found.documents] == [POST.url, "https://elm.example/ashby"]
    assert asked == ["quernstone opens mill ashby"]


def test_a_search_that_fails_is_named_and_links_serve() -> None:
    """The rest goes on without it."""

    async def search(query: str) -> tuple[Hit, ...] | ResearchError:
        return ResearchError("brave", "the month's quota is used up")

    found = follow(Web(PAGES), means=Means(search=search))
    assert ("brave", "the month's quota is used up") in found.unread
    assert len(found.documents) > 2


def test_nothing_is_asked_for_a_story_without_text() -> None:
    """There is nothing to judge links or results by."""
    asked: list[str] = []

    async def search(query: str) -> tuple[Hit, ...] | ResearchError:
        asked.append(query)
        return ()

    post = document("", url=POST.url)
    story = Story((entry("blog", "Words", post),), 1.0)
    found = asyncio.run(investigate(story, Shelf({}), Web({}), Means(search=search)))
    assert found.documents == ()
    assert not asked


def told(issue: str, title: str, text: str, day: int) -> Told:
    return Told(issue, NOW - dt.timedelta(days=day), title, text)


def test_what_past_issues_told_is_offered() -> None:
    """The story that it continues first, then others on the matter; not what is about else."""
    past = (
        told("daily/2026-05-01", "Quernstone opens its mill at Ashby", MATTER, 19),
        told("daily/2026-05-10", "Quernstone", "Quernstone mends its mill.", 10),
        told("daily/2026-05-10", "A knitting fair", "Wool was dear this year.", 10),
    )
    found = follow(Web(PAGES), means=Means(told=past), update_of="daily/2026-05-10")
    assert [each.title for each in found.earlier] == [past[1].title, past[0].title]
    assert not set(found.earlier) & set(found.documents)


@pytest.mark.parametrize("pages", [0, 2])
def test_fewer_pages_may_be_asked_for(pages: int) -> None:
    """As feeds.yaml says."""
    web = Web(PAGES)
    story = Story((entry("blog", POST.title, POST),), 1.0)
    asyncio.run(investigate(story, Shelf({POST.id: POST}), web, Means(), pages=pages))
    assert len(web.asked) == pages

"""Research in an issue: which stories get much, what the store gives, what a plan shows."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.errors import FetchError, ResearchError
from digest.fetch.door import Door
from digest.pipeline.pages import Pages
from digest.pipeline.researching import Researching
from digest.pipeline.searching import Searches
from digest.research import Hit
from digest.settings import Config, Feed
from digest.store import FILE, Store
from digest.types import Document, Fetched, Story
from digest.urls import canonical
from tests.draft.making import NOW, document, entry

CONFIG = Config(feeds=(Feed(url="https://blog.example/feed", slug="blog"),))
FILLER = (
    "The mill grinds on Saturdays for whoever brings a sack of grain and has time to wait. " * 12
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / FILE) as opened:
        yield opened


def post(name: str) -> Document:
    return document(
        f"Quernstone opened its {name} mill in March, according to "
        f"[the report on the {name} mill](https://{name}.example/report).\n\n{FILLER}{name}.",
        url=f"https://blog.example/{name}",
        title=f"Quernstone opens its {name} mill",
    )


def report(name: str) -> Document:
    return document(
        f"Quernstone built the {name} mill for 31 million. It opened in March with 42 people and "
        f"grinds 900 sacks a week; the stones of the {name} mill are from 1887 and weigh 2.4 tons. "
        f"In April a second shift begins, and Quernstone looks for 18 more people in {name}.",
        url=f"https://{name}.example/report",
        title=f"Report on the {name} mill of Quernstone",
    )


def story(name: str, place: str, score: float = 1.0) -> Story:
    text = post(name)
    return Story((entry("blog", text.title, text),), score, place=cast(Any, place))


def hold(store: Store, *documents: Document) -> None:
    """As if their pages had been read before."""
    with store.transaction():
        for each in documents:
            store.documents.put_page(canonical(each.url), store.documents.put(each), "", NOW)


def test_features_and_the_next_in_line_are_read_up_on(store: Store) -> None:
    """Two round-ups may move up; the third is told from its own text."""
    names = ("ashby", "birch", "calder", "dorn")
    hold(store, *(report(name) for name in names))
    texts = {post(name).id: post(name) for name in names}
    told = [
        story("ashby", "feature"),
        *(story(n, "round-up", 0.8 - 0.1 * i) for i, n in enumerate(names[1:])),
    ]
    research = Researching(CONFIG, Pages(CONFIG, store, None, lambda: NOW))
    found = asyncio.run(research.gather(told, texts))
    assert [len(each.documents) for each in found] == [2, 2, 2, 1]
    assert found[0].documents[1] == report("ashby")


def test_a_plan_says_what_would_be_read(store: Store) -> None:
    """Of features alone; what was read before is marked; nothing is opened."""
    hold(store, report("ashby"))
    told = [story("ashby", "feature"), story("birch", "feature"), story("calder", "round-up")]
    texts = {post(name).id: post(name) for name in ("ashby", "birch", "calder")}
    research = Researching(CONFIG, Pages(CONFIG, store, None, lambda: NOW))
    first, second = asyncio.run(research.foresee(told, texts))
    assert [each.url for each in first.candidates] == ["https://ashby.example/report"]
    assert first.held == {"https://ashby.example/report"}
    assert second.held == frozenset()
    assert any("report" in reason for reason in second.candidates[0].reasons)


class OneDoor:
    """A door that counts who comes."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @asynccontextmanager
    async def hold(self, url: str, **_: object) -> AsyncIterator[Fetched]:
        self.asked.append(url)
        await asyncio.sleep(0)
        body = b"<html><body><article><p>" + FILLER.encode() + b"</p></article></body></html>"
        yield Fetched(url, url, NOW, 200, body, {"content-type": "text/html"})


def test_a_page_that_two_stories_want_is_opened_once(store: Store) -> None:
    """They are read at the same time."""
    door = OneDoor()
    pages = Pages(CONFIG, store, cast(Door, door), lambda: NOW)

    async def both() -> list[Document | FetchError]:
        urls = ("https://mill.example/a", "https://www.mill.example/a/?utm_source=x")
        return await asyncio.gather(*map(pages.read, urls))

    first, second = asyncio.run(both())
    assert first == second
    assert isinstance(first, Document)
    assert len(door.asked) == 1


class Asked:
    """A provider that gives what it is told to."""

    name = "brave"

    def __init__(self, answer: tuple[Hit, ...] | ResearchError) -> None:
        self.answer = answer
        self.queries: list[str] = []

    async def search(self, query: str) -> tuple[Hit, ...] | ResearchError:
        self.queries.append(query)
        return self.answer


HITS = (
    Hit("Mill", "https://mill.example/a", "It grinds", dt.datetime(2026, 5, 1, tzinfo=dt.UTC)),
    Hit("Other", "https://other.example/", "", None),
)


def test_a_question_is_asked_once_a_day(store: Store) -> None:
    """The answer is the same for a run that is repeated, and comes from the store."""
    provider, now = Asked(HITS), [NOW]
    searches = Searches(provider, store, lambda: now[0], pytest.fail)
    for _ in range(3):
        assert asyncio.run(searches.search("mill ashby")) == HITS
    assert provider.queries == ["mill ashby"]
    now[0] += dt.timedelta(days=1, seconds=1)
    asyncio.run(searches.search("mill ashby"))
    assert len(provider.queries) == 2


def test_a_failure_is_told_once_and_not_kept(store: Store) -> None:
    """The next run asks again."""
    provider, told = Asked(ResearchError("brave", "the quota is used up")), list[str]()
    searches = Searches(provider, store, lambda: NOW, told.append)
    for query in ("mill", "stone"):
        assert asyncio.run(searches.search(query)) == provider.answer
    assert told == ["search: brave: the quota is used up"]
    assert store.searches.get("brave", "mill", since=NOW - dt.timedelta(days=9)) is None


def test_what_a_search_found_is_among_the_documents(store: Store) -> None:
    """Through the whole of gathering, with the network there."""
    text = document(
        f"Quernstone opened its ashby mill in March. {FILLER}", title="Quernstone at Ashby"
    )
    hold(store, report("ashby"))
    provider = Asked((Hit("The ashby mill of Quernstone", report("ashby").url, "opened in March"),))
    searches = Searches(provider, store, lambda: NOW, pytest.fail)
    pages = Pages(CONFIG, store, cast(Door, OneDoor()), lambda: NOW)
    told = replace(story("ashby", "feature"), entries=(entry("blog", text.title, text),))
    (found,) = asyncio.run(
        Researching(CONFIG, pages, searches.search).gather([told], {text.id: text})
    )
    assert found.documents == (text, report("ashby"))
    assert provider.queries[0].startswith("quernstone ashby")


def test_draft_plan_shows_the_evidence(fetched: Path) -> None:
    """Under each feature its documents and what would be read, in words and as JSON."""
    command = ["draft", "--plan", "-C", str(fetched)]
    shown = CliRunner().invoke(main, command, catch_exceptions=False).output
    assert "    S1 " in shown
    told = json.loads(CliRunner().invoke(main, [*command, "--json"]).output)[0]
    features = [each["title"] for each in told["stories"] if each["place"] == "feature"]
    assert [each["title"] for each in told["evidence"]] == features
    assert all(each["documents"] for each in told["evidence"])

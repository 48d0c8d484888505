"""Every search provider: the same promises, faults included."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Iterator

import pytest

from digest.errors import ResearchError
from digest.research import SEARCHERS, Hit, Searcher, asking
from digest.settings import Research
from tests.research.providers import KEY, PROVIDERS, Provider, Searxng, serving

ENVIRON = {"BRAVE_API_KEY": KEY, "TAVILY_API_KEY": KEY, "OTHER": KEY}


@pytest.fixture(params=PROVIDERS, ids=lambda kind: kind.name)
def provider(request: pytest.FixtureRequest) -> Iterator[Provider]:
    with serving(request.param()) as running:
        yield running


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def searcher(provider: Provider, slept: list[float]) -> Searcher:
    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    settings = Research(search=provider.name, url=provider.url)  # type: ignore[arg-type]
    return SEARCHERS[provider.name](settings, ENVIRON, sleep=sleep)  # type: ignore[call-arg]


def ask(searcher: Searcher, query: str = "heron price") -> tuple[Hit, ...] | ResearchError:
    return asyncio.run(searcher.search(query))


def test_all_providers_are_tried() -> None:
    """The table has one for each value of `research.search`, and tests run over all."""
    assert set(SEARCHERS) == {kind.name for kind in PROVIDERS}


def test_results_come_in_order(provider: Provider, searcher: Searcher) -> None:
    """Title, address without tracking, snippet, time in UTC; what is not of the web is out."""
    found = ask(searcher)
    assert isinstance(found, tuple)
    assert found[0] == Hit(
        "Heron 3, measured",
        "https://plumbline.example/heron",
        "Strong to 256,000 tokens",
        dt.datetime(2026, 5, 19, 8, 30, tzinfo=dt.UTC),
    )
    assert [hit.url for hit in found[1:]] == ["https://northgate.example/heron"]
    assert found[1].published is None
    assert provider.query() == "heron price"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("429", "quota"),
        ("401", "key is not accepted"),
        ("500", "answered 500"),
        ("html", "no JSON object"),
        ("wrong", "no list of results"),
        ("list", "no JSON object"),
        ("nested", "no JSON object"),
        ("huge", "more than 2,000,000 bytes"),
        ("moved", "answered 302"),
        ("cut", "no connection"),
    ],
)
def test_a_fault_is_a_value(
    provider: Provider, searcher: Searcher, fault: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It says who and what, and never the key."""
    caplog.set_level(logging.DEBUG)
    provider.fault = fault
    found = ask(searcher)
    assert isinstance(found, ResearchError)
    assert found.subject == provider.name
    assert words in found.message
    if not isinstance(provider, Searxng):  # which was given no key to hide
        assert KEY not in str(found) + repr(found) + caplog.text


def test_a_slow_answer_is_given_up(
    provider: Provider, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The issue does not wait for it."""
    monkeypatch.setattr(asking, "TIMEOUT_S", 0.3)
    provider.fault = "slow"
    found = ask(searcher)
    assert isinstance(found, ResearchError)
    assert "no answer within" in found.message


def test_nobody_there_is_a_value(provider: Provider) -> None:
    """A server that is switched off costs nothing but its results."""
    settings = Research(search=provider.name, url="http://127.0.0.1:9")  # type: ignore[arg-type]
    found = ask(SEARCHERS[provider.name](settings, ENVIRON))
    assert isinstance(found, ResearchError)
    assert "no connection" in found.message


def test_too_many_is_tried_once_more(
    provider: Provider, searcher: Searcher, slept: list[float]
) -> None:
    """After the time that the provider asks for."""
    provider.fault = "429 once"
    assert isinstance(ask(searcher), tuple)
    assert slept == [2.0]


@pytest.mark.parametrize("fault", ["429", "401"])
def test_a_refusal_for_good_is_not_asked_again(
    provider: Provider, searcher: Searcher, fault: str
) -> None:
    """One question, however many stories have one."""
    provider.fault = fault

    async def several() -> list[tuple[Hit, ...] | ResearchError]:
        return [await searcher.search(f"heron {n}") for n in range(3)]

    found = asyncio.run(several())
    assert len(provider.asked) == 1
    assert found[0] is found[2]


def test_questions_go_one_at_a_time(
    provider: Provider, searcher: Searcher, slept: list[float]
) -> None:
    """With a pause between them."""

    async def several() -> None:
        await asyncio.gather(*(searcher.search(f"heron {n}") for n in range(3)))

    asyncio.run(several())
    assert len(provider.asked) == 3
    assert slept == [asking.PAUSE_S] * 2


def test_a_redirect_is_not_followed(provider: Provider, searcher: Searcher) -> None:
    """The key goes to the address of feeds.yaml alone."""
    provider.fault = "moved"
    ask(searcher)
    assert provider.elsewhere == []


def test_proxies_of_the_environment_are_not_used(
    provider: Provider, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would see the question and the key."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(ask(searcher), tuple)


def test_the_key_s_variable_may_be_named(provider: Provider) -> None:
    """`key_env`; without the key it is said which one is missing, and nothing is asked."""
    if isinstance(provider, Searxng):
        pytest.skip("takes no key")
    named = Research(search=provider.name, url=provider.url, key_env="OTHER")  # type: ignore[arg-type]
    assert isinstance(ask(SEARCHERS[provider.name](named, ENVIRON)), tuple)
    asked = len(provider.asked)
    found = ask(SEARCHERS[provider.name](named, {}))
    assert isinstance(found, ResearchError)
    assert "OTHER is not set" in found.message
    assert len(provider.asked) == asked


def test_only_silent_engines_are_an_error() -> None:
    """SearXNG with no result says which engines did not answer."""
    with serving(Searxng()) as running:
        running.answer = lambda headers: (  # type: ignore[method-assign]
            200,
            {"results": [], "unresponsive_engines": [["google", "access denied"]]},
        )
        found = ask(SEARCHERS["searxng"](Research(search="searxng", url=running.url), {}))
    assert isinstance(found, ResearchError)
    assert "google: access denied" in found.message


def test_searxng_without_json_says_what_to_change() -> None:
    """403 is what a server answers whose settings do not list the format."""
    with serving(Searxng()) as running:
        running.answer = lambda headers: (403, {})  # type: ignore[method-assign]
        found = ask(SEARCHERS["searxng"](Research(search="searxng", url=running.url), {}))
    assert isinstance(found, ResearchError)
    assert "settings.yml" in found.message

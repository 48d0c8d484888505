"""What `digest doctor` says of models: names, keys, prices, servers; nothing is spent for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from digest.draft.model.checking import look, names, reach
from digest.settings import Endpoint as Where
from digest.settings import LanguageModel, Price

from .conftest import NOW
from .plugins import Recorder, installed

PRICES = {"played": Price(input=1, output=2)}


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))


def levels(settings: LanguageModel, **environment: str) -> dict[str, tuple[str, str]]:
    return {what: (level, says) for what, level, says in look(settings, environment)}


def asked(settings: LanguageModel, **environment: str) -> dict[str, tuple[str, str]]:
    found = asyncio.run(reach(settings, environment, NOW))
    return {what: (level, says) for what, level, says in found}


def test_an_endpoint(world) -> None:
    """Its key, its price and whether it lists the model."""
    w = world()
    where = Where(url=w.endpoint.url, key_env="MY_KEY")
    settings = LanguageModel(name="played", editor="other", endpoint=where, prices=PRICES)
    assert names(settings) == ("played", "other")
    found = levels(settings)
    assert found["model played"] == (
        "warning",
        (
            f"the environment variable MY_KEY is not set; it holds the key of {w.endpoint.url}; "
            "until then its part is quoted"
        ),
    )
    assert asked(settings) == {}
    found = levels(settings, MY_KEY="k")
    assert found["model played"] == ("ok", f"asked at {w.endpoint.url}, key in MY_KEY")
    assert "price of played" not in found
    assert found["price of other"][0] == "warning"
    assert w.endpoint.headers == []
    assert asked(settings, MY_KEY="k") == {
        "server of played": ("ok", "answers, and lists it"),
        "server of other": ("warning", "answers, but lists only played"),
    }
    assert [headers["authorization"] for headers in w.endpoint.headers] == ["Bearer k"] * 2
    assert w.states() == []


def test_a_server_that_does_not_answer() -> None:
    """Is an error, in words."""
    where = Where(url="http://127.0.0.1:9/v1")
    found = asked(LanguageModel(name="played", endpoint=where, timeout_s=5))
    level, says = found["server of played"]
    assert level == "error"
    assert says


def test_a_key_in_the_open() -> None:
    """Over http to another machine, whoever listens has it."""
    where = Where(url="http://models.example/v1", key_env="MY_KEY")
    found = levels(LanguageModel(name="played", endpoint=where, prices=PRICES), MY_KEY="k")
    assert found["model endpoint"][0] == "warning"
    assert "expected https://" in found["model endpoint"][1]


def test_what_llm_knows() -> None:
    """A plugin's model, one without a key, and one that nobody knows."""
    with installed(Recorder()):
        found = levels(LanguageModel(name="t", editor="gpt-4o-mini"))
        assert found["model t"] == ("ok", "llm knows it as twin, and the key that it needs")
        assert found["model gpt-4o-mini"][0] == "warning"
        assert "llm keys set openai" in found["model gpt-4o-mini"][1]
        assert levels(LanguageModel(name="none-such"))["model none-such"][0] == "warning"
        level, says = asked(LanguageModel(name="t"))["server of t"]
        assert (level, says[:9]) == ("ok", "not asked")

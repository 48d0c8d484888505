"""Keys go to the server that they are for, and nowhere else; seen at the server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.draft.model import Reply
from digest.errors import ModelError
from digest.settings import Endpoint as Where

FOREIGN = {
    "OPENAI_API_KEY": "sk-of-openai",
    "OPENAI_ORG_ID": "org-secret",
    "OPENAI_PROJECT_ID": "proj-secret",
    "OPENAI_ADMIN_KEY": "sk-admin",
    "OPENAI_CUSTOM_HEADERS": "X-Team: secret\nAuthorization: Bearer sk-custom",
}


@pytest.fixture(autouse=True)
def _openai(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of somebody who uses OpenAI as well."""
    for name, value in FOREIGN.items():
        monkeypatch.setenv(name, value)


def seen(w) -> str:
    """All that arrived in headers."""
    return json.dumps([dict(headers) for headers in w.endpoint.headers])


def test_an_endpoint_without_a_key_gets_none(world) -> None:
    """Neither OpenAI's nor a made-up one, and nothing of an account elsewhere."""
    w = world()
    w.ask()
    (headers,) = w.endpoint.headers
    assert set(headers) <= {
        "host", "user-agent", "accept", "accept-encoding", "connection", "content-type",
        "content-length",
    }  # fmt: skip
    assert "secret" not in seen(w)
    assert headers["user-agent"] == "digest"


def test_an_endpoint_gets_the_key_that_is_for_it(world) -> None:
    """From the variable that feeds.yaml names, as bearer token, on each request."""
    w = world(faults=["1=500"])
    w.environment = {**FOREIGN, "MY_KEY": "key-of-mine"}
    w.set(endpoint=Where(url=w.endpoint.url, key_env="MY_KEY"))
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert [headers["authorization"] for headers in w.endpoint.headers] == [
        "Bearer key-of-mine"
    ] * 2
    assert "secret" not in seen(w)
    assert "sk-" not in seen(w)


def test_a_missing_key_is_named_and_nothing_is_sent(world) -> None:
    """Not even a try with another key."""
    w = world()
    w.set(endpoint=Where(url=w.endpoint.url, key_env="MY_KEY"))
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert (found.fault, found.gone) == ("key", True)
    assert "MY_KEY is not set" in found.message
    assert (w.endpoint.calls, w.states()) == (0, [])


def test_a_key_that_a_server_sends_back_is_not_told_on(world) -> None:
    """Neither to a person nor to the ledger, which travels."""
    w = world(script=lambda body: {"error": {"status": 400, "message": "bad key-of-mine here"}})
    w.environment = {"MY_KEY": "key-of-mine"}
    w.set(endpoint=Where(url=w.endpoint.url, key_env="MY_KEY"))
    (found,) = w.ask()
    assert found.message == "HTTP 400: bad … here"
    row = w.store._db.execute("SELECT words FROM calls").fetchone()
    assert "key-of-mine" not in row["words"]


@pytest.mark.parametrize("responses", [False, True])
def test_a_server_of_llms_own_list_gets_no_key_of_openai(
    responses: bool, world, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a name for its key but no such key, llm would send it OPENAI_API_KEY."""
    w = world()
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    (tmp_path / "llm").mkdir()
    model = {
        "model_id": "elsewhere",
        "model_name": "played",
        "api_base": w.endpoint.url,
        "api_key_name": "elsewhere",
        "responses": responses,
    }
    (tmp_path / "llm" / "extra-openai-models.yaml").write_text(json.dumps([model]))
    w.set(name="elsewhere", endpoint=None)
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert (found.fault, found.gone) == ("key", True)
    assert "llm keys set elsewhere" in found.message
    assert w.endpoint.headers == []
    if responses:
        return
    (tmp_path / "llm" / "keys.json").write_text(json.dumps({"elsewhere": "key-of-elsewhere"}))
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert found.text
    (headers,) = w.endpoint.headers
    assert headers["authorization"] == "Bearer key-of-elsewhere"
    assert "secret" not in seen(w)


def test_a_proxy_of_the_environment_sees_nothing_for_this_machine(
    world, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would refuse, and would have got the key."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    w = world()
    (found,) = w.ask()
    assert isinstance(found, Reply)


def test_a_redirect_is_not_followed(world, tmp_path: Path) -> None:
    """The words of an issue, and a key, go where feeds.yaml says."""
    w = world()
    other = type(w)(tmp_path / "other", w.stack, faults=[f"*=redirect:{w.endpoint.url}/x"])
    other.environment = {"MY_KEY": "key-of-mine"}
    other.set(endpoint=Where(url=other.endpoint.url, key_env="MY_KEY"))
    (found,) = other.ask()
    assert isinstance(found, ModelError)
    assert found.gone
    assert "redirects are not followed" in found.message
    assert w.endpoint.headers == []

"""Whatever llm knows: names, aliases, plugins of several kinds; and that llm is not in the way."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.draft.model import Reply, Request
from digest.errors import ModelError

from .conftest import request
from .plugins import REPLY, Recorder, installed, sleepy

CHAIN = Request(
    "repair",
    "Be exact.",
    (("user", "One?"), ("assistant", "1"), ("user", "Two?")),
    {"type": "object"},
    50,
)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Recorder]:
    """Models of plugins, and a folder of llm's settings that is the test's own."""
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    recorder = Recorder()
    with installed(recorder):
        yield recorder


def known(world, name: str):
    w = world()
    w.set(name=name, endpoint=None, prices={})
    return w


def test_a_model_without_an_asynchronous_form(world, recorder: Recorder) -> None:
    """It works in a thread of its own, with the plugin's own name for the length."""
    w = known(world, "only-sync")
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert (found.text, found.finish) == (REPLY, "stop")
    assert (found.call.input, found.call.output, found.call.usd) == (11, 7, None)
    assert recorder.threads == ["digest-model"]
    (prompt,) = recorder.prompts
    assert prompt.options.num_predict == 200
    assert prompt.schema == request().schema
    assert w.endpoint.calls == 0


def test_a_model_with_both_is_asked_without_a_thread(world, recorder: Recorder) -> None:
    """And without what it does not take: no schema, no length, no temperature."""
    w = known(world, "twin")
    (found,) = w.ask(request(temperature=0.5))
    assert isinstance(found, Reply)
    assert recorder.threads == ["MainThread"]
    assert recorder.prompts[0].schema is None


@pytest.mark.parametrize("name", ["only-sync", "twin"])
def test_a_chain_reaches_plugins_old_and_new(name: str, world, recorder: Recorder) -> None:
    """As messages for the new; as last prompt, system and conversation for the old."""
    w = known(world, name)
    (found,) = w.ask(CHAIN)
    assert isinstance(found, Reply)
    (prompt,), (conversation,) = recorder.prompts, recorder.conversations
    said = [(message.role, message.parts[0].text) for message in prompt.messages]
    assert said == [("system", "Be exact."), *CHAIN.messages]
    assert (prompt.system, prompt.prompt) == ("Be exact.", "Two?")
    past = conversation.responses[0]
    assert (past.prompt.prompt, past.text_or_raise()) == ("One?", "1")
    assert (past.prompt.system, past.attachments) == ("Be exact.", ())
    assert past.tool_calls_or_raise() == []


def test_a_model_that_takes_no_conversation(world, recorder: Recorder) -> None:
    """Gets what was said in one message."""
    w = known(world, "single")
    (found,) = w.ask(CHAIN)
    assert isinstance(found, Reply)
    assert recorder.prompts[0].prompt == "[asked]\nOne?\n\n[answered]\n1\n\n[asked]\nTwo?"


def test_a_model_that_takes_no_system_prompt(world, recorder: Recorder) -> None:
    """Is told the same in the first message."""
    w = known(world, "no-system")
    w.ask(request("One?"), CHAIN)
    said = [
        [(message.role, message.parts[0].text) for message in prompt.messages]
        for prompt in recorder.prompts
    ]
    assert said == [
        [("user", "Be exact.\n\nOne?")],
        [("user", "Be exact.\n\nOne?"), ("assistant", "1"), ("user", "Two?")],
    ]
    assert [prompt.system for prompt in recorder.prompts] == ["", ""]


def test_an_alias_and_the_default(world, recorder: Recorder, tmp_path: Path) -> None:
    """One model, whatever it is called: its stored replies are found under each name."""
    w = known(world, "t")
    w.ask()
    (tmp_path / "llm" / "default_model.txt").write_text("twin")
    for name in ("twin", "default"):
        w.set(name=name)
        (found,) = w.ask()
        assert isinstance(found, Reply)
        assert found.stored
    assert len(recorder.prompts) == 1


def test_a_name_that_nobody_knows(world, recorder: Recorder) -> None:
    """Says what to do, and is not looked for again."""
    w = known(world, "gpt-from-the-future")
    found = w.ask(request("1?"), request("2?"))
    assert [(exc.fault, exc.gone) for exc in found] == [("model", True)] * 2
    assert "`llm models` lists those that it knows" in found[0].message
    assert w.states() == []


def test_a_model_of_openai_without_a_key(world, recorder: Recorder) -> None:
    """Nothing is sent, nothing is spent."""
    w = known(world, "gpt-4o-mini")
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert (found.fault, found.gone) == ("key", True)
    assert "llm keys set openai" in found.message
    assert w.states() == ["refused"]


def test_a_plugin_that_breaks(world, recorder: Recorder) -> None:
    """Whatever it raises becomes a `ModelError`, and counts as spent; the program goes on."""

    class OverloadedError(Exception):
        status_code = 529

    def broken(error: BaseException):
        def answer(prompt):
            raise error

        return answer

    w = known(world, "only-sync")
    for number, (error, fault, states) in enumerate(
        [
            (RuntimeError("odd"), "answer", ["cut"]),
            (SystemExit(3), "answer", ["cut"]),
            (StopIteration(), "answer", ["cut"]),
            (OverloadedError("busy"), "unreachable", ["refused"] * 3),
        ]
    ):
        w.store._db.execute("DELETE FROM calls")
        recorder.answer = broken(error)
        (found,) = w.ask(request(f"{number}?"))
        assert isinstance(found, ModelError)
        assert (found.fault, w.states()) == (fault, states)


def test_a_plugin_that_hangs(world, recorder: Recorder) -> None:
    """Its thread is left behind; the run goes on, and ends."""
    w = known(world, "only-sync")
    w.set(timeout_s=0.2)
    recorder.answer = sleepy(20.0)
    started = time.monotonic()
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert found.fault == "unreachable"
    assert w.states() == ["cut", "cut"]
    assert time.monotonic() - started < 15


def test_a_broken_file_of_llms_settings(world, recorder: Recorder, tmp_path: Path) -> None:
    """Is named, not raised through."""
    (tmp_path / "llm").mkdir(exist_ok=True)
    (tmp_path / "llm" / "extra-openai-models.yaml").write_text("- {model_id")
    w = known(world, "twin")
    (found,) = w.ask()
    assert isinstance(found, ModelError)
    assert found.fault == "model"
    assert "llm cannot give it" in found.message


WITHOUT_A_MODEL = """
from digest.cli.models import make_door
from digest.config import parse
assert make_door(parse("feeds: [{url: http://a.example/}]"), None) is None
"""
BEFORE_IT_IS_ASKED = """
import datetime as dt
from pathlib import Path
from digest.draft.model import Door
from digest.settings import LanguageModel
from digest.store import Store
with Store(Path(sys.argv[1])) as store:
    settings = LanguageModel(name="m")
    door = Door(settings, store.replies, environment={}, clock=lambda: dt.datetime.now(dt.UTC))
    door.models("a/2026-05-02")
"""


@pytest.mark.parametrize("work", ["import digest.draft.model", WITHOUT_A_MODEL, BEFORE_IT_IS_ASKED])
def test_llm_is_not_imported_before_a_model_is_asked(work: str, tmp_path: Path) -> None:
    """It costs a second, and finding a model two: nothing without a model may pay them."""
    heavy = "{'llm', 'openai', 'pydantic'} & set(sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{work}\nprint({heavy})", str(tmp_path / "digest.db")],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"


def test_stored_replies_of_an_endpoint_need_no_library(world) -> None:
    """A rebuild costs nothing, not even the second."""
    w = world()
    w.ask()
    program = (
        "import asyncio, datetime as dt, sys; from pathlib import Path\n"
        "from digest.draft.model import Door; from digest.store import Store\n"
        "from digest.settings import Endpoint, LanguageModel\n"
        "from tests.draft.model.conftest import ISSUE, request\n"
        "settings = LanguageModel(name='played', endpoint=Endpoint(url=sys.argv[1]))\n"
        "async def work(store):\n"
        "    clock = lambda: dt.datetime.now(dt.UTC)\n"
        "    async with Door(settings, store.replies, environment={}, clock=clock) as door:\n"
        "        return (await door.models(ISSUE).writer.ask(request())).stored\n"
        "with Store(Path(sys.argv[2])) as store:\n"
        "    print(asyncio.run(work(store)), 'llm' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, w.endpoint.url, str(w.folder / "digest.db")],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "False"]
    assert w.endpoint.calls == 1

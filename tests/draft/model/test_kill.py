"""Kills: another process asks through a real store, is killed, and a next one goes on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from digest.draft.model.budget import input_of

from .conftest import ISSUE, REPLY, request

PROGRAM = textwrap.dedent(
    """
    import asyncio, datetime as dt, json, sys
    from pathlib import Path
    from digest.draft.model import Door
    from digest.settings import Endpoint, LanguageModel, Price
    from digest.store import FILE, Store
    from tests.draft.model.conftest import ISSUE, request

    url, folder, *texts = sys.argv[1:]
    settings = LanguageModel(name="played", endpoint=Endpoint(url=url), timeout_s=60)

    async def work(store):
        clock = lambda: dt.datetime.now(dt.UTC)
        async with Door(settings, store.replies, environment={}, clock=clock) as door:
            models = door.models(ISSUE)
            for text in texts:
                reply = await models.writer.ask(request(text))
                print(json.dumps([reply.text, reply.stored]), flush=True)

    with Store(Path(folder) / FILE) as store:
        asyncio.run(work(store))
    """
)


def start(w, *texts: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, w.endpoint.url, str(w.folder), *texts],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_kill_while_the_model_is_at_work(world) -> None:
    """What had arrived is not paid for again; the call cut off counts, with all it may cost."""
    w = world(faults=["3=timeout:30"])
    process = start(w, "1?", "2?", "3?")
    assert process.stdout is not None
    lines = [json.loads(process.stdout.readline()) for _ in range(2)]
    while w.endpoint.calls < 3:
        assert process.poll() is None
    kill(process)
    assert lines == [[REPLY, False]] * 2
    process = start(w, "1?", "2?", "3?", "4?")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert [json.loads(line)[1] for line in out.splitlines()] == [True, True, False, False]
    assert w.endpoint.calls == 5
    assert w.states() == ["arrived", "arrived", "cut", "arrived", "arrived"]
    calls = w.store.replies.calls(ISSUE, None)
    most = input_of(request("3?")) + 200
    assert calls[2].input + calls[2].output == most
    assert w.store.replies.tokens(ISSUE, None) == sum(c.input + c.output for c in calls)


@pytest.mark.parametrize("before", ["reserve", "arrive"])
def test_a_kill_at_the_ledger(before: str, world) -> None:
    """Right before a call is written down nothing is spent; right before its reply is, all is."""
    w = world()
    fatal = PROGRAM.replace(
        "with Store(",
        "import os\nfrom digest.store import Replies\n"
        f"Replies.{before} = lambda *a, **k: os.kill(os.getpid(), 9)\n"
        "with Store(",
    )
    done = subprocess.run(
        [sys.executable, "-c", fatal, w.endpoint.url, str(w.folder), "1?"],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    if before == "reserve":
        assert (w.endpoint.calls, w.states()) == (0, [])
        return
    assert (w.endpoint.calls, w.states()) == (1, ["reserved"])
    (found,) = w.ask(request("1?"))
    assert not found.stored
    assert w.states() == ["cut", "arrived"]


def test_the_ledger_travels_with_the_store(world) -> None:
    """Packed, carried and unpacked, its replies are still there and its month is still spent."""
    from digest.store import FILE, Store
    from digest.store.copies import pack, unpack

    w = world()
    w.ask(request("1?"), request("2?"))
    copy = pack(w.folder / FILE)
    elsewhere = w.folder / "elsewhere"
    elsewhere.mkdir()
    unpack(copy, elsewhere / FILE)
    assert sqlite3.connect(elsewhere / FILE).execute("SELECT count(*) FROM replies").fetchone() == (
        2,
    )
    with Store(elsewhere / FILE) as store:
        assert store.replies.months() == w.store.replies.months()
        w.store = store
        found = w.ask(request("1?"), request("2?"))
        assert [reply.stored for reply in found] == [True, True]
    assert w.endpoint.calls == 2

"""Playing a model by hand: through files, by commands, and over again."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from digest.draft.model import Reply

from .conftest import REPLY, request
from .endpoint import Endpoint, Fault, main
from .playing import Body, Folder

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.usefixtures("warm")


def test_a_person_plays_a_model(world, capsys: pytest.CaptureFixture[str]) -> None:
    """The request is shown, an answer that breaks its schema is sent back, a right one goes out."""
    w = world(script=None)
    folder = str(w.folder / "played")
    w.set(timeout_s=60)
    wrong, right = w.folder / "wrong.json", w.folder / "right.json"
    wrong.write_text('{"b": 1}')
    right.write_text(REPLY + "\n")
    statuses: list[int] = []

    def play() -> None:
        commands = (
            ["--wait", folder, "--seconds", "30"],
            ["--pending", folder],
            ["--show", folder, "1"],
            ["--answer", folder, "1", str(wrong)],
            ["--answer", folder, "1", str(right)],
        )
        statuses.extend(map(main, commands))

    player = threading.Thread(target=play)
    player.start()
    (found,) = w.ask()
    player.join()
    assert isinstance(found, Reply)
    assert found.text == REPLY
    assert statuses == [0, 0, 0, 1, 0]
    shown = capsys.readouterr()
    assert shown.out.count("--- system\nBe exact.\n\n--- user\nWhat?\n") == 2
    assert "'a' is a required property" in shown.err
    assert main(["--wait", folder, "--seconds", "0.1"]) == 3


def test_a_folder_is_played_again(world, tmp_path: Path) -> None:
    """The same requests get the same answers, damaged ones too; strictly, others get none."""
    w = world(faults=["2=length"])
    first = w.ask(request("1?"), request("2?"))
    again = type(w)(
        tmp_path / "again", w.stack, replay=w.folder / "played", is_strict=True, script=None
    )
    found = again.ask(request("2?"), request("1?"), request("3?"))
    assert found[0].text == REPLY
    assert found[1].text == first[0].text
    assert found[2].fault == "model"
    assert "request 3 is not in the replay" in found[2].message


def test_an_envelope_says_more_than_a_text(world) -> None:
    """Finish reason, usage or a failure; JSON with other keys is a text."""
    answers = iter([
        {"content": "ab", "finish_reason": "length", "usage": {"completion_tokens": 77}},
        {"error": {"status": 403, "message": "no"}},
    ])  # fmt: skip
    w = world(script=lambda body: next(answers))
    found = w.ask(request("1?"), request("2?"))
    assert (found[0].finish, found[0].call.output) == ("length", 77)
    assert found[1].message == "HTTP 403: no (is its key the right one?)"
    folder = Folder(w.folder / "more")
    (folder.path / "001.answer.json").write_text('{"a": 1}')
    time.sleep(0.6)
    assert folder.answer(1) == {"content": '{"a": 1}'}


def test_a_repeated_request_joins_the_first(world) -> None:
    """A client that ran out of time gets the answer that was being written for it."""

    def late(body: Body) -> str:
        time.sleep(2.5)
        return REPLY

    w = world(script=late)
    w.set(timeout_s=2.0)
    (found,) = w.ask()
    assert isinstance(found, Reply)
    assert Folder(w.folder / "played").numbers() == [1]
    assert w.endpoint.calls == 2


def test_the_server_as_a_command(world, tmp_path: Path) -> None:
    """It writes down its port, plays what was recorded, and ends when it is asked to."""
    w = world()
    w.ask()
    port = tmp_path / "port"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.draft.model.endpoint", "--play", str(tmp_path / "new")),
            *("--replay", str(w.folder / "played"), "--strict", "--port", "0"),
            *("--port-file", str(port)),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert "/v1  folder" in process.stdout.readline()
        body = json.loads((w.folder / "played" / "001.request.json").read_text())
        reader, writer = None, None

        async def post() -> str:
            nonlocal reader, writer
            reader, writer = await asyncio.open_connection("127.0.0.1", int(port.read_text()))
            text = json.dumps(body)
            head = f"POST /v1/chat/completions HTTP/1.0\r\nContent-Length: {len(text)}\r\n\r\n"
            writer.write((head + text).encode())
            answer = (await reader.read()).decode()
            writer.close()
            return answer

        assert json.dumps(REPLY)[1:-1] in asyncio.run(post())
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stdout is not None
        process.stdout.close()


@pytest.mark.parametrize(
    ("text", "struck"),
    [("3=reset", [3]), ("2-4=500", [2, 3, 4]), ("every/3=429:1", [3, 6]), ("*=html", range(1, 7))],
)
def test_when_a_fault_strikes(text: str, struck) -> None:
    assert [n for n in range(1, 7) if Fault.of(text).strikes(n)] == list(struck)


def test_a_fault_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="no such fault"):
        Fault.of("1=earthquake")


def test_it_speaks_to_this_machine_alone(tmp_path: Path) -> None:
    """Bound to loopback."""
    with Endpoint(tmp_path) as endpoint:
        assert endpoint.url.startswith("http://127.0.0.1:")

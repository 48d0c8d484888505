"""
The folder in which a model is played: requests and replies as numbered files.

Touches disk. Whoever plays reads `001.request.json` (or `render`s it) and puts `001.answer.txt`
beside it: the text of the reply, given verbatim. `001.answer.json` is an envelope instead, with
any of the keys of `Envelope`; JSON of other keys is plain text. A folder that was played once
can be replayed.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import threading
import time
from pathlib import Path
from typing import Any

import jsonschema

Body = dict[str, Any]
Envelope = dict[str, Any]
"""`content`, `finish_reason`, `refusal`, `usage` {prompt_tokens, completion_tokens}, `error`
{status, message, code, headers}."""

KEYS = {"content", "finish_reason", "refusal", "usage", "error"}
ANSWERS = ("answer.json", "answer.txt")
NOT_OF_THE_REQUEST = ("stream", "stream_options", "_play")


def tokens(text: str) -> int:
    """About four bytes a token."""
    return math.ceil(len(text.encode("utf-8", "replace")) / 4)


def text_of(message: Body) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(str(part.get("text", part.get("type"))) for part in content)
    return str(content or "")


def input_tokens(body: Body) -> int:
    form = json.dumps(body["response_format"]) if body.get("response_format") else ""
    return tokens("".join(map(text_of, body["messages"])) + form)


def key_of(body: Body) -> str:
    """What makes a request the same as another: all but how the answer is carried."""
    core = {name: value for name, value in body.items() if name not in NOT_OF_THE_REQUEST}
    return hashlib.sha256(json.dumps(core, sort_keys=True).encode()).hexdigest()


def schema_of(body: Body) -> Body | None:
    """The JSON schema that a request asks for; None where it asks for none."""
    form = body.get("response_format") or {}
    found = (form.get("json_schema") or {}).get("schema")
    return found if isinstance(found, dict) else None


def problems(body: Body, content: str) -> list[str]:
    """How a reply breaks the schema of its request."""
    schema = schema_of(body)
    if schema is None:
        return []
    try:
        value = json.loads(content)
    except ValueError as exc:
        return [f"not JSON: {exc}"]
    found = jsonschema.Draft202012Validator(schema).iter_errors(value)
    return [f"{error.json_path}: {error.message}"[:300] for error in found]


def envelope(name: str, text: str) -> Envelope:
    """An answer file as an envelope."""
    if name.endswith(".json"):
        try:
            value = json.loads(text)
        except ValueError:
            return {"content": text}
        if isinstance(value, dict) and value and set(value) <= KEYS:
            return value
    return {"content": text}


def render(request: Body) -> str:
    """A request as text for whoever plays the model."""
    play = request.get("_play", {})
    number, model = play.get("n"), request.get("model")
    out = [f"=== request {number}  model={model}  ~{play.get('input')} tokens"]
    others = {
        name: value
        for name, value in request.items()
        if name not in (*NOT_OF_THE_REQUEST, "messages", "model", "response_format")
    }
    out.append("options: " + json.dumps(others))
    out += [f"\n--- {each.get('role')}\n{text_of(each)}" for each in request["messages"]]
    if request.get("response_format"):
        out.append("\n--- response_format\n" + json.dumps(request["response_format"], indent=1))
    return "\n".join(out)


class Folder:
    """A folder of numbered requests and answers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def file(self, number: int, ending: str) -> Path:
        return self.path / f"{number:03d}.{ending}"

    def numbers(self) -> list[int]:
        return sorted(int(file.name.split(".")[0]) for file in self.path.glob("*.request.json"))

    def pending(self) -> list[int]:
        """Numbers of the requests that wait for an answer."""
        endings = (*ANSWERS, "fault.txt")
        return [
            number
            for number in self.numbers()
            if not any(self.file(number, ending).exists() for ending in endings)
        ]

    def request(self, number: int) -> Body:
        body: Body = json.loads(self.file(number, "request.json").read_text("utf-8"))
        return body

    def put_request(self, number: int, body: Body, attempts: int) -> None:
        play = {
            "n": number,
            "attempts": attempts,
            "received": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "input": input_tokens(body),
        }
        text = json.dumps({**body, "_play": play}, indent=1, ensure_ascii=False)
        self.write(number, "request.json", text + "\n")

    def answer(self, number: int) -> Envelope | None:
        """The answer to a request; None while there is none, or it is still being written."""
        for ending in ANSWERS:
            file = self.file(number, ending)
            if file.exists() and time.time() - file.stat().st_mtime > 0.5:
                return self._read(file)
        return None

    def _read(self, file: Path) -> Envelope:
        text = file.read_text("utf-8")
        return envelope(file.name, text.removesuffix("\n") if file.suffix == ".txt" else text)

    def put_answer(self, number: int, answer: str | Envelope) -> Envelope:
        """Write an answer down; gives it as an envelope."""
        if isinstance(answer, dict):
            self.write(number, "answer.json", json.dumps(answer, ensure_ascii=False) + "\n")
            return answer
        self.write(number, "answer.txt", answer + "\n")
        return {"content": answer}

    def write(self, number: int, ending: str, text: str) -> None:
        file = self.file(number, ending)
        making = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}")
        making.write_text(text, "utf-8")
        making.replace(file)

    def recorded(self) -> dict[str, Envelope]:
        """All answers, by the key of their requests; of two to one request the later."""
        found = {}
        for number in self.numbers():
            file = next(filter(Path.exists, (self.file(number, end) for end in ANSWERS)), None)
            if file is not None:
                found[key_of(self.request(number))] = self._read(file)
        return found

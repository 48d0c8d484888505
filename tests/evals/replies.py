"""
Who plays the model: recorded replies, a person or program at the other end of a folder, or a
real model.

A reply is named for what was asked: `feature-orrin-4-is-here-1.json` is the first reply to
the request for that feature, -2 the one to its first repair. So a prompt can be worded anew,
and what was recorded still answers it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from pathlib import Path

from digest.draft.model import Reply, Request
from digest.draft.model.budget import input_of, tokens_of
from digest.errors import ModelError
from digest.text import slugify
from digest.types import Call

FOLDER = Path(__file__).parent / "replies"
_STORY = re.compile(r"(?:about this story|Write a feature about this story): (.+)")


def played() -> tuple[str, ...]:
    """The days that have recorded replies, in order."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.json"))))


class Recorded:
    """
    Satisfies `Model`.

    Args:
        folder: Where replies lie.
        wait_s: How long to wait for a reply that is not there, its request written beside it
            as `.prompt.md`; 0: it is an error of the model.
    """

    name = "recorded"

    def __init__(self, folder: Path, *, wait_s: float = 0) -> None:
        self._folder, self._wait_s = folder, wait_s
        self._asked: Counter[str] = Counter()
        self.calls: list[Call] = []
        self.repairs = 0

    async def ask(self, request: Request) -> Reply:
        subject = self._subject(request)
        self._asked[subject] += 1
        self.repairs += len(request.messages) > 1
        path = self._folder / f"{subject}-{self._asked[subject]}.json"
        if not path.exists() and self._wait_s:
            await self._play(path, request)
        if not path.exists():
            raise ModelError(self.name, f"no reply is recorded: {path.name}", fault="answer")
        text = path.read_text("utf-8")
        call = Call(request.role, self.name, input_of(request), tokens_of(text), None, 0.0)
        self.calls.append(call)
        return Reply(text, "stop", call, stored=False)

    def _subject(self, request: Request) -> str:
        first = request.messages[0][1]
        match = _STORY.search(first) if request.role in {"gather", "feature"} else None
        return f"{request.role}-{slugify(match[1])[:50].strip('-')}" if match else request.role

    async def _play(self, path: Path, request: Request) -> None:
        chain = "\n\n".join(f"######## {role}\n\n{text}" for role, text in request.messages)
        prompt = f"######## system\n\n{request.system}\n\n{chain}\n"
        await asyncio.to_thread(_wait_for, path, prompt, self._wait_s)


def _wait_for(path: Path, prompt: str, seconds: float) -> None:
    """Write a prompt down and wait until its reply is there, or the time is over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".prompt.md")
    beside.write_text(prompt, "utf-8")
    print(f"waiting for {path}", flush=True)
    until = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.5)
    beside.unlink()

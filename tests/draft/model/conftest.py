"""A door to a model on loopback, and what stands behind it."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from digest.draft.model import Door, Models, Reply, Request
from digest.errors import ModelError
from digest.settings import Endpoint as Where
from digest.settings import LanguageModel, Price
from digest.store import FILE, Store

from .endpoint import Endpoint

ISSUE = "systems/2026-05-02"
NOW = dt.datetime(2026, 5, 2, 6, tzinfo=dt.UTC)
SCHEMA = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
REPLY = '{"a": 12345}'
PRICE = Price(input=1.0, output=10.0)


def request(text: str = "What?", **more: Any) -> Request:
    """A small request; another text is another request."""
    fields = {"role": "gather", "system": "Be exact.", "schema": SCHEMA, "max_tokens": 200, **more}
    return Request(messages=(("user", text),), **fields)


class World:
    """A store, an endpoint and a door between them."""

    def __init__(self, folder: Path, stack: ExitStack, **more: Any) -> None:
        self.folder = folder
        self.stack = stack
        self.waits: list[float] = []
        """Seconds that were waited between attempts; no test waits for them."""
        self.endpoint = stack.enter_context(
            Endpoint(folder / "played", **{"script": lambda body: REPLY, **more})
        )
        self.store = stack.enter_context(Store(folder / FILE))
        self.environment: dict[str, str] = {}
        self.settings = LanguageModel(
            name="played",
            endpoint=Where(url=self.endpoint.url),
            prices={"played": PRICE},
            timeout_s=5.0,
        )

    def set(self, **changes: Any) -> None:
        self.settings = dataclasses.replace(self.settings, **changes)

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def door(self) -> Door:
        return Door(
            self.settings,
            self.store.replies,
            environment=self.environment,
            clock=lambda: NOW,
            sleep=self._wait,
            chance=lambda: 0.5,
        )

    def run(self, work: Callable[[Models], Any]) -> Any:
        """What a coroutine over the models of one issue gives, in a run of its own."""

        async def whole() -> Any:
            async with self.door() as door:
                return await work(door.models(ISSUE))

        return asyncio.run(whole())

    def ask(self, *requests: Request) -> list[Reply | ModelError]:
        """What comes of each request, one after the other in one run."""

        async def work(models: Models) -> list[Reply | ModelError]:
            found: list[Reply | ModelError] = []
            for each in requests or (request(),):
                try:
                    found.append(await models.writer.ask(each))
                except ModelError as exc:
                    found.append(exc)
            return found

        found: list[Reply | ModelError] = self.run(work)
        return found

    def until_called(self) -> None:
        """Wait for the first request to arrive."""
        until = time.monotonic() + 20
        while not self.endpoint.calls:
            assert time.monotonic() < until
            time.sleep(0.01)

    def states(self) -> list[str]:
        """What came of each attempt, by the ledger."""
        rows = self.store._db.execute("SELECT state FROM calls ORDER BY number")
        return [row["state"] for row in rows]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Callable[..., World]]:
    """A function that makes a world; its arguments are the endpoint's."""
    with ExitStack() as stack:
        yield lambda **more: World(tmp_path, stack, **more)


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The libraries imported, which takes seconds: a short time-out then is the server's alone."""
    with ExitStack() as stack:
        (found,) = World(tmp_path_factory.mktemp("warm"), stack).ask()
        assert isinstance(found, Reply)

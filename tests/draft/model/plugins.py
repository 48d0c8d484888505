"""Models as plugins of llm bring them: asynchronous or not, old and new, well-behaved or not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

REPLY = '{"a": 1}'


class Recorder:
    """What models were asked, and how they answer; one for all of them."""

    def __init__(self) -> None:
        self.prompts: list[Any] = []
        self.conversations: list[Any] = []
        self.threads: list[str] = []
        self.answer: Callable[[Any], str] = lambda prompt: REPLY

    def take(self, prompt: Any, response: Any, conversation: Any) -> str:
        self.prompts.append(prompt)
        self.conversations.append(conversation)
        self.threads.append(threading.current_thread().name)
        text = self.answer(prompt)
        response.set_usage(input=11, output=7)
        response.response_json = {"stop_reason": "end_turn"}
        return text


def models(recorder: Recorder) -> tuple[Any, Any, Any, Any]:
    """A model without an asynchronous twin, one with, and ones that take less."""
    import llm
    from pydantic import Field

    class OnlySync(llm.Model):
        model_id = "only-sync"
        supports_schema = True

        class Options(llm.Options):
            num_predict: int | None = Field(default=None)

        def execute(self, prompt, stream, response, conversation):
            yield recorder.take(prompt, response, conversation)

    class Twin(llm.AsyncModel):
        model_id = "twin"

        async def execute(self, prompt, stream, response, conversation):
            yield recorder.take(prompt, response, conversation)

    class Single(OnlySync):
        model_id = "single"
        supports_conversation = False

    class NoSystem(OnlySync):
        model_id = "no-system"
        allows_system_prompt = False

    return OnlySync(), Twin(), Single(), NoSystem()


@contextmanager
def installed(recorder: Recorder) -> Iterator[None]:
    """The models among those that llm knows, `twin` with the alias `t`."""
    import llm
    from llm.plugins import load_plugins, pm

    only, twin, single, no_system = models(recorder)

    class Plugin:
        __name__ = "digest-tests"

        @llm.hookimpl
        def register_models(self, register):
            register(only)
            register(single)
            register(no_system)
            register(type("T", (type(only),), {"model_id": "twin"})(), twin, aliases=("t",))

    load_plugins()
    plugin = Plugin()
    pm.register(plugin, name="digest-tests")
    try:
        yield
    finally:
        pm.unregister(plugin)


def sleepy(seconds: float) -> Callable[[Any], str]:
    def answer(prompt: Any) -> str:
        time.sleep(seconds)
        return REPLY

    return answer

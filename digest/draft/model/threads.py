"""
Blocking work beside the event loop, for models that know no other way.

Touches threads.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any


async def in_thread(work: Callable[[], Any]) -> Any:
    """
    What a blocking function gives, from a thread that does not hold up the end of the program.

    A thread cannot be stopped: where the caller stops waiting it works on, and its result is
    dropped.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def settle(result: Any, exc: BaseException | None) -> None:
        if future.done():
            return
        if exc is not None:
            future.set_exception(exc)
        else:
            future.set_result(result)

    def run() -> None:
        result: Any = None
        exc: BaseException | None = None
        try:
            result = work()
        except Exception as caught:
            exc = caught
        except BaseException as caught:  # a plugin that would end the program
            exc = RuntimeError(f"{type(caught).__name__}: {caught}")
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, result, exc)

    threading.Thread(target=run, daemon=True, name="digest-model").start()
    return await future

"""
The door to language models, made from feeds.yaml, environment and store.

Reads the environment.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from .options import clock as wall_clock

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

    from ..draft.model import Door
    from ..pipeline.writing import Desk
    from ..settings import Config
    from ..store import Store
    from .options import Options


def make_door(
    config: Config, store: Store, *, clock: Callable[[], dt.datetime] = wall_clock
) -> Door | None:
    """
    The door to the models that feeds.yaml names; None for `model: none`.

    Args:
        config: Of the site.
        store: Locked by the caller; it keeps the ledger and the replies.
        clock: The real time, also where an issue is written for another one: money is spent now.

    Returns:
        To be entered (`async with`) and asked for the models of each issue.
    """
    if config.model is None:
        return None
    from ..draft.model import Door

    return Door(config.model, store.replies, environment=os.environ, clock=clock)


async def opened_desk(
    stack: AsyncExitStack, options: Options, config: Config, store: Store
) -> Desk | None:
    """What is needed so that models write, until the stack is left; None for `model: none`."""
    door = make_door(config, store)
    if door is None:
        return None
    from ..draft.prompts import Prompts
    from ..pipeline.writing import Desk

    prompts = Prompts(options.folder / "templates" / "prompts")
    prompts.check()
    await stack.enter_async_context(door)
    salt = store.replies.salt()
    return Desk(lambda issue, anew: door.models(issue, anew=anew), prompts, salt, door.embed)

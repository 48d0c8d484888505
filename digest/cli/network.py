"""
The network of a draft: the door to pages and the search provider of feeds.yaml.

Touches the network, through what it opens, and reads the environment.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from .options import Routes, user_agent

if TYPE_CHECKING:
    from ..fetch.door import Door
    from ..research import Searcher
    from ..settings import Config


async def opened_network(
    stack: AsyncExitStack,
    config: Config,
    clock: Callable[[], dt.datetime],
    routes: Routes | None = None,
) -> tuple[Door, Searcher | None]:
    """Both, until the stack is left; no searcher for `research.search: none`."""
    from ..fetch.door import Door
    from ..research import SEARCHERS

    searcher = None
    if config.research.search != "none":
        searcher = SEARCHERS[config.research.search](config.research, os.environ)
    agent = user_agent(config)
    door = Door(config.network, user_agent=agent, now=clock, routes=routes)
    return await stack.enter_async_context(door), searcher

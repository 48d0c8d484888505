"""
The network of a run: the door to pages, the search provider of feeds.yaml, the cluster.

Touches the network, through what it opens, and reads the environment.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from .options import Routes, user_agent

if TYPE_CHECKING:
    from ..fetch.door import Door
    from ..pipeline.cluster import Cluster
    from ..pipeline.cluster_opening import Opens
    from ..pipeline.jobs import Means
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


class Address(click.ParamType[str]):
    """Where a cluster is: `tcp://host:8786`, `local:4`, or `none`."""

    name = "address"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        from ..settings import CLUSTER, is_cluster

        if not is_cluster(value):
            self.fail(f"found {value!r}, expected {CLUSTER.words}")
        return str(value)


def with_cluster(config: Config, address: str | None) -> Config:
    """The settings, with the cluster that the command line names."""
    return config if address is None else replace(config, cluster=address)


def cluster_of(
    config: Config, say: Callable[[str], None], routes: Routes | None = None
) -> Opens | None:
    """What opens the cluster of the settings; None where they name none."""
    if config.cluster == "none":
        return None

    def opens(means: Means) -> AbstractAsyncContextManager[Cluster]:
        from ..pipeline.cluster_opening import opened

        return opened(
            config.cluster,
            means,
            network=config.network,
            user_agent=user_agent(config),
            routes=routes,
            say=say,
        )

    return opens

"""
Clusters opened: of workers here, or at a scheduler's address, at once or when one is first asked.

Touches the network and processes. `dask` and `distributed` are an extra, loaded when one is opened.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from typing import Any, Self, TypeVar
from uuid import uuid4

from .. import __version__
from ..errors import ConfigError, FetchError
from ..settings import Network
from ..types import Document
from .cluster import CONNECT_S, KILLS, Cluster
from .jobs import Means, PageJob
from .on_worker import Setting

P = TypeVar("P")
S = TypeVar("S")
T = TypeVar("T")

MISSING = "a cluster needs the extra `cluster`: pip install 'digestpress[cluster]'"
THREADS = 4
"""Of each worker that is started here; each waits for one parcel, the work is one core's."""


@asynccontextmanager
async def opened(
    address: str,
    means: Means,
    *,
    network: Network,
    user_agent: str,
    routes: Mapping[str, tuple[str, int]] | None = None,
    say: Callable[[str], None],
) -> AsyncIterator[Cluster]:
    """
    The cluster of an address, ready to be asked.

    Args:
        address: `tcp://host:port` or `tls://…` of a scheduler, or `local:N` for N workers here.
        means: What this process does jobs with where the cluster cannot.
        network: Manners and limits, here and there.
        user_agent: Sent with every request.
        routes: As for `Door`.
        say: Called with what a person must know.

    Raises:
        ConfigError: The extra is not installed.
    """
    try:
        import dask
        import distributed as d
    except ImportError as exc:
        raise ConfigError(address, MISSING) from exc
    distributed: Any = d  # it has types for half of itself
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # `say` says it in our words
    setting = Setting(
        uuid4().hex, __version__, network, user_agent, dict(means.families), routes or {}
    )
    # Workers here may have processes of their own, in which pages are read within limits.
    config = {
        "distributed.worker.daemon": False,
        "distributed.scheduler.allowed-failures": KILLS,
        "distributed.worker.multiprocessing-method": "spawn",
    }
    async with AsyncExitStack() as stack:
        cluster = Cluster(setting, means, network.pause_s, say)
        kind, _, number = address.partition(":")
        try:
            if kind == "local":
                stack.enter_context(dask.config.set(config))
                target: Any = await stack.enter_async_context(
                    distributed.LocalCluster(
                        n_workers=int(number),
                        threads_per_worker=THREADS,
                        processes=True,
                        host="127.0.0.1",
                        dashboard_address=None,
                        asynchronous=True,
                        silence_logs=logging.CRITICAL,
                    )
                )
            else:
                target = address
            client = await stack.enter_async_context(
                distributed.Client(
                    target, asynchronous=True, timeout=CONNECT_S, set_as_default=False
                )
            )
        except (OSError, TimeoutError, ValueError) as exc:
            cluster.lose(f"it cannot be reached ({type(exc).__name__}: {exc!s:.200})")
        else:
            await stack.enter_async_context(cluster.on(client))
        yield cluster


Opens = Callable[[Means], AbstractAsyncContextManager["Cluster"]]
"""Opens a cluster, given what is done with where it cannot."""


class WhenAsked:
    """
    A cluster that is opened when it is first asked: that takes seconds, and on most days no issue
    is due. Use as an async context manager.

    Args:
        open_: Opens it.

    Raises:
        ConfigError: The extra is not installed.
    """

    def __init__(self, open_: Callable[[], AbstractAsyncContextManager[Cluster]]) -> None:
        self._open = open_
        self._stack = AsyncExitStack()
        self._opening: asyncio.Future[Cluster] | None = None

    async def __aenter__(self) -> Self:
        if not all(find_spec(name) for name in ("dask", "distributed")):
            raise ConfigError("cluster", MISSING)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._opening is not None:
            self._opening.cancel()  # nobody waits for it any more
            await asyncio.wait([self._opening])
        await self._stack.aclose()

    async def open_page(self, job: PageJob) -> Document | FetchError:
        """As `Cluster.open_page`."""
        return await (await self._cluster()).open_page(job)

    async def size(self) -> int:
        """As `Cluster.size`."""
        return await (await self._cluster()).size()

    async def map(
        self, function: Callable[[S, P], T], shared: S, parts: Sequence[P]
    ) -> list[T] | None:
        """As `Cluster.map`."""
        return await (await self._cluster()).map(function, shared, parts)

    async def _cluster(self) -> Cluster:
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._stack.enter_async_context(self._open()))
        return await asyncio.shield(self._opening)

"""
Whether the models of feeds.yaml can be asked, short of asking them.

Touches what `library` does; the network only in `reach`, which spends nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from ...errors import ModelError
from ...settings import LanguageModel
from .budget import price_of
from .faults import fault_of
from .finding import find
from .library import Handle
from .wire import is_loopback

Found = tuple[str, Literal["ok", "warning", "error"], str]
"""What was looked at, how it is, and words for a person."""
SHOWN = 5
"""Names of a server's other models that are told."""


def look(settings: LanguageModel, environment: Mapping[str, str]) -> Iterator[Found]:
    """
    Look for models, keys and prices on this machine.

    Args:
        settings: `model:` of feeds.yaml.
        environment: Where the endpoint's key is.
    """
    for name in names(settings):
        what = f"model {name}"
        try:
            handle = find(name, settings, environment)
            handle.check_key()
        except ModelError as exc:
            yield what, "warning", f"{exc.message}; until then its part is quoted"
            continue
        yield what, "ok", _known_as(handle, settings)
        if price_of(settings, name, handle.identity) is None:
            says = (
                "none in feeds.yaml: tokens are counted, but no dollars, and month_usd is not held"
            )
            yield f"price of {name}", "warning", says
    where = settings.endpoint
    if where and where.key_env and where.url.startswith("http://") and not is_loopback(where.url):
        says = f"its key and all texts go to {where.url} in the open; expected https://"
        yield "model endpoint", "warning", says


def names(settings: LanguageModel) -> tuple[str, ...]:
    """The models that feeds.yaml names, each once."""
    return tuple(dict.fromkeys(filter(None, (settings.name, settings.editor))))


def _known_as(handle: Handle, settings: LanguageModel) -> str:
    if settings.endpoint is None:
        return f"llm knows it as {handle.identity}, and the key that it needs"
    key = settings.endpoint.key_env
    return f"asked at {settings.endpoint.url}, " + (f"key in {key}" if key else "without a key")


async def reach(
    settings: LanguageModel, environment: Mapping[str, str], now: dt.datetime
) -> tuple[Found, ...]:
    """
    Ask each model's server which models it has.

    Args:
        settings: `model:` of feeds.yaml.
        environment: Where the endpoint's key is.
        now: For a server that wants to be left alone.

    Returns:
        Nothing for a model that cannot be asked for; `look` has said why.
    """
    return tuple([
        found
        for name in names(settings)
        if (found := await _reached(name, settings, environment, now)) is not None
    ])  # fmt: skip


async def _reached(
    name: str, settings: LanguageModel, environment: Mapping[str, str], now: dt.datetime
) -> Found | None:
    what = f"server of {name}"
    try:
        handle = find(name, settings, environment)
        handle.check_key()
    except ModelError:
        return None
    try:
        async with asyncio.timeout(settings.timeout_s):
            listed = await handle.listed()
    except Exception as exc:  # any provider's
        return what, "error", handle.hidden(fault_of(exc, now).words)
    finally:
        await handle.close()
    if listed is None:
        return what, "ok", "not asked: its plugin has no way to, short of a call that costs"
    if handle.identity in listed or handle.sent_as in listed:
        return what, "ok", "answers, and lists it"
    others = ", ".join(listed[:SHOWN]) + (" …" if len(listed) > SHOWN else "")
    return what, "warning", f"answers, but lists only {others or 'no model'}"

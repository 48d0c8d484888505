"""
Embeddings: texts → vectors, by any embedding model that llm knows.

Touches the network, or a model on this machine, through llm. What a plugin gives back is
looked at: it is somebody else's program.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Sequence
from typing import Any

from ...errors import ModelError
from .faults import said
from .threads import in_thread


async def embed(name: str, texts: Sequence[str], *, timeout_s: float) -> list[tuple[float, ...]]:
    """
    Embed texts, in one call of the model.

    Args:
        name: An id or alias that llm knows (`llm embed-models`).
        texts: Not empty ones; the model cuts those that are too long for it.
        timeout_s: How long the call may take.

    Returns:
        For each text its vector, all of one length.

    Raises:
        ModelError: There is no such model, it failed, or gave something else back.
    """
    work = in_thread(lambda: _checked(name, _ask(name, list(texts)), len(texts)))
    try:
        return await asyncio.wait_for(work, timeout_s)
    except TimeoutError as exc:
        raise ModelError(
            name, f"gave no embeddings within {timeout_s:g} s", fault="unreachable", gone=True
        ) from exc


def _ask(name: str, texts: list[str]) -> list[Any]:
    import llm

    try:
        get: Any = llm.get_embedding_model  # has no types
        return list(get(name).embed_multi(texts))
    except llm.UnknownModelError as exc:
        raise ModelError(
            name,
            "llm knows no embedding model of that name; `llm embed-models` lists those that it "
            "knows, `llm install` brings plugins for more",
            fault="model",
            gone=True,
        ) from exc
    except Exception as exc:  # whatever the plugin's own library raises
        raise ModelError(
            name, f"gave no embeddings: {said(exc)}", fault="unreachable", gone=True
        ) from exc


def _checked(name: str, found: Iterable[Any], wanted: int) -> list[tuple[float, ...]]:
    try:
        vectors = [tuple(float(number) for number in vector) for vector in found]
    except (TypeError, ValueError) as exc:
        raise ModelError(name, "gave no vectors of numbers", fault="answer", gone=True) from exc
    lengths = {len(vector) for vector in vectors}
    is_whole = len(vectors) == wanted and len(lengths) == 1 and 0 not in lengths
    if not is_whole or not all(math.isfinite(x) for vector in vectors for x in vector):
        raise ModelError(
            name,
            f"gave {len(vectors)} vectors for {wanted} texts, or some that are empty, of other "
            "lengths or not finite; expected one each",
            fault="answer",
            gone=True,
        )
    return vectors

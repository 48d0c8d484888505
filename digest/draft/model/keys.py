"""
Whose server a model of llm's speaks to, and which key is for it.

Reads llm's stored keys.
"""

from __future__ import annotations

from typing import Any

from ...errors import ModelError
from .wire import is_openai


def is_foreign(model: Any) -> bool:
    """Whether one of llm's classes for OpenAI speaks to another server."""
    url = str(getattr(model, "api_base", None) or "")
    return bool(url) and not is_openai(url)


def own_key(model: Any) -> str:
    """
    The key of a server that is not OpenAI's, from where only its own can be.

    What llm hands to `get_client` is of no use: for any model with a name for its key, but no
    such key, it is OPENAI_API_KEY.
    """
    import llm

    if model.needs_key is None:
        return ""
    if model.key is not None:
        return str(model.key)
    found = llm.get_key(alias=model.needs_key)
    if not found:
        raise ModelError(
            str(model.model_id),
            f"llm has no key for {model.api_base}: `llm keys set {model.needs_key}`",
            fault="key",
            gone=True,
        )
    return str(found)

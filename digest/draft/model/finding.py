"""
A name in feeds.yaml → the model, from llm's list or at an endpoint.

Touches llm's own folder of settings, and whatever a plugin touches while it is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import ModelError
from ...settings import LanguageModel
from .faults import said
from .keys import is_foreign
from .library import Handle


def find(name: str, settings: LanguageModel, environment: Mapping[str, str]) -> Handle:
    """
    The model of a name in feeds.yaml.

    Args:
        name: An id or alias that llm knows, or an endpoint's own.
        settings: Of feeds.yaml.
        environment: Where the endpoint's key is.

    Raises:
        ModelError: There is none, or its key is missing.
    """
    try:
        return (
            _at_endpoint(name, settings, environment)
            if settings.endpoint
            else _known(name, settings)
        )
    except ModelError:
        raise
    except Exception as exc:  # a plugin that breaks while it is loaded, a broken keys.json …
        raise ModelError(
            name, f"llm cannot give it: {type(exc).__name__}: {said(exc)}", fault="model", gone=True
        ) from exc


def _known(name: str, settings: LanguageModel) -> Handle:
    import llm

    model = None
    for wanted in (name, None) if name == "default" else (name,):
        for get in (llm.get_async_model, llm.get_model):
            try:
                model = model or get(wanted)
            except llm.UnknownModelError:
                continue
    if model is None:
        raise ModelError(
            name,
            "llm knows no model of that name; `llm models` lists those that it knows, "
            "`llm install` brings plugins for more, `model.endpoint` names a server",
            fault="model",
            gone=True,
        )
    if settings.options.get("chat_completions") and is_foreign(model):
        # llm then makes another model, with a client that nobody guards.
        raise ModelError(
            name,
            "the option chat_completions is not taken for another server than OpenAI's; expected "
            "a model without `responses: true` in llm's extra-openai-models.yaml",
            fault="model",
            gone=True,
        )
    return Handle(
        model,
        identity=str(model.model_id),
        settings=settings,
        takes_schema=bool(model.supports_schema),
    )


def _at_endpoint(name: str, settings: LanguageModel, environment: Mapping[str, str]) -> Handle:
    from llm.default_plugins.openai_models import AsyncChat

    endpoint = settings.endpoint
    assert endpoint is not None
    key = environment.get(endpoint.key_env, "") if endpoint.key_env else ""
    if endpoint.key_env and not key:
        raise ModelError(
            name,
            f"the environment variable {endpoint.key_env} is not set; it holds the key of "
            f"{endpoint.url}",
            fault="key",
            gone=True,
        )
    takes_schema = endpoint.reply == "schema"
    make: Any = AsyncChat  # has no types
    model = make(
        name, model_name=name, api_base=endpoint.url, supports_schema=takes_schema, key=key or None
    )
    # Without this, llm would look for a key in places that are not this endpoint's.
    model.needs_key = "digest" if key else None
    return Handle(model, identity=name, settings=settings, takes_schema=takes_schema)

"""
llm, the library that knows the models: the one file that imports it (and `embedding.py`, for
models that make vectors).

Touches the network, the environment and llm's own folder of settings. Importing llm takes
about a second and finding a model two, so both wait until a model is asked. What llm does
silently is undone here: nothing is streamed, the finish reason is read from the provider's
own answer, its clients are made once and retry nothing, and its stored responses are let go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import ModelError
from ...settings import LanguageModel
from .base import Messages, Request
from .faults import said
from .finish import Answer, finish_of, text_of, usage_of
from .past import past
from .threads import in_thread
from .wire import client_for, is_openai

_LENGTHS = ("max_tokens", "max_output_tokens", "max_completion_tokens", "num_predict")
"""What plugins call the option for the longest reply."""


class Handle:
    """One model, found."""

    def __init__(
        self, model: Any, *, identity: str, settings: LanguageModel, takes_schema: bool
    ) -> None:
        self.identity = identity
        """The id that is sent, or the one llm lists."""
        self._model = model
        self._settings = settings
        self._takes_schema = takes_schema
        self._clients: dict[bool, Any] = {}
        self._secrets: set[str] = set()
        if hasattr(model, "get_client"):
            self._make_client = model.get_client
            model.get_client = self._client

    async def send(self, request: Request) -> Answer:
        """
        One call, one attempt.

        Raises:
            ModelError: The library takes no such request.
            Exception: Whatever the provider's library raises.
        """
        response = self._prompt(request)
        broke: Exception | None = None
        text = ""
        try:
            text = await self._text(response)
        except Exception as exc:
            broke = exc
        answer = getattr(response, "response_json", None)
        answer = answer if isinstance(answer, Mapping) else {}
        text = text or text_of(answer) or ""
        # llm breaks over a reply without usage after it has the whole of it.
        if broke is not None and not text:
            raise broke
        said_input, said_output = usage_of(answer)
        return Answer(
            text,
            finish_of(answer),
            _count(getattr(response, "input_tokens", None), said_input),
            _count(getattr(response, "output_tokens", None), said_output),
        )

    def _prompt(self, request: Request) -> Any:
        """The request as llm wants it; nothing is sent before its text is asked for."""
        import llm

        make = {"user": llm.user, "assistant": llm.assistant}
        fields = self._model.Options.model_fields
        options: dict[str, Any] = {}
        length = next((name for name in _LENGTHS if name in fields), "")
        if length:
            options[length] = request.max_tokens
        if request.temperature is not None and "temperature" in fields:
            options["temperature"] = request.temperature
        if self._settings.endpoint and self._settings.endpoint.reply == "object":
            options["json_object"] = True
        options |= self._settings.options
        *before, (_, last) = self._chain(request)
        try:
            response = self._model.prompt(
                last,
                system=request.system,
                messages=[
                    llm.system(request.system),
                    *(make[who](text) for who, text in before),
                ],
                schema=dict(request.schema) if self._takes_schema else None,
                options=options,
                stream=False,
            )
            if before:
                response.conversation = self._conversation(before, request.system)
            return response
        except Exception as exc:  # pydantic's, over options; plugins' own
            raise ModelError(
                self.identity,
                f"llm takes no such request: {said(exc)}; expected options of the model "
                "(`llm models --options` shows them)",
                fault="model",
                gone=True,
            ) from exc

    def _chain(self, request: Request) -> Messages:
        """What is said; in one message for a model that takes no conversation."""
        if getattr(self._model, "supports_conversation", True) or len(request.messages) == 1:
            return request.messages
        marks = {"user": "[asked]", "assistant": "[answered]"}
        told = "\n\n".join(f"{marks[who]}\n{text}" for who, text in request.messages)
        return (("user", told),)

    def _conversation(self, before: Sequence[tuple[str, str]], system: str) -> Any:
        """
        The same chain once more, for plugins that were written before llm had messages.

        They read the last prompt, and the conversation for what went before.
        """
        conversation = self._model.conversation()
        conversation.responses.extend(past(before, system))
        return conversation

    async def _text(self, response: Any) -> str:
        import llm

        if isinstance(response, llm.AsyncResponse):
            return str(await response.text())
        return str(await in_thread(response.text))

    def _client(self, key: str | None, *, async_: bool = False) -> Any:
        """In place of the model's `get_client`, which makes a new one for each call."""
        if async_ not in self._clients:
            model = self._model
            url = str(model.api_base or "")
            if _is_foreign(model):
                secret = _own_key(model)
                self._secrets.add(secret)
                needs, model.needs_key = model.needs_key, None
                try:
                    client = self._make_client(None, async_=async_)
                finally:
                    model.needs_key = needs
                http = client_for(
                    url, secret, model.headers or {}, self._settings.timeout_s, is_async=async_
                )
                client = client.with_options(http_client=http)
            else:
                client = self._make_client(key, async_=async_)
            self._clients[async_] = client.with_options(
                timeout=self._settings.timeout_s, max_retries=0
            )
        return self._clients[async_]

    @property
    def sent_as(self) -> str:
        """The name under which its server knows it."""
        return str(getattr(self._model, "model_name", None) or self.identity)

    def check_key(self) -> None:
        """
        Raises:
            ModelError: The key that it needs is not there; nothing is asked.
        """
        import llm

        try:
            if _is_foreign(self._model):
                _own_key(self._model)
            else:
                self._model.get_key()
        except llm.NeedsKeyException as exc:
            raise ModelError(self.identity, said(exc), fault="key", gone=True) from exc

    async def listed(self) -> tuple[str, ...] | None:
        """
        The models that its server names; None where the plugin has no way to ask.

        Raises:
            Exception: Whatever the provider's library raises.
        """
        import llm

        if not hasattr(self._model, "get_client"):
            return None
        is_async = isinstance(self._model, llm.AsyncModel | llm.AsyncKeyModel)
        client = self._model.get_client(None, async_=is_async)
        page = await client.models.list() if is_async else await in_thread(client.models.list)
        return tuple(str(each.id) for each in page.data)

    def hidden(self, words: str) -> str:
        """Words of a server, without the key that it may have sent back in them."""
        for secret in filter(None, self._secrets):
            words = words.replace(secret, "…")
        return words

    async def close(self) -> None:
        """Let the connections go."""
        for is_async, client in self._clients.items():
            if is_async:
                await client.close()
            else:
                client.close()
        self._clients.clear()


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
    if settings.options.get("chat_completions") and _is_foreign(model):
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


def _is_foreign(model: Any) -> bool:
    """Whether one of llm's classes for OpenAI speaks to another server."""
    url = str(getattr(model, "api_base", None) or "")
    return bool(url) and not is_openai(url)


def _own_key(model: Any) -> str:
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


def _count(*values: object) -> int | None:
    """The first that is a number of tokens."""
    return next((value for value in values if isinstance(value, int) and value >= 0), None)

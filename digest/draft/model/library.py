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
from .budget import LENGTHS
from .faults import said
from .finish import Answer, finish_of, text_of, usage_of
from .keys import is_foreign, own_key
from .past import past
from .threads import in_thread
from .wire import client_for


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
        there = text_of(answer)
        # llm breaks over a reply without usage after it has the whole of it.
        if broke is not None and there is None:
            raise broke
        text = text or there or ""
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
        length = next((name for name in LENGTHS if name in fields), "")
        if length:
            options[length] = request.max_tokens
        if request.temperature is not None and "temperature" in fields:
            options["temperature"] = request.temperature
        if self._settings.endpoint and self._settings.endpoint.reply == "object":
            options["json_object"] = True
        options |= self._settings.options
        *before, (_, last) = self._chain(request)
        system = request.system
        if not getattr(self._model, "allows_system_prompt", True):
            if before:
                before[0] = ("user", f"{system}\n\n{before[0][1]}")
            else:
                last = f"{system}\n\n{last}"
            system = ""
        told = [llm.system(system)] if system else []
        try:
            response = self._model.prompt(
                last,
                system=system,
                messages=[*told, *(make[who](text) for who, text in before)],
                schema=dict(request.schema) if self._takes_schema else None,
                options=options,
                stream=False,
            )
            if before:
                response.conversation = self._conversation(before, system)
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
            if is_foreign(model):
                secret = own_key(model)
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
            if is_foreign(self._model):
                own_key(self._model)
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


def _count(*values: object) -> int | None:
    """The first that is a number of tokens."""
    return next((value for value in values if isinstance(value, int) and value >= 0), None)

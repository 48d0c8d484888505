"""
A provider's own answer → text, finish reason and tokens.

Pure. llm shows text alone, and none where the usage is missing; whether a reply is whole
stands only in the JSON that the provider sent. Each family has its own place for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WORDS = {
    "stop": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "completed": "stop",
    "complete": "stop",
    "eos": "stop",
    "length": "length",
    "max_tokens": "length",
    "max_output_tokens": "length",
    "model_context_window_exceeded": "length",
    "content_filter": "content_filter",
    "safety": "content_filter",
    "recitation": "content_filter",
    "blocklist": "content_filter",
    "prohibited_content": "content_filter",
    "spii": "content_filter",
    "refusal": "refusal",
    "tool_calls": "tool_calls",
    "tool_use": "tool_calls",
    "function_call": "tool_calls",
}
"""The providers' words for why a reply ended, in lower case, and ours."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered, as far as it can be told."""

    text: str
    finish: str
    """As in `Reply`."""
    input: int | None
    """Tokens; None where the provider does not say."""
    output: int | None


def finish_of(answer: Mapping[str, Any]) -> str:
    """
    Why a reply ended, in our words; empty where the answer does not say.

    Args:
        answer: The provider's JSON: a chat completion, a response of OpenAI's newer kind, a
            message of Anthropic's, Gemini's candidates, Ollama's chat.
    """
    choice = first(answer.get("choices"))
    message = choice.get("message")
    if isinstance(message, Mapping) and message.get("refusal"):
        return "refusal"
    if _refuses(answer):
        return "refusal"
    details = answer.get("incomplete_details")
    found = (
        choice.get("finish_reason")
        or answer.get("finish_reason")
        or answer.get("stop_reason")
        or answer.get("done_reason")
        or first(answer.get("candidates")).get("finishReason")
        or first(answer.get("candidates")).get("finish_reason")
        or (details.get("reason") if isinstance(details, Mapping) else None)
        or (answer.get("status") if answer.get("object") == "response" else None)
        or ""
    )
    word = str(found).rpartition(".")[2].lower()
    return WORDS.get(word, str(found))


def text_of(answer: Mapping[str, Any]) -> str | None:
    """The text of a chat completion, or its refusal; None where the answer is of another kind."""
    choices = answer.get("choices")
    if not isinstance(choices, list) or not choices:
        return None
    message = first(choices).get("message")
    if not isinstance(message, Mapping):
        return None
    found = message.get("content") or message.get("refusal")
    return found if isinstance(found, str) else ""


def usage_of(answer: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Tokens read and written, as the provider counted them."""
    usage = answer.get("usage")
    if not isinstance(usage, Mapping):
        return None, None
    return (
        _count(usage.get("prompt_tokens", usage.get("input_tokens"))),
        _count(usage.get("completion_tokens", usage.get("output_tokens"))),
    )


def first(value: object) -> Mapping[str, Any]:
    """The first of a list, where that is an object; else an empty one."""
    found = value[0] if isinstance(value, list) and value else None
    return found if isinstance(found, Mapping) else {}


def _refuses(answer: Mapping[str, Any]) -> bool:
    """OpenAI's newer kind of response has refusals among the parts of its messages."""
    output = answer.get("output")
    for item in output if isinstance(output, list) else ():
        parts = item.get("content") if isinstance(item, Mapping) else None
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, Mapping) and part.get("type") == "refusal":
                return True
    return False


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value < 10**9 else None

"""
What a call may cost, before it is made, and what one did cost.

Pure. Without a tokenizer, which differs by model, tokens are estimated from above: a third of
the bytes. English prose has 4 to 5 bytes a token and JSON about 3; other scripts have 2 to 3
bytes a character and rarely more than a token for each.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from ...settings import LanguageModel, Price, Scalar
from ...types import Call
from .base import Request

BYTES_PER_TOKEN = 3
LENGTHS = ("max_tokens", "max_output_tokens", "max_completion_tokens", "num_predict")
"""What plugins call the option for the longest reply."""
OVERHEAD = 16
"""Tokens that a message costs beside its text: roles and marks between messages."""


def tokens_of(text: str) -> int:
    """Tokens of a text, estimated from above."""
    return math.ceil(len(text.encode("utf-8", "surrogatepass")) / BYTES_PER_TOKEN)


def input_of(request: Request) -> int:
    """Tokens that a request has, estimated from above; the schema counts, as it is sent."""
    texts = [request.system, json.dumps(request.schema), *(text for _, text in request.messages)]
    return sum(tokens_of(text) + OVERHEAD for text in texts)


def price_of(settings: LanguageModel, *names: str) -> Price | None:
    """The price in feeds.yaml under any of a model's names; None where it has none."""
    return next((settings.prices[name] for name in names if name in settings.prices), None)


def usd_of(price: Price | None, input_: int, output: int) -> float | None:
    """What so many tokens cost; None where no price is known."""
    if price is None:
        return None
    return (input_ * price.input + output * price.output) / 1_000_000


def over_month(call: Call, spent: float, most: float) -> str:
    """
    That a call goes beyond the month's dollars, in words; empty where it fits.

    Args:
        call: With what it may cost; one without a price is not held.
        spent: Dollars of the month so far, reserved ones too.
        most: Of the month.
    """
    if not call.usd or spent + call.usd <= most:
        return ""
    return (
        f"the month's budget is {most:.2f} USD, {spent:.2f} are spent, and this call may cost "
        f"{call.usd:.2f} (model.budget.month_usd)"
    )


def output_of(request: Request, options: Mapping[str, Scalar]) -> int:
    """Tokens that a reply may have: the request's, or what feeds.yaml says instead for all."""
    set_ = [options[name] for name in LENGTHS if name in options]
    return max((each for each in set_ if isinstance(each, int)), default=request.max_tokens)


def reservation(
    request: Request, model: str, price: Price | None, options: Mapping[str, Scalar]
) -> Call:
    """The most that a request may cost."""
    input_, output = input_of(request), output_of(request, options)
    return Call(request.role, model, input_, output, usd_of(price, input_, output), 0.0)

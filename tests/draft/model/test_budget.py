"""What a call may cost, before it is made."""

from __future__ import annotations

import datetime as dt

import pytest

from digest.draft.model import Request
from digest.draft.model.budget import (
    input_of,
    price_of,
    reservation,
    tokens_of,
    usd_of,
)
from digest.period import month_of
from digest.settings import LanguageModel, Price

REQUEST = Request("gather", "Be exact.", (("user", "word " * 3000),), {"type": "object"}, 500)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("a", 1), ("abcd", 2), ("word " * 300, 500), ("語" * 30, 30), ("\ud800", 1)],
)
def test_tokens_are_estimated_from_above(text, tokens):
    """A third of the bytes: more than English prose has, and one for each character of Chinese."""
    assert tokens_of(text) == tokens


def test_a_request_is_reserved_with_all_that_it_may_cost():
    """System, messages, schema and the longest reply; dollars where there is a price."""
    assert input_of(REQUEST) > 5000
    call = reservation(REQUEST, "m", Price(input=1.0, output=10.0), {})
    assert (call.input, call.output) == (input_of(REQUEST), 500)
    assert call.usd == pytest.approx(call.input / 1e6 + 500 * 10 / 1e6)
    assert reservation(REQUEST, "m", None, {}).usd is None


def test_a_length_in_feeds_yaml_is_what_is_reserved():
    """It replaces the role's own, whatever the plugin calls it."""
    for name in ("max_tokens", "num_predict", "max_output_tokens"):
        assert reservation(REQUEST, "m", None, {name: 8000}).output == 8000
    assert reservation(REQUEST, "m", None, {"seed": 8000}).output == 500


def test_a_price_stands_under_any_name_of_the_model():
    """The name in feeds.yaml counts before llm's id; none is no price, and nought is one."""
    settings = LanguageModel(
        name="cheap",
        prices={"cheap": Price(input=0, output=0), "gpt-9": Price(input=5, output=5)},
    )
    assert price_of(settings, "cheap", "gpt-9") == Price(input=0, output=0)
    assert price_of(settings, "alias", "gpt-9") == Price(input=5, output=5)
    assert price_of(settings, "other") is None
    assert usd_of(price_of(settings, "cheap"), 10, 10) == 0.0


def test_a_month_is_that_of_utc():
    """From its first moment to that of the next, over the end of a year."""
    vienna = dt.timezone(dt.timedelta(hours=1))
    start, end = month_of(dt.datetime(2027, 1, 1, 0, 30, tzinfo=vienna))
    assert (start, end) == (
        dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
        dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
    )

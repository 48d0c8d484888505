"""Two requests are the same when nothing that shapes the reply differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.draft.model import Request
from digest.draft.model.identity import key_of
from digest.settings import Endpoint, Scalar

REQUEST = Request("gather", "Be exact.", (("user", "What?"),), {"type": "object"}, 500)
KEY = key_of(REQUEST, "m", None, {})


@pytest.mark.parametrize(
    "change",
    [
        {"system": "Be brief."},
        {"messages": (("user", "What?"), ("assistant", "x"), ("user", "Again."))},
        {"messages": (("assistant", "What?"),)},
        {"schema": {"type": "array"}},
        {"max_tokens": 501},
        {"temperature": 0.0},
        {"take": 1},
    ],
)
def test_whatever_shapes_the_reply_counts(change):
    """Another text, form, length, option or take is another request."""
    assert key_of(replace(REQUEST, **change), "m", None, {}) != KEY


def test_model_endpoint_and_options_count():
    """Another model, server, form of asking or option makes it another request."""
    others: list[tuple[str, Endpoint | None, dict[str, Scalar]]] = [
        ("n", None, {}),
        ("m", Endpoint(url="http://a.example/v1"), {}),
        ("m", Endpoint(url="http://a.example/v1", reply="text"), {}),
        ("m", None, {"seed": 1}),
    ]
    assert len({KEY, *(key_of(REQUEST, *other) for other in others)}) == 5


def test_the_role_does_not_count():
    """The model does not see it; keys of a mapping may come in any order."""
    assert key_of(replace(REQUEST, role="plan"), "m", None, {}) == KEY
    one = key_of(REQUEST, "m", None, {"seed": 1, "top_p": 0.5})
    assert one == key_of(REQUEST, "m", None, {"top_p": 0.5, "seed": 1})


def test_a_key_can_be_made_of_any_text():
    """Half a surrogate pair, as broken pages have it, too."""
    assert len(key_of(replace(REQUEST, system="\ud800"), "m", None, {})) == 64

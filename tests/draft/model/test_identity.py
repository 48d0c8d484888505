"""Two requests are the same when nothing that shapes the reply differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.draft.model import Request
from digest.draft.model.identity import key_of

REQUEST = Request("gather", "Be exact.", (("user", "What?"),), {"type": "object"}, 500)
KEY = key_of(REQUEST, "m", "", {})


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
    assert key_of(replace(REQUEST, **change), "m", "", {}) != KEY


def test_model_endpoint_and_options_count():
    """The same words to another model, server or with other options are another request."""
    others = [("n", "", {}), ("m", "http://a.example/v1", {}), ("m", "", {"seed": 1})]
    assert len({KEY, *(key_of(REQUEST, *other) for other in others)}) == 4


def test_the_role_does_not_count():
    """The model does not see it; keys of a mapping may come in any order."""
    assert key_of(replace(REQUEST, role="plan"), "m", "", {}) == KEY
    one = key_of(REQUEST, "m", "", {"seed": 1, "top_p": 0.5})
    assert one == key_of(REQUEST, "m", "", {"top_p": 0.5, "seed": 1})


def test_a_key_can_be_made_of_any_text():
    """Half a surrogate pair, as broken pages have it, too."""
    assert len(key_of(replace(REQUEST, system="\ud800"), "m", "", {})) == 64

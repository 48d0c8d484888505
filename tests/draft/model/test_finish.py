"""Why a reply ended, and what it has, in the answers of several providers."""

from __future__ import annotations

import pytest

from digest.draft.model.finish import finish_of, text_of, usage_of

COMPLETION = {
    "choices": [{"finish_reason": "stop", "message": {"content": "Yes.", "refusal": None}}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
}


@pytest.mark.parametrize(
    ("answer", "finish"),
    [
        (COMPLETION, "stop"),
        ({"choices": [{"finish_reason": "length", "message": {"content": "Ye"}}]}, "length"),
        ({"choices": [{"finish_reason": "content_filter", "message": {}}]}, "content_filter"),
        ({"choices": [{"finish_reason": "stop", "message": {"refusal": "No."}}]}, "refusal"),
        ({"choices": [{"finish_reason": "odd", "message": {}}]}, "odd"),
        ({"choices": [{"message": {"content": "Yes."}}]}, ""),
        ({"choices": []}, ""),
        ({"choices": "x"}, ""),
        ({"object": "response", "status": "completed", "output": []}, "stop"),
        (
            {
                "object": "response",
                "status": "incomplete",
                "incomplete_details": {"reason": "max_output_tokens"},
            },
            "length",
        ),
        (
            {
                "object": "response",
                "status": "completed",
                "output": [{"content": [{"type": "refusal", "refusal": "No."}]}],
            },
            "refusal",
        ),
        ({"stop_reason": "end_turn", "content": []}, "stop"),
        ({"stop_reason": "max_tokens"}, "length"),
        ({"candidates": [{"finishReason": "STOP"}]}, "stop"),
        ({"candidates": [{"finishReason": "MAX_TOKENS"}]}, "length"),
        ({"candidates": [{"finishReason": "SAFETY"}]}, "content_filter"),
        ({"candidates": [{"finish_reason": "FinishReason.STOP"}]}, "stop"),
        ({"done_reason": "length", "message": {"content": "Ye"}}, "length"),
        ({}, ""),
    ],
)
def test_finish_reasons(answer, finish):
    """Each provider's word becomes ours; what nobody knows stays as it is."""
    assert finish_of(answer) == finish


def test_the_text_of_a_completion():
    """None where there is no choice; a choice without content has an empty text."""
    assert text_of(COMPLETION) == "Yes."
    assert text_of({"choices": [{"message": {}}]}) == ""
    assert text_of({"choices": [{"message": {"content": [{"type": "text"}]}}]}) == ""
    empty: list[dict] = [{}, {"choices": []}, {"choices": [None]}, {"choices": [{}]}]
    for answer in empty:
        assert text_of(answer) is None


def test_usage():
    """Both spellings; what is no number of tokens is not known."""
    assert usage_of(COMPLETION) == (3, 2)
    assert usage_of({"usage": {"input_tokens": 4, "output_tokens": 1}}) == (4, 1)
    for usage in (None, "x", {}, {"prompt_tokens": -1, "completion_tokens": "many"}):
        assert usage_of({"usage": usage}) == (None, None)

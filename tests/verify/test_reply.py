"""J1 and the repair messages: what a model sent, and what it is told to mend."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import verify
from digest.types import Draft, FrontDraft, Paragraph, Problem, RoundUpDraft

REPLY = {
    "title": "A title",
    "tldr": ["One."],
    "sections": [
        {
            "heading": "",
            "blocks": [
                {"type": "paragraph", "text": "Text.[n1]"},
                {"type": "list", "ordered": True, "items": ["Item.[n1]"]},
                {
                    "type": "quote",
                    "document": "S1",
                    "text": "Five words or even more",
                    "speaker": "A",
                },
                {
                    "type": "table",
                    "head": ["a", "b"],
                    "rows": [{"cells": ["1", "2"], "notes": ["n1"]}],
                },
            ],
        }
    ],
    "notes": [
        {"id": "n1", "passages": ["S1.1"], "topic": "x"},
        {"id": "n2", "document": "S1", "quote": "q"},
    ],
    "derived": [{"claim": "half", "expression": "1 / 2"}],
    "further": ["L1"],
}


def test_a_good_reply_is_a_draft() -> None:
    """In a code fence or without; every part finds its place."""
    text = json.dumps(REPLY)
    for reply in (text, f"```json\n{text}\n```", f"\n```\n{text}```\n"):
        made = verify.feature_of(reply, "stop")
        assert isinstance(made, Draft)
        assert len(made.sections[0].blocks) == 4
        assert made.sections[0].blocks[0] == Paragraph("Text.[n1]")
        assert made.derived[0].expression == "1 / 2"
        assert made.kind == "model"
    ups = verify.round_ups_of('{"round_ups": [{"story": "R1", "text": "t"}]}')
    assert ups == (RoundUpDraft("R1", "t"),)
    front = verify.front_of('{"headline": "h", "dek": "d", "tldr": ["t"], "lead": ["l"]}')
    assert front == FrontDraft("h", "d", ("t",), ("l",))


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("title",), 3, "$.title"),
        (("tldr",), "one", "$.tldr"),
        (("tldr", 0), None, "$.tldr[0]"),
        (("sections", 0, "blocks", 0, "type"), "poem", "$.sections[0].blocks[0].type"),
        (
            ("sections", 0, "blocks", 3, "rows", 0, "cells"),
            ["1"],
            "$.sections[0].blocks[3].rows[0].cells",
        ),
        (("notes", 0), {"id": "n1"}, "$.notes[0]"),
        (("extra",), 1, "$"),
    ],
)
def test_what_does_not_fit_is_named_with_its_path(path, value, where) -> None:
    """The model is told where, what was found and what was expected."""
    reply = json.loads(json.dumps(REPLY))
    at = reply
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    problem = verify.feature_of(json.dumps(reply))
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.where) == ("J1", where)
    assert problem.expected


@pytest.mark.parametrize(
    ("text", "finish"),
    [
        ("", "stop"),
        ("  ", ""),
        ("I can't help with that.", "stop"),
        ('{"title": "x"', "stop"),
        ("[1]", ""),
    ],
)
def test_what_is_no_draft_is_told(text: str, finish: str) -> None:
    """Nothing, prose, half a reply, another form."""
    assert isinstance(verify.feature_of(text, finish), Problem)


def test_a_reply_cut_off_is_no_reply() -> None:
    """Though it happens to parse."""
    problem = verify.feature_of(json.dumps(REPLY), "length")
    assert isinstance(problem, Problem)
    assert "length" in problem.found


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(sorted(REPLY)), x),
        max_leaves=8,
    )
)
def test_any_json_is_a_draft_or_a_problem(value: object) -> None:
    """Never a crash."""
    assert isinstance(verify.feature_of(json.dumps(value)), Draft | Problem)


def test_deep_nesting_is_told() -> None:
    """A reply that would exhaust the stack is a problem as any other."""
    assert isinstance(verify.feature_of("[" * 200_000), Problem)

"""A head that is read without YAML says what YAML makes of it."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest.content import plain_head
from digest.content.folder import issue_files
from digest.content.front_matter import _Loader, block
from tests.render.small_site import DRAFT, FIRST, ISSUE

PIECES = st.sampled_from(
    (
        *("title", "tldr", "on", "null", "a", "y", ": ", ":", "\n", "\n", "\n- ", "\n  ", "- "),
        *(
            "'",
            "''",
            '"',
            "#",
            " #",
            "[]",
            "{}",
            "[",
            "null",
            "~",
            "yes",
            "No",
            "12",
            "1.5",
            "1:30",
        ),
        *("2026-04-24", "2026-04-24T06:30:00Z", "word", "two words", "https://a.example/?b=c&d"),
        *("it's", "é", "&a", "*a", "!x", "|", ">", "%", "@", "`", "\t", " ", "=", "<<", "."),
        *("\u00a0", "\u2028", "\x85"),
    )
)
VALUES: st.SearchStrategy[Any] = (
    st.text(max_size=20) | PIECES | st.none() | st.integers() | st.booleans() | st.just([])
)
KEYS = st.sampled_from(("title", "dek", "a_b", "on", "x"))
HEADS = st.dictionaries(
    KEYS,
    VALUES
    | st.lists(VALUES, max_size=3)
    | st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), max_size=3),
    max_size=4,
)


def with_yaml(text: str) -> Any:
    """As `front_matter.split` reads it; a mark of its own where that is a mistake."""
    try:
        return yaml.load(text, Loader=_Loader) or {}
    except yaml.YAMLError:
        return "a mistake"


@given(st.lists(PIECES, max_size=20))
def test_any_lines(pieces: list[str]) -> None:
    text = "".join(pieces)
    read = plain_head.read(text)
    assert read is None or read == with_yaml(text)


@given(HEADS)
def test_what_the_program_writes(head: dict[str, Any]) -> None:
    text = block(head)
    read = plain_head.read(text)
    assert read is None or read == with_yaml(text)


def test_heads_of_issues_need_no_yaml() -> None:
    """Those that the program writes itself, as long as their texts are ordinary."""
    texts = [text for one in (ISSUE, FIRST, DRAFT) for text in issue_files(one).values()]
    heads = [text[4 : text.find("\n---\n", 3) + 1] for text in texts if text.startswith("---\n")]
    assert len(heads) == 6
    for head in heads:
        assert plain_head.read(head) == with_yaml(head)

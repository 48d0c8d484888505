"""Any text against any document: an answer, in time, and the same one again."""

# ruff: noqa: E501

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.verify import check
from digest.verify.source import as_document
from tests.verify.model_material import TOPICS

SOURCES = list(TOPICS["orrin"])
PIECES = st.sampled_from(
    [
        "Orrin 4 scored 71.3%. ", "“We are three to six months", " behind”", "[^a]", "\n\n", "| a | b |\n",
        "|---|---|\n", "- item ", "## ", "> quote\n", "half of $4.80 ", "Nvidia ", "`code` ", "*em* ", "9,999 ",
        "last December ", "\u202e", "[^a]: [x](https://kestrel.example/orrin-4)\n    > Weights are published",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PIECES | st.text(max_size=6), max_size=14))
def test_any_text_gets_an_answer_and_the_same_again(pieces: list[str]) -> None:
    """Never a crash; checking twice finds the same; what is proved stands in a document."""
    text = "".join(pieces)
    report = check(text, SOURCES, named=True, tldr=[text[:80]])
    assert report == check(text, SOURCES, named=True, tldr=[text[:80]])
    texts = {document.id: document.text for document in SOURCES}
    for claim in report.claims:
        for span in claim.rests:
            assert not isinstance(span, str)
            assert 0 <= span.start < span.end <= len(texts[span.document])


@pytest.mark.parametrize(
    "trap",
    [
        "x" * 300_000, "7" * 300_000, "“one two three " * 3_000, '" ' * 5_000, "[" * 5_000 + "]" * 5_000,
        "*a " * 5_000, "`a " * 5_000, "|a" * 5_000, "Aa " * 5_000, "7 of 8, " * 2_000, "." * 50_000,
    ],
    ids=lambda trap: trap[:3],
)  # fmt: skip
def test_text_that_repeats_ends_in_time(trap: str) -> None:
    """As a draft and as a source; a square of its length would take minutes."""
    begin = time.process_time()
    check(trap, SOURCES, named=False)
    check("It cost $5.", [replace(as_document(trap), url="https://t.example/")], named=False)
    assert time.process_time() - begin < 20

"""N4: what qualifies a statement in its source stands in the claim, or an equal word does."""

from __future__ import annotations

import pytest

from digest.verify.judge import judge
from digest.verify.judged import Rules
from digest.verify.source import Basis, Source
from digest.verify.statements import lone
from tests.verify.material import document


def _levels(source: str, claim: str) -> list[str]:
    asked = Source(document(("paragraph", source)))
    basis = Basis([asked], [(asked, 0, len(source))])
    problems = judge(lone("claim", claim, "sentence"), basis, Rules()).problems
    return [problem.level for problem in problems if problem.rule == "N4"]


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("It supports up to 96% of cases.", "It supports as much as 96% of cases."),
        ("It needs at least 8 GB of memory.", "It needs 8 GB of memory or more."),
        ("An archive of more than 4 GB is at risk.", "An archive of over 4 GB is at risk."),
        ("Reportedly 300 people came.", "According to the post, 300 people came."),
        ("It reaches 40 tokens per second on an A100.", "On an A100 it gives 40 tokens a second."),
    ],
)
def test_an_equal_word_will_do(source: str, claim: str) -> None:
    """Whatever line of the table it stands on."""
    assert _levels(source, claim) == []


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("It supports up to 96% of cases.", "It supports 96% of cases."),
        ("It needs at least 8 GB of memory.", "It needs 8 GB of memory."),
        ("An archive of more than 4 GB is at risk.", "An archive of 4 GB is at risk."),
        ("Reportedly 300 people came.", "There came 300 people."),
    ],
)
def test_a_qualifier_that_binds_a_number_is_not_lost(source: str, claim: str) -> None:
    """Its loss is an error."""
    assert _levels(source, claim) == ["error"]


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("It reaches 40 tokens per second on an A100.", "It reaches 40 tokens per second."),
        ("The run took five days on 16 Halden H40 cards.", "The run took five days on 16 cards."),
        ("With one RTX4090, an answer takes 3 seconds.", "An answer takes 3 seconds."),
        ("The preview scored 71% on Lathe.", "The model scored 71% on Lathe."),
        ("The lab hopes to ship it in May.", "The lab ships it in May."),
    ],
)
def test_what_else_qualifies_is_warned_of(source: str, claim: str) -> None:
    """A preview, a hope, the named thing that a number was measured on."""
    assert set(_levels(source, claim)) == {"warning"}


def test_what_a_page_is_about_need_not_be_said_each_time() -> None:
    """A subject is no condition, and a thing of the title is known."""
    assert _levels("Qwen3 scored 71% on Lathe.", "It scored 71% on Lathe.") == []

"""K1: how many of a source's words in a row a sentence may have as its own."""

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
    return [problem.level for problem in problems if problem.rule == "K1"]


@pytest.mark.parametrize(
    "text",
    [
        "The median query took 340 ms with 4.1, 215 ms with 4.0 and 210 ms with the candidate.",
        "The project of Ann Vandersee in Port Haven counts 212 of 340 boats and 41 ships.",
    ],
)
def test_names_and_figures_are_not_copied(text: str) -> None:
    """Nobody can say them otherwise, so they do not count towards a run that is warned of."""
    assert _levels(text, text) == []


def test_a_run_of_words_that_could_be_others_is_warned_of() -> None:
    """More than twelve of them; over twenty-five words in all are an error."""
    run = "nobody at the harbour had thought that the old pumps could run for a whole week"
    assert _levels(f"In March {run}.", f"It is told that {run}.") == ["warning"]
    longer = f"{run} at 5 degrees, 12 bar and 40 litres a minute, in Haven and Oldport alike"
    assert _levels(f"In March {longer}.", f"It is told that {longer}.") == ["error"]

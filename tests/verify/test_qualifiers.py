"""N4: what qualifies a statement in its source stands in the claim, or an equal word does."""

# ruff: noqa: E501

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
    ],
)
def test_what_else_qualifies_is_warned_of(source: str, claim: str) -> None:
    """A preview, the named thing that a number was measured on."""
    assert set(_levels(source, claim)) == {"warning"}


def test_what_a_page_is_about_need_not_be_said_each_time() -> None:
    """A subject is no condition, and a thing of the title is known."""
    assert _levels("Qwen3 scored 71% on Lathe.", "It scored 71% on Lathe.") == []


VAN = "The Carrier 3 drives up to 410 kilometres on one charge and takes loads of up to 1,240 kg."


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (VAN, "It drives 410 kilometres on one charge and takes loads of up to 1,240 kg."),
        (VAN, "It takes loads of up to 1,240 kg and drives 410 kilometres on one charge."),
        (
            "About 2.1 million forms failed; we estimate that up to 60% were sent again.",
            "About 2.1 million forms failed; 60% were sent again, the firm estimates.",
        ),
        (
            "It reads up to 512,000 tokens. Up to 12% of its answers were invented.",
            "It reads up to 512,000 tokens, and 12% of its answers were invented.",
        ),
    ],
)
def test_another_numbers_qualifier_excuses_none(source: str, claim: str) -> None:
    """A qualifier belongs to one number."""
    assert _levels(source, claim) == ["error"]


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("It needs up to 12 GB and up to 4 cores.", "It needs up to 12 GB and 4 cores."),
        ("It takes about 5 to 7 GB.", "It takes about 5 to 7 GB."),
        ("It needs at least 8 GB of memory.", "It needs 8 GB of fast memory or more."),
        ("The outer channel has silted up to 6.1 metres.", "The channel has silted to 6.1 metres."),
        ("The fees add up to 40 euros.", "The fees come to 40 euros."),
        ("In the run-up to 2027 little happened.", "Little happened before 2027."),
        ("An estimated 300 people and 40 trucks came.", "An estimated 300 people and 40 trucks came."),
        ("108 take as long as in 4.0 or less.", "108 are as fast as in 4.0 or faster."),
        ("They refused to talk of more than 24 months.", "They refused terms longer than 24 months."),
    ],
)  # fmt: skip
def test_a_qualifier_that_is_no_other_numbers_is_found(source: str, claim: str) -> None:
    """Behind its number, before two that belong together; an "up" that is a verb's is none."""
    assert _levels(source, claim) == []


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("Nordkai plans a new terminal at Velsund.", "Nordkai has a new terminal at Velsund."),
        ("The lab hopes to ship it in May.", "The lab ships it in May."),
        ("A trial with 600 volunteers is planned for 2027.", "A trial with 600 volunteers began in 2027."),
        ("The bridge will open in May, said the mayor.", "The bridge opened in May."),
        ("The bridge is expected to open in May.", "The bridge opens in May."),
        ("The proposed rule would make lenders report.", "The rule makes lenders report each loan."),
        ("The firm set a target of 30% fewer emissions.", "The firm has 30% fewer emissions."),
        ("Orvane is in talks to buy the terminal.", "Orvane buys the terminal."),
        ("Shading of the cabinets may save 15%.", "Shading of the cabinets saves 15%."),
        ("We estimate the whole damage at the port in millions.", "The whole damage at the port runs to millions."),
    ],
)  # fmt: skip
def test_a_plan_is_not_told_as_done(source: str, claim: str) -> None:
    """What a source only plans, hopes, expects, proposes or deems possible."""
    assert _levels(source, claim) == ["warning"]


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("The bridge will open in May, said the mayor.", "The bridge opens in May."),
        ("The bridge will open in May.", "The bridge is to open in May, by the mayor's plan."),
        ("The lab hopes to ship it in May.", "In May the lab wants to ship it."),
        ("Orvane may buy the terminal.", "Whether Orvane buys the terminal is open."),
        ("The three cranes have been stopped and will be opened.", "The three cranes have been stopped."),
        ("It mends the planner, adds vector columns as a preview, and saves memory.", "It mends the planner and saves memory."),
        ("Five are slower; they are listed with their plans.", "Five are slower and are listed."),
        ("They had spent 640,000 euros on planning of the plant.", "Work on the plant had cost 640,000 euros."),
        ("Data may be handed over only if a judge orders it.", "To hand data over takes a judge's order."),
    ],
)  # fmt: skip
def test_what_is_unfinished_is_asked_where_it_is_told(source: str, claim: str) -> None:
    """Another part of the sentence, a noun, the present tense of what will be: no warning."""
    assert _levels(source, claim) == []


BELOW = (
    "The bridge opens in May if the council of Velsund agrees. In mice the drug lowered blood "
    "pressure by a third. New tariffs cost 20 euros a month for new customers; old ones stay. "
    "The union said that it will publish the list in June. Pumps lift up to 40 litres."
)


def _above(claim: str) -> list[tuple[str, str]]:
    basis = Basis([Source(document(("paragraph", BELOW)))])
    problems = judge(lone("TL;DR", claim, "bullet"), basis, Rules(above=True)).problems
    return [(p.level, p.expected.split("”")[0]) for p in problems if p.rule == "N4"]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("The bridge of Velsund opens in May.", ("warning", "“if the council of Velsund agrees")),
        ("The drug lowered blood pressure by a third.", ("warning", "“In mice")),
        ("Tariffs cost 20 euros a month.", ("warning", "“for new customers")),
        ("The union published the list in June.", ("warning", "“will")),
        ("Pumps lift 40 litres.", ("error", "“up to")),
    ],
)  # fmt: skip
def test_a_condition_is_not_dropped_above(claim: str, told: tuple[str, str]) -> None:
    """What the sentence below holds under, and what binds its numbers, stands above too."""
    assert _above(claim) == [told]


@pytest.mark.parametrize(
    "claim",
    [
        "The bridge opens in May once the council of Velsund agrees.",
        "The drug lowered the blood pressure of mice by a third.",
        "Tariffs cost 20 euros a month for newcomers.",
        "Old tariffs stay as they are.",
        "The union will publish the list in June.",
        "Pumps lift 40 litres at most.",
    ],
)
def test_a_condition_in_other_words_is_one(claim: str) -> None:
    """A word of the same family answers; another part of the sentence needs none."""
    assert _above(claim) == []

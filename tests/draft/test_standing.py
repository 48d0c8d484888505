"""Which sentences may be quoted without their context."""

from __future__ import annotations

import pytest

from digest.draft.abroad import tongue
from digest.draft.standing import standing

ALONE = (
    "Harbour 4 cuts the price of a scheduled job to two cents.",
    "The company said it would ship the device to all of Europe.",
    "Maria Holt said she would leave the firm at the end of June.",
    "This week Harbour released the fourth version of its scheduler.",
    "Anthropic calls the model “a modest but tangible improvement” over the last one.",
    "The knowledge cut-off is January 2025, and it supports 65,536 output tokens.",
    "Nobody expected a scheduler to cost less than a cup of coffee…",
)
COUNTED = (
    "One hundred schedulers were sold to shipping companies in Denmark.",
    "Two armed men robbed the office of a shipping company in Denmark.",
    "Fourteen newspapers named The Court Paper as the source of the words.",
)
"""These say of what."""
BRIEF = ("Harbour shipped version four today.", "Flash has 284B parameters in total.")
FOLLOWS = (
    "This makes the scheduler the cheapest of all those that we have tested.",
    "It costs nine dollars per month and comes with a thousand jobs.",
    "They are charging two cents for every job beyond the first thousand.",
    "But the scheduler still has no regions outside of Europe this year.",
    "However, the scheduler still has no regions outside of Europe.",
    "Both plans come with a thousand jobs and two seats for operators.",
    "All of these plans come with a thousand jobs and two seats.",
    "One of them was sold to a shipping company in Denmark last year.",
    "“Fast mode” is twice that price and comes with a much lower limit.",
    "For example, the scheduler can replay the log after a crash.",
    "On the other hand, the scheduler has no regions outside of Europe.",
    "The latter is sold to shipping companies in Denmark and Norway.",
    "Credible reports link it to a rise in the number of complaints.",
    "Install the package with pip and start the server on your machine.",
    "Rebuild every index that fails the check before the next start.",
    "Fourteen named The Court Paper as their source, and four named nobody.",
    "One mixed up versions of files, one reported failed tests as passed.",
    "Three were sold to a shipping company in Denmark during last year.",
    "He left the company after eleven years to found a shipping line.",
)
NO = (
    "Here's what the price of a scheduled job looks like today.",
    "As I said above, the price of a scheduled job has been cut.",
    "The price of a scheduled job fell for the following reasons:",
    "Does the price of a scheduled job matter to anybody at all?",
    "Read more about the price of a scheduled job in our newsletter.",
    "The price of a scheduled job is shown in the table below.",
    "The price of a scheduled job is listed at https://harbour.example today.",
    "The price of a scheduled job is listed at harbour.example/prices today.",
    "The price of a scheduled job (as of today is two cents.",
    "The price of a scheduled job is “two cents as of today.",
    "The price of a scheduled job is `job.price` cents as of today.",
    "The price of a job is two cents.[n1] It was more before that.",
    "the price of a scheduled job is two cents as of today.",
    "The price of a scheduled job is two cents as of",
    "Two cents.",
    "This is the pricing page.",
    "(The price of a scheduled job is two cents as of today.)",
    " ".join(["The price of a scheduled job is two cents and"] * 6) + " more.",
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        *((s, "alone") for s in (*ALONE, *COUNTED)),
        *((s, "brief") for s in BRIEF),
        *((s, "follows") for s in FOLLOWS),
        *((s, "no") for s in NO),
    ],
)
def test_standing(sentence: str, expected: str) -> None:
    """A sentence is quoted on its own only if nothing in it needs what stood before."""
    assert standing(sentence) == expected


@pytest.mark.parametrize(
    ("tag", "alone", "follows"),
    [
        (
            "de",
            "Diese Woche haben die Stadtwerke ihre Pumpe in Betrieb genommen.",
            "Sie entnimmt dem Fluss bis zu 900 Liter in der Sekunde und gibt sie zurück.",
        ),
        (
            "fr",
            "Cette semaine, le département a déclaré 212 nouveaux cas de fièvre.",
            "C’est 212 de plus qu’il y a une semaine, après 388 la semaine précédente.",
        ),
        (
            "es",
            "Esta semana el puerto de Lorca ha comprado once remolcadores eléctricos.",
            "Además, el puerto ha comprado once remolcadores eléctricos en marzo.",
        ),
        (
            "it",
            "Il porto di Lerici ha comprato undici rimorchiatori elettrici a marzo.",
            "Inoltre il porto ha comprato undici rimorchiatori elettrici a marzo.",
        ),
    ],
)
def test_standing_abroad(tag: str, alone: str, follows: str) -> None:
    """Other languages have pronouns and joints of their own, which their tables name."""
    assert (tongue(alone), tongue(follows)) == (tag, tag)
    assert (standing(alone, tag), standing(follows, tag)) == ("alone", "follows")

"""The kinds of planted errors, and how many of each the rules report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from . import numbers, quoted, said, words
from .corpus import INVENTED, Claim, Corpus, Score
from .variations import retyped, variations

AS_WRITTEN, VARIED = "as it was written", "said in another form"
RETYPED = "quotations in other typography"
ABOVE = "repeated above its own text"

Planter = Callable[[Claim, Corpus], Iterator[Claim]]
Material = Callable[[Corpus], Sequence[Claim]]


def _honest(corpus: Corpus) -> Sequence[Claim]:
    return corpus.honest


def _quoting(corpus: Corpus) -> Sequence[Claim]:
    return corpus.quoting


PLANTED: Mapping[str, tuple[Material, Planter]] = {
    "quotation: a word changed": (_quoting, quoted.word_changed),
    "quotation: a word dropped": (_quoting, quoted.word_dropped),
    "quotation: two words exchanged": (_quoting, quoted.words_reordered),
    "quotation: “not” added": (_quoting, quoted.negation_added),
    "quotation: “not” swallowed": (_quoting, quoted.negation_swallowed),
    "quotation of another document": (_quoting, quoted.from_elsewhere),
    "speaker who did not say it": (_quoting, quoted.speaker_changed),
    "digits changed": (_honest, numbers.digits_changed),
    "unit changed": (_honest, numbers.unit_changed),
    "magnitude changed": (_honest, numbers.magnitude_changed),
    "currency changed": (_honest, numbers.currency_changed),
    "date changed": (_honest, numbers.date_changed),
    "weekday changed": (_honest, numbers.weekday_changed),
    "per cent and points exchanged": (_honest, numbers.percent_and_points),
    "version changed": (_honest, numbers.version_changed),
    "rank changed": (_honest, numbers.rank_changed),
    "qualifier lost": (_honest, numbers.qualifier_lost),
    "rounded beyond honesty": (_honest, numbers.rounded_too_far),
    "ratio or share wrong": (_honest, numbers.ratio_wrong),
    "two numbers of a sentence exchanged": (_honest, numbers.numbers_swapped),
    "true number in the wrong place": (_honest, numbers.number_misplaced),
    "person in no source": (_honest, words.person_foreign),
    "organisation or product in no source": (_honest, words.thing_foreign),
    "name in no source added": (_honest, words.name_added),
    "true name in the wrong place": (_honest, words.name_misplaced),
    "two facts merged": (_honest, words.facts_merged),
    "sentence invented, without number or name": (_honest, words.invented),
    "qualifier of another number only": (_honest, said.qualifier_borrowed),
    "plan told as done": (_honest, said.told_as_done),
    "numbers of two sentences exchanged": (_honest, said.exchanged_across),
    "clause invented, without number or name": (_honest, said.clause_invented),
    "first, most, never or a cause added": (_honest, said.sweeping_added),
    "condition dropped above": (_honest, said.condition_dropped),
}

FOREIGN_TOPIC = frozenset(
    {
        "quotation of another document",
        "sentence invented, without number or name",
        "condition dropped above",
    }
)


def planted(kind: str, corpus: Corpus = INVENTED) -> tuple[Claim, ...]:
    """The claims of one kind, each once, none of them equal to an honest one."""
    material, plant = PLANTED[kind]
    claims = material(corpus)
    made = (each for claim in claims for each in plant(claim, corpus))
    known = set() if kind in FOREIGN_TOPIC else {(claim.topic, claim.text) for claim in claims}
    return tuple(each for each in dict.fromkeys(made) if (each.topic, each.text) not in known)


@cache
def scores(corpus: Corpus = INVENTED) -> Mapping[str, Score]:
    """Of each kind of planted error, and of honest text."""
    found = {kind: corpus.score(planted(kind, corpus)) for kind in PLANTED}
    return found | {
        AS_WRITTEN: corpus.score(corpus.honest),
        VARIED: corpus.score(variations(corpus)),
        RETYPED: corpus.score(retyped(corpus)),
        ABOVE: corpus.score(said.repeated_above(corpus)),
    }


def table(corpus: Corpus = INVENTED) -> str:
    """The tables that README shows; kinds for which a corpus has no material are left out."""
    found = {kind: score for kind, score in scores(corpus).items() if score.claims}
    planted_ones = [found[kind] for kind in PLANTED if kind in found]
    total = Score(*(sum(column) for column in zip(*planted_ones, strict=True)))
    return "\n".join(
        [
            "| planted error | claims | errors | errors or warnings |",
            "| --- | ---: | ---: | ---: |",
            *(line(kind, found[kind]) for kind in PLANTED if kind in found),
            line("all of these", total),
            "",
            "| honest text | claims | errors | errors or warnings |",
            "| --- | ---: | ---: | ---: |",
            *(
                line(kind, found[kind])
                for kind in (AS_WRITTEN, VARIED, RETYPED, ABOVE)
                if kind in found
            ),
        ]
    )


def line(kind: str, found: Score) -> str:
    """A row of a table."""
    errors, reported = (f"{100 * n / found.claims:.1f}%" for n in (found.errors, found.reported))
    return f"| {kind} | {found.claims} | {errors} | {reported} |"

"""
All that a language's table says of values, ready to be looked for in a text.

Pure.
"""

from __future__ import annotations

import re
from functools import cache

from ....text.languages import Language, language
from .calendar import Calendar
from .forms import Forms
from .numerals import InWords, NumberWords

ENDS_OF_RANK = frozenset({"º", "ª", "°"})


class Grammar:
    """All that a language's table says of values, ready to be looked for."""

    def __init__(self, known: Language) -> None:
        self.known = known
        self.calendar = Calendar(known)
        self.numbers = NumberWords(known)
        self.scales = Forms(known.meanings("scales"))
        self.units = Forms(known.meanings("units"))
        self.attached = Forms(
            (form, meaning)
            for form, meaning in known.meanings("units")
            if form.endswith("*") or meaning == "times"
        )
        self.of = Forms((form, "") for form in known.forms("of"))
        self.half_behind = Forms((form, "") for form in known.forms("half behind"))
        self.single = Forms((form, "") for form in known.forms("single"))
        self.half = Forms((form, "") for form in known.forms("half"))
        self.multiples = Forms(known.meanings("multiples"))
        self.fractions = Forms(known.meanings("fractions"))
        self.vague = Forms(known.meanings("vague"))
        self.ordinals = Forms(known.meanings("ordinals"))
        self.tail = re.compile("".join(known.forms("superlative tail")) or "(?!)")
        self.stems = Forms(
            (form[:-1] + "*", meaning)
            for form, meaning in known.meanings("ordinals")
            if form.endswith("-")
        )
        self.ordinal_signs = frozenset(known.forms("ordinal signs")) | ENDS_OF_RANK
        self.every = Forms((form, "") for form in known.forms("every"))
        self.out_of = Forms((form, "") for form in known.forms("out of"))
        self.per = Forms((form, "") for form in known.forms("per"))
        self.yearly = Forms(known.meanings("yearly"))
        words = "|".join(re.escape(form) for form in known.forms("range"))
        self.pair = re.compile(rf" (?:{words}) (?:[^\W\d_]+ )?| ?[-/] ?")
        self.small_words = known.small_words
        self.begins = cache(self._begins)

    def _begins(self, token: str) -> bool:
        """Whether a value may begin with this word."""
        forms = (
            self.numbers,
            self.calendar,
            self.multiples,
            self.fractions,
            self.vague,
            self.ordinals,
            self.stems,
            self.every,
        )
        if any(each.begins(token) for each in forms) or token in {"q", "t"}:
            return True
        return self.numbers.is_compounding and self.counted(token) is not None

    def counted(self, token: str) -> InWords | None:
        """The number in "dreimal", "zehnjährig": one word with what it counts."""
        for end in range(len(token) - 2, 2, -1):
            behind = self.attached.at(token, end)
            if behind is None or behind.end != len(token):
                continue
            found = self.numbers.at(token[:end], 0)
            if found and found.end == end and not found.is_one:
                return found
        return None


@cache
def grammar(tag: str) -> Grammar | None:
    known = language(tag)
    return Grammar(known) if known else None

"""
C2: what a sentence of judgement may hold, which is marked [own] and names no passage.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Problem
from .addresses import address_in
from .judged import Rules
from .machine_talk import machine_talk
from .names import names
from .numbers import claimed
from .problems import error
from .source import Basis
from .statements import Statement


def own(
    statement: Statement, quoted: bool, known: frozenset[str], rules: Rules
) -> Iterator[Problem]:
    """
    What a judgement may not hold (C2): a quotation, a number, a name that no claim holds.

    Args:
        known: Words of the names that the claims of the text hold, in small letters.
    """
    where, outcome = statement.where, rules.outcome
    if quoted:
        yield error("C2", where, statement.text, "no quotation in a judgement", outcome)
    for value in claimed(statement):
        expected = "no number in a judgement"
        yield error("C2", where, value.text, expected, outcome, statement=statement.text)
    for name in names(statement):
        if name.is_plain and name.at_start:
            continue
        if not all(word in known for word in name.words):
            expected = "in a judgement, only names that the claims hold"
            yield error("C2", where, name.text, expected, outcome, statement=statement.text)
    if rules.form and (address := address_in(statement.written)):
        yield error("U1", where, address, "no address, link or tag in text", outcome)
    if rules.form and (phrase := machine_talk(statement.text, Basis(()), rules.secret)):
        yield error("M1", where, phrase, "news, and no talk about the task", outcome)

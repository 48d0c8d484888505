"""
N3: why what a drafter says a figure comes from is not accepted, in words that mend it.

Pure. Asked only of a figure that `derived.py` did not prove.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..types import Derived
from .derived import held, operands
from .numbers import Place
from .relations import Relation, gives, relation
from .source import Basis
from .statements import Statement
from .values import Value

FORM = "two values as the documents write them, joined by one of + - * /, such as “9 / 12”"
_KINDS = (
    "a ratio (“three times”), a share (“40% of”), a change (“40% less”), a difference (“5 points "
    "more”) or a span (“within 5 days”)"
)


def refused(value: Value, statement: Statement, basis: Basis, derived: Sequence[Derived]) -> str:
    """
    Args:
        value: A figure of the statement that is not proved.
        derived: What the drafter says that figures come from.

    Returns:
        What is wrong with what it says of this one, and what is accepted; empty where it says
        nothing of it.
    """
    for each in derived:
        claim = each.claim.strip()
        at = statement.text.lower().find(claim.lower()) if claim else -1
        if at >= 0 and at <= value.start < at + len(claim) + 1:
            return _fault(value, statement, basis, each.expression.strip())
    for each in derived:
        if value.text and value.text in each.claim and _is_near(each.claim, statement):
            return f"in `derived` the very words of the sentence; “{each.claim}” is none of it"
    return ""


def _is_near(claim: str, statement: Statement) -> bool:
    """Whether most words of a claim are a statement's."""
    words = claim.lower().split()
    said = set(statement.text.lower().split())
    return 2 * sum(word in said for word in words) >= len(words)


def _fault(value: Value, statement: Statement, basis: Basis, expression: str) -> str:
    shown = f"`{expression[:60]}`"
    named = operands(expression)
    if not 2 <= len(named) <= 4:
        return f"in `derived` {FORM}; {shown} is none"
    places = [(each, held(each, basis)) for each in named]
    if absent := [each.text for each, found in places if not found]:
        told = " and ".join(f"“{text}”" for text in absent)
        return f"in `derived` {FORM}; of {shown} the evidence of this sentence lacks {told}"
    kind = relation(value, statement.text)
    if not kind:
        return f"a figure whose sentence says what it is: {_KINDS}"
    left, right = places[0][1][0], places[-1][1][0]
    return f"the figure that {shown} gives{_given(value, kind, statement, left, right)}"


def _given(value: Value, kind: Relation, statement: Statement, left: Place, right: Place) -> str:
    """What two values give under the relation that the sentence names, larger over smaller too."""
    found = [
        exact
        for one, two in ((left[1], right[1]), (right[1], left[1]))
        if (exact := gives(value, kind, statement.text, one, two)) is not None and exact > 0
    ]
    if not found:
        return f", and as {_NAMES[kind]} it gives nothing here: mind units and direction"
    told = " or ".join(_shown(exact, value.unit) for exact in found)
    return f": as {_NAMES[kind]}, {told}"


_NAMES: dict[Relation, str] = {
    "factor": "a ratio",
    "share": "a share",
    "change": "a change",
    "difference": "a difference",
    "span": "a span",
}


def _shown(number: Decimal, unit: str) -> str:
    """Three digits of a number."""
    digits = f"{number:.3g}" if abs(number) < 1000 else f"{number:.0f}"
    return f"{float(digits):g}{'%' if unit == '%' else ''}"

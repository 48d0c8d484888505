"""
Values of a table whose unit stands in the head of their column.

Pure. "Memory (GB)" above "160" makes it 160 GB.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ...types import Document
from .units import MAGNITUDES, Unit, unit_of
from .value import Value

_WORD = re.compile(r"[A-Za-zµ°%‰×€£¥¢$]+(?:/[A-Za-z]+)?")
_NO_UNIT = frozenset("a an in at s m g h us point points degree pound second".split())


def unit_of_head(head: str) -> tuple[Unit | None, Decimal]:
    """The unit and power of ten that a column's head names: "Price ($)", "Users (million)"."""
    unit: Unit | None = None
    scale = Decimal(1)
    for match in _WORD.finditer(head):
        word = match.group()
        if word.lower() in MAGNITUDES:
            scale = Decimal(10) ** MAGNITUDES[word.lower()]
        elif unit is None and word.lower() not in _NO_UNIT:
            unit = unit_of(word)
    return unit, scale


def with_head(value: Value, head: str) -> Value | None:
    """A bare number as its column's head means it; None where the head adds nothing."""
    if value.kind != "number" or value.unit:
        return None
    unit, scale = unit_of_head(head)
    if unit is None and scale == 1:
        return None
    factor = scale * (unit.factor if unit else 1)
    dimension = unit.dimension if unit else ""
    return replace(
        value, number=value.number * factor, unit=dimension, also=(value.number,), is_loose=True
    )


def in_columns(document: Document, found: Sequence[Value]) -> Iterator[Value]:
    """The bare numbers of a document's tables, as their heads mean them."""
    starts = [value.start for value in found]
    heads: dict[int, list[str]] = {}
    for block in document.blocks:
        if block.kind != "row":
            continue
        cells = document.text[block.start : block.end].split("\t")
        if block.level == 0:
            heads[block.group] = cells
            continue
        at = block.start
        for head, cell in zip(heads.get(block.group, ()), cells, strict=False):
            for value in found[bisect_left(starts, at) : bisect_left(starts, at + len(cell))]:
                if meant := with_head(value, head):
                    yield meant
            at += len(cell) + 1

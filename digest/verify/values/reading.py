"""
A text while it is read: in a form of the same length, with the values found so far.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...text.folding import DASHES, HYPHENS, QUOTATION_MARKS
from .hedges import hedged
from .value import Value

_SAME_LENGTH = {
    **dict.fromkeys(map(ord, QUOTATION_MARKS), "'"),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
    **dict.fromkeys(map(ord, DASHES), "—"),
    **dict.fromkeys((0xA0, 0x2009, 0x200A, 0x202F, 0x2007, 0x2008), " "),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    ord("％"): "%",
    ord("＄"): "$",
    ord("μ"): "µ",
    ord("✕"): "×",
    ord("✖"): "×",
    ord("∼"): "~",
}


def plain(text: str) -> str:
    """The text with one form of quotation marks, dashes, blanks and digits, of the same length."""
    return text.translate(_SAME_LENGTH)


@dataclass(slots=True)
class Reading:
    """One text; offsets are the same in all its forms."""

    shown: str
    """As it came."""
    language: str = ""
    text: str = field(init=False)
    """With one form of signs."""
    lower: str = field(init=False)
    """The same in small letters."""
    found: list[Value] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = plain(self.shown)
        lower = self.text.lower()
        self.lower = lower if len(lower) == len(self.text) else _lower(self.text)

    def add(self, *values: Value) -> int:
        """Note values of one place; returns where the first of them ends."""
        self.found += values
        return values[0].end if values else 0

    def make(self, start: int, end: int, **fields: object) -> Value:
        """A value of this place, with what the words around it say of it."""
        fields.setdefault("kind", "number")
        value = Value(start, end, self.shown[start:end], **fields)  # type: ignore[arg-type]
        return hedged(value, self.lower)


def _lower(text: str) -> str:
    """Small letters without a change of length."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)

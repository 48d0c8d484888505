"""
Numbers in words of a language: "einundzwanzig", "quatre-vingt-dix", "dos millones y medio".

Pure. Numbers below a hundred add up when each is a round number of the one before it, powers of
ten multiply what stands before them; in languages that write a number as one word its parts
are found first.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ....text.languages import Language
from .forms import TOKEN, Forms

_MOST_PARTS = 14
_LONGEST_WORD = 70


class Part(NamedTuple):
    """One word, or part of a word, of a number."""

    kind: str
    """"one", "number", "scale", "collective", "glue" or "half"."""
    value: Decimal
    is_rough: bool = False
    """"une vingtaine": about twenty."""


class InWords(NamedTuple):
    """A number in words: where it ends and what it is."""

    end: int
    number: Decimal
    digits: int
    scale: int
    """The last power of ten in it, 0 for none: "million d'euros"."""
    is_rough: bool
    is_one: bool
    """An article: "un", "eine"."""


class NumberWords:
    """
    Args:
        language: Its sections numbers, one, scales, collectives, half and glue are read.
    """

    def __init__(self, language: Language) -> None:
        self._parts: dict[str, Part] = {}
        for section, kind in _KINDS:
            for form, meaning in language.meanings(section):
                value = Decimal(meaning.lstrip("~") or 1)
                part = Part(kind, value, meaning.startswith("~"))
                self._parts.setdefault(form, part)
        self._forms = Forms((form, form) for form in self._parts)
        self._glue = Forms((form, "") for form in language.forms("glue"))
        self.is_compounding = language.about("compounds") == "yes"
        self._inner = sorted(
            (
                (form, part)
                for form, part in self._parts.items()
                if form.isalpha() and (part.kind != "scale" or part.value < 4)
            ),
            key=lambda each: -len(each[0]),
        )
        self._glued = language.forms("glue") if self.is_compounding else ()
        self.compound = cache(self._compound)

    def begins(self, token: str) -> bool:
        """Whether a number may begin with this word."""
        return self._forms.begins(token) or bool(self.is_compounding and self.compound(token))

    def at(self, lower: str, at: int) -> InWords | None:
        """The number that begins at a place of a text in small letters, or None."""
        sum_ = _Sum()
        end = at
        for _ in range(_MOST_PARTS):
            found = self._next(lower, at)
            if found is None or not sum_.take_all(found[0]):
                break
            end = at = found[1]
            if lower[at : at + 1] not in {" ", "-"}:
                break
            at += 1
            glue = None if self.is_compounding else self._glue.at(lower, at)
            if glue and lower[glue.end : glue.end + 1] in {" ", "-"} and sum_.is_tens:
                following = self._next(lower, glue.end + 1)
                if following and all(p.kind in {"number", "one"} for p in following[0]):
                    at = glue.end + 1
        if not sum_.is_number:
            return None
        number = sum_.number
        return InWords(end, number, _digits(number), sum_.scale, sum_.is_rough, sum_.is_one)

    def _next(self, lower: str, at: int) -> tuple[tuple[Part, ...], int] | None:
        if match := self._forms.at(lower, at):
            return (self._parts[match.meaning],), match.end
        if self.is_compounding and (token := TOKEN.match(lower, at)):
            found = self.compound(token.group())
            return (found, token.end()) if found else None
        return None

    def _compound(self, token: str) -> tuple[Part, ...]:
        """The parts of a number that is written as one word; empty where it is none."""
        if len(token) > _LONGEST_WORD:
            return ()
        dead: set[int] = set()

        def rest(at: int, parts: tuple[Part, ...]) -> tuple[Part, ...]:
            if at == len(token):
                return parts if _Sum().take_all(parts) else ()
            if at in dead or len(parts) > _MOST_PARTS:
                return ()
            for glue in self._glued:
                if parts and token.startswith(glue, at):
                    glued = (*parts, Part("glue", Decimal(0)))
                    if found := rest(at + len(glue), glued):
                        return found
            for form, part in self._inner:
                if token.startswith(form, at) and (found := rest(at + len(form), (*parts, part))):
                    return found
            dead.add(at)
            return ()

        found = rest(0, ())
        return found if len(found) > 1 else ()


_KINDS = (
    ("numbers", "number"),
    ("one", "one"),
    ("scales", "scale"),
    ("collectives", "collective"),
    ("half", "half"),
)


class _Sum:
    """A number as its words come, one by one."""

    def __init__(self) -> None:
        self._total = Decimal(0)
        self._current = Decimal(0)
        self._last: Part | None = None
        self._glued = False
        self._lowest = 99
        self.scale = 0
        self.is_rough = False
        self.count = 0

    def take_all(self, parts: tuple[Part, ...]) -> bool:
        """Add words that belong together; False, and nothing added, where one does not fit."""
        before = dict(self.__dict__)
        for part in parts:
            if not self._take(part):
                self.__dict__.update(before)
                return False
        return True

    @property
    def is_tens(self) -> bool:
        """Whether the last word may take a unit behind "and": twenty, a hundred, a million."""
        return bool(self._last and self._last.kind == "number" and 20 <= self._last.value < 100)

    @property
    def is_one(self) -> bool:
        return self.count == 1 and self._last is not None and self._last.kind == "one"

    @property
    def is_number(self) -> bool:
        if self._last is None or self._glued or self._last.kind == "half":
            return False
        return self.count > 1 or self._last.kind != "scale" or self._last.value < 4

    @property
    def number(self) -> Decimal:
        return self._total + self._current

    def _take(self, part: Part) -> bool:
        last = self._last
        if part.kind == "glue":
            self._glued = last is not None and not self._glued
            return self._glued
        if last is not None and last.kind == "collective":
            return False
        taken = getattr(self, f"_{part.kind}")(part.value, last)
        if taken:
            self._last, self._glued = part, False
            self.is_rough = self.is_rough or part.is_rough
            self.count += 1
        return bool(taken)

    def _one(self, value: Decimal, last: Part | None) -> bool:
        return self._number(Decimal(1), last)

    def _number(self, value: Decimal, last: Part | None) -> bool:
        if last is None:
            self._current = value
        elif last.kind in {"number", "one"}:
            backwards = self._glued and value >= 20 and value % 10 == 0 and last.value < 10
            fits = value > 0 and last.value % 10 ** len(str(int(value))) == 0
            if not (backwards or (fits and last.value > value)) or value % 1:
                return False
            self._current += value
        elif last.kind == "scale":
            if last.value == 2 and value >= 100:
                return False
            self._current += value
        else:
            return False
        return True

    def _scale(self, power: Decimal, last: Part | None) -> bool:
        if last is not None and last.kind == "half":
            self._current = Decimal("0.5")
        if power == 2:
            if not 0 <= self._current < 100 or (last and last.kind == "scale" and last.value == 2):
                return False
            self._current = (self._current or Decimal(1)) * 100
            return True
        if power >= self._lowest or (last and last.kind == "scale" and last.value > 2):
            return False
        self._total += (self._current or Decimal(1)) * 10 ** int(power)
        self._current = Decimal(0)
        self._lowest = self.scale = int(power)
        return True

    def _collective(self, value: Decimal, last: Part | None) -> bool:
        if self._total:
            return False
        if last is not None and last.kind == "half":
            self._current = Decimal("0.5")
        self._current = (self._current or Decimal(1)) * value
        self.scale = 1
        return True

    def _half(self, value: Decimal, last: Part | None) -> bool:
        return last is None or last.kind == "one"


def _digits(number: Decimal) -> int:
    written = f"{number.normalize():f}"
    return len(written.replace(".", "").strip("0")) or 1

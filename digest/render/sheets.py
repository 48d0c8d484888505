"""
Sheets: files of the site that are made together, and the key of all they are made from.

Pure. A file is a function of what its template is given. The key is a hash of just that, so a
file whose key is the same as at the last run has the same bytes, and need not be made again.
Sheets that are made of the same things are a section, with a key of all these: where it is as
it was, not one of its sheets is described.
What many files depend on (templates, words, the package) is no part of a key: whoever keeps
keys adds it, and finds in a sheet the names of the templates that make it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from ..types import Page
from .rows import Row
from .view import Way


@dataclass(frozen=True, slots=True)
class Near:
    """An issue before or after another one."""

    path: str
    title: str
    date: dt.date

    @property
    def key(self) -> str:
        """As `Order.key`."""
        return f"{len(self.path)}:{len(self.title)}:{self.path}{self.title}{self.date}"


PAGE, EVIDENCE, CARD = "page", "evidence", "card"
"""The parts of an issue: each is a sheet of its own, for each depends on other things."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the pages of one issue need beside the issue: enough to make them in another process."""

    row: Row
    older: Near | None
    newer: Near | None
    ways: Mapping[str, Way]

    @property
    def key(self) -> str:
        """
        Two orders have the same only if they are equal. `key_of` would say it too, in ten times
        the time, and there are as many orders as issues.
        """
        older, newer = self.older.key if self.older else "", self.newer.key if self.newer else ""
        ways = key_of(self.ways) if self.ways else ""
        return f"{self.row.key} {len(older)}:{older} {len(newer)}:{newer} {ways}"


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    """No other sheet of the site has it."""
    key: str
    make: Callable[[], Iterable[Page]]
    order: Order | None = None
    """Set for the files of an issue."""
    part: str = ""
    """Which of an issue's it is."""
    templates: tuple[str, ...] = ()
    """Names of those that `make` renders; those they name in turn are found by whoever asks."""


def sheet(
    name: str,
    given: object,
    make: Callable[[], Iterable[Page]],
    *,
    templates: tuple[str, ...] = (),
) -> Sheet:
    """
    Args:
        name: As `Sheet.name`.
        given: All that `make` uses.
        make: Gives the files.
        templates: As `Sheet.templates`.
    """
    return Sheet(name, key_of(given), make, templates=templates)


def ready(name: str, body: bytes) -> Sheet:
    """A file that is cheaper to make than to remember."""
    return Sheet(name, hashlib.sha256(body).hexdigest(), lambda: [Page(name, body)])


@dataclass(frozen=True, slots=True)
class Section:
    """Sheets that are made of the same things."""

    name: str
    """No other section of the site has it."""
    key: str
    """Where it is the same, so are all sheets, their names and keys."""
    sheets: Callable[[], Iterable[Sheet]]


def key_of(given: object) -> str:
    """
    A hash of a value; two values have the same only if they are equal, or if they differ in
    such parts of a row alone as no row shows.

    Raises:
        TypeError: There is something in it whose parts cannot be told.
    """
    pieces: list[str] = []
    _add(given, pieces)
    return ready_key("".join(pieces))


def ready_key(told: str) -> str:
    """A key of a text that says all already."""
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _add(given: Any, pieces: list[str]) -> None:
    """Say what a value is made of, each piece with kind and length, so that no two run together."""
    kind: Any = type(given)
    if kind is str:  # most are
        pieces.append(f"s{len(given)}:{given}")
    elif kind is Row:
        pieces.append(f"r{given.shown}")
    elif kind is tuple:
        pieces.append(f"l{len(given)};")
        for value in given:
            _add(value, pieces)
    elif kind is dt.date:
        pieces.append(f"d{given.isoformat()};")
    elif given is None or isinstance(given, bool | int | float):
        pieces.append(f"n{given!r};")
    elif isinstance(given, str):
        pieces.append(f"s{len(given)}:{given!s}")
    elif isinstance(given, dt.date):
        pieces.append(f"d{given.isoformat()};")
    elif isinstance(given, Mapping):
        pieces.append(f"m{len(given)};")
        for name, value in given.items():
            _add(name, pieces)
            _add(value, pieces)
    elif isinstance(given, Sequence):
        pieces.append(f"l{len(given)};")
        for value in given:
            _add(value, pieces)
    elif isinstance(given, frozenset):
        _add(sorted(given), pieces)
    elif is_dataclass(given):
        pieces.append(f"c{kind.__name__};")
        for name in _names(kind):
            _add(getattr(given, name), pieces)
    else:
        raise TypeError(f"{kind.__name__} has no key")


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(kind))

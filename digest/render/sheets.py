"""
Sheets: files of the site that are made together, and the key of all they are made from.

Pure. A file is a function of what its template is given. The key is a hash of just that, so a
file whose key is the same as at the last run has the same bytes, and need not be made again.
What many files depend on (templates, words, the package) is no part of a key: whoever keeps
keys adds it, and finds in a sheet the names of the templates that make it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
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


PAGE, EVIDENCE, CARD = "page", "evidence", "card"
"""The parts of an issue: each is a sheet of its own, for each depends on other things."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the pages of one issue need beside the issue: enough to make them in another process."""

    row: Row
    older: Near | None
    newer: Near | None
    ways: Mapping[str, Way]


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


def key_of(given: object) -> str:
    """
    A hash of a value; two values have the same only if they are equal.

    Raises:
        TypeError: There is something in it whose parts cannot be told.
    """
    digest = hashlib.sha256()
    for piece in _pieces(given):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(given: Any) -> Iterator[bytes]:
    """What a value is made of, each piece with its kind and length, so that no two run together."""
    if isinstance(given, Row):
        yield _piece("r", given.key)
    elif isinstance(given, str):
        yield _piece("s", given)
    elif given is None or isinstance(given, bool | int | float):
        yield _piece("n", repr(given))
    elif isinstance(given, dt.date):
        yield _piece("d", given.isoformat())
    elif isinstance(given, Mapping):
        yield _piece("m", str(len(given)))
        for name, value in given.items():
            yield from _pieces(name)
            yield from _pieces(value)
    elif isinstance(given, Sequence):
        yield _piece("l", str(len(given)))
        for value in given:
            yield from _pieces(value)
    elif isinstance(given, frozenset):
        yield from _pieces(sorted(given))
    elif is_dataclass(given):
        yield _piece("c", type(given).__name__)
        for field in fields(given):
            yield from _pieces(getattr(given, field.name))
    else:
        raise TypeError(f"{type(given).__name__} has no key")


def _piece(kind: str, text: str) -> bytes:
    body = text.encode("utf-8", "surrogatepass")
    return b"%s%d:%s" % (kind.encode(), len(body), body)

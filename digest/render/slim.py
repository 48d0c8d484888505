"""
Values without their heavy parts, to be kept from one run to the next.

Pure. Templates name few parts of an issue, and the others (claims, sources, the Markdown itself)
are most of its weight. A slim value has what our own templates name. Whoever asks for more of it,
or for anything that would tell it from the whole value, gets `Incomplete`, and takes the whole.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, NoReturn

from markupsafe import Markup

LEVEL = 1
"""Of compression: a third of the bytes; other levels take twice the time for a tenth less."""


class Incomplete(Exception):
    """A slim value lacks what is wanted of it."""


class Slim:
    """A dataclass without some of its fields."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.__dict__.update(given)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # whole values have none of these either
            raise AttributeError(name)
        raise Incomplete(name)

    def _refuse(self, *_: object) -> NoReturn:
        raise Incomplete

    __repr__ = __str__ = __format__ = __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = _refuse
    __hash__ = _refuse


def pack(value: Any, left_out: Mapping[type, frozenset[str]]) -> bytes:
    """
    Args:
        value: Dataclasses, texts, numbers and days, in tuples, lists and mappings.
        left_out: Names of fields by class of dataclass.
    """
    told = pickle.dumps(_Slimmer(left_out).slim(value), pickle.HIGHEST_PROTOCOL)
    return zlib.compress(told, LEVEL)


def unpack(body: bytes) -> Any:
    """
    What `pack` packed, its dataclasses as `Slim`.

    Raises:
        ValueError: It is damaged.
    """
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(body))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, AttributeError) as exc:
        raise ValueError(f"is damaged: {exc}") from exc


class _Slimmer:
    """A value that stands in two places stays one."""

    def __init__(self, left_out: Mapping[type, frozenset[str]]) -> None:
        self._left_out = left_out
        self._known: dict[int, Slim] = {}

    def slim(self, value: Any) -> Any:
        kind: Any = type(value)
        if kind is str or kind is Markup:
            return value
        if kind is tuple:
            return tuple([self.slim(item) for item in value])
        if kind is list:
            return [self.slim(item) for item in value]
        names = _names(kind, self._left_out.get(kind, frozenset()))
        if names is not None:
            known = self._known.get(id(value))
            if known is None:
                known = Slim(
                    {
                        name: own if type(own := getattr(value, name)) is str else self.slim(own)
                        for name in names
                    }
                )
                self._known[id(value)] = known
            return known
        if isinstance(value, Mapping):
            return {key: self.slim(item) for key, item in value.items()}
        return value


@cache
def _names(kind: type[Any], left_out: frozenset[str]) -> tuple[str, ...] | None:
    """Of the fields that stay; None for what is no dataclass."""
    if not is_dataclass(kind):
        return None
    return tuple(field.name for field in fields(kind) if field.name not in left_out)


_KNOWN: dict[tuple[str, str], Any] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (Slim, Markup, dt.date, dt.datetime, dt.timezone, dt.timedelta)
}


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what `pack` packs, whatever it is given."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is none of ours") from None

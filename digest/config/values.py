"""
A YAML tree → settings, value by value, by the dataclasses' own annotations.

Pure. `settings.py` is the grammar. Walking the nodes beside the annotations, every value
keeps its line, and a text stays the text that was written (`no`, `1:30` and `2026-04-24`
included) where text is wanted.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import yaml

from ..settings import Check, Feed, Scalar, name_of

KeyPath = tuple[str | int, ...]
"""`("digests", 0, "slug")`"""

MISSING = object()
"""In place of a value that could not be read: its problem is noted."""

_NULL, _BOOL = "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool"


class Reader:
    """Values by annotation; mistakes are collected, so that one run names them all."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[str] = []
        self.marks: dict[KeyPath, yaml.Mark] = {}

    def problem(self, path: KeyPath, message: str) -> None:
        mark = next(
            (self.marks[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.marks), None
        )
        place = f"{self.name}:{mark.line + 1}:{mark.column + 1}" if mark else self.name
        self.problems.append(f"{place}: {_dotted(path)}: {message}".replace(": : ", ": "))

    def value(self, node: yaml.Node, kind: Any, path: KeyPath) -> Any:
        """The node as `kind`, or MISSING where it is not one (a problem is noted)."""
        self.marks[path] = node.start_mark
        way, part = _way(kind)
        return way(self, node, part, path)

    def _mapping_of(self, node: yaml.Node, kind: type, path: KeyPath) -> Any:
        pairs = self._pairs(node, path)
        if pairs is None:
            return MISSING
        shape = _shape(kind)
        hints, fields = shape.hints, shape.fields
        found: dict[str, Any] = {}
        complete = True
        for name, child in pairs.items():
            if name not in fields:
                self.problem((*path, name), _unknown(name, fields))
            elif child.tag == _NULL:
                continue  # `footer:` with nothing after it is an absent key
            else:
                value = self.value(child, hints[name], (*path, name))
                if value is MISSING:
                    complete = False
                else:
                    found[name] = value
                    if (check := shape.checks[name]) is not None:
                        self._check(check, value, (*path, name))
        for name in shape.required:
            if name not in found:
                if name not in pairs or pairs[name].tag == _NULL:
                    self.problem(path, f"`{name}` is missing: {fields[name].metadata['doc']}")
                complete = False
        if kind is Feed and complete:
            found.setdefault("slug", "")
        return (
            kind(**{fields[name].name: value for name, value in found.items()})
            if complete
            else MISSING
        )

    def _check(self, check: Check, value: Any, path: KeyPath) -> None:
        if not check.holds(value):
            self.problem(path, f"found {value!r}, expected {check.words}")

    def _pairs(self, node: yaml.Node, path: KeyPath) -> dict[str, yaml.Node] | None:
        if not isinstance(node, yaml.MappingNode):
            self.problem(path, f"found {_shown(node)}, expected keys with values")
            return None
        pairs: dict[str, yaml.Node] = {}
        for key, child in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            self.marks[(*path, name)] = key.start_mark
            if name in pairs:
                self.problem((*path, name), "stands here twice, expected once")
            pairs[name] = child
        return pairs

    def _union(self, node: yaml.Node, kinds: tuple[Any, ...], path: KeyPath) -> Any:
        """`X | None`, a plain value of any type, or a boolean or a list."""
        kinds = tuple(kind for kind in kinds if kind is not type(None))
        if len(kinds) == 1:
            is_none = isinstance(node, yaml.ScalarNode) and node.value == "none"
            if is_none and dataclasses.is_dataclass(kinds[0]):
                return None
            return self.value(node, kinds[0], path)
        if set(kinds) == set(get_args(Scalar)):
            return self._scalar(node, Scalar, path)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, str, path)
        if node.tag == _BOOL:
            return self._scalar(node, bool, path)
        self.problem(path, f"found {_shown(node)}, expected true, false or a list")
        return MISSING

    def _literal(self, node: yaml.Node, allowed: tuple[Any, ...], path: KeyPath) -> Any:
        if isinstance(node, yaml.ScalarNode) and node.value in allowed:
            return node.value
        self.problem(path, f"found {_shown(node)}, expected one of {', '.join(allowed)}")
        return MISSING

    def _sequence(self, node: yaml.Node, kind: Any, path: KeyPath) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self.problem(path, f"found {_shown(node)}, expected a list")
            return MISSING
        values = [self.value(child, kind, (*path, i)) for i, child in enumerate(node.value)]
        return MISSING if any(value is MISSING for value in values) else tuple(values)

    def _table(self, node: yaml.Node, kind: Any, path: KeyPath) -> Any:
        pairs = self._pairs(node, path)
        if pairs is None:
            return MISSING
        values = {name: self.value(child, kind, (*path, name)) for name, child in pairs.items()}
        return MISSING if any(value is MISSING for value in values.values()) else values

    def _scalar(self, node: yaml.Node, kind: Any, path: KeyPath) -> Any:
        words, convert = _SCALARS[kind]
        if isinstance(node, yaml.ScalarNode):
            value = convert(node)
            if value is not None:
                return value
        self.problem(path, f"found {_shown(node)}, expected {words}")
        return MISSING


_Way = Callable[[Reader, yaml.Node, Any, KeyPath], Any]


@cache
def _way(kind: Any) -> tuple[_Way, Any]:
    """How a value of a kind is read, and what of the kind must be known for it."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return Reader._mapping_of, kind
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return Reader._union, args
    if origin is Literal:
        return Reader._literal, args
    if origin is tuple:
        return Reader._sequence, args[0]
    if origin is Mapping:
        return Reader._table, args[1]
    return Reader._scalar, kind


class _Shape(NamedTuple):
    """The keys of a class of settings, by name."""

    hints: dict[str, Any]
    """What each is to be."""
    fields: dict[str, dataclasses.Field[Any]]
    checks: dict[str, Check | None]
    required: tuple[str, ...]


@cache
def _shape(kind: type) -> _Shape:
    hints = {name_of(name): hint for name, hint in get_type_hints(kind).items()}
    fields = {name_of(field.name): field for field in dataclasses.fields(kind)}
    checks = {name: field.metadata.get("check") for name, field in fields.items()}
    required = tuple(
        name
        for name, field in fields.items()
        if _is_required(field) and not (kind is Feed and name == "slug")
    )
    return _Shape(hints, fields, checks, required)


def _boolean(node: yaml.ScalarNode) -> bool | None:
    return node.value.lower() in {"true", "yes", "on"} if node.tag == _BOOL else None


def _whole(node: yaml.ScalarNode) -> int | None:
    plain = not node.style and re.fullmatch(r"-?\d[\d_]*", node.value)
    return int(node.value) if plain and len(node.value) < 20 else None


def _number(node: yaml.ScalarNode) -> float | None:
    plain = not node.style and re.fullmatch(r"-?\d[\d_]*(\.\d+)?", node.value)
    return float(node.value) if plain and len(node.value) < 20 else None


def _plain(node: yaml.ScalarNode) -> Scalar | None:
    """What YAML takes it for."""
    for convert in (_boolean, _whole, _number):
        value: Scalar | None = convert(node)
        if value is not None:
            return value
    return None if node.tag == _NULL else str(node.value).strip()


_SCALARS: dict[Any, tuple[str, Callable[[yaml.ScalarNode], Any]]] = {
    str: ("text", lambda node: str(node.value).strip()),
    bool: ("true or false", _boolean),
    int: ("a whole number", _whole),
    float: ("a number", _number),
    Scalar: ("a text, a number, true or false", _plain),
}


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _unknown(name: str, fields: Mapping[str, Any]) -> str:
    near = nearest(name, fields)
    hint = f"; did you mean `{near}`?" if near else ""
    return f"unknown key, expected one of {', '.join(fields)}{hint}"


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that was probably meant; empty where none is like it."""
    import difflib  # most files have no mistake

    return next(iter(difflib.get_close_matches(word, known, n=1)), "")


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return repr(node.value[:60]) if node.value else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "keys with values"


def _dotted(path: KeyPath) -> str:
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out

"""
feeds.yaml → Config, or an error for each mistake with its line and what was expected.

Reads that one file. `settings.py` is the grammar: this module walks the YAML tree beside
the dataclasses' annotations, so that every value keeps its line and a text stays the text
that was written (`no`, `1:30` and `2026-04-24` included) where text is wanted.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import yaml

from .errors import ConfigError
from .settings import Config, Digest, Feed, is_http
from .text import slugify

FILE = "feeds.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL, _BOOL = "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool"
_MISSING = object()

Path_ = tuple[str | int, ...]


def read(folder: Path) -> Config:
    """
    Read the feeds.yaml of a site.

    Raises:
        ConfigError: There is none, it cannot be read, or it holds mistakes (all are named).
    """
    path = folder / FILE
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            str(path),
            "not found; expected a site here: `digest init` makes one, -C DIR names another",
        ) from None
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(str(path), f"cannot be read as UTF-8 text: {exc}") from exc
    return parse(text, name=FILE)


def parse(text: str, *, name: str = FILE) -> Config:
    """
    Read the text of a feeds.yaml.

    Args:
        text: YAML.
        name: How the file is called in messages.

    Raises:
        ConfigError: A line for each mistake: `name:line:column: key: found …, expected …`.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise ConfigError(place, f"not YAML: {exc.problem or exc.context}") from exc
    except yaml.YAMLError as exc:
        raise ConfigError(name, f"not YAML: {exc}") from exc
    reader = _Reader(name)
    if root is None:
        raise ConfigError(name, "empty; expected at least `feeds:` with one address")
    config: Config = reader.value(root, Config, ())
    if not reader.problems:
        config = _complete(config, reader)
    if reader.problems:
        raise ConfigError("", "\n".join(reader.problems))
    return config


# ------------------------------------------------------------------ values by their type


class _Reader:
    """Values by annotation; mistakes are collected, so that one run names them all."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[str] = []
        self.marks: dict[Path_, yaml.Mark] = {}

    def problem(self, path: Path_, message: str) -> None:
        mark = next(
            (self.marks[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.marks), None
        )
        place = f"{self.name}:{mark.line + 1}:{mark.column + 1}" if mark else self.name
        self.problems.append(f"{place}: {_dotted(path)}: {message}".replace(": : ", ": "))

    def value(self, node: yaml.Node, kind: Any, path: Path_) -> Any:
        """The node as `kind`, or _MISSING where it is not one (a problem is noted)."""
        self.marks[path] = node.start_mark
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._mapping_of(node, kind, path)
        origin, args = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self._union(node, args, path)
        if origin is Literal:
            return self._literal(node, args, path)
        if origin is tuple:
            return self._sequence(node, args[0], path)
        if origin is Mapping:
            return self._table(node, args[1], path)
        return self._scalar(node, kind, path)

    def _mapping_of(self, node: yaml.Node, kind: type, path: Path_) -> Any:
        pairs = self._pairs(node, path)
        if pairs is None:
            return _MISSING
        hints = get_type_hints(kind)
        fields = {f.name: f for f in dataclasses.fields(kind)}
        found: dict[str, Any] = {}
        complete = True
        for name, child in pairs.items():
            if name not in fields:
                self.problem((*path, name), _unknown(name, fields))
            elif child.tag == _NULL:
                continue  # `footer:` with nothing after it is an absent key
            else:
                value = self.value(child, hints[name], (*path, name))
                if value is _MISSING:
                    complete = False
                else:
                    found[name] = value
                    self._check(fields[name].metadata.get("check"), value, (*path, name))
        for name, field in fields.items():
            if name not in found and _is_required(field) and not (kind is Feed and name == "slug"):
                if name not in pairs or pairs[name].tag == _NULL:
                    self.problem(path, f"`{name}` is missing: {field.metadata['doc']}")
                complete = False
        if kind is Feed and complete:
            found.setdefault("slug", "")
        return kind(**found) if complete else _MISSING

    def _check(self, check: Any, value: Any, path: Path_) -> None:
        if check is not None and not check.holds(value):
            self.problem(path, f"found {value!r}, expected {check.words}")

    def _pairs(self, node: yaml.Node, path: Path_) -> dict[str, yaml.Node] | None:
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

    def _union(self, node: yaml.Node, kinds: tuple[Any, ...], path: Path_) -> Any:
        """`X | None`, or a boolean or a list."""
        kinds = tuple(kind for kind in kinds if kind is not type(None))
        if len(kinds) == 1:
            return self.value(node, kinds[0], path)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, str, path)
        if node.tag == _BOOL:
            return self._scalar(node, bool, path)
        self.problem(path, f"found {_shown(node)}, expected true, false or a list")
        return _MISSING

    def _literal(self, node: yaml.Node, allowed: tuple[Any, ...], path: Path_) -> Any:
        if isinstance(node, yaml.ScalarNode) and node.value in allowed:
            return node.value
        self.problem(path, f"found {_shown(node)}, expected one of {', '.join(allowed)}")
        return _MISSING

    def _sequence(self, node: yaml.Node, kind: Any, path: Path_) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self.problem(path, f"found {_shown(node)}, expected a list")
            return _MISSING
        values = [self.value(child, kind, (*path, i)) for i, child in enumerate(node.value)]
        return _MISSING if any(value is _MISSING for value in values) else tuple(values)

    def _table(self, node: yaml.Node, kind: Any, path: Path_) -> Any:
        pairs = self._pairs(node, path)
        if pairs is None:
            return _MISSING
        values = {name: self.value(child, kind, (*path, name)) for name, child in pairs.items()}
        return _MISSING if any(value is _MISSING for value in values.values()) else values

    def _scalar(self, node: yaml.Node, kind: Any, path: Path_) -> Any:
        words, convert = _SCALARS[kind]
        if isinstance(node, yaml.ScalarNode):
            value = convert(node)
            if value is not None:
                return value
        self.problem(path, f"found {_shown(node)}, expected {words}")
        return _MISSING


def _boolean(node: yaml.ScalarNode) -> bool | None:
    return node.value.lower() in {"true", "yes", "on"} if node.tag == _BOOL else None


def _whole(node: yaml.ScalarNode) -> int | None:
    plain = not node.style and re.fullmatch(r"-?\d[\d_]*", node.value)
    return int(node.value) if plain and len(node.value) < 20 else None


def _number(node: yaml.ScalarNode) -> float | None:
    plain = not node.style and re.fullmatch(r"-?\d[\d_]*(\.\d+)?", node.value)
    return float(node.value) if plain and len(node.value) < 20 else None


_SCALARS: dict[Any, tuple[str, Callable[[yaml.ScalarNode], Any]]] = {
    str: ("text", lambda node: str(node.value).strip()),
    bool: ("true or false", _boolean),
    int: ("a whole number", _whole),
    float: ("a number", _number),
}


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _unknown(name: str, fields: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, fields, n=1)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    return f"unknown key, expected one of {', '.join(fields)}{hint}"


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return repr(node.value[:60]) if node.value else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "keys with values"


def _dotted(path: Path_) -> str:
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


# ------------------------------------------------------------- what hangs together


def _complete(config: Config, reader: _Reader) -> Config:
    """Fill in what is derived (slugs, a first digest) and check what refers to what."""
    feeds = _with_slugs(config.feeds, reader)
    if not feeds:
        reader.problem(("feeds",), "found none, expected at least one address")
    _unique([feed.slug for feed in feeds], "feeds", "slug", reader)
    _unique([feed.url for feed in feeds], "feeds", "url", reader)
    _unique([digest.slug for digest in config.digests], "digests", "slug", reader)
    for index, digest in enumerate(config.digests):
        _check_digest(digest, ("digests", index), feeds, reader)
    _check_publishers(config.publishers, reader)
    _check_private(config.network.allow_private, reader)
    digests = config.digests or (Digest(slug="daily", title=config.site.title),)
    url = config.site.url if config.site.url.endswith("/") else config.site.url + "/"
    return dataclasses.replace(
        config, feeds=feeds, digests=digests, site=dataclasses.replace(config.site, url=url)
    )


def _with_slugs(feeds: tuple[Feed, ...], reader: _Reader) -> tuple[Feed, ...]:
    """A feed without a slug is called by its host, or by host and path where that is taken."""
    taken = {feed.slug for feed in feeds if feed.slug}
    out = []
    for feed in feeds:
        slug = feed.slug
        if not slug:
            short, long = _slugs_of(feed.url)
            slug = long if short in taken else short
            taken.add(slug)
        out.append(dataclasses.replace(feed, slug=slug))
    return tuple(out)


def _slugs_of(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    short = slugify(host.rsplit(".", 1)[0])
    return short, slugify(f"{host} {parts.path} {parts.query}", limit=80)


def _unique(values: list[str], table: str, name: str, reader: _Reader) -> None:
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if value in first:
            reader.problem(
                (table, index, name),
                f"found {value!r} again (it is that of {table}[{first[value]}]), expected another",
            )
        first.setdefault(value, index)


def _check_digest(digest: Digest, path: Path_, feeds: tuple[Feed, ...], reader: _Reader) -> None:
    slugs = {feed.slug for feed in feeds}
    tags = {tag for feed in feeds for tag in feed.tags}
    for name, known, what in (
        ("feeds", slugs, "the slug of a feed below"),
        ("must", slugs, "the slug of a feed below"),
        ("tags", tags, "a tag that some feed has"),
    ):
        for index, value in enumerate(getattr(digest, name)):
            if value not in known:
                near = difflib.get_close_matches(value, known, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                reader.problem((*path, name, index), f"found {value!r}, expected {what}{hint}")
    for name in ("pin", "veto"):
        for index, value in enumerate(getattr(digest, name)):
            if not is_http(value):
                reader.problem(
                    (*path, name, index), f"found {value!r}, expected the address of an entry"
                )


def _check_publishers(families: Mapping[str, tuple[str, ...]], reader: _Reader) -> None:
    owner: dict[str, str] = {}
    for family, domains in families.items():
        for index, domain in enumerate(domains):
            path = ("publishers", family, index)
            if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", domain):
                reader.problem(path, f"found {domain!r}, expected a domain such as `acme.example`")
            elif domain in owner:
                reader.problem(
                    path, f"found {domain!r}, which belongs to {owner[domain]!r} already"
                )
            owner.setdefault(domain, family)


def _check_private(allowed: bool | tuple[str, ...], reader: _Reader) -> None:
    if isinstance(allowed, bool):
        return
    for index, value in enumerate(allowed):
        if not re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):\d{1,5}", value):
            reader.problem(
                ("network", "allow_private", index), f"found {value!r}, expected `host:port`"
            )

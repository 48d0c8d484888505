"""
What of a message mail programs do not show, by the tests of caniemail.com.

Pure; reads a file of the package once. Looked at is what a message relies on: its elements and
its inlined styles. What stands in a style block only refines, and may be lost, but for rules
that would load something.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from importlib import resources

SHOWN = 4
"""So many of the programs that leave something out are named."""
REFINES = frozenset(
    {
        "element abbr", "element acronym", "element bdi", "element body", "element wbr",
        "property box-shadow", "property cursor", "property hyphens", "property opacity",
        "property orphans", "property overflow-wrap", "property text-wrap", "property widows",
        "property word-break", "property word-wrap",
    }
)  # fmt: skip
"""Without these the same words stand in the same order, and can be read."""
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)", re.I)
_FUNCTION = re.compile(r"([a-z-]+)\(", re.I)
_RULE = re.compile(r"@(import|font-face)\b", re.I)


@dataclass(frozen=True, slots=True)
class Gap:
    """A feature that many programs leave out."""

    name: str
    """As it is written: `display:flex`, `<video>`."""
    shown: int
    """How many of the programs tested show it."""
    of: int
    without: tuple[str, ...]

    @property
    def words(self) -> str:
        named = ", ".join(self.without[:SHOWN]) + (" …" if len(self.without) > SHOWN else "")
        return f"{self.name}: {self.shown} of {self.of} mail programs show it, not {named}"


def gaps(html: str) -> tuple[Gap, ...]:
    """What a message relies on and more than a quarter of the programs leave out, by name."""
    look = _Look()
    look.feed(html)
    look.close()
    found = sorted(look.used & _table().keys())
    return tuple(_table()[name] for name in found)


@cache
def _table() -> dict[str, Gap]:
    """Kind and name → what the tests say. Made by tests/publish/caniemail_rows.py."""
    text = resources.files(__package__).joinpath("caniemail.json").read_text("utf-8")
    return {
        name: Gap(_written(*name.split(" ", 1)), row["shown"], row["of"], tuple(row["without"]))
        for name, row in json.loads(text)["features"].items()
        if name not in REFINES
    }


def _written(kind: str, name: str) -> str:
    return {"element": f"<{name}>", "rule": f"@{name}", "function": f"{name}()"}.get(kind, name)


class _Look(HTMLParser):
    """Names of what a message uses, kind first."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        self.used.add(f"element {tag}")
        for name, value in attrs:
            if name == "style" and value:
                self.used.update(_of_style(value.lower()))

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if self._is_style:
            self.used.update(f"rule {name.lower()}" for name in _RULE.findall(data))


def _of_style(style: str) -> Iterator[str]:
    for name, value in _DECLARATION.findall(style):
        yield f"property {name}"
        yield f"value {name}:{value.strip()}"
        yield from (f"function {function}" for function in _FUNCTION.findall(value))

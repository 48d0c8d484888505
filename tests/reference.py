"""
The guide's page on feeds.yaml, made from the settings that the program reads.

    python -m tests.reference > content/pages/guide-configuration.md

`tests/test_docs.py` holds the page to what this makes.
"""

from __future__ import annotations

import dataclasses
import sys
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from digest.settings import Config, name_of

HEAD = """---
title: Configuration
description: Every key of feeds.yaml, with what it means and its default.
listed: false
---

Everything that a publication is told stands in one file, `feeds.yaml`. Every key but the feeds'
addresses has a default. A wrong key, type, slug or name is refused with file, line and what was
expected, and nothing else is touched.

A small one:

```yaml
site:
  title: Around the Weights
  url: https://example.org/
digests:
  - slug: ai-tech
    title: AI Tech
    schedule: daily
    tags: [ai]
    brief: Prices, limits and measurements that a practitioner can use.
feeds:
  - url: https://simonwillison.net/atom/everything/
    tags: [ai]
```

Secrets never stand in the file, only the names of the environment variables that hold them.
"""


FIRST = {"site": 0, "digests": 1, "feeds": 2}
"""What people look for first; the rest stands in the order of the settings."""
MADE = {"feeds[].slug": "made from the address"}
"""Defaults that the reader of the file makes."""


def page() -> str:
    """The page as it should lie in content/pages/."""
    return "\n".join([HEAD, *_sections(Config, "")]).rstrip() + "\n"


def _sections(of: type, path: str) -> Iterator[str]:
    """The keys of a class of settings, then the classes that they lead to."""
    hints = typing.get_type_hints(of)
    fields = dataclasses.fields(of)
    plain = [field for field in fields if _inner(hints[field.name]) is None]
    if path:
        yield f"## `{path}`"
        yield ""
        yield (of.__doc__ or "").strip()
        yield ""
    if plain:
        yield "| key | default | what it means |"
        yield "| --- | --- | --- |"
        for field in plain:
            yield _row(f"{path}.{name_of(field.name)}".lstrip("."), field, hints[field.name])
        yield ""
    for field in sorted(fields, key=lambda field: FIRST.get(field.name, len(FIRST))):
        inner = _inner(hints[field.name])
        if inner is not None:
            many = "[]" if typing.get_origin(hints[field.name]) is tuple else ""
            yield from _sections(inner, f"{path}.{name_of(field.name)}{many}".lstrip("."))


def _inner(hint: Any) -> type | None:
    """The class of settings that a type holds: itself, one of a list, of a map, or of a choice."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return hint
    return next((found for part in typing.get_args(hint) if (found := _inner(part))), None)


def _row(name: str, field: dataclasses.Field[Any], hint: Any) -> str:
    doc, check = field.metadata["doc"], field.metadata["check"]
    choices = " · ".join(f"`{choice}`" for choice in _choices(hint))
    parts = [
        doc,
        f"One of {choices}." if choices else "",
        f"Expected: {check.words}." if check else "",
    ]
    words = " ".join(filter(None, parts)).replace("|", "\\|")
    return f"| `{name}` | {MADE.get(name) or _default(field)} | {words} |"


def _choices(hint: Any) -> tuple[str, ...]:
    return typing.get_args(hint) if typing.get_origin(hint) is Literal else ()


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default_factory is not dataclasses.MISSING:
        value = field.default_factory()
    elif field.default is dataclasses.MISSING:
        return "needed"
    else:
        value = field.default
    if value is None or (isinstance(value, str | tuple | Mapping) and not value):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    sys.stdout.write(page())

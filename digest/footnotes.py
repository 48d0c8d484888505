r"""
Footnotes at the end of a feature's file, as CommonMark editors show them.

Pure. A definition is a link and the quoted words below it:

    [^acme-1]: [Acme: pricing](https://acme.example/post)
        > the document's own characters
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .markdown import escape, link_target, unescape
from .types import Footnote

_DEFINITION = re.compile(
    r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)", re.M
)
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(<?([^\s<>]*?)>?\)")
_QUOTED = re.compile(r"^\s*>? ?")


@dataclass(frozen=True, slots=True)
class Definition:
    """A note as a file holds it; `name` is as shown, topic included."""

    label: str
    name: str
    url: str
    quote: str


def write(notes: Iterable[Footnote]) -> str:
    """The definitions of a file, a blank line between them."""
    return "\n\n".join(_definition(note) for note in notes)


def _definition(note: Footnote) -> str:
    name = f"{note.name}: {note.topic}" if note.topic else note.name
    quote = "\n".join(f"    > {escape(line)}".rstrip() for line in note.quote.text.split("\n"))
    return f"[^{note.label}]: [{escape(name)}]({link_target(note.url)})\n{quote}"


def split(body: str) -> tuple[str, tuple[Definition, ...]]:
    """A body without its definitions, and the definitions in order."""
    # One begins a line; what stands before the first is not searched.
    start = 0 if body.startswith("[^") else body.find("\n[^") + 1
    if not (start or body.startswith("[^")):
        return body.strip(), ()
    found: list[Definition] = []
    rest = [body[:start]]
    for match in _DEFINITION.finditer(body, start):
        found.append(_read(match))
        rest.append(body[start : match.start()])
        start = match.end()
    rest.append(body[start:])
    return "".join(rest).strip(), tuple(found)


def _read(match: re.Match[str]) -> Definition:
    first, *rest = match.group(2).split("\n")
    link = _LINK.search(first)
    lines = [_QUOTED.sub("", line) for line in rest]
    return Definition(
        label=match.group(1),
        name=unescape(link.group(1) if link else first.strip()),
        url=link.group(2) if link else "",
        quote="\n".join(unescape(line) for line in lines).strip(),
    )

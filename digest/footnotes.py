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
_PLAIN = r"\[\^([^\]\s]+)\]: \[([^\[\]\\\n]*)\]\(([^\s<>()\\]*)\)\n((?:    > [^\\\n]*(?:\n|\Z))+)"
_PLAIN_DEFINITION = re.compile(_PLAIN)
_PLAIN_DEFINITIONS = re.compile(rf"(?:{_PLAIN}\n*+)++")
"""As the program writes nearly all: nothing is escaped, and the quoted words are all below."""
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
    return _plain(body, start) or _general(body, start)


def _plain(body: str, start: int) -> tuple[str, tuple[Definition, ...]] | None:
    """The same for the form that the program writes, in a fifth of the time; None for others."""
    if not _PLAIN_DEFINITIONS.fullmatch(body, start):
        return None
    return body[:start].strip(), tuple(
        Definition(label, name, url, quote[6:].replace("\n    > ", "\n").strip())
        for label, name, url, quote in _PLAIN_DEFINITION.findall(body, start)
    )


def _general(body: str, start: int) -> tuple[str, tuple[Definition, ...]]:
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

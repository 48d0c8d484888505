"""
Footnotes: marks `[^label]` in Markdown, one numbering over a whole issue.

Pure. A label is unique in its file only, so each text brings its own notes to the shared
numbering; two notes on the same words of the same document are one note. Numbers are given
when a mark is rendered, hence in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..types import Footnote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

MARK = "note_mark"
"""Type of the token that stands for a mark."""
_MARK = re.compile(r"\[\^([^\s\[\]]{1,100})\]")


@dataclass(frozen=True, slots=True)
class Used:
    """A note with its number and the ids of the marks that lead to it."""

    number: int
    note: Footnote
    marks: list[str]


class Numbering:
    """Numbers notes in order of first use."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, int, int, str, str], Used] = {}

    def use(self, note: Footnote) -> tuple[int, str]:
        """The note's number, and the id for the mark that is being written."""
        quote = note.quote
        key = (quote.document, quote.start, quote.end, quote.text, note.url)
        used = self._used.setdefault(key, Used(len(self._used) + 1, note, []))
        nth = len(used.marks) + 1
        used.marks.append(f"ref-{used.number}" if nth == 1 else f"ref-{used.number}-{nth}")
        return used.number, used.marks[-1]

    def used(self) -> tuple[Used, ...]:
        """All notes that were used, by number."""
        return tuple(self._used.values())


class Marks:
    """The notes of one text, and the numbering that it shares with the rest of its issue."""

    def __init__(
        self,
        numbering: Numbering,
        notes: Iterable[Footnote],
        languages: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """
        Args:
            numbering: Of the issue.
            notes: Of the text.
            languages: By id of a document, where it is not the site's.
        """
        self._numbering, self._languages = numbering, languages
        self._notes = {note.label: note for note in notes}

    def language(self, label: str) -> str:
        """Of the document behind a mark, where it is not the site's; else empty."""
        note = self._notes.get(label)
        return self._languages.get(note.quote.document, "") if note else ""

    def use(self, label: str) -> tuple[int, str] | None:
        """Number and id for a mark; None where no note has this label."""
        note = self._notes.get(label)
        return None if note is None else self._numbering.use(note)


def mark_rule(state: StateInline, silent: bool) -> bool:
    """Inline rule of markdown-it: `[^label]` becomes a token of its own."""
    match = _MARK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(MARK, "", 0)
        token.content, token.meta = match.group(), {"label": match.group(1)}
    state.pos = match.end()
    return True


def note_marks(md: MarkdownIt) -> None:
    """Plugin: read marks. They come before links, which begin with a bracket too."""
    md.inline.ruler.before("link", MARK, mark_rule)

"""
The table of a language: what its words for numbers, dates and the rest mean, from one data file.

Pure. A file is cut into sections, `[name]`; a line of one is "meaning: form, form", or forms
alone where the section is a list. A form that ends in `*` stands for all words that begin so, a
blank in a form for a blank or a hyphen. What a section means is said by who reads it: `[small
words]` by `detecting.py`, `[negations]`, `[qualifiers]` and the values' sections by the proof,
`[refers back]`, `[former]`, `[speaker]` and `[speakers]` by who quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, eq=False)
class Language:
    """One language that documents are read in."""

    tag: str
    """Primary subtag: "de"."""
    sections: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Section → its lines: a meaning (empty in a list), and forms as the file writes them."""

    def about(self, key: str) -> str:
        """What the language says of itself; empty where it says nothing."""
        found = (forms for meaning, forms in self.sections["about"] if meaning == key)
        return next((" ".join(forms) for forms in found), "")

    def meanings(self, *sections: str) -> Iterator[tuple[str, str]]:
        """Form, in small letters, and meaning, of every line of these sections."""
        for section in sections:
            for meaning, forms in self.sections.get(section, ()):
                yield from ((form.lower(), meaning) for form in forms)

    def forms(self, section: str) -> tuple[str, ...]:
        """The forms of a section, in small letters, in the order of the file."""
        return tuple(form for form, _ in self.meanings(section))

    @property
    def small_words(self) -> frozenset[str]:
        """Words that join others: they tell a language, and carry no meaning of their own."""
        return frozenset(word for form in self.forms("small words") for word in form.split())


@cache
def language(tag: str) -> Language | None:
    """The language of a BCP 47 tag; None for one that has no table."""
    primary = tag.partition("-")[0].lower()
    return Language(primary, read(f"{primary}.txt")) if primary in shipped() else None


@cache
def shipped() -> frozenset[str]:
    """Primary subtags of the languages that have a table."""
    names = (each.name for each in resources.files(__package__).iterdir())
    return frozenset(name.removesuffix(".txt") for name in names if name.endswith(".txt"))


def read(path: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The sections of a data file beside this one; none, where there is no such file."""
    file = resources.files(__package__).joinpath(path)
    data = file.read_text("utf-8") if file.is_file() else ""
    sections: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    lines: list[tuple[str, tuple[str, ...]]] = []
    for line in data.splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = sections.setdefault(line[1:-1], [])
        elif line.strip() and not line.startswith("#"):
            lines.append(_line(line))
    return {name: tuple(lines) for name, lines in sections.items()}


def _line(line: str) -> tuple[str, tuple[str, ...]]:
    meaning, sign, forms = line.partition(": ")
    if not sign:
        meaning, forms = "", line
    return meaning, tuple(each for form in forms.split(", ") if (each := form.strip(" ,")))

"""
The site's own words, in the language of feeds.yaml: a file each, `words/<language>.yaml`.

Pure. It is given the texts of those files. Months are words of the file too: `strftime` depends
on the machine's locale.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import yaml
from markupsafe import Markup, escape

from ..errors import PublishError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FALLBACK = "en"
MOST_KNOWN = 4096
WORDS_PER_MINUTE = 230
"""Silent reading of English non-fiction: 238 on average (Brysbaert 2019), a little less here."""


class _Whole(dict[str, Markup]):
    """What `Words` says of a name alone."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __missing__(self, name: str) -> Markup:
        self[name] = said = self._words(name)
        return said


class Words:
    """
    Args:
        table: Text by name; a mapping `one`, `other` where a number decides.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self.whole = _Whole(self)
        """Words without a place, which most are, by name."""
        self._known: dict[tuple[str, int | None, tuple[str, Markup] | None], Markup] = {}
        """With a number, or with one piece of markup: a page says the same of many notes."""
        self._cut: dict[tuple[str, bool | None], list[tuple[str, str | None]]] = {}

    def __call__(self, name: str, /, n: int | None = None, **parts: Any) -> Markup:
        """
        The words of this name.

        Args:
            name: As the file has it.
            n: Chooses between `one` and `other`, and stands for `{n}`.
            parts: Fill the other places; what is not markup is escaped.

        Raises:
            UndefinedError: There are no such words; it names the template and its line.
        """
        if len(parts) > (n is None):
            return self._said(name, n, parts)
        part = next(iter(parts.items()), None)
        if part is not None and type(part[1]) is not Markup:  # a text may equal a markup
            return self._said(name, n, parts)
        known = self._known.get((name, n, part))
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[name, n, part] = self._said(name, n, parts)
        return known

    def _said(self, name: str, n: int | None, parts: dict[str, Any]) -> Markup:
        if n is not None:
            parts["n"] = self.number(n)
        said: list[str] = []
        for text, place in self._pieces(name, None if n is None else n == 1):
            said.append(text)
            if place is not None:
                part = parts[place]
                said.append(part if type(part) is Markup else escape(part))
        return Markup("".join(said))  # noqa: S704 - each piece is escaped

    def _pieces(self, name: str, is_one: bool | None) -> list[tuple[str, str | None]]:
        """The words cut at their places: what comes before each, and the place."""
        known = self._cut.get((name, is_one))
        if known is None:
            if name not in self._table:
                raise jinja2.UndefinedError(f"the site has no words named {name!r}")
            text = self._table[name]
            if isinstance(text, Mapping):
                text = text["one" if is_one else "other"]
            cut = string.Formatter().parse(str(escape(text)))
            known = [(before, place) for before, place, _, _ in cut]
            self._cut[name, is_one] = known
        return known

    def plain(self, name: str, /, n: int | None = None, **parts: Any) -> str:
        """The same for a text that is no HTML."""
        return self(name, n, **parts).unescape()

    def choice(self, name: str, key: str) -> str:
        """One entry of a list of words, such as the name of a weekday."""
        return str(self._table[name][key])

    def day(self, value: dt.date) -> str:
        """`24 April 2026`"""
        return self._date("day", value)

    def month(self, value: dt.date) -> str:
        """`April 2026`"""
        return self._date("month", value)

    def number(self, value: int) -> str:
        """`1,204`"""
        return f"{value:,}".replace(",", str(self._table["thousands"]))

    def pattern(self, name: str) -> str:
        """The words as they stand in the file, with their places."""
        return str(self._table[name])

    def _date(self, name: str, value: dt.date) -> str:
        month = self._table["months"][value.month - 1]
        return str(self._table[name]).format(day=value.day, month=month, year=value.year)


def read(files: Iterable[tuple[str, str]]) -> Words:
    """
    Read files of words into one table, each over those before it.

    Args:
        files: Path and text; the first is the package's own English and has every name.

    Raises:
        PublishError: A file is not YAML, or has a name or form that the first has not.
    """
    table: dict[str, Any] = {}
    for path, text in files:
        try:
            found = yaml.load(text, Loader=_Loader) or {}  # noqa: S506 - a safe loader
        except yaml.MarkedYAMLError as exc:
            line = exc.problem_mark.line + 1 if exc.problem_mark else 1
            raise PublishError(f"{path}:{line}", f"not YAML: {exc.problem}") from exc
        if not isinstance(found, dict):
            raise PublishError(path, "expected lines of the form `name: words`")
        for name, words in found.items():
            if table and (name not in table or type(words) is not type(table[name])):
                raise PublishError(
                    path, f"`{name}` is none of the site's words, or not of its form"
                )
        table |= found
    return Words(table)


def words_of(env: jinja2.Environment) -> Words:
    """The words that an environment holds."""
    found = env.globals["words"]
    assert isinstance(found, Words)
    return found


def local_day(value: dt.datetime, timezone: str) -> dt.date:
    """The day on which a moment falls in a time zone."""
    return value.astimezone(ZoneInfo(timezone)).date()


def minutes(words: int) -> int:
    """Reading time in minutes, one at least."""
    return max(1, round(words / WORDS_PER_MINUTE))

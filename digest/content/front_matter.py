"""
The head of a content file: YAML between two lines of three hyphens.

Pure. Values stay what a person typed: a day is text here, not a date, so that reading a
file and writing it again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from ..errors import ContentError
from . import plain_head

_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BaseDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


def _without_timestamps(base: Any) -> dict[str, Any]:
    return {
        first: [(tag, regex) for tag, regex in resolvers if tag != _TIMESTAMP]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }


class _Loader(_BaseLoader):  # type: ignore[misc]
    yaml_implicit_resolvers = _without_timestamps(_BaseLoader)


class _Dumper(_BaseDumper):  # type: ignore[misc]
    yaml_implicit_resolvers = _without_timestamps(_BaseDumper)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def split(text: str, name: str) -> tuple[dict[str, Any], str]:
    """
    Take a file apart.

    Args:
        text: The whole file.
        name: How it is called in messages.

    Returns:
        The keys of its head (none where there is no head) and its body.

    Raises:
        ContentError: The head does not end, is not YAML, or is no mapping.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.startswith("---\n"):
        return {}, text
    end = text.find("\n---\n", 3)
    if end < 0 and not text.endswith("\n---"):
        raise ContentError(f"{name}:1", "the head does not end; expected a second line of `---`")
    end = end if end >= 0 else len(text) - 4
    plain = plain_head.read(text[4 : end + 1])
    if plain is not None:
        return plain, text[end + 5 :].lstrip("\n")
    try:
        head = yaml.load(text[4 : end + 1], Loader=_Loader)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 2 if exc.problem_mark else 1
        raise ContentError(f"{name}:{line}", f"the head is not YAML: {exc.problem}") from exc
    except yaml.YAMLError as exc:
        raise ContentError(name, f"the head is not YAML: {exc}") from exc
    if head is None:
        head = {}
    if not isinstance(head, dict):
        raise ContentError(f"{name}:2", f"found {head!r} as head, expected keys with values")
    return {str(key): value for key, value in head.items()}, text[end + 5 :].lstrip("\n")


_PLAIN = r"(?!(?:y|yes|n|no|on|off|true|false|null)\n)[a-z][a-z0-9-]*"
_ADDRESS = r"(?:https?://|tag:|urn:)[^\s'\"]*[^\s'\":]"
_COVER = re.compile(rf"^cover:\n(?:- feed: {_PLAIN}\n  id: {_ADDRESS}\n)+", re.M)
_COVERED = re.compile(r"- feed: (.+)\n  id: (.+)\n")


def take_cover(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """
    Take the list `cover:` out of issue.md, where it has the form in which the program writes it.

    It is most of a head, and YAML takes 0.03 ms for each of its items: this is a hundredth of that,
    for whoever reads the heads of years. Any other form is left for YAML.

    Returns:
        The text without the list, and what it held; the text as it was, where it is not
        certain that YAML would read the same.
    """
    end = text.find("\n---\n", 3)
    found = _COVER.search(text, 0, end + 1)
    if not text.startswith("---\n") or found is None:
        return text, ()
    if text.startswith((" ", "- ", "#", "\n"), found.end()):  # the list may go on in another form
        return text, ()
    return text[: found.start()] + text[found.end() :], tuple(_COVERED.findall(found.group()))


def join(head: Mapping[str, Any], body: str) -> str:
    """The file of a head and a body; ends with one line feed."""
    return f"---\n{block(head)}---\n\n{body.strip()}\n"


def block(head: Mapping[str, Any]) -> str:
    """The lines of some keys of a head."""
    return str(
        yaml.dump(dict(head), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    )


class Fields:
    """
    Typed access to a head, with errors that name file, key and what was expected.

    Args:
        head: Its keys.
        name: How the file is called in messages.
    """

    __slots__ = ("_name", "head")

    def __init__(self, head: Mapping[str, Any], name: str | tuple[Fields, str, int]) -> None:
        self.head = head
        self._name = name

    @property
    def name(self) -> str:
        if isinstance(self._name, str):
            return self._name
        within, key, number = self._name
        return f"{within.name}: {key}[{number}]"

    def wrong(self, key: str, expected: str) -> ContentError:
        if key not in self.head:
            return ContentError(self.name, f"`{key}:` is missing, expected {expected}")
        return ContentError(self.name, f"`{key}:` is {self.head[key]!r}, expected {expected}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.head.get(key)
        if type(value) is str:  # most are, and the question below costs ten times as much
            return value.strip()
        if value is None and default is not None:
            return default
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise self.wrong(key, "text")
        return str(value).strip()

    def one_of(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.wrong(key, "one of " + ", ".join(allowed))
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.head.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.head.get(key) or []
        if type(value) is list and _TEXT.issuperset(map(type, value)):  # most are; see `text`
            return tuple(map(str.strip, value))
        if not isinstance(value, list) or not all(
            isinstance(item, str | int | float) for item in value
        ):
            raise self.wrong(key, "a list of texts")
        return tuple(str(item).strip() for item in value)

    def items(self, key: str) -> list[Fields]:
        value = self.head.get(key) or []
        if not isinstance(value, list) or not _MAPPING.issuperset(map(type, value)):
            raise self.wrong(key, "a list of keys with values")
        return [Fields(item, (self, key, number)) for number, item in enumerate(value)]

    def day(self, key: str) -> dt.date:
        try:
            return dt.date.fromisoformat(self.text(key))
        except ValueError:
            raise self.wrong(key, "a day such as 2026-04-24") from None

    def optional_day(self, key: str) -> dt.date | None:
        return None if self.head.get(key) is None else self.day(key)

    def time(self, key: str) -> dt.datetime:
        try:
            return _moment(self.text(key))
        except ValueError:
            raise self.wrong(key, "a time such as 2026-04-24T06:30:00Z") from None

    def optional_time(self, key: str) -> dt.datetime | None:
        return None if self.head.get(key) is None else self.time(key)


_TEXT, _MAPPING = frozenset({str}), frozenset({dict})


@lru_cache(maxsize=4096)
def _moment(text: str) -> dt.datetime:
    """A time that has no zone is in UTC."""
    time = dt.datetime.fromisoformat(text)
    return time.astimezone(dt.UTC) if time.tzinfo else time.replace(tzinfo=dt.UTC)


def time_text(time: dt.datetime) -> str:
    """A time as files hold it: UTC, `Z`, milliseconds where there are any."""
    time = time.astimezone(dt.UTC)
    fraction = f".{time.microsecond // 1000:03}" if time.microsecond else ""
    return f"{time:%Y-%m-%dT%H:%M:%S}{fraction}Z"

"""
The head of a content file without YAML, where it has no more than the program itself writes.

Pure. Most heads are keys with one line each, lists of lines, and lists of such keys; to read them
line by line takes a tenth of YAML's time, which is most of what it takes to read an issue. Any
line that might mean something else to YAML leaves the whole head to it.
"""

from __future__ import annotations

import re
from typing import Any

_WORD = r"(?![yYnN]$|(?i:yes|no|on|off|true|false|null)$)[^\W\d_]"
"""How a text may begin that is no number, truth or nothing to YAML."""
_COUNTED = r"\d(?=[^\n]*[ g-wyzG-WYZ])"
"""And the same for a text that begins with a number."""
_TIME = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?$"
_TEXT = r"(?:(?!: )(?! #)[^\n])*(?<![:\s])"
_VALUE = re.compile(
    rf"(?P<plain>(?:{_WORD}|{_COUNTED}){_TEXT}|{_TIME})$|'(?P<quoted>(?:[^'\n]|'')*)'$|null$|(?P<empty>\[\])$"
)
_LINE = re.compile(
    r"(?P<indent>- |  |)(?P<key>(?!(?:yes|no|on|off|true|false|null|y|n):)[a-z_]+):"
    r"(?: (?P<value>.+))?"
)


def read(text: str) -> dict[str, Any] | None:
    """
    Read a head.

    Args:
        text: Its lines.

    Returns:
        Its keys as YAML would give them; None where YAML is to be asked.
    """
    if not text.replace("\n", "").isprintable():
        return None
    head: dict[str, Any] = {}
    last = ""
    """The key whose list the next lines may hold."""
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None or (match["value"] is None and match["indent"]):
            if not (last and line.startswith("- ")):
                return None
            value = _value(line[2:])
            if value is _UNKNOWN:
                return None
            if not _append(head, last, value):
                return None
            continue
        indent, key, told = match["indent"], match["key"], match["value"]
        value = None if told is None else _value(told)
        if value is _UNKNOWN:
            return None
        if not indent:
            if key in head:
                return None
            head[key], last = value, key if told is None else ""
        elif not last:
            return None
        elif indent == "- ":
            if not _append(head, last, {key: value}):
                return None
        else:
            items = head[last]
            if not items or not isinstance(items[-1], dict) or key in items[-1]:
                return None
            items[-1][key] = value
    return head


_UNKNOWN = object()


def _append(head: dict[str, Any], key: str, value: Any) -> bool:
    """Whether a list may go on with this: all of it is texts, or all of it has keys."""
    items = head[key]
    if items is None:
        items = head[key] = []
    if items and isinstance(items[0], dict) != isinstance(value, dict):
        return False
    items.append(value)
    return True


def _value(told: str) -> Any:
    match = _VALUE.match(told)
    if match is None:
        return _UNKNOWN
    plain = match["plain"]
    if plain is not None:
        return plain
    quoted = match["quoted"]
    if quoted is not None:
        return quoted.replace("''", "'")
    return None if match["empty"] is None else []

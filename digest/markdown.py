"""
Plain text inside Markdown: escaping, so that nothing of a document acts as markup.

Pure. What is escaped here is shown by any CommonMark renderer as exactly the characters
that went in.
"""

from __future__ import annotations

import re
from urllib.parse import quote

# Characters that mean something wherever they stand; `&` begins an entity.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~&]")
_LINE_START = re.compile(r"^(\s*)([#+=>:-]|\d{1,9}(?=[.)]))", re.M)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """
    Text as Markdown that shows the same characters.

    A line feed stays one; leading and trailing blanks of a line are Markdown's own.
    """
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    return _LINE_START.sub(_at_line_start, text)


def _at_line_start(match: re.Match[str]) -> str:
    space, sign = match.groups()
    # `1.` is defused behind its digits: a backslash before a digit would be shown.
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


def unescape(text: str) -> str:
    """The characters that `escape` was given."""
    return _ESCAPED.sub(r"\1", text)


def link_target(url: str) -> str:
    """An address as the target of `[…](…)`: no blank, bracket or parenthesis ends it early."""
    return quote(url, safe="!#$&'*+,/:;=?@%~-._")

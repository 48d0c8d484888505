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
_WITH_BACKSLASH = r"\\\g<0>"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """
    Text as Markdown that shows the same characters.

    A line feed stays one; leading and trailing blanks of a line are Markdown's own.
    """
    text = _ANYWHERE.sub(_WITH_BACKSLASH, text)
    return _LINE_START.sub(_at_line_start, text)


def _at_line_start(match: re.Match[str]) -> str:
    space, sign = match.groups()
    # `1.` is defused behind its digits: a backslash before a digit would be shown.
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


_CODE = re.compile(r"`([^`\n]{1,200})`")
_STRONG = re.compile(r"(\*{1,2})(?=\S)([^*\n]{1,300}?)(?<=\S)\1")


def styled(text: str) -> str:
    """
    Text of one line as Markdown in which `code`, *emphasis* and **strong** alone act.

    Code holds its characters as they are; within emphasis all else is escaped.
    """
    pieces = _CODE.split(" ".join(text.split()))
    return "".join(
        f"`{piece}`" if place % 2 else _emphasised(piece, at_start=place == 0)
        for place, piece in enumerate(pieces)
    )


def _emphasised(text: str, *, at_start: bool) -> str:
    """Emphasis of a text without code; what begins a line is defused only where one begins."""
    out, done = [], 0
    for match in _STRONG.finditer(text):
        sign, inner = match.groups()
        out += [text[done : match.start()], f"{sign}{_ANYWHERE.sub(_WITH_BACKSLASH, inner)}{sign}"]
        done = match.end()
    out.append(text[done:])
    escaped = [
        piece if place % 2 else _ANYWHERE.sub(_WITH_BACKSLASH, piece)
        for place, piece in enumerate(out)
    ]
    if at_start and escaped[0]:
        escaped[0] = _LINE_START.sub(_at_line_start, escaped[0], count=1)
    return "".join(escaped)


def unescape(text: str) -> str:
    """The characters that `escape` was given."""
    return _ESCAPED.sub(r"\1", text)


def link_target(url: str) -> str:
    """An address as the target of `[…](…)`: no blank, bracket or parenthesis ends it early."""
    return quote(url, safe="!#$&'*+,/:;=?@%~-._")

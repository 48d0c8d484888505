"""
Rules of markdown-it that change a text's tokens before they become HTML.

Pure. `CORE_RULES` lists them in the order in which they run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .excerpts import excerpt_rule, sign
from .notes import MARK

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

_NUMBER = re.compile(r"[~<>≈±+\-−–]?\s*[$€£¥]?\s*\d[\d.,\s]*\s*(%|[×xkKMBT]|[a-zA-Z]{1,3})?")
SHORT = 16
"""A column of at most so many characters is not broken: a date, a name, an amount."""
_SPEAKER = re.compile(r"[—–-]\s+(?=\S)")


def headings(state: StateCore) -> None:
    """Headings begin at `env["top"]`, and none skips a level, over all parts of a text."""
    tag = ""
    for token in state.tokens:
        if token.type == "heading_open":
            token.tag = tag = heading_tag(int(token.tag[1]), state.env)
        elif token.type == "heading_close":
            token.tag = tag


def heading_tag(level: int, env: EnvType) -> str:
    """
    Args:
        level: As it is written.
        env: Remembers the levels of the headings above it.
    """
    levels: list[int] = env.setdefault("levels", [])
    levels[:] = [*(above for above in levels if above < level), level]
    return f"h{min(6, env['top'] + len(levels) - 1)}"


def columns(state: StateCore) -> None:
    """Cells say by class how they are aligned; columns of numbers are found."""
    cells: list[tuple[int, Token, Token]] = []
    column = 0
    for index, token in enumerate(state.tokens):
        if token.type == "table_close":
            _align(cells)
            cells = []
        elif token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            cells.append((column, token, state.tokens[index + 1]))
            column += 1


def _align(cells: list[tuple[int, Token, Token]]) -> None:
    for number in {column for column, _, _ in cells}:
        own = [(cell, content) for column, cell, content in cells if column == number]
        values = [_plain(content) for cell, content in own if cell.tag == "td"]
        for cell, _ in own:
            align = str(cell.attrs.pop("style", "")).removeprefix("text-align:")
            if name := column_classes(values, align)[cell.tag]:
                cell.attrSet("class", name)
            if cell.tag == "th":
                cell.attrSet("scope", "col")
        for _, content in own:
            content.children = _with_marks_apart(content.children or [])


def column_classes(values: Sequence[str], align: str) -> dict[str, str]:
    """
    The class of a column's cells, by tag.

    Args:
        values: Of its cells below the head, without marks.
        align: "left", "center" or "right" where the table says so; else empty.
    """
    is_short = bool(values) and max(map(len, values)) <= SHORT
    is_numeric = bool(values) and all(_NUMBER.fullmatch(value) for value in values)
    own = f"align-{align}" if align else "number" if is_numeric else ""
    short = " short" if is_short and not is_numeric else ""
    return {"th": own, "td": (own + short).strip()}


def _with_marks_apart(children: list[Token]) -> list[Token]:
    """Marks at the end of a cell in an element of their own, so that they can hang beside it."""
    start = len(children)
    while start and children[start - 1].type == MARK:
        start -= 1
    if start == len(children):
        return children
    opening, closing = sign('<span class="marks">', ""), sign("</span>", "")
    return [*children[:start], opening, *children[start:], closing]


def _plain(inline: Token) -> str:
    children = inline.children or []
    return "".join(child.content for child in children if child.type != MARK).strip()


def speakers(state: StateCore) -> None:
    """The last line `— Name` of a quotation says who is quoted."""
    opened: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            token.meta = {"blocks": 0, "label": ""}
            opened.append(token)
        elif token.type == "inline" and opened:
            opened[-1].meta["blocks"] += 1
            marks = [child for child in token.children or () if child.type == MARK]
            if marks and not opened[-1].meta["label"]:
                opened[-1].meta["label"] = marks[0].meta["label"]
        elif token.type == "blockquote_close":
            start = opened.pop()
            speaker = _take_speaker(state.tokens[max(0, index - 3) : index], start)
            start.meta = token.meta = {"speaker": speaker, "label": start.meta["label"]}


def _take_speaker(last_block: list[Token], start: Token) -> str:
    """Cut the speaker off the last paragraph, which vanishes where it holds nothing else."""
    if len(last_block) < 3 or last_block[0].type != "paragraph_open":
        return ""  # it is empty, or ends in another block
    paragraph, inline, _ = last_block
    children = inline.children or []
    breaks = [i for i, child in enumerate(children) if child.type in {"softbreak", "hardbreak"}]
    last = children[breaks[-1] + 1 :] if breaks else children
    text = "".join(child.content for child in last)
    match = _SPEAKER.match(text)
    if match is None or not (breaks or start.meta["blocks"] > 1):
        return ""
    inline.children = children[: breaks[-1]] if breaks else []
    if not breaks:
        paragraph.hidden = last_block[2].hidden = True
    return text[match.end() :].strip()


CORE_RULES = {
    "headings": headings,
    "columns": columns,
    "speakers": speakers,
    "excerpts": excerpt_rule,
}

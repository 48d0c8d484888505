"""
Markdown that needs no parser: paragraphs, headings and tables of words, marks, `code`, *emphasis*.

Pure. Most of what is published is such text, and markdown-it, which decides what Markdown
means, takes twenty times as long for it. What stands here gives the same HTML for a part of
Markdown that is drawn narrowly, so that no rule but those of a paragraph, a heading or a table
can apply: a text is cut at its blank lines, the blocks of these kinds are written at once, and
everything else is left to markdown-it. `tests/render/test_quick.py` compares the two on all texts
there are, on those of the CommonMark specification, and on random ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .core_rules import column_classes, heading_tag
from .excerpts import wrap
from .notes import MARK
from .render_rules import TABLE_CLOSING, table_opening, write_mark

if TYPE_CHECKING:
    from markdown_it.token import Token

_WORDS = r"[^\x00-\x1f\x7f\\`*_\[\]<>&|~]"
"""What can be neither a sign of Markdown nor part of an entity; `|` may begin a table."""
_WORD = r"[^\W_]"
_CODE = r"`(?![ `])[^`\n\x00-\x1f]*(?<! )`(?!`)"
_STRESSED = "|".join(
    rf"(?<![^\s(“])\*{{{n}}}(?={_WORD}){_WORDS}*(?<={_WORD})\*{{{n}}}(?![*\w])" for n in (1, 2)
)
_MARK = r"\[\^[A-Za-z0-9.-]{1,100}\]"
_ESCAPE = r"\\[!-/:-@\[-`{-~]"
_AND = r"&(?![#A-Za-z])"


_INLINE = f"(?:{_WORDS}++|{_MARK}|{_ESCAPE}|{_AND}|{_CODE}|{_STRESSED})"
_LINE = re.compile(f"{_INLINE}*+")
_FIRST = r"(?=[^\W\d_]|[“”‘’„«\"'($€£—]|\\[!-/:-@\[-`{-~]|`[^`]|\*{1,2}[^\W_])"
"""No list, heading, rule, quotation, fence or definition begins so."""
_PARAGRAPH = re.compile(rf"{_FIRST}{_INLINE}++(?<!\s)")
_HEADING = re.compile(rf"(#{{1,6}}) (?=\S)({_INLINE}++)(?<![\s#])")
_BELOW_HEAD = re.compile(r"\|(?: *:?-+:? *\|)+")
"""The line between the head of a table and its rows."""
_MARKS = re.compile(rf"(?:{_MARK})+$")
_PIECE = re.compile(
    r"\\(?P<escaped>.)|`(?P<code>[^`]+)`|\[\^(?P<mark>[^\]]+)\]|(?P<stars>\*{1,2})(?P<stressed>[^*]+)\*{1,2}"
)
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
"""What stands between blank lines."""


def line(text: str) -> str | None:
    """HTML of one line; None where markdown-it is to be asked."""
    return _html(text, {}) if _LINE.fullmatch(text) and "[^" not in text else None


def parts(text: str) -> Iterator[tuple[bool, str]]:
    """
    Cut a text into runs of blocks that need no parser, and the rest.

    Each run means the same alone as in its text, but for the levels of headings before it.

    Args:
        text: Markdown.

    Yields:
        Whether `blocks` can write it, and the run.
    """
    # A fence holds blank lines, a definition is known everywhere, other line ends are none here.
    if "```" in text or "~~~" in text or "]:" in text or "\r" in text or "\0" in text:
        yield False, text
        return
    start = end = 0
    is_quick = False
    for block in _BLOCK.finditer(text):
        quick = (
            _PARAGRAPH.fullmatch(text, *block.span()) is not None
            or (text[block.start()] == "#" and _HEADING.fullmatch(block.group()) is not None)
            or (text[block.start()] == "|" and _table(block.group()) is not None)
        )
        if end and quick != is_quick:
            yield is_quick, text[start:end]
            start = block.start()
        is_quick, end = quick, block.end()
    if end:
        yield is_quick, text[start:end]


def blocks(run: str, env: dict[str, Any]) -> str:
    """
    HTML of a run of paragraphs, headings and tables.

    Args:
        run: As `parts` gives it.
        env: As markdown-it's rules get it.
    """
    return "".join([_block(block, env) for block in _BLOCK.findall(run)])


def _block(block: str, env: dict[str, Any]) -> str:
    if block[0] == "#" and (heading := _HEADING.fullmatch(block)):
        tag = heading_tag(len(heading[1]), env)
        return f"<{tag}>{_html(heading[2], env)}</{tag}>\n"
    if block[0] == "|" and (table := _table(block)):
        return _of_table(table, env)
    excerpts, marks = env["excerpts"], env["marks"]
    if excerpts is None:
        return f"<p>{_html(block, env)}</p>\n"
    return f"<p>{_of_tokens(wrap(_tokens(block), excerpts, marks), env)}</p>\n"


class _Table(NamedTuple):
    aligns: list[str]
    rows: list[list[str]]
    """Their cells; the first is the head."""


@lru_cache(maxsize=8)
def _table(block: str) -> _Table | None:
    """A table; None where it is none, or needs the parser."""
    head, *lines = block.split("\n")
    if "\\" in block or not lines or not _BELOW_HEAD.fullmatch(lines[0]):
        return None
    columns = head.count("|")
    rows: list[list[str]] = []
    for row in (head, *lines):
        if columns < 2 or row.count("|") != columns or row[0] != "|" or row[-1] != "|":
            return None
        rows.append([cell.strip() for cell in row[1:-1].split("|")])
    below = rows.pop(1)
    if not all(_LINE.fullmatch(cell) for row in rows for cell in row):
        return None
    return _Table([_ALIGNS[cell[0] == ":", cell[-1] == ":"] for cell in below], rows)


_ALIGNS = {
    (False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"
}  # fmt: skip


def _of_table(table: _Table, env: dict[str, Any]) -> str:
    head, *rows = table.rows
    columns = zip(*([_without_signs(cell) for cell in row] for row in rows), strict=True)
    values = list(columns) if rows else [()] * len(head)
    classes = [column_classes(own, align) for own, align in zip(values, table.aligns, strict=True)]
    out = [table_opening(env), "<thead>\n"]
    for number, row in enumerate(table.rows):
        tag, scope = ("td", "") if number else ("th", ' scope="col"')
        out.append("<tbody>\n<tr>\n" if number == 1 else "<tr>\n")
        for names, cell in zip(classes, row, strict=True):
            name = f' class="{names[tag]}"' if names[tag] else ""
            out.append(f"<{tag}{name}{scope}>{_cell(cell, env)}</{tag}>\n")
        out.append("</tr>\n" if number else "</tr>\n</thead>\n")
    out += ["</tbody>\n"] if rows else []
    return "".join((*out, TABLE_CLOSING))


def _without_signs(cell: str) -> str:
    """The words of a cell, without marks and signs of Markdown."""
    if "[" in cell or "`" in cell or "*" in cell:
        cell = _PIECE.sub(lambda piece: piece["code"] or piece["stressed"] or "", cell)
    return cell.strip()


def _cell(cell: str, env: dict[str, Any]) -> str:
    """Marks at its end hang beside it."""
    marks = _MARKS.search(cell) if cell.endswith("]") else None
    if marks is None:
        return _html(cell, env)
    words = _html(cell[: marks.start()], env)
    return f'{words}<span class="marks">{_html(marks.group(), env)}</span>'


def _html(text: str, env: dict[str, Any]) -> str:
    if not ("`" in text or "*" in text or "\\" in text):
        first, *rest = _escaped(text).split("[^")
        if not rest:
            return first
        out = [first]
        for piece in rest:
            label, _, words = piece.partition("]")
            out += [write_mark(label, f"[^{label}]", env), words]
        return "".join(out)
    return _of_pieces(text, env)


def _of_pieces(text: str, env: dict[str, Any]) -> str:
    out: list[str] = []
    done = 0
    for piece in _PIECE.finditer(text):
        out.append(_escaped(text[done : piece.start()]))
        done = piece.end()
        kind = piece.lastgroup
        if kind == "mark":
            out.append(write_mark(piece["mark"], piece.group(), env))
        elif kind == "code":
            out.append(f"<code>{_escaped(piece['code'])}</code>")
        elif kind == "escaped":
            out.append(_escaped(piece["escaped"]))
        else:
            tag = "em" if len(piece["stars"]) == 1 else "strong"
            out.append(f"<{tag}>{_escaped(piece['stressed'])}</{tag}>")
    out.append(_escaped(text[done:]))
    return "".join(out)


def _tokens(text: str) -> list[Token]:
    """The tokens that markdown-it makes of a paragraph."""
    from markdown_it.token import Token  # with it comes the parser, which few texts need

    tokens: list[Token] = []
    words = ""
    done = 0
    for piece in _PIECE.finditer(text):
        words += text[done : piece.start()]
        done = piece.end()
        kind = piece.lastgroup
        if kind == "escaped":
            words += piece["escaped"]
            continue
        if words:
            tokens.append(Token("text", "", 0, content=words))
            words = ""
        if kind == "mark":
            meta = {"label": piece["mark"]}
            tokens.append(Token(MARK, "", 0, content=piece.group(), meta=meta))
        elif kind == "code":
            tokens.append(Token("code_inline", "code", 0, content=piece["code"]))
        else:
            tag = "em" if len(piece["stars"]) == 1 else "strong"
            tokens += [
                Token(f"{tag}_open", tag, 1),
                Token("text", "", 0, content=piece["stressed"]),
                Token(f"{tag}_close", tag, -1),
            ]
    words += text[done:]
    return [*tokens, Token("text", "", 0, content=words)] if words else tokens


def _of_tokens(tokens: Iterable[Token], env: dict[str, Any]) -> str:
    return "".join([_of_token(token, env) for token in tokens])


def _of_token(token: Token, env: dict[str, Any]) -> str:
    kind = token.type
    if kind == "text":
        return _escaped(token.content)
    if kind == MARK:
        return write_mark(token.meta["label"], token.content, env)
    if kind == "html_inline":
        return token.content
    if kind == "code_inline":
        return f"<code>{_escaped(token.content)}</code>"
    return f"<{token.tag}>" if token.nesting == 1 else f"</{token.tag}>"


def _escaped(text: str) -> str:
    """As markdown-it's renderer does it: apostrophes stay."""
    if not ("&" in text or '"' in text or "<" in text or ">" in text):
        return text
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text

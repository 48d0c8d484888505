"""
Markdown → plain text, written for people who read mail as text.

Pure. Paragraphs are filled, tables stand in aligned columns, a mark is `[3]`, a link becomes
a number that a list at the end explains.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from .excerpts import Excerpts
from .markdown import engine
from .notes import MARK, Marks

WIDTH = 72


class Links:
    """Addresses of one message, numbered after its footnotes."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._numbers: dict[str, int] = {}

    def number(self, url: str) -> int:
        return self._numbers.setdefault(url, self._first + len(self._numbers))

    def all(self) -> list[tuple[int, str]]:
        return [(number, url) for url, number in self._numbers.items()]


def fill(text: str, indent: str = "", first: str | None = None) -> str:
    """Lines of at most 72 characters; words and addresses longer than that are not broken."""
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def to_text(
    source: str, links: Links, *, marks: Marks | None = None, excerpts: Excerpts | None = None
) -> str:
    """
    Render one text.

    Args:
        source: Markdown.
        links: Numbers its links.
        marks: Its footnotes.
        excerpts: As for `markdown.to_html`.
    """
    env = {"top": 1, "marks": marks, "excerpts": excerpts, "base": ""}
    tokens = engine().parse(source, env)
    return "\n\n".join(_blocks(tokens, lambda token: _inline(token, links, marks)))


Inline = Callable[[Token], str]


def _blocks(tokens: Sequence[Token], inline: Inline) -> Iterator[str]:
    """The blocks of a text in order; the items of a list and the rows of a table are one."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _end(tokens, index)
        inside = tokens[index + 1 : end]
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            yield _list(token, inside, inline)
        elif token.type == "table_open":
            yield _table(inside, inline)
        elif token.type == "blockquote_open":
            yield _quotation(token, inside, inline)
        elif token.type == "heading_open":
            title = inline(inside[0])
            yield f"{fill(title)}\n{'-' * min(WIDTH, len(title))}"
        elif token.type == "paragraph_open":
            yield "\n".join(fill(line) for line in inline(inside[0]).split("\n"))
        elif token.type in {"fence", "code_block"}:
            yield textwrap.indent(token.content.rstrip("\n"), "    ")
        elif token.type == "hr":
            yield "* * *"
        index = end + 1


def _end(tokens: Sequence[Token], index: int) -> int:
    """Where the block that begins at `index` closes."""
    depth = 0
    for place in range(index, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens)


def _list(opening: Token, tokens: Sequence[Token], inline: Inline) -> str:
    items: list[str] = []
    index = 0
    number = int(opening.attrs.get("start", 1))
    while index < len(tokens):
        end = _end(tokens, index)
        sign = f"{number + len(items)}. " if opening.type.startswith("ordered") else "- "
        body = "\n".join(_blocks(tokens[index + 1 : end], inline))
        items.append(sign + textwrap.indent(_refill(body, len(sign)), " " * len(sign)).lstrip())
        index = end + 1
    return "\n".join(items)


def _refill(text: str, indent: int) -> str:
    lines = text.split("\n")
    if any(len(line) > WIDTH - indent for line in lines):
        return textwrap.fill(
            " ".join(lines), WIDTH - indent, break_long_words=False, break_on_hyphens=False
        )
    return text


def _quotation(opening: Token, tokens: Sequence[Token], inline: Inline) -> str:
    speaker = opening.meta["speaker"]
    blocks = [block for block in _blocks(tokens, inline) if block]
    text = "\n\n".join([*blocks, *([f"— {speaker}"] if speaker else [])])
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _table(tokens: Sequence[Token], inline: Inline) -> str:
    rows: list[list[str]] = []
    to_the_right: list[bool] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type in {"th_open", "td_open"}:
            rows[-1].append(inline(token))
        if before.type == "th_open":
            to_the_right.append(before.attrs.get("class") in {"number", "align-right"})
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) > WIDTH:
        return _records(rows)
    lines = [
        "  ".join(
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(row, widths, to_the_right, strict=True)
        ).rstrip()
        for row in rows
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


def _records(rows: list[list[str]]) -> str:
    """A table that is too wide for a line: one paragraph a row, each cell with its head."""
    head, *body = rows
    return "\n\n".join(
        "\n".join(
            fill(f"{name}: {cell}" if name else cell, "    ", "")
            for name, cell in zip(head, row, strict=True)
            if cell
        )
        for row in body
    )


def _inline(token: Token, links: Links, marks: Marks | None) -> str:
    parts: list[str] = []
    target = ""
    for child in token.children or []:
        if child.type in {"text", "code_inline", "text_special"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" " if child.type == "softbreak" else "\n")
        elif child.type == MARK:
            used = marks.use(child.meta["label"]) if marks else None
            parts.append(f"[{used[0]}]" if used else child.content)
        elif child.type == "html_inline":
            parts.append(child.meta["text"])
        elif child.type == "image":
            parts.append(f"{child.content} [{links.number(str(child.attrs['src']))}]")
        elif child.type == "link_open":
            target = str(child.attrs["href"])
        elif child.type == "link_close":
            parts.append(f" [{links.number(target)}]")
    return "".join(parts)

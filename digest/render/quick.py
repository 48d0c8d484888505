"""
Markdown that needs no parser: paragraphs of words, marks, `code`, *emphasis* and escapes.

Pure. Most of what is published is such text, and markdown-it, which decides what Markdown
means, takes twenty times as long for it. What stands here gives the same HTML for a part of
Markdown that is drawn narrowly, so that no rule but a paragraph's can apply: a text is cut at
its blank lines, the paragraphs of that kind are written at once, and everything else is left to
markdown-it. `tests/render/test_quick.py` compares the two on all texts there are, on those of
the CommonMark specification, and on random ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it.token import Token

from .excerpts import wrap
from .notes import MARK
from .render_rules import write_mark

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
_PIECE = re.compile(
    r"\\(?P<escaped>.)|`(?P<code>[^`]+)`|\[\^(?P<mark>[^\]]+)\]|(?P<stars>\*{1,2})(?P<stressed>[^*]+)\*{1,2}"
)
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
"""What stands between blank lines."""


def line(text: str) -> str | None:
    """HTML of one line; None where markdown-it is to be asked."""
    return _html(text, {}) if _LINE.fullmatch(text) and "[^" not in text else None


def parts(text: str, *, with_excerpts: bool) -> Iterator[tuple[bool, str]]:
    """
    Cut a text into runs of paragraphs that need no parser, and the rest.

    Each run means the same alone as in its text, but for the levels of headings before it.

    Args:
        text: Markdown.
        with_excerpts: Its sentences may be put in quotation marks.

    Yields:
        Whether `paragraphs` can write it, and the run.
    """
    # A fence holds blank lines, a definition is known everywhere, other line ends are none here.
    if "```" in text or "~~~" in text or "]:" in text or "\r" in text or "\0" in text:
        yield False, text
        return
    start = end = 0
    is_quick = False
    for block in _BLOCK.finditer(text):
        quick = _PARAGRAPH.fullmatch(text, *block.span()) is not None
        quick = quick and not (with_excerpts and "*" in block.group())
        if end and quick != is_quick:
            yield is_quick, text[start:end]
            start = block.start()
        is_quick, end = quick, block.end()
    if end:
        yield is_quick, text[start:end]


def paragraphs(run: str, env: dict[str, Any]) -> str:
    """
    HTML of a run of paragraphs.

    Args:
        run: As `parts` gives it.
        env: As markdown-it's rules get it.
    """
    excerpts, marks = env["excerpts"], env["marks"]
    blocks = _BLOCK.findall(run)
    if excerpts is None:
        return "".join(f"<p>{_html(block, env)}</p>\n" for block in blocks)
    return "".join(
        f"<p>{_of_tokens(wrap(_tokens(block), excerpts, marks), env)}</p>\n" for block in blocks
    )


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
    """The tokens that markdown-it makes of a paragraph without emphasis."""
    tokens: list[Token] = []
    words = ""
    done = 0
    for piece in _PIECE.finditer(text):
        words += text[done : piece.start()]
        done = piece.end()
        if piece.lastgroup == "escaped":
            words += piece["escaped"]
            continue
        if words:
            tokens.append(Token("text", "", 0, content=words))
            words = ""
        if piece.lastgroup == "mark":
            meta = {"label": piece["mark"]}
            tokens.append(Token(MARK, "", 0, content=piece.group(), meta=meta))
        else:
            tokens.append(Token("code_inline", "code", 0, content=piece["code"]))
    words += text[done:]
    return [*tokens, Token("text", "", 0, content=words)] if words else tokens


def _of_tokens(tokens: Iterable[Token], env: dict[str, Any]) -> str:
    return "".join(
        token.content
        if token.type == "html_inline"
        else write_mark(token.meta["label"], token.content, env)
        if token.type == MARK
        else f"<code>{_escaped(token.content)}</code>"
        if token.type == "code_inline"
        else _escaped(token.content)
        for token in tokens
    )


def _escaped(text: str) -> str:
    """As markdown-it's renderer does it: apostrophes stay."""
    if not ("&" in text or '"' in text or "<" in text or ">" in text):
        return text
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text

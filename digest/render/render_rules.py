"""
Rules of markdown-it that write HTML where its own would not do.

Pure. A strict content security policy holds on every page, so nothing here writes a style
or loads anything; what may be too wide for a phone scrolls in itself, by keyboard too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from markupsafe import escape

from .excerpts import spoken
from .notes import MARK, Marks

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict


@dataclass(frozen=True, slots=True)
class Labels:
    """The site's own words that stand in the HTML of a text; `{…}` is filled in."""

    note: str = "Note {n}"
    image: str = "Image: {text}"
    image_unnamed: str = "without a description"
    table: str = "Table"
    footnotes: str = "Footnotes"


ENGLISH = Labels()
TABLE_CLOSING = "</table>\n</div>\n"


def note_mark(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return write_mark(tokens[idx].meta["label"], tokens[idx].content, env)


def write_mark(label: str, content: str, env: EnvType) -> str:
    """A mark as HTML; where no note has its label, it stays as it was written."""
    marks: Marks | None = env["marks"]
    used = marks.use(label) if marks else None
    if used is None:
        return str(escape(content))
    number, mark = used
    return (
        f'<sup class="mark" id="{mark}"><a href="#fn-{number}" role="doc-noteref" '
        f'aria-label="{_label(env["labels"].note, number)}">{number}</a></sup>'
    )


@lru_cache(maxsize=1024)
def _label(pattern: str, number: int) -> str:
    return str(escape(pattern.format(n=number)))


def caption(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return str(tokens[idx].meta["id"] + 1)


def notes_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<section class="footnotes" aria-label="{escape(env["labels"].footnotes)}">\n<ol>\n'


def _link(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    href = str(tokens[idx].attrs.get("href", ""))
    tokens[idx].attrSet("href", urljoin(env["base"], href))
    return self.renderToken(tokens, idx, options, env)


def _image(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    source = urljoin(env["base"], str(tokens[idx].attrs.get("src", "")))
    labels: Labels = env["labels"]
    text = labels.image.format(text=tokens[idx].content.strip() or labels.image_unnamed)
    return f'<a class="image" href="{escape(source)}">{escape(text)}</a>'


def _quotation_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    marks: Marks | None = env["marks"]
    language = marks.language(tokens[idx].meta["label"]) if marks else ""
    opening = f"<blockquote{spoken(language)}>\n"
    return f'<figure class="quotation">\n{opening}' if tokens[idx].meta["speaker"] else opening


def _quotation_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    speaker = tokens[idx].meta["speaker"]
    if not speaker:
        return "</blockquote>\n"
    return f"</blockquote>\n<figcaption>— {escape(speaker)}</figcaption>\n</figure>\n"


def _table_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return table_opening(env)


def table_opening(env: EnvType) -> str:
    label = escape(env["labels"].table)
    return f'<div class="table" role="group" aria-label="{label}" tabindex="0">\n<table>\n'


def _table_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return TABLE_CLOSING


def _code(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[idx].content)}</code></pre>\n'


RENDER_RULES = {
    MARK: note_mark,
    "fence": _code,
    "code_block": _code,
    "link_open": _link,
    "image": _image,
    "blockquote_open": _quotation_open,
    "blockquote_close": _quotation_close,
    "table_open": _table_open,
    "table_close": _table_close,
}

ARTICLE_RULES = {"footnote_caption": caption, "footnote_block_open": notes_open}
"""For texts that define their own footnotes."""

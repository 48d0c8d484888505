"""
Markdown → HTML: CommonMark with tables, and marks of footnotes.

Pure. HTML in the source is text, links lead to http, https, mailto or within the site, an
image is a link to itself (nothing foreign loads). No attribute that a strict content
security policy would refuse is written: the alignment of cells is a class.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from . import quick
from .core_rules import CORE_RULES
from .excerpts import Excerpts
from .notes import Marks, note_marks
from .render_rules import ARTICLE_RULES, ENGLISH, RENDER_RULES, Labels

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SIDE_BY_SIDE = ('</sup><sup class="mark"', '</sup>\u202f<sup class="mark"')
"""Two marks, and the same with a narrow blank: without a style of ours, 2 and 4 read as 24."""
_SCHEME = re.compile(r"[^/?#]*?:")


def to_html(
    text: str,
    *,
    top: int = 3,
    marks: Marks | None = None,
    excerpts: Excerpts | None = None,
    base: str = "",
    labels: Labels = ENGLISH,
) -> Markup:
    """
    Render one text.

    Args:
        text: Markdown.
        top: Level of its highest heading in the page; the others follow without a gap.
        marks: Its footnotes; without them `[^label]` stays as written.
        excerpts: How excerpts are told; without it nothing is put in quotation marks.
        base: Makes relative links whole, for feeds and mail.
        labels: The site's own words for marks, images and tables.
    """
    env = _env(top=top, marks=marks, excerpts=excerpts, base=base, labels=labels)
    html = "".join(
        quick.blocks(part, env) if is_quick else engine().render(part, env)
        for is_quick, part in quick.parts(text)
    )
    return Markup(html.replace(*SIDE_BY_SIDE))  # noqa: S704 - html is off


def article_to_html(text: str, *, base: str = "", labels: Labels = ENGLISH) -> Markup:
    """Render a text written by people, whose footnotes are defined in it."""
    env = _env(base=base, labels=labels)
    return Markup(article_engine().render(text, env))  # noqa: S704 - html is off


def line_to_html(text: str) -> Markup:
    """Render one line: code, emphasis and links, no blocks."""
    html = quick.line(text)
    if html is None:
        html = engine().renderInline(text, _env())
    return Markup(html)  # noqa: S704 - html is off


def _env(
    *,
    top: int = 2,
    marks: Marks | None = None,
    excerpts: Excerpts | None = None,
    base: str = "",
    labels: Labels = ENGLISH,
) -> dict[str, Any]:
    """What the rules are given beside the tokens."""
    return {"top": top, "marks": marks, "excerpts": excerpts, "base": base, "labels": labels}


@lru_cache(maxsize=1)
def engine() -> MarkdownIt:
    """The parser of everything in an issue."""
    return _commonmark().use(note_marks)


@lru_cache(maxsize=1)
def article_engine() -> MarkdownIt:
    """The parser of essays and pages."""
    from mdit_py_plugins.footnote import footnote_plugin

    md = _commonmark().use(footnote_plugin)
    for name, render in ARTICLE_RULES.items():
        md.add_render_rule(name, render)
    return md


def _commonmark() -> MarkdownIt:
    # A twentieth of a second, which a text that needs no parser need not pay.
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.validateLink = is_safe_link  # type: ignore[method-assign]
    for name, rule in CORE_RULES.items():
        md.core.ruler.push(name, rule)
    for name, render in RENDER_RULES.items():
        md.add_render_rule(name, render)
    return md


def is_safe_link(url: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or within the site."""
    url = re.sub(r"[\x00-\x20\x7f]", "", url)  # browsers pass over these within a scheme
    scheme = _SCHEME.match(url)
    if scheme is not None:
        return scheme.group().lower() in {"http:", "https:", "mailto:"}
    return not url.replace("\\", "/").startswith("//")

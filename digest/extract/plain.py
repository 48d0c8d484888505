"""
Small texts of feeds and pages: titles and names on one line, bodies without markup.

Pure. `plain` makes a line from what may or may not be HTML; `to_html` makes HTML from bodies
that are plain text or Markdown, so that all bodies take the one way through `clean_html`.
"""

from __future__ import annotations

import re
from html import escape, unescape

from ..text import one_line

_KNOWN = (
    "a|abbr|b|bdi|big|blockquote|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins|kbd|li"
    "|mark|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul|var|wbr"
)
_TAG = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ACTIVE = re.compile(r"<(script|style)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_ESCAPED_TAG = re.compile(rf"&lt;(?:{_KNOWN})(?:\s.*?)?/?&gt;", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_MARKDOWN = re.compile(
    r"^(#{1,6} \S|[-*] \S|\d+\. \S|> |```)|\[[^\]\n]+\]\(https?://|\*\*\S", re.MULTILINE
)
LONGEST_TITLE = 300


def plain(text: str, *, is_html: bool = True, limit: int = LONGEST_TITLE) -> str:
    """
    Text on one line from a title or name.

    Args:
        text: HTML or text. Only tags that HTML knows are taken for markup: `Vec<T>` stays.
        is_html: False where the source says that it is text; then nothing is taken out.
        limit: Characters at most; a longer text is cut at a word and ends in `…`.
    """
    if is_html and ("<" in text or "&" in text):
        text = _TAG.sub("", _ACTIVE.sub("", text))
        text = unescape(text)
    text = one_line(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–—-") + "…"


def as_html(text: str) -> str:
    """
    HTML of a body without a type: it is HTML if it has a known tag or an entity.

    One that some generator escaped twice is made HTML again.
    """
    if _TAG.search(text) is None:
        if _ESCAPED_TAG.search(text):
            text = unescape(text)
        if _TAG.search(text) is None and _ENTITY.search(text) is None:
            return to_html(text)
    return text


def to_html(text: str, *, is_markdown: bool | None = None) -> str:
    """
    HTML of a body that is plain text or Markdown.

    Args:
        is_markdown: None: it is if it shows headings, lists, links or code as Markdown has them.

    Returns:
        Paragraphs, with bare addresses as links; HTML within it is text, or left for
        `clean_html` where Markdown allows it.
    """
    if is_markdown or (is_markdown is None and _MARKDOWN.search(text)):
        from markdown_it import MarkdownIt  # few bodies are Markdown

        return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    paragraphs = [piece.strip() for piece in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))]
    return "\n".join(f"<p>{_linked(escape(piece))}</p>" for piece in paragraphs if piece)


def _linked(text: str) -> str:
    address = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
    return address.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', text).replace(
        "\n", "<br>"
    )

"""
The main text of a page: trafilatura says which, our own reading says how.

Pure. trafilatura is the best judge of what belongs to an article, but its output flattens what
a claim may rest on: captions go, numbered lists lose their numbers, inline code becomes blocks.
So its text only selects. The smallest element that holds it is cleaned and read like any post,
and parts that trafilatura left out are dropped.

Source: trafilatura 2, `core.bare_extraction`; measured on public pages in its own evaluation
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ..text import count_words
from .clean import clean_html
from .reading import Part, parts

_NEVER_APART = re.compile(r"[\W_]+")
_FROM_TEI = {"item": "li", "quote": "blockquote", "row": "tr", "lb": "br", "del": "del", "p": "p"}
SHORT = 24
"""Letters; a part shorter than this must equal a block of trafilatura's, not only occur in it."""
HELD = 0.8
"""Part of trafilatura's text that the element we read must hold; the rest may be a teaser."""
FAITHFUL = 0.8
"""Part of trafilatura's text that our reading must hold, or trafilatura's own markup is read."""


def main_parts(tree: Any, base: str) -> tuple[Part, ...]:
    """The parts of a page's main text as trafilatura selects it; empty where it finds none."""
    body = _selected(tree)
    if body is None:
        return ()
    blocks = [text for element in _leaves(body) if (text := _squeezed(_own_text(element)))]
    if not blocks:
        return ()
    holder = _holder(tree, blocks)
    if holder is not None:
        read = parts(
            clean_html(
                etree.tostring(holder, encoding="unicode", method="html", with_tail=False), base
            )
        )
        kept = _kept(read, blocks)
        if _length(kept) >= FAITHFUL * sum(map(len, blocks)):
            return kept
    return parts(clean_html(_as_html(body), base))


def article_parts(tree: Any, base: str) -> tuple[Part, ...]:
    """The parts of the page's only `<article>`, or of its `<main>`; empty without one."""
    for name in ("article", "main"):
        found = list(tree.iter(name))
        if len(found) == 1:
            for inner in list(found[0].iter("nav", "aside", "footer", "form", "header")):
                if inner.tag != "header" or inner.find(".//h1") is None:
                    inner.drop_tree()
            return parts(
                clean_html(etree.tostring(found[0], encoding="unicode", method="html"), base)
            )
    return ()


def words_of(read: Sequence[Part]) -> int:
    return sum(count_words(part.text) for part in read)


def _selected(tree: Any) -> Any:
    from trafilatura import bare_extraction  # two seconds to import

    found: Any = bare_extraction(
        etree.tostring(tree, encoding="unicode", method="html"),
        favor_precision=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
    )
    return None if found is None else found.body


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _own_text(element: Any) -> str:
    """The text of a block without the lists in it, whose items are blocks themselves."""
    nested = "".join(_text(inner) + (inner.tail or "") for inner in element.findall("list"))
    text = _text(element)
    return text.replace(nested, "") if nested else text


def _squeezed(text: str) -> str:
    """Letters and digits alone: what two renderings of one text have in common."""
    return _NEVER_APART.sub("", text).lower()


def _leaves(body: Any) -> list[Any]:
    """Blocks of trafilatura: paragraphs, headings, items, cells, code."""
    names = ("p", "head", "item", "cell", "code", "quote", "ab")
    return [
        element
        for element in body.iter(*names)
        if element.getparent().tag not in ("p", "head", "item", "cell", "code", "ab")
        and not (element.tag in ("quote", "item") and element.find("p") is not None)
    ]


def _holder(tree: Any, blocks: Sequence[str]) -> Any:
    """The smallest element under which nearly all of these blocks stand."""
    wanted = Counter(block for block in blocks if len(block) >= SHORT)
    total = sum(len(block) * count for block, count in wanted.items())
    weights = dict[Any, int]()
    for element in tree.iter(
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "pre", "blockquote",
        "div",
    ):  # fmt: skip
        if element.tag == "div" and len(element) > 30:  # squeezing these again and again costs
            continue
        text = _squeezed(_text(element))
        if wanted.get(text, 0) > 0:
            wanted[text] -= 1
            above = element.getparent()
            while above is not None:
                weights[above] = weights.get(above, 0) + len(text)
                above = above.getparent()
    if not total:
        return None
    enough = [element for element, weight in weights.items() if weight >= HELD * total]
    # Of elements on one path the deepest has the most ancestors.
    return max(enough, key=lambda one: sum(1 for _ in one.iterancestors()), default=None)


def _kept(read: Sequence[Part], blocks: Sequence[str]) -> tuple[Part, ...]:
    """The parts that trafilatura selected, and what belongs to them or between them."""
    whole, exact = " ".join(blocks), set(blocks)
    chosen = [_is_in(part, whole, exact) for part in read]
    groups = Counter(part.group for part in read)
    taken = Counter(part.group for part, is_chosen in zip(read, chosen, strict=True) if is_chosen)
    whole_groups = {group for group, count in taken.items() if group and 2 * count >= groups[group]}
    last = max((number for number, is_chosen in enumerate(chosen) if is_chosen), default=-1)
    kept = list[Part]()
    for number, part in enumerate(read):
        is_after = bool(kept) and number <= last + 1
        belongs = (
            chosen[number]
            or part.group in whole_groups
            or (part.kind == "caption" and is_after and chosen[number - 1])
            or (part.kind == "caption" and is_after and number < last)
            or (part.kind == "code" and is_after and number < last)
            or (part.kind == "heading" and is_after and number < last and chosen[number + 1])
        )
        if belongs:
            kept.append(part)
    return tuple(kept)


def _is_in(part: Part, whole: str, exact: set[str]) -> bool:
    if part.kind == "row":
        cells = [text for cell in part.text.split("\t") if (text := _squeezed(cell))]
        return all(cell in exact or (len(cell) >= SHORT and cell in whole) for cell in cells)
    text = _squeezed(part.text)
    if len(text) < SHORT:
        return text in exact
    return text in whole or (len(text) > 4 * SHORT and text[:60] in whole and text[-60:] in whole)


def _length(read: Sequence[Part]) -> int:
    return sum(len(_squeezed(part.text)) for part in read)


def _as_html(body: Any) -> str:
    """The markup of trafilatura (a little TEI) as HTML."""
    out: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        name = _html_name(element)
        if event == "start":
            href = f' href="{escape(element.get("target") or "")}"' if element.tag == "ref" else ""
            out.append(f"<{name}{href}>{escape(element.text or '')}")
        else:
            out.append(("" if name == "br" else f"</{name}>") + escape(element.tail or ""))
    return "".join(out)


def _html_name(element: Any) -> str:
    if element.tag == "head":
        return str(element.get("rend") or "h2")
    if element.tag == "list":
        return str(element.get("rend") or "ul")
    if element.tag == "cell":
        return "th" if element.get("role") == "head" else "td"
    if element.tag == "code":
        return "pre" if "\n" in _text(element) and element.getparent().tag != "code" else "code"
    if element.tag == "ref":
        return "a"
    return _FROM_TEI.get(
        element.tag, "table" if element.tag == "table" else "span" if element.tag == "hi" else "div"
    )

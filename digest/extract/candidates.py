"""
The texts that a page may be about, each read the same way.

Pure. trafilatura is the best judge of what belongs to an article, but its output flattens what
a claim may rest on: captions go, numbered lists lose their numbers, inline code becomes blocks.
So its text only selects. The smallest element that holds it is cleaned and read like any post,
and what trafilatura left out is dropped, but for what clearly belongs to the text around it.

Source: trafilatura 2, `core.bare_extraction`; measured on public pages in its own evaluation
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from html import escape
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ..text import count_words
from .asides import without_asides
from .clean import clean_html
from .matching import SHORT, selected, squeezed
from .plain import to_html
from .reading import Part, parts

_FROM_TEI = {"item": "li", "quote": "blockquote", "row": "tr", "table": "table", "p": "p"}
HELD = 0.97
"""Part of trafilatura's text that the element we read must hold; the rest may be a teaser."""
FAITHFUL = 0.8
"""Part of trafilatura's text that our reading must hold, or trafilatura's own markup is read."""
MORE = 1.3
"""How many times the words of a teaser's own block the element around it has."""
WHOLE = 0.985
"""Part of trafilatura's text from which no larger element is tried."""
HIGHER = 3
"""Elements that are tried, each the parent of the one before."""
GAIN = 30
"""Letters that a larger element must add: a standfirst, no "Home"."""
LONGEST_CAPTION = 400
_MATHS = tuple(
    "math semantics mrow mi mn mo mtext mstyle msup msub msubsup mfrac msqrt mroot mover munder "
    "munderover mpadded menclose mfenced mspace".split()
)
_PASSED_OVER = (
    "span",
    "font",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "small",
    "big",
    "mark",
    "wbr",
    "center",
)
_FURNITURE = ("nav", "aside", "form", "footer", "script", "iframe", "button", "select")


def main_parts(tree: Any, base: str, *, is_fast: bool = True) -> tuple[Part, ...]:
    """
    The parts of a page's main text as trafilatura selects it; empty where it finds none.

    Args:
        tree: Furniture of the element that holds the text is taken out of it.
        base: What the page's addresses are relative to.
        is_fast: False lets trafilatura ask readability and justext too, for twice the time.
    """
    body = _selected(tree, is_fast)
    if body is None:
        return ()
    blocks = [text for element in _leaves(body) if (text := squeezed(_own_text(element)))]
    holder = _holder(tree, "".join(blocks)) if blocks else None
    wanted, kept, held = sum(map(len, blocks)), tuple[Part, ...](), 0
    for _ in range(HIGHER):
        if holder is None or held >= WHOLE * wanted:
            break
        more = selected(parts(clean_html(_html(_simplified(holder)), base)), blocks)
        letters = sum(len(squeezed(part.text)) for part in more)
        kept, held = (more, letters) if letters >= held + GAIN else (kept, held)
        holder = holder.getparent()  # its short lines and its standfirst may stand outside
    if held >= FAITHFUL * wanted and kept:
        return without_asides(kept, base)
    return without_asides(parts(clean_html(_as_html(body), base)), base)


def article_parts(tree: Any, base: str) -> tuple[Part, ...]:
    """The parts of the page's only `<article>`, or of its `<main>`; empty without one."""
    for name in ("article", "main"):
        found = list(tree.iter(name))
        if len(found) == 1:
            for inner in list(found[0].iter(*_FURNITURE, "header")):
                if inner.tag != "header" or inner.find(".//h1") is None:
                    inner.drop_tree()
            return without_asides(parts(clean_html(_html(found[0]), base)), base)
    return ()


def around_parts(tree: Any, base: str, start: str) -> tuple[Part, ...]:
    """
    What stands around the words that a feed gives as the beginning; empty where they do not.

    Args:
        start: Those words, squeezed, at least `SHORT` long.
    """
    holder = next(iter(tree.xpath("//body[1]")), tree)
    if len(start) < SHORT or start not in squeezed(_text(holder)):
        return ()
    above = list[Any]()
    while holder is not None:
        above.append(holder)
        holder = next((one for one in holder if start in squeezed(_text(one))), None)
    place = count_words(_text(above[-1]))
    around = next((one for one in reversed(above) if count_words(_text(one)) > MORE * place), None)
    if around is None or around is above[0]:
        around = above[-1]
    for element in list(around.iter(*_FURNITURE)):
        if start not in squeezed(_text(element)):
            element.drop_tree()
    return without_asides(parts(clean_html(_html(_simplified(around)), base)), base)


def body_parts(body: str, base: str) -> tuple[Part, ...]:
    """The parts of JSON-LD's `articleBody`, which is text or HTML."""
    return parts(clean_html(to_html(body), base)) if body else ()


def words_of(read: Sequence[Part]) -> int:
    """How many words they have."""
    return sum(count_words(part.text) for part in read)


def load() -> None:
    """Import trafilatura, which takes two seconds, before somebody counts them."""
    import trafilatura  # noqa: F401


def _selected(tree: Any, is_fast: bool) -> Any:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        tree,
        fast=is_fast,
        favor_precision=True,
        include_comments=False,
        include_formatting=False,
        # With links it loses the text of some: "has reported that for his role".
        include_links=False,
        include_tables=True,
    )
    return None if found is None else found.body


def _html(element: Any) -> str:
    text: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return text


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _own_text(element: Any) -> str:
    """The text of a block without the lists in it, whose items are blocks themselves."""
    nested = "".join(_text(inner) + (inner.tail or "") for inner in element.findall("list"))
    text = _text(element)
    return text.replace(nested, "") if nested else text


def _leaves(body: Any) -> list[Any]:
    """Blocks of trafilatura: paragraphs, headings, items, cells, code."""
    names = ("p", "head", "item", "cell", "code", "quote", "ab")
    return [
        element
        for element in body.iter(*names)
        if element.getparent().tag not in ("p", "head", "item", "cell", "code", "ab")
        and not (element.tag in ("quote", "item") and element.find("p") is not None)
    ]


def _holder(tree: Any, whole: str) -> Any:
    """The smallest element that holds nearly all of this text, its furniture taken out."""
    weights = dict[Any, int]()
    seen = set[str]()
    total = 0
    for node in tree.xpath(f"//body//text()[string-length() >= {SHORT}]"):
        text = squeezed(node)
        if len(text) < SHORT or text in seen or text not in whole:
            continue
        seen.add(text)
        total += len(text)
        above = node.getparent().getparent() if node.is_tail else node.getparent()
        while above is not None:
            weights[above] = weights.get(above, 0) + len(text)
            above = above.getparent()
    if not total:
        return None
    holder, inner = tree, tree
    while inner is not None:
        holder = inner
        inner = next((one for one in holder if weights.get(one, 0) >= HELD * total), None)
    for element in list(holder.iter(*_FURNITURE)):
        if element not in weights:
            element.drop_tree()
    return holder


def _simplified(holder: Any) -> Any:
    """A copy without what cleaning and reading would only pass over: it halves their time."""
    holder = copy(holder)
    _mark_captions(holder)
    _write_formulas(holder)
    etree.strip_tags(holder, *_PASSED_OVER)
    etree.strip_attributes(holder, "class", "id", "style")
    return holder


def _write_formulas(holder: Any) -> None:
    """MathML as HTML can show it: c^2 is no c2, v/20 no v20. The cleaner lets none of it pass."""
    etree.strip_elements(holder, "annotation", "annotation-xml", with_tail=False)
    for power in holder.iter("msup"):
        if len(power) == 2:
            power[1].tag = "sup"
    for fraction in holder.iter("mfrac"):
        if len(fraction) == 2:
            fraction[0].tail = "/"
    etree.strip_tags(holder, *_MATHS)


def _mark_captions(holder: Any) -> None:
    """Old pages name their captions in a class; the reader knows `<figcaption>`."""
    for element in holder.xpath(".//*[contains(@class, 'caption')]"):
        is_plain = element.tag in ("p", "div", "span", "small", "dd", "em")
        if is_plain and 0 < len(_text(element).strip()) <= LONGEST_CAPTION:
            element.tag = "figcaption"


def _as_html(body: Any) -> str:
    """The markup of trafilatura (a little TEI) as HTML."""
    out: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        name = _html_name(element)
        if event == "start":
            out.append(f"<{name}>{escape(element.text or '')}")
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
    if element.tag == "lb":
        return "br"
    return _FROM_TEI.get(element.tag, "span" if element.tag in ("hi", "del") else "div")

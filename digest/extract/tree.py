"""
Cleaned HTML as a tree.

Pure. `clean_html` writes each element's end and quotes each attribute, so that a pattern
finds all of them: a parser for any HTML takes ten times as long to come to the same. In
markup that is not so well kept an end that belongs to no open element is passed over, and
what is left open ends with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import TypeAlias

from .markup import VOID, attributes_of

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z-]*="[^"]*")*)>')

_UNREAD = frozenset({"rp", "rt"})
"""How a word is pronounced: it stands beside the word and would be read twice."""

Child: TypeAlias = "Element | str"


class Element:
    """One element. Its children stand in the order of the text; texts are never empty."""

    __slots__ = ("attributes", "children", "name", "parent")

    def __init__(self, name: str, parent: Element | None, attributes: str = "") -> None:
        self.name = name
        self.parent = parent
        self.attributes = attributes_of(attributes) if attributes else {}
        self.children: list[Child] = []

    def text(self) -> str:
        """All text within, as it stands."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def elements(self) -> Iterator[Element]:
        """Those directly within."""
        return (child for child in self.children if not isinstance(child, str))

    def within(self, names: Collection[str]) -> Iterator[Element]:
        """All elements of these names within, in the order of the text."""
        for child in self.children:
            if not isinstance(child, str):
                if child.name in names:
                    yield child
                yield from child.within(names)

    def around(self) -> Iterator[Element]:
        """The elements that it stands in, from the inside out; the root is none of them."""
        outer = self.parent
        while outer is not None and outer.parent is not None:
            yield outer
            outer = outer.parent

    def following(self) -> list[Child]:
        """What comes after it in the same element."""
        beside = self.parent.children if self.parent else []
        return beside[beside.index(self) + 1 :]


def tree(html: str) -> Element:
    """
    The root of a tree of cleaned HTML; its name is empty.

    Args:
        html: As `clean_html` made it. What `<rt>` and `<rp>` hold is left out.
    """
    inner = root = Element("", None)
    pieces = iter(_TAG.split(html))  # text, then a tag's three parts and text, by turns
    _add(inner, next(pieces))
    unread = 0
    for end, name, attributes, text in zip(pieces, pieces, pieces, pieces, strict=True):
        if not end:
            element = Element(name, inner, attributes)
            inner.children.append(element)
            if name not in VOID:
                inner = element
                unread += name in _UNREAD
        elif inner.name == name and inner.parent is not None:
            inner = inner.parent
            unread -= name in _UNREAD
        else:
            inner = _closed(inner, name)
            unread = sum(one.name in _UNREAD for one in (inner, *inner.around()))
        if text and not unread:
            _add(inner, text)
    return root


def _add(element: Element, text: str) -> None:
    text = unescape(text) if "&" in text else text
    children = element.children
    if children and isinstance(children[-1], str):
        children[-1] += text
    elif text:
        children.append(text)


def _closed(inner: Element, name: str) -> Element:
    """Where text goes on after the end of an element that is not the innermost one."""
    element: Element | None = inner
    while element is not None and element.name != name:
        element = element.parent
    return element.parent if element is not None and element.parent is not None else inner

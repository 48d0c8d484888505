"""
Who wrote a feed or an entry: elements of persons -> the fields that feedparser would make of them.

Pure.

Source: feedparser 6, `mixin.py` (`_sync_author_detail`) and `namespaces/itunes.py`
"""

from __future__ import annotations

import re

from .elements import Element
from .handlers import Fields, Unusual, passed_over, text_of

_PERSON = frozenset("name email uri url homepage".split())
_EMAIL = re.compile(
    r"(([a-zA-Z0-9\_\-\.\+]+)@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([a-zA-Z0-9\-]+\.)+))"
    r"([a-zA-Z]{2,4}|[0-9]{1,3})(\]?))(\?subject=\S+)?"
)
_LONGEST_NAME = 300
"""With an address in it."""


def author(element: Element, into: Fields) -> None:
    """RSS's: a name, or an address with one in brackets."""
    name = text_of(element)
    into["author"] = name
    detail: Fields = {}
    into.setdefault("authors", []).append(detail)
    if "@" in name:
        if len(name) > _LONGEST_NAME:
            raise Unusual
        if match := _EMAIL.search(name):
            detail["email"] = match[0]
            for gone in (match[0], "()", "<>", "&lt;&gt;"):
                name = name.replace(gone, "")
            name = name.strip().removeprefix("(").removesuffix(")").strip()
    if name:
        detail["name"] = name
    if detail:
        into.setdefault("author_detail", detail)


def atom_author(element: Element, into: Fields) -> None:
    if element.is_mixed or element.text.strip() or not element.children:
        raise Unusual
    detail: Fields = {}
    for child in element.children:
        if child.name not in _PERSON:
            passed_over(child)
        elif child.children or child.name in detail:
            raise Unusual
        else:
            detail[child.name] = child.text.strip()
    if into.get("authors") and next(iter(detail), "") != "name":
        raise Unusual  # the one before lends his name
    name, email = detail.get("name", ""), detail.get("email", "")
    into["author"] = f"{name} ({email})" if name and email else name or email
    into.setdefault("authors", []).append({"name": name} if name else {})
    if "name" in detail:
        into["author_detail"] = {"name": name}


def owner(element: Element, into: Fields) -> None:
    """ITunes' owner of a feed: feedparser gives his name to the author before."""
    for child in element.children:
        if child.name not in ("itunes_name", "itunes_email"):
            passed_over(child)
        elif child.children:
            raise Unusual
        else:
            author = into.setdefault("authors", [{}])[-1]
            author[child.name.removeprefix("itunes_")] = child.text.strip()


def contributor(element: Element, into: Fields) -> None:
    for child in element.children:
        if child.name not in _PERSON:
            passed_over(child)
        elif child.children:
            raise Unusual

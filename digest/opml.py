"""
Lists of feeds as other readers have them: OPML in and out.

Pure. What readers write is often not quite XML; what can be read of it is read.

Source: http://opml.org/spec2.opml
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from .errors import ParseError
from .settings import Feed, is_http
from .text import one_line, slugify

DEEPEST = 50
"""Levels of folders; what is deeper was not made by a person."""


def read(body: bytes, name: str) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """
    Read an OPML document.

    Args:
        body: As it lies in the file.
        name: How the file is called in messages.

    Returns:
        Feeds in the document's order, each address once, with empty slugs; the names of
        folders and of categories are their tags. And addresses that no feed can have.

    Raises:
        ParseError: There is no list of feeds in it.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ParseError(name, f"not OPML: {exc}") from exc
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ParseError(name, "not OPML: expected `<opml>` as its outermost element")
    feeds: dict[str, Feed] = {}
    refused = []
    for attributes, folders in _outlines(root, ()):
        url = attributes.get("xmlurl", "").strip().replace("feed://", "https://")
        if not url:
            continue
        if not is_http(url):
            refused.append(one_line(url)[:200])
            continue
        tags = (*folders, *_categories(attributes.get("category", "")))
        title = one_line(attributes.get("title") or attributes.get("text") or "")[:200]
        before = feeds.get(url, Feed(url=url, slug="", title=title))
        feeds[url] = replace(before, tags=tuple(dict.fromkeys((*before.tags, *tags))))
    return tuple(feeds.values()), tuple(refused)


def _outlines(
    element: object, folders: tuple[str, ...]
) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Attributes of every outline, names in lower case, with the tags of the folders around it."""
    for child in element:  # type: ignore[attr-defined]
        if not isinstance(child.tag, str) or len(folders) > DEEPEST:
            continue
        attributes = {str(key).lower(): str(value) for key, value in child.attrib.items()}
        inside = folders
        if child.tag.lower() == "outline":
            yield attributes, folders
            label = attributes.get("text") or attributes.get("title") or ""
            if "xmlurl" not in attributes and one_line(label):
                inside = (*folders, slugify(label))
        yield from _outlines(child, inside)


def _categories(text: str) -> Iterator[str]:
    """`/Boston/Weather,tagged` has three."""
    for path in text.split(","):
        yield from (slugify(part) for part in path.split("/") if part.strip())


def write(title: str, feeds: Sequence[Feed]) -> str:
    """
    Write an OPML document.

    Args:
        title: Of the list.
        feeds: Each stands in a folder named for its first tag; all tags are its categories.

    Returns:
        XML with one line for each feed.
    """
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{_attribute(title)[1:-1]}</title></head>", "<body>"]
    folders: dict[str, list[Feed]] = {}
    for feed in feeds:
        folders.setdefault(feed.tags[0] if feed.tags else "", []).append(feed)
    for folder, inside in folders.items():
        lines += [f"<outline text={_attribute(folder)}>"] if folder else []
        lines += [_line(feed) for feed in inside]
        lines += ["</outline>"] if folder else []
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _line(feed: Feed) -> str:
    name = _attribute(feed.title or feed.slug)
    category = f" category={_attribute(','.join(feed.tags))}" if feed.tags else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={_attribute(feed.url)}{category}/>'


def _attribute(text: str) -> str:
    return quoteattr(one_line(text), {'"': "&quot;"})

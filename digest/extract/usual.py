"""
RSS 2.0 and Atom of the usual form -> what feedparser would find in it, in a tenth of the time.

Pure. Most feeds keep to a few elements whose reading leaves no doubt. Those are read here, by
the parser that feedparser has too, into the same dictionaries that feedparser makes, as far as
`xml_feed.py` reads them. At anything else (an unknown element or attribute, markup in a text, a
second title, a date in odd words, a document that is not well-formed) the answer is None, and
feedparser reads the feed. What may stand here a test decides: both find the same in all that is
not passed on.

Source: RFC 4287; rssboard.org RSS 2.0; feedparser 6, `mixin.py` and `namespaces/`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

from .dates import moment

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
SY = "{http://purl.org/rss/1.0/modules/syndication/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_DECLARED = ("<!DOCTYPE", "<!ENTITY", ":///")
_ODD = (
    re.compile(r"&#(?:0*(?:12[89]|1[345]\d)|[xX]0*[89][0-9a-fA-F]);"),
    re.compile(r"base\s*=\s*[\"']"),
)
"""What feedparser mends in ways of its own, or carries from one element into the next."""
_PASSED_OVER = frozenset(
    "{http://purl.org/rss/1.0/modules/slash/}comments "
    "{http://wellformedweb.org/CommentAPI/}comment "
    "{http://wellformedweb.org/CommentAPI/}commentRss "
    "{http://rssnamespace.org/feedburner/ext/1.0}origLink "
    "{http://rssnamespace.org/feedburner/ext/1.0}info "
    "{com-wordpress:feed-additions:1}post-id {com-wordpress:feed-additions:1}site "
    "{http://purl.org/syndication/thread/1.0}total "
    "{http://purl.org/syndication/thread/1.0}in-reply-to "
    "{http://search.yahoo.com/mrss/}thumbnail {http://search.yahoo.com/mrss/}content "
    "{http://www.georss.org/georss}featurename "
    "{http://a9.com/-/spec/opensearchrss/1.0/}totalResults "
    "{http://a9.com/-/spec/opensearchrss/1.0/}startIndex "
    "{http://a9.com/-/spec/opensearchrss/1.0/}itemsPerPage".split()
)
"""Elements of other namespaces of which nothing is read, if no other element is in them."""
_LINK_KEYS = frozenset("rel href type title hreflang length".split())
_TEXT_TYPES = {"": "text/plain", "text": "text/plain", "html": "text/html"}
_PERSON = frozenset({f"{ATOM}name", f"{ATOM}uri", f"{ATOM}email"})


@dataclass(slots=True)
class Found:
    """What was found, under the names that feedparser gives it."""

    version: str
    feed: dict[str, Any] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    bozo: bool = False

    def get(self, name: str, default: Any = None) -> Any:
        return getattr(self, name, default)


class _Unusual(Exception):
    """It is for feedparser."""


def usual(text: str) -> Found | None:
    """
    Read a feed of the usual form.

    Args:
        text: XML without its declaration.

    Returns:
        None for everything else, which may be a feed all the same.
    """
    if any(word in text for word in _DECLARED) or any(odd.search(text) for odd in _ODD):
        return None
    # Nothing is declared in it: no entity can grow, and none can lead elsewhere.
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))
        if root.tag == "rss" and root.get("version", "").startswith("2"):
            return _rss(root)
        return _atom(root) if root.tag == f"{ATOM}feed" else None
    except (ElementTree.ParseError, _Unusual):
        return None


Read = Callable[[Any, dict[str, Any]], None]


def _rss(root: Any) -> Found:
    channels = list(root)
    if len(channels) != 1 or channels[0].tag != "channel" or channels[0].attrib:
        raise _Unusual
    found = Found("rss20", _about(root, {"version"}))
    language = found.feed.get("language")
    for child in channels[0]:
        if child.tag == "item":
            found.entries.append(_entry(child, _RSS_ITEM, language))
        else:
            _one(child, found.feed, _RSS_CHANNEL)
    return found


def _atom(root: Any) -> Found:
    found = Found("atom10", _about(root, set()))
    language = found.feed.get("language")
    for child in root:
        if child.tag == f"{ATOM}entry":
            found.entries.append(_entry(child, _ATOM_ENTRY, language))
        else:
            _one(child, found.feed, _ATOM_FEED)
    _link_by_id(found.feed)
    return found


def _about(root: Any, known: set[str]) -> dict[str, Any]:
    _only(root, known | {LANGUAGE})
    language = root.get(LANGUAGE)
    return {"language": language.replace("_", "-")} if language else {}


def _entry(node: Any, table: Mapping[str, Read], language: str | None) -> dict[str, Any]:
    _only(node, ())
    made: dict[str, Any] = {"language": language}
    for child in node:
        _one(child, made, table)
    _link_by_id(made)
    return made


def _link_by_id(made: dict[str, Any]) -> None:
    if made.get("is_link") and "link" not in made:
        made["link"] = made["id"]


def _one(node: Any, into: dict[str, Any], table: Mapping[str, Read]) -> None:
    read = table.get(node.tag)
    if read is not None:
        read(node, into)
    elif node.tag not in _PASSED_OVER or len(node):
        raise _Unusual


def _only(node: Any, known: Iterable[str]) -> None:
    if node.attrib and not set(node.attrib).issubset(known):
        raise _Unusual


def _text(node: Any) -> str:
    """The text of an element without others in it, as feedparser mends it."""
    if len(node):
        raise _Unusual
    text = (node.text or "").strip()
    if not text.isascii():
        try:  # UTF-8 that somebody took for Latin-1 and encoded again
            return str(text.encode("latin-1").decode("utf-8"))
        except UnicodeError:
            return str(text)
    return str(text)


def _set(into: dict[str, Any], name: str, value: Any) -> None:
    if name in into:
        raise _Unusual  # which of two counts depends on where they stand
    into[name] = value


def _passed_over(node: Any, into: dict[str, Any]) -> None:
    if len(node):
        raise _Unusual


def _plain(node: Any, into: dict[str, Any], *, name: str) -> None:
    _only(node, ())
    _set(into, name, _text(node))


def _last(node: Any, into: dict[str, Any], *, name: str) -> None:
    _only(node, ())
    into[name] = _text(node)


def _title(node: Any, into: dict[str, Any]) -> None:
    _only(node, {"type"})
    _set(into, "title_detail", {"type": _type(node)})
    _set(into, "title", _text(node))


def _type(node: Any) -> str:
    kind = _TEXT_TYPES.get(node.get("type", ""))
    if kind is None:
        raise _Unusual
    return kind


def _date(node: Any, into: dict[str, Any], *, name: str) -> None:
    _only(node, ())
    text = _text(node)
    if text and moment(text) is None:
        raise _Unusual
    _set(into, name, text)


def _detail(node: Any, into: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"type": kind, "value": _text(node), "language": into["language"], "base": ""}


def _content(node: Any, into: dict[str, Any], *, known: tuple[str, ...]) -> None:
    _only(node, known)
    kind = _type(node) if known else "text/html"
    _set(into, "content", [_detail(node, into, kind)])


def _summary(node: Any, into: dict[str, Any], *, known: tuple[str, ...]) -> None:
    _only(node, known)
    kind = _type(node) if known else "text/html"
    _set(into, "summary_detail", _detail(node, into, kind))


def _link(node: Any, into: dict[str, Any]) -> None:
    """RSS's own: the address is its text."""
    _only(node, ())
    address = _resolved(_text(node))
    if "&" in address and ";" in address:
        raise _Unusual  # escaped twice, or half
    _set(into, "link", address)
    link = {"rel": "alternate"}
    into.setdefault("links", []).append({**link, "href": address} if address else link)


def _atom_link(node: Any, into: dict[str, Any]) -> None:
    _only(node, _LINK_KEYS)
    if len(node) or "href" not in node.attrib:
        raise _Unusual
    rel, address = node.get("rel", "alternate"), _resolved(node.get("href"))
    link = {"rel": rel, "href": address, "type": node.get("type", "text/html")}
    into.setdefault("links", []).append(link)
    if rel == "alternate" and node.get("type", "text/html").lower() in _HTML:
        into["link"] = address


def _enclosure(node: Any, into: dict[str, Any]) -> None:
    _only(node, {"url", "type", "length"})
    if len(node) or "url" not in node.attrib:
        raise _Unusual
    link = {"rel": "enclosure", "href": _resolved(node.get("url")), "type": node.get("type", "")}
    into.setdefault("links", []).append(link)


_HTML = frozenset({"text/html", "html", "xhtml", "application/xhtml+xml"})


def _item_link(node: Any, into: dict[str, Any]) -> None:
    """Atom's in RSS: what it says beside RSS's own link is not simple."""
    if node.get("rel", "alternate") in ("alternate", "related", "via"):
        raise _Unusual
    _atom_link(node, into)


def _resolved(address: str) -> str:
    try:
        return urljoin("", address)
    except ValueError as exc:
        raise _Unusual from exc


def _guid(node: Any, into: dict[str, Any]) -> None:
    _only(node, {"isPermaLink"})
    into["is_link"] = node.get("isPermaLink", "true") == "true"
    text = _text(node)
    _set(into, "id", _resolved(text) if into["is_link"] else text)


def _author(node: Any, into: dict[str, Any]) -> None:
    """RSS's: a name, or an address with one in brackets."""
    _only(node, ())
    name = _text(node)
    if "@" in name:
        raise _Unusual
    into.setdefault("authors", []).append({"name": name} if name else {})
    into["author"] = name
    if name:
        into.setdefault("author_detail", {"name": name})


def _atom_author(node: Any, into: dict[str, Any]) -> None:
    _only(node, ())
    if not {child.tag for child in node} <= _PERSON or (node.text or "").strip():
        raise _Unusual
    names = [child for child in node if child.tag == f"{ATOM}name"]
    if len(names) != 1 or len(names[0]) or names[0].attrib:
        raise _Unusual
    name = (names[0].text or "").strip()
    if not name or any(len(child) or (child.tail or "").strip() for child in node):
        raise _Unusual
    into.setdefault("authors", []).append({"name": name})
    into["author_detail"] = {"name": name}


def _category(node: Any, into: dict[str, Any]) -> None:
    _only(node, {"domain"})
    term, scheme = _text(node), node.get("domain")
    tags = into.setdefault("tags", [])
    tag = {"term": term or None, "scheme": scheme, "label": None}
    if scheme:
        tags.append(tag)
    elif term and tag not in tags:
        if tags and not tags[-1]["term"]:
            raise _Unusual
        tags.append(tag)


def _atom_category(node: Any, into: dict[str, Any]) -> None:
    _only(node, {"term", "scheme", "label"})
    if len(node) or (node.text or "").strip():
        raise _Unusual
    tag = {name: node.get(name) for name in ("term", "scheme", "label")}
    tags = into.setdefault("tags", [])
    if any(tag.values()) and tag not in tags:
        tags.append(tag)


def _image(node: Any, into: dict[str, Any]) -> None:
    if not {child.tag for child in node} <= _OF_IMAGES or any(len(child) for child in node):
        raise _Unusual


_OF_IMAGES = frozenset("title link description url width height".split())


def _nested(node: Any, into: dict[str, Any]) -> None:
    """A list of hours or days, of which nothing is read."""
    if not {child.tag for child in node} <= {"hour", "day"}:
        raise _Unusual


_RSS_ITEM: dict[str, Read] = {
    "title": _title,
    "link": _link,
    "description": partial(_summary, known=()),
    f"{CONTENT}encoded": partial(_content, known=()),
    "guid": _guid,
    "pubDate": partial(_date, name="published"),
    f"{DC}date": partial(_date, name="updated"),
    f"{ATOM}updated": partial(_date, name="updated"),
    "author": _author,
    f"{DC}creator": _author,
    "category": _category,
    "comments": partial(_plain, name="comments"),
    "enclosure": _enclosure,
    "source": _passed_over,
    f"{ATOM}link": _item_link,
}
_RSS_CHANNEL: dict[str, Read] = {
    "title": _title,
    "link": _link,
    f"{ATOM}link": _atom_link,
    "language": partial(_last, name="language"),
    "managingEditor": _author,
    f"{DC}creator": _author,
    "ttl": partial(_last, name="ttl"),
    f"{SY}updatePeriod": partial(_last, name="sy_updateperiod"),
    f"{SY}updateFrequency": partial(_last, name="sy_updatefrequency"),
    f"{SY}updateBase": _passed_over,
    "image": _image,
    "skipHours": _nested,
    "skipDays": _nested,
    **dict.fromkeys(
        "description copyright webMaster pubDate lastBuildDate category generator docs cloud "
        "rating".split(),
        _passed_over,
    ),
}
_ATOM_ENTRY: dict[str, Read] = {
    f"{ATOM}title": _title,
    f"{ATOM}link": _atom_link,
    f"{ATOM}id": _guid,
    f"{ATOM}published": partial(_date, name="published"),
    f"{ATOM}updated": partial(_date, name="updated"),
    f"{ATOM}author": _atom_author,
    f"{ATOM}category": _atom_category,
    f"{ATOM}summary": partial(_summary, known=("type",)),
    f"{ATOM}content": partial(_content, known=("type",)),
    f"{ATOM}rights": _passed_over,
}
_ATOM_FEED: dict[str, Read] = {
    f"{ATOM}title": _title,
    f"{ATOM}link": _atom_link,
    f"{ATOM}id": _guid,
    f"{ATOM}author": _atom_author,
    **dict.fromkeys(
        (
            f"{ATOM}{name}"
            for name in "subtitle updated category generator icon logo rights".split()
        ),
        _passed_over,
    ),
}

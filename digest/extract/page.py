"""
The tree of a fetched page, and what stands in its head.

Pure. lxml reads the page once for everything: metadata, the main text, other candidates.
Hidden elements are out of the tree before anybody looks at its text.

Source: ogp.me; schema.org Article, isAccessibleForFree; WHATWG HTML, section 4.2.5 (meta)
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from ..errors import ParseError
from ..urls import clean, host
from .dates import moment
from .flatten import flatten
from .hiding import is_hidden
from .invisible import visible_text
from .plain import plain
from .rights import license_of, reserved_of

_UNSEEN = "//style | //template | //noscript | //script[not(contains(@type, 'ld+json'))]"
_FORMATTING = re.compile(r"</?(?:font|span|b|i|u|em|strong|big|small|tt|center)\b[^<>]*>", re.I)
DEEPEST = 30
"""Levels of nesting that are kept of a page which has more than the parser allows (256):
trafilatura takes time by the square of the depth."""
MOST_SPANS = 100
"""Cells that may span others; trafilatura writes each out as up to a thousand."""
_NAMES_OF_TYPES = re.compile(r"Article|BlogPosting|Report|Posting|WebPage$", re.IGNORECASE)
_MORE_DEEPLY = ("mainEntity", "mainEntityOfPage", "@graph")
_SEPARATORS = re.compile(r"\s+[|·•»]\s+|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself; empty where it does not."""

    title: str
    site: str
    author: str
    published: dt.datetime | None
    language: str
    address: str
    """Canonical address, on the same host."""
    body: str
    """JSON-LD `articleBody`: plain text, without the page's structure."""
    is_free: bool
    """False where JSON-LD says that only subscribers may read it or a part of it."""
    license: str = ""
    """Address of the licence."""
    reserved: str = ""
    """What it keeps from machines: `noai`, `tdm` …"""


def tree_of(text: str, url: str) -> Any:
    """
    The element tree of a page, hidden elements, scripts and styles taken out.

    Scripts with JSON-LD stay, for `facts`.

    Raises:
        ParseError: There is no element in it.
    """
    try:
        tree, is_whole = _parsed(text)
        if not is_whole:  # old pages leave hundreds of these open
            text = _FORMATTING.sub("", text)
            tree, is_whole = _parsed(text)
        if not is_whole:
            tree, _ = _parsed(flatten(text, DEEPEST))
    except (etree.LxmlError, ValueError) as exc:
        if getattr(exc, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from exc
        raise ParseError(
            url, f"expected an HTML page, found nothing that can be read ({exc})"
        ) from exc
    for element in tree.xpath(_UNSEEN):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.xpath("//*[@colspan or @rowspan]")[MOST_SPANS:]:
        element.attrib.pop("colspan", "")
        element.attrib.pop("rowspan", "")
    for element in tree.xpath("//body//*[@style or @hidden or @aria-hidden]"):
        if is_hidden(dict(element.attrib)):
            element.drop_tree()
    return tree


def _parsed(text: str) -> tuple[Any, bool]:
    """The tree, and whether all of the text is in it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml_html.document_fromstring(text.replace("\0", "").encode("utf-8"), parser=parser)
    return tree, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def facts(tree: Any, url: str) -> Facts:
    """What the page says about itself: JSON-LD first, then `og:` and other meta elements."""
    meta = _meta(tree)
    data = dict[str, Any]()
    for one in _articles(tree):
        data = {**one, **data}
    address = stated_address(tree, url)
    site = plain(meta.get("og:site_name", "") or _name(data.get("publisher")))
    return Facts(
        title=_title(tree, meta, data, site),
        site=site,
        author=_author(tree, meta, data),
        published=_published(tree, meta, data),
        language=_language(tree, meta),
        address=address if host(address) == host(url) else "",
        body=visible_text(_text(data.get("articleBody"))),
        is_free=all(_is_free(one) for one in (data, *_list(data.get("hasPart"))[:20])),
        license=license_of(tree, url, data.get("license")),
        reserved=reserved_of(meta),
    )


def stated_address(tree: Any, url: str = "") -> str:
    """The address that the page gives as its own; empty where it gives none."""
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((address for one in found[:2] if (address := clean(str(one), url))), "")


def _meta(tree: Any) -> dict[str, str]:
    found = dict[str, str]()
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Objects of JSON-LD that describe an article, the outer ones first."""
    for script in tree.iter("script"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        for _ in range(200):  # a page may nest as it likes
            if not waiting:
                break
            one = waiting.pop(0)
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                if _NAMES_OF_TYPES.search(str(one.get("@type", ""))):
                    yield one
                waiting += [one[key] for key in _MORE_DEEPLY if key in one]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_free(one: Any) -> bool:
    said = one.get("isAccessibleForFree", True) if isinstance(one, dict) else True
    return str(said).lower() not in ("false", "0")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """`name` of an object, or of each in a list, or a string itself."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for one in value[:10] if (name := _name(one))))
    if isinstance(value, dict):
        return _name(value.get("name"))
    text = _text(value)
    return "" if text.startswith("http") else text


def _title(tree: Any, meta: dict[str, str], data: dict[str, Any], site: str) -> str:
    """
    The article's name; of `<title>` without the site's name at its end.

    JSON-LD's headline is a summary on some sites (Wikipedia's): there its name is the title,
    if that stands on the page as one.
    """
    headings = {plain(heading.text_content(), is_html=False) for heading in tree.iter("h1")} - {""}
    shown = "".join(tree.xpath("//head/title[1]//text()"))
    name, found = _text(data.get("name")), _text(data.get("headline"))
    if name and found and not _is_among(found, headings, shown):
        found = name if _is_among(name, headings, shown) else found
    found = plain(found or meta.get("og:title") or meta.get("twitter:title") or "")
    for heading in headings:  # "A heading - The Site"
        if found.startswith(heading) and _SEPARATORS.match(found, len(heading)):
            found = heading
    if not found and len(headings) == 1:
        found = headings.pop()
    if not found:
        found = shown
        pieces = _SEPARATORS.split(found)
        if len(pieces) > 1 and (not site or plain(pieces[-1]) == site):
            found = found[: found.rindex(pieces[-1])].rstrip(" \t\n|·•»-–—")
    return plain(found).rstrip("¶§# ")


def _is_among(name: str, headings: set[str], shown: str) -> bool:
    """Whether the page shows a name as its title, in whatever case."""
    pieces = (*headings, plain(shown), *_SEPARATORS.split(plain(shown)))
    return plain(name).lower() in {piece.lower() for piece in pieces}


def _author(tree: Any, meta: dict[str, str], data: dict[str, Any]) -> str:
    found = _name(data.get("author")) or meta.get("author") or meta.get("article:author", "")
    if not found or found.startswith("http"):
        marked = tree.xpath("(//*[@rel='author' or @itemprop='author'])[1]")
        found = marked[0].text_content() if marked else ""
    found = re.sub(r"^\s*by\s+", "", plain(found), flags=re.IGNORECASE)
    return found if len(found) <= 120 else ""


def _published(tree: Any, meta: dict[str, str], data: dict[str, Any]) -> dt.datetime | None:
    names = (
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "pubdate",
    )
    times = tree.xpath(
        "//time[@pubdate or @itemprop='datePublished']/@datetime | //article//time/@datetime"
    )
    tries = [_text(data.get("datePublished")), *(meta.get(name, "") for name in names), *times[:1]]
    return next((found for text in tries if (found := moment(str(text)))), None)


def _language(tree: Any, meta: dict[str, str]) -> str:
    found = tree.get("lang") or meta.get("og:locale") or meta.get("content-language") or ""
    found = found.strip().replace("_", "-")
    return found if re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*", found) else ""


def base_of(tree: Any, url: str) -> str:
    """What the page's addresses are relative to: its `<base>`, if that is http."""
    found = tree.xpath("//base/@href")
    try:
        return clean(urljoin(url, str(found[0]))) or url if found else url
    except ValueError:
        return url

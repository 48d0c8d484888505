"""
XML in memory -> its elements, under the names that feedparser gives them.

Pure. The parser is the one that feedparser has; what it would pass on to handlers stands here as
a tree: names with the usual prefix of their namespace, the base of addresses at each place, and
XHTML inside of a text written out again. Nothing may be declared in the document: no entity can
grow, and none can lead elsewhere.

Source: feedparser 6, `mixin.py` and `parsers/strict.py`
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any
from xml.parsers import expat

from ..urls import IN_FORM

BUFFER = 1 << 16
"""Characters that the parser gathers before it hands them on."""
APART = "\x01"
"""What no name and no address of a namespace holds."""
_XML = "http://www.w3.org/XML/1998/namespace"
LANGUAGE = f"{_XML}{APART}lang{APART}xml"
_XLINK = "http://www.w3.org/1999/xlink"
_BASE = f"{_XML}{APART}base{APART}xml"
XHTML = "http://www.w3.org/1999/xhtml"
ATOM = "http://www.w3.org/2005/Atom"
RSS_1 = "http://purl.org/rss/1.0/"

PREFIXES = {
    "": "",
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    RSS_1: "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://example.com/newformat#": "",
    "http://example.com/necho": "",
    "http://purl.org/echo/": "",
    "uri/of/echo/namespace#": "",
    "http://purl.org/pie/": "",
    "http://purl.org/atom/ns#": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://webns.net/mvcb/": "admin",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://media.tangent.org/rss/1.0/": "audio",
    "http://backend.userland.com/blogchannelmodule": "blogchannel",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://purl.org/rss/1.0/modules/company": "co",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://my.theinfo.org/changed/1.0/rss/": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/email/": "email",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://freshmeat.net/rss/fm/": "fm",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://postneo.com/icbm/": "icbm",
    "http://purl.org/rss/1.0/modules/image/": "image",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://madskills.com/public/xml/rss/module/pingback/": "pingback",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    "http://purl.org/rss/1.0/modules/richequiv/": "reqv",
    "http://purl.org/rss/1.0/modules/search/": "search",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://schemas.xmlsoap.org/soap/envelope/": "soap",
    "http://purl.org/rss/1.0/modules/servicestatus/": "ss",
    "http://hacks.benhammersley.com/rss/streaming/": "str",
    "http://purl.org/rss/1.0/modules/subscription/": "sub",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://schemas.pocketsoap.com/rss/mydescmodule/": "szf",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://purl.org/rss/1.0/modules/textinput/": "ti",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    XHTML: "xhtml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/xml/1998/namespace": "xml",
    "http://podlove.org/simple-chapters": "psc",
}
"""Namespaces in lower case -> the prefix that counts, whatever a document calls them."""
_USUAL = frozenset("domain href label length rel scheme term title type url version".split())
"""Attributes in lower case that mean the same wherever they stand."""
_HOLDS_XHTML = frozenset("content rights subtitle summary title".split())


class Broken(Exception):
    """It is not well-formed, or does what is not read here."""


class Element:
    """An element, its name in lower case: `title`, `content_encoded`."""

    __slots__ = ("attributes", "base", "children", "is_mixed", "name", "pieces", "text")

    def __init__(self, name: str, attributes: dict[str, str], base: str) -> None:
        self.name = name
        self.attributes = attributes
        """As the parser names them; those of no namespace in lower case."""
        self.base = base
        """What its addresses are relative to; empty where the document does not say."""
        self.text = ""
        """What stands before its first child."""
        self.children: list[Element] = []
        self.is_mixed = False
        """Whether words stand between its children."""
        self.pieces: list[str] | None = None
        """Tags and texts of XHTML that it holds."""


@lru_cache(maxsize=1024)
def _named(name: str) -> str:
    """The name that decides which handler of feedparser an element gets."""
    space, apart, rest = name.partition(APART)
    if not apart:
        return name.lower()
    local, _, prefix = rest.partition(APART)
    known = PREFIXES.get(space.lower())
    prefix = (prefix if known is None else known).lower()
    return f"{prefix}_{local.lower()}" if prefix else local.lower()


class _Reader:
    """What the parser calls."""

    def __init__(self) -> None:
        self.top = Element("", {}, "")
        self.inside = [self.top]
        self.base = ""
        self.bases = list[str]()
        self.spaces = list[str]()
        """Namespaces, as they are declared."""
        self.prefixes = dict[str, str]()
        """Prefixes -> namespaces."""
        self.of_root = 0
        """How many of `spaces` the outermost element declares."""
        self.xhtml: list[str] | None = None
        self.depth = 0
        """Of open elements of XHTML."""

    def namespace(self, prefix: str | None, space: str | None) -> None:
        prefix, space = (prefix or "").lower(), space or ""
        known = PREFIXES.get(space.lower())
        is_other = known is not None and known != prefix and prefix in _STANDARD
        if prefix and (self.prefixes.setdefault(prefix, space) != space or is_other):
            raise Broken  # feedparser knows one meaning of a prefix
        self.spaces.append(space)
        if self.xhtml is not None and space == _XLINK:
            raise Broken
        if " " in space or (known is None and "backend.userland.com/rss" in space.lower()):
            raise Broken

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.xhtml is not None:
            self._open(self.xhtml, name, attributes)
            return
        if not self.bases:
            self.of_root = len(self.spaces)
        if attributes and not _USUAL.issuperset(attributes):
            attributes = self._seen(attributes)
        self.bases.append(self.base)
        element = Element(_named(name), attributes, self.base)
        self.inside[-1].children.append(element)
        self.inside.append(element)
        if attributes and attributes.get("type", "").lower() == "xhtml":
            if name != f"{ATOM}{APART}{element.name}" or element.name not in _HOLDS_XHTML:
                raise Broken
            self.xhtml = element.pieces = []

    def end(self, name: str) -> None:
        if self.depth and self.xhtml is not None:
            self.depth -= 1
            self.xhtml.append(f"</{name.split(APART)[1]}>")
            return
        self.xhtml = None
        self.inside.pop()
        self.bases.pop()
        if self.bases and self.bases[-1]:  # where there was no base before, this one stays
            self.base = self.bases[-1]

    def data(self, text: str) -> None:
        if self.xhtml is not None:
            self.xhtml.append(escape(text, quote=False))
            return
        element = self.inside[-1]
        if not element.children:
            element.text += text
        elif not text.isspace():
            element.is_mixed = True

    def _seen(self, attributes: dict[str, str]) -> dict[str, str]:
        seen = {key if APART in key else key.lower(): value for key, value in attributes.items()}
        if "base" in seen or "lang" in seen:
            raise Broken  # these count too, of whatever namespace they are
        if (base := seen.get(_BASE)) is not None:
            match = IN_FORM.fullmatch(base)
            if match is None or match[4] == "":
                raise Broken
            self.base = base
        return seen

    def _open(self, pieces: list[str], name: str, attributes: dict[str, str]) -> None:
        """Write a tag of XHTML as feedparser writes it."""
        space, _, local = name.partition(APART)
        local = local.partition(APART)[0]
        if space != XHTML or local in ("body", "svg", "math") or not local.islower():
            raise Broken
        written = ""
        for key, value in attributes.items():
            known = _OF_XHTML.get(key, key)
            if APART in known or not known.islower() or known == "base":
                raise Broken
            said = value.lower() if key in ("rel", "type") else value
            written += f' {known}="{_quoted(said)}"'
        pieces.append(f"<{local}{written}>")
        self.depth += 1


_STANDARD = frozenset(PREFIXES.values()) - {""}
_OF_XHTML = {f"{_XML}{APART}{name}{APART}xml": f"xml:{name}" for name in ("lang", "space")}


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")


def elements(document: bytes) -> tuple[Element, list[str], list[str]]:
    """
    Read a document.

    Args:
        document: UTF-8, without an XML declaration.

    Returns:
        The outermost element, the namespaces that it declares, and those declared within it.

    Raises:
        Broken: It is not well-formed, declares a type, or does what is not read here.
    """
    reader = _Reader()

    def refuse(*_: Any) -> None:
        raise Broken

    parser = expat.ParserCreate("utf-8", APART)
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.buffer_size = BUFFER
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartNamespaceDeclHandler = reader.namespace
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(document, True)
    except expat.ExpatError as exc:
        raise Broken from exc
    spaces = reader.spaces
    return reader.top.children[0], spaces[: reader.of_root], spaces[reader.of_root :]

"""
What each element of a feed says: elements -> the fields that feedparser would make of them.

Pure. feedparser has a handler for some hundred names; those that set what `xml_feed.py` reads
are followed here to the letter, in the order of the document. Names without a handler, and those
whose handlers set other fields alone, are passed over. A name whose handler is not followed, or
an element that stands where its handler does more, is unusual: feedparser reads that feed.

Source: feedparser 6, `mixin.py` and `namespaces/`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from .dates import moment
from .elements import APART, LANGUAGE, Element

Fields = dict[str, Any]
"""Of a feed or an entry, as feedparser names them; and a few marks of our own for what counts in
the rest of the same entry."""
Read = Callable[[Element, Fields], None]


ABOUT = f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{APART}about{APART}rdf"


class Unusual(Exception):
    """It is for feedparser."""


HANDLED = frozenset(
    "abstract author body category cc_license channel cloud content content_encoded contributor "
    "copyright created creativecommons_license dc_author dc_contributor dc_creator dc_date "
    "dc_description dc_language dc_publisher dc_rights dc_subject dc_title dcterms_created "
    "dcterms_issued dcterms_modified dcterms_valid description email enclosure entry "
    "expirationdate feed feedburner_browserfriendly fullitem generator geom georss_box "
    "georss_line georss_point georss_polygon georss_where georssgeom gml_exterior gml_linearring "
    "gml_linestring gml_point gml_polygon gml_pos gml_poslist guid height homepage id image info "
    "issued item itunes_author itunes_block itunes_category itunes_email itunes_explicit "
    "itunes_image itunes_keywords itunes_link itunes_name itunes_owner itunes_subtitle "
    "itunes_summary keywords language lastbuilddate link managingeditor media_category "
    "media_content media_credit media_description media_group media_keywords media_license "
    "media_player media_rating media_restriction media_thumbnail media_title modified name "
    "newlocation psc_chapter psc_chapters pubdate published rights rss source subtitle summary "
    "tagline tags textinput title updated uri url webmaster where width xhtml_body".split()
)
"""Names that feedparser has a handler for."""
READ = frozenset(
    "author authors author_detail channel comments content copyright copyright_detail date "
    "date_parsed description description_detail entries feed guid id issued issued_parsed items "
    "language link links modified modified_parsed podcast_transcript published published_parsed "
    "summary summary_detail sy_updatefrequency sy_updateperiod tagline tagline_detail tags title "
    "title_detail ttl updated updated_parsed url".split()
)
"""Names of fields that are read, and feedparser's other names for fields: an element without a
handler sets the field of its name."""
_HARMLESS = (
    "copyright created creativecommons_license cc_license dc_contributor dc_publisher dc_rights "
    "dcterms_created expirationdate generator georss_box georss_line georss_point georss_polygon "
    "info itunes_block itunes_explicit itunes_image itunes_link itunes_subtitle media_credit "
    "media_license media_player media_rating media_restriction media_thumbnail rights subtitle "
    "tagline"
).split()
"""Handlers that set nothing that is read, if nothing is in their elements."""
_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
    "xhtml": "application/xhtml+xml",
}
_HTML = frozenset({"text/html", "html", "xhtml", "application/xhtml+xml"})
_PERSON = frozenset("name email uri url homepage".split())
_EMAIL = re.compile(
    r"(([a-zA-Z0-9\_\-\.\+]+)@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([a-zA-Z0-9\-]+\.)+))"
    r"([a-zA-Z]{2,4}|[0-9]{1,3})(\]?))(\?subject=\S+)?"
)
_LONGEST_NAME = 300
"""With an address in it."""


def read(element: Element, into: Fields, table: Mapping[str, Read]) -> None:
    """
    Add what an element says.

    Raises:
        Unusual: It is for feedparser.
    """
    follow = table.get(element.name)
    if follow is not None:
        follow(element, into)
    else:
        passed_over(element)


def passed_over(element: Element) -> None:
    """An element that sets nothing that is read, nor any within it."""
    if element.name in HANDLED or element.name in READ:
        raise Unusual
    for child in element.children:
        passed_over(child)


def end_entry(into: Fields) -> None:
    """What is settled when an entry ends."""
    if into.get("waits") and not into.get("title"):
        raise Unusual  # then a title of its pictures counts
    end_feed(into)


def end_feed(into: Fields) -> None:
    """The same of a feed: an id is its address, unless it has one."""
    if into.get("is_link"):
        into.setdefault("link", into["id"])


def language(element: Element, around: str | None) -> str | None:
    """The language in an element, given that around it."""
    if LANGUAGE not in element.attributes:
        return around
    return element.attributes[LANGUAGE].replace("_", "-") or None


def refuse(element: Element, *names: str) -> None:
    """Attributes of such a name, unless they have no namespace and are read."""
    for key in element.attributes:
        if APART in key and key.split(APART)[1].lower() in names:
            raise Unusual


def _text(element: Element) -> str:
    """The text of an element without others in it, as feedparser mends it."""
    if element.children:
        raise Unusual
    text = element.text if element.pieces is None else _xhtml(element.pieces)
    text = text.strip()
    if not text.isascii():
        try:  # UTF-8 that somebody took for Latin-1 and encoded again
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text
    return text


def _xhtml(pieces: list[str]) -> str:
    """Without the division that holds it all."""
    start, end = 0, len(pieces)
    while end - start > 1 and not pieces[end - 1].strip():
        end -= 1
    while end - start > 1 and not pieces[start].strip():
        start += 1
    kept = pieces[start:end]
    if kept and kept[0].startswith(("<div>", "<div ")) and kept[-1] == "</div>":
        depth = 0
        for piece in kept[:-1]:
            if piece.startswith("</"):
                depth -= 1
                if depth == 0:
                    return "".join(kept)
            elif piece.startswith("<"):
                depth += 1
        kept = kept[1:-1]
    return "".join(kept)


def _leaf(element: Element, into: Fields) -> None:
    if element.children:
        raise Unusual


def _type(element: Element, usual: str) -> str:
    if not element.attributes:
        return usual
    refuse(element, "type", "mode")
    if "mode" in element.attributes:
        raise Unusual
    if "type" not in element.attributes:
        return usual
    kind = _TYPES.get(element.attributes["type"].lower())
    if kind is None:
        raise Unusual
    return kind


def _title(element: Element, into: Fields) -> None:
    """The first that is not empty, unless one is forgotten for a `source`."""
    kind, text = _type(element, "text/plain"), _text(element)
    if into.get("title"):
        if into.get("has_source"):
            raise Unusual
        return
    into["title"], into["title_detail"] = text, {"type": kind}


def _feed_title(element: Element, into: Fields) -> None:
    if "title" in into:
        raise Unusual  # which of two counts depends on what stands between them
    _title(element, into)


def _media_title(element: Element, into: Fields) -> None:
    """It counts only where no title comes, before or after it."""
    _type(element, "text/plain")
    _leaf(element, into)
    if into.get("has_source"):
        raise Unusual
    if not into.get("title"):
        into["waits"] = True


def _date_of(name: str) -> Read:
    def follow(element: Element, into: Fields) -> None:
        text = _text(element)
        if text and moment(text) is None:
            raise Unusual
        into[name] = text

    return follow


def _detail(element: Element, into: Fields, usual: str) -> Fields:
    return {
        "type": _type(element, usual),
        "value": _text(element),
        "language": language(element, into["language"]) if element.attributes else into["language"],
        "base": element.base,
    }


def _content_as(usual: str) -> Read:
    def follow(element: Element, into: Fields) -> None:
        into["has_content"] = into["summary"] = True
        into.setdefault("content", []).append(_detail(element, into, usual))

    return follow


_second = _content_as("text/plain")


def _summary_as(usual: str) -> Read:
    """A second one is content, unless there is some."""

    def follow(element: Element, into: Fields) -> None:
        if "summary" in into and "has_content" not in into:
            _second(element, into)
        else:
            into["summary"] = True
            into["summary_detail"] = _detail(element, into, usual)

    return follow


def _feed_summary(element: Element, into: Fields) -> None:
    """`description` sets another field in a feed; after a summary it would be content."""
    _leaf(element, into)
    if "summary" in into:
        raise Unusual
    if element.name in ("summary", "itunes_summary"):
        into["summary"] = True


def _link(element: Element, into: Fields) -> None:
    """Atom's, with the address as attribute, or RSS's, whose text it is."""
    said = element.attributes
    if said:
        refuse(element, "href", "rel", "type", "url", "uri")
        if "url" in said or "uri" in said:
            raise Unusual
    rel = said.get("rel", "alternate").lower()
    kind = said.get("type", "text/html").lower()
    links = into.setdefault("links", [])
    if "href" in said:
        if element.children:
            raise Unusual
        address = _resolved(said["href"], element.base)
        links.append({"rel": rel, "href": address, "type": kind})
        if rel == "alternate" and kind in _HTML:
            into["link"] = address
        return
    address = _address(element)
    if "&" in address and ";" in address:
        raise Unusual  # escaped twice, or half
    into["link"] = address
    links.append({"rel": rel, "href": address} if address else {"rel": rel})


def _enclosure(element: Element, into: Fields) -> None:
    refuse(element, "href", "type", "url", "uri")
    said = element.attributes
    if element.children or "url" not in said or "uri" in said or "href" in said:
        raise Unusual
    link = {"rel": "enclosure", "href": said["url"], "type": said.get("type", "").lower()}
    into.setdefault("links", []).append(link)


def _address(element: Element) -> str:
    """Of an element whose text it is."""
    text = _text(element)
    return _resolved(text, element.base) if text else ""


def _resolved(address: str, base: str) -> str:
    if ":///" in address:
        raise Unusual  # feedparser mends it
    try:
        return urljoin(base, address)
    except ValueError as exc:
        raise Unusual from exc


def _id(element: Element, into: Fields) -> None:
    refuse(element, "ispermalink")
    if "id" in into:
        raise Unusual
    into["is_link"] = element.attributes.get("ispermalink", "true") == "true"
    into["id"] = _address(element) if into["is_link"] else _text(element)


def _author(element: Element, into: Fields) -> None:
    """RSS's: a name, or an address with one in brackets."""
    name = _text(element)
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


def _atom_author(element: Element, into: Fields) -> None:
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


def _owner(element: Element, into: Fields) -> None:
    """ITunes' owner of a feed: feedparser gives his name to the author before."""
    for child in element.children:
        if child.name not in ("itunes_name", "itunes_email"):
            passed_over(child)
        elif child.children:
            raise Unusual
        else:
            author = into.setdefault("authors", [{}])[-1]
            author[child.name.removeprefix("itunes_")] = child.text.strip()


def _contributor(element: Element, into: Fields) -> None:
    for child in element.children:
        if child.name not in _PERSON:
            passed_over(child)
        elif child.children:
            raise Unusual


def _tag(into: Fields, term: str | None, scheme: str | None, label: str | None) -> None:
    tags, known = into.setdefault("tags", []), into.setdefault("tags_known", set())
    tag = (term, scheme, label)
    if any(tag) and tag not in known:
        known.add(tag)
        tags.append({"term": term, "scheme": scheme, "label": label})


def _name_last_tag(into: Fields, term: str) -> None:
    """Say the term of the last tag, which has none."""
    last = into["tags"][-1]
    into["tags_known"].discard((last["term"], last["scheme"], last["label"]))
    into["tags_known"].add((term, last["scheme"], last["label"]))
    last["term"] = term


def _category_of(usual: str | None) -> Read:
    def follow(element: Element, into: Fields) -> None:
        said = element.attributes
        if said:
            refuse(element, "term", "scheme", "domain", "label")
        scheme = said.get("scheme", usual or said.get("domain"))
        _tag(into, said.get("term"), scheme, said.get("label"))
        if text := _text(element):
            tags = into["tags"]
            if tags and not tags[-1]["term"]:
                _name_last_tag(into, text)
            else:
                _tag(into, text, None, None)

    return follow


def _keywords_of(scheme: str | None) -> Read:
    def follow(element: Element, into: Fields) -> None:
        text = _text(element)
        for term in [] if element.attributes else text.split(","):
            if term.strip():
                _tag(into, term.strip(), scheme, None)

    return follow


def _as_text(name: str) -> Read:
    """The last one, of an element without a handler."""

    def follow(element: Element, into: Fields) -> None:
        if element.attributes:
            raise Unusual
        into[name] = _text(element)

    return follow


def _language_of(element: Element, into: Fields) -> None:
    into["language"] = _text(element)


def _comments(element: Element, into: Fields) -> None:
    if element.attributes:
        raise Unusual
    into["comments"] = _address(element)


def _transcript(element: Element, into: Fields) -> None:
    if not element.attributes or element.children:
        raise Unusual
    into["podcast_transcript"] = element.attributes


def _image(element: Element, into: Fields) -> None:
    if any(child.name not in _OF_IMAGES or child.children for child in element.children):
        raise Unusual


def _text_input(element: Element, into: Fields) -> None:
    if any(child.name not in _OF_INPUTS or child.children for child in element.children):
        raise Unusual


def _items(element: Element, into: Fields) -> None:
    for child in element.children:
        passed_over(child)


_OF_INPUTS = frozenset("title link description name".split())
_OF_IMAGES = frozenset("title link description url width height".split())


def _source(element: Element, into: Fields) -> None:
    """Where an entry was first: all that it says is of that feed."""
    into["has_source"] = True
    for child in element.children:
        if child.name in ("author", "contributor"):
            _contributor(child, into)
        elif child.name not in _OF_SOURCES:
            passed_over(child)
        elif child.children:
            raise Unusual


_OF_SOURCES = frozenset(
    "title id link updated published subtitle rights generator category".split()
)


def _nested(element: Element, into: Fields) -> None:
    """A group of media, or one of them: what is in it counts as beside it."""
    for child in element.children:
        read(child, into, _MEDIA)


def _categories(element: Element, into: Fields) -> None:
    for child in element.children:
        if child.name != element.name:
            raise Unusual
        _categories(child, into)


_IDLE: dict[str, Read] = dict.fromkeys(_HARMLESS, _leaf)
_MEDIA: dict[str, Read] = {
    **{name: follow for name, follow in _IDLE.items() if name != "creativecommons_license"},
    "media_category": _category_of("http://search.yahoo.com/mrss/category_schema"),
    "media_title": _media_title,
    "media_description": _summary_as("text/html"),
    "media_keywords": _keywords_of(None),
    "media_group": _nested,
    "media_content": _nested,
}
_ENTRY: dict[str, Read] = {
    **_IDLE,
    **_MEDIA,
    "title": _title,
    "dc_title": _title,
    "link": _link,
    "id": _id,
    "guid": _id,
    **dict.fromkeys("pubdate published issued dcterms_issued".split(), _date_of("published")),
    **dict.fromkeys("updated modified dc_date dcterms_modified".split(), _date_of("updated")),
    "summary": _summary_as("text/plain"),
    "itunes_summary": _summary_as("text/plain"),
    "description": _summary_as("text/html"),
    "dc_description": _summary_as("text/html"),
    "content": _content_as("text/plain"),
    "content_encoded": _content_as("text/html"),
    "category": _category_of(None),
    "dc_subject": _category_of(None),
    "itunes_keywords": _keywords_of("http://www.itunes.com/"),
    "enclosure": _enclosure,
    "comments": _comments,
    "podcast_transcript": _transcript,
    "source": _source,
    "contributor": _contributor,
    "dc_language": _leaf,
}
_FEED: dict[str, Read] = {
    **_IDLE,
    "title": _feed_title,
    "link": _link,
    "id": _id,
    "description": _feed_summary,
    "dc_description": _feed_summary,
    "itunes_summary": _feed_summary,
    "language": _language_of,
    "dc_language": _language_of,
    "ttl": _as_text("ttl"),
    "sy_updateperiod": _as_text("sy_updateperiod"),
    "sy_updatefrequency": _as_text("sy_updatefrequency"),
    "itunes_category": _categories,
    "itunes_owner": _owner,
    "contributor": _contributor,
    "image": _image,
    "textinput": _text_input,
    **dict.fromkeys(
        "category cloud dc_date dc_subject itunes_keywords lastbuilddate media_keywords modified "
        "pubdate published updated webmaster".split(),
        _leaf,
    ),
}
ITEM = _ENTRY | dict.fromkeys("author dc_creator dc_author itunes_author".split(), _author)
CHANNEL = _FEED | dict.fromkeys(
    "author managingeditor dc_creator dc_author itunes_author".split(), _author
)
RDF_CHANNEL = CHANNEL | {"items": _items}
BESIDE: dict[str, Read] = {"image": _image, "textinput": _text_input}
"""What stands beside the channel and the items of RDF."""
ATOM_ENTRY = _ENTRY | {"author": _atom_author}
ATOM_FEED = _FEED | {"author": _atom_author}

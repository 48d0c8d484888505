"""
What each element of a feed says: elements -> the fields that feedparser would make of them.

Pure. feedparser has a handler for some hundred names; those that set what `xml_feed.py` reads
are followed here to the letter, in the order of the document. Names without a handler, and those
whose handlers set other fields alone, are passed over. A name whose handler is not followed, or
an element that stands where its handler does more, is unusual: feedparser reads that feed.

Source: feedparser 6, `mixin.py` and `namespaces/`
"""

from __future__ import annotations

from collections.abc import Mapping

from .dates import moment
from .elements import APART, Element
from .handlers import (
    Fields,
    Read,
    Unusual,
    address_of,
    language,
    leaf,
    passed_over,
    refuse,
    resolved,
    text_of,
    type_of,
)
from .people import atom_author, author, contributor, owner

ABOUT = f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{APART}about{APART}rdf"


_HARMLESS = (
    "copyright created creativecommons_license cc_license dc_contributor dc_publisher dc_rights "
    "dcterms_created expirationdate generator georss_box georss_line georss_point georss_polygon "
    "info itunes_block itunes_explicit itunes_image itunes_link itunes_subtitle media_credit "
    "media_license media_player media_rating media_restriction media_thumbnail rights subtitle "
    "tagline"
).split()
"""Handlers that set nothing that is read, if nothing is in their elements."""
_HTML = frozenset({"text/html", "html", "xhtml", "application/xhtml+xml"})


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


def end_entry(into: Fields) -> None:
    """What is settled when an entry ends."""
    if into.get("waits") and not into.get("title"):
        raise Unusual  # then a title of its pictures counts
    end_feed(into)


def end_feed(into: Fields) -> None:
    """The same of a feed: an id is its address, unless it has one."""
    if into.get("is_link"):
        into.setdefault("link", into["id"])


def _title(element: Element, into: Fields) -> None:
    """The first that is not empty, unless one is forgotten for a `source`."""
    kind, text = type_of(element, "text/plain"), text_of(element)
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
    type_of(element, "text/plain")
    leaf(element, into)
    if into.get("has_source"):
        raise Unusual
    if not into.get("title"):
        into["waits"] = True


def _date_of(name: str) -> Read:
    def follow(element: Element, into: Fields) -> None:
        text = text_of(element)
        if text and moment(text) is None:
            raise Unusual
        into[name] = text

    return follow


def _detail(element: Element, into: Fields, usual: str) -> Fields:
    return {
        "type": type_of(element, usual),
        "value": text_of(element),
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
    leaf(element, into)
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
        address = resolved(said["href"], element.base)
        links.append({"rel": rel, "href": address, "type": kind})
        if rel == "alternate" and kind in _HTML:
            into["link"] = address
        return
    address = address_of(element)
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


def _id(element: Element, into: Fields) -> None:
    refuse(element, "ispermalink")
    if "id" in into:
        raise Unusual
    into["is_link"] = element.attributes.get("ispermalink", "true") == "true"
    into["id"] = address_of(element) if into["is_link"] else text_of(element)


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
        if text := text_of(element):
            tags = into["tags"]
            if tags and not tags[-1]["term"]:
                _name_last_tag(into, text)
            else:
                _tag(into, text, None, None)

    return follow


def _keywords_of(scheme: str | None) -> Read:
    def follow(element: Element, into: Fields) -> None:
        text = text_of(element)
        for term in [] if element.attributes else text.split(","):
            if term.strip():
                _tag(into, term.strip(), scheme, None)

    return follow


def _as_text(name: str) -> Read:
    """The last one, of an element without a handler."""

    def follow(element: Element, into: Fields) -> None:
        if element.attributes:
            raise Unusual
        into[name] = text_of(element)

    return follow


def _language_of(element: Element, into: Fields) -> None:
    into["language"] = text_of(element)


def _comments(element: Element, into: Fields) -> None:
    if element.attributes:
        raise Unusual
    into["comments"] = address_of(element)


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
            contributor(child, into)
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


_IDLE: dict[str, Read] = dict.fromkeys(_HARMLESS, leaf)
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
    "contributor": contributor,
    "dc_language": leaf,
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
    "itunes_owner": owner,
    "contributor": contributor,
    "image": _image,
    "textinput": _text_input,
    **dict.fromkeys(
        "category cloud dc_date dc_subject itunes_keywords lastbuilddate media_keywords modified "
        "pubdate published updated webmaster".split(),
        leaf,
    ),
}
ITEM = _ENTRY | dict.fromkeys("author dc_creator dc_author itunes_author".split(), author)
CHANNEL = _FEED | dict.fromkeys(
    "author managingeditor dc_creator dc_author itunes_author".split(), author
)
RDF_CHANNEL = CHANNEL | {"items": _items}
BESIDE: dict[str, Read] = {"image": _image, "textinput": _text_input}
"""What stands beside the channel and the items of RDF."""
ATOM_ENTRY = _ENTRY | {"author": atom_author}
ATOM_FEED = _FEED | {"author": atom_author}

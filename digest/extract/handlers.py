"""
feedparser's handlers: which names they have, and what all of them do with an element's text.

Pure. A name without a handler, or whose handler sets nothing that is read, is passed over; what a
handler does that is not followed here is unusual, and feedparser reads that feed.

Source: feedparser 6, `mixin.py`
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from .elements import APART, LANGUAGE, Element

Fields = dict[str, Any]
"""Of a feed or an entry, as feedparser names them; and a few marks of our own for what counts in
the rest of the same entry."""
Read = Callable[[Element, Fields], None]


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
_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
    "xhtml": "application/xhtml+xml",
}


def passed_over(element: Element) -> None:
    """An element that sets nothing that is read, nor any within it."""
    if element.name in HANDLED or element.name in READ:
        raise Unusual
    for child in element.children:
        passed_over(child)


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


def text_of(element: Element) -> str:
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


def leaf(element: Element, into: Fields) -> None:
    if element.children:
        raise Unusual


def type_of(element: Element, usual: str) -> str:
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


def address_of(element: Element) -> str:
    """Of an element whose text it is."""
    text = text_of(element)
    return resolved(text, element.base) if text else ""


def resolved(address: str, base: str) -> str:
    if ":///" in address:
        raise Unusual  # feedparser mends it
    try:
        return urljoin(base, address)
    except ValueError as exc:
        raise Unusual from exc

"""
Atom, RSS and RDF -> raw posts: those of the usual form by `usual.py`, all others by feedparser.

Pure. feedparser gets bytes in memory, never a name or an address, and neither cleans nor
resolves markup: its sanitiser is no boundary (`clean.py` is ours) and costs most of its time.
Broken documents are read as far as they go.

Source: RFC 4287; rssboard.org RSS 2.0; RSS 1.0 (RDF); feedparser 6, `api.py`
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Callable
from typing import Any

from ..errors import ParseError
from ..urls import joined
from .dates import in_range, moment
from .invisible import may_have_invisible, visible_text
from .plain import as_html, plain, to_html
from .raw import SOUND, Body, RawFeed, RawPost
from .salvage import count, salvaged
from .usual import Found, usual

_START = re.compile(
    rb"<\?xml\b|<!DOCTYPE\s+(?:rss|rdf)|<(?:\w+:)?(?:rss|feed|RDF|channel)\b", re.IGNORECASE
)
_DECLARATION = re.compile(rb"\A<\?xml[^>]*\?>")
_COMMENT = re.compile(rb"<!--(?>.*?-->)", re.DOTALL)
_NAME = r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z][a-zA-Z0-9]{1,30};"
_NAMED = re.compile(_NAME.encode())
_NAMED_TEXT = re.compile(_NAME)
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_DOUBTFUL = re.compile(
    rb"&#(?!(?:3[2-9]|[4-9]\d|[1-9]\d\d{1,2}|[1-4]\d{4}|1[0-9]{5}|x[2-9a-fA-F][0-9a-fA-F]"
    rb"|x[1-9a-cA-C][0-9a-fA-F]{3}|x1[fF][0-9a-fA-F]{3});)"
)
"""Begins a reference that may not be legal."""
_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 604800,
    "monthly": 2592000,
    "yearly": 31536000,
}
_FORMATS = {
    "atom10": "Atom", "atom": "Atom", "atom03": "Atom 0.3", "atom02": "Atom 0.2",
    "atom01": "Atom 0.1", "rss20": "RSS 2.0", "rss10": "RDF", "rss090": "RDF", "rss": "RSS",
    "rss091u": "RSS 0.91", "rss091n": "RSS 0.91", "rss092": "RSS 0.92", "rss093": "RSS 0.93",
    "rss094": "RSS 0.94", "cdf": "CDF",
}  # fmt: skip
"""feedparser's names of formats -> those of people. RSS 1.0 and 0.90 are RDF."""
_LONGEST_TTL = 7 * 86400
_PARTIAL = "the XML is broken"


class LongWay(Exception):
    """feedparser would have to read it."""


def read_xml(
    document: bytes,
    url: str,
    *,
    short: Callable[[bytes], Found | None] = usual,
    is_short: bool = False,
) -> RawFeed:
    """
    Read an XML feed.

    Args:
        document: In UTF-8, whatever it says of itself; junk before the XML is passed over.
        url: Its address, for what is relative in it.
        short: The way that is tried before feedparser; to compare them, another.
        is_short: Leave the feed unread where feedparser would have to read it.

    Raises:
        ParseError: There is no feed in it.
        LongWay: As `is_short` asks.
    """
    start = _START.search(document)
    if start is None:
        raise ParseError(url, "expected a feed (Atom, RSS or JSON Feed), found none")
    junk = _COMMENT.sub(b"", document[: start.start()]).strip()
    document = _DECLARATION.sub(b"", document[start.start() :])
    found: Any = short(document) if _is_sound(document) else None
    if found is None:
        document = _mended(document)
        found = short(document)
    if found is None:
        if is_short:
            raise LongWay
        found = _parsed(document, url)
    problem = _problem(found, has_junk=bool(junk))
    if found.bozo:
        text = document.decode("utf-8")
        if count(text) > len(found.entries) and (mended := salvaged(text)):
            again = _parsed(mended.encode("utf-8"), url)
            found = again if len(again.entries) > len(found.entries) else found
    if not found.get("version") and not found.entries:
        raise ParseError(url, "expected a feed (Atom, RSS or JSON Feed), found other XML")
    if problem.startswith(_PARTIAL) and not found.entries:
        raise ParseError(url, f"{problem}; no entry could be read")
    return _feed(found, url, problem)


def _is_sound(document: bytes) -> bool:
    """
    Whether `_mended` would change nothing, if the document is well-formed.

    A parser that is strict refuses by itself what is mended outside of CDATA, and characters
    that XML forbids.
    """
    if b"<![CDATA[" in document and (_NAMED.search(document) or _DOUBTFUL.search(document)):
        return False
    return not may_have_invisible(document)


def _mended(document: bytes) -> bytes:
    """Without characters that XML forbids or nobody sees, HTML's own names spelled out."""
    text = document.decode("utf-8", "surrogatepass")
    # Such characters would stop the strict parser at the first of them.
    text = visible_text(_REFERENCE.sub(_reference, text))
    if "<!ENTITY" not in text:
        text = _NAMED_TEXT.sub(_character, text)
    return text.encode("utf-8")


def _parsed(document: bytes, url: str) -> Any:
    import feedparser  # takes longer to load than to read the feeds of many a run

    try:
        return feedparser.parse(
            io.BytesIO(document),
            sanitize_html=False,
            resolve_relative_uris=False,
            # Without a location ids stay as they are: they would change with the feed's address.
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except Exception as exc:  # hostile bytes break it in ways that its authors do not list
        raise ParseError(url, f"the feed cannot be read ({type(exc).__name__}: {exc})") from exc


def _character(match: re.Match[str]) -> str:
    """What HTML means by a name that XML does not know; markup stays escaped."""
    return html.escape(html.unescape(match[0]), quote=False)


def _reference(match: re.Match[str]) -> str:
    """A numeric reference as it is, or nothing where XML knows no such character."""
    digits = match[1] or match[2]
    number = int(digits, 16 if match[1] else 10) if len(digits) < 12 else -1
    is_legal = number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return match[0] if is_legal else ""


def _problem(found: Any, *, has_junk: bool) -> str:
    problems = []
    if found.bozo:
        reason = getattr(found.bozo_exception, "getMessage", lambda: str(found.bozo_exception))()
        line = getattr(found.bozo_exception, "getLineNumber", lambda: None)()
        problems.append(
            _PARTIAL + (f" in line {line}" if line else "") + f" ({plain(str(reason))})"
        )
    if has_junk:
        problems.append("there is text before the XML")
    return "; ".join(problems)


def _feed(found: Any, url: str, problem: str) -> RawFeed:
    feed = found.feed
    is_atom = str(found.get("version", "")).startswith("atom")
    links = [link for link in feed.get("links", []) if link.get("rel") == "alternate"]
    site = (links[0].get("href", "") if links else "") or feed.get("link", "")
    return RawFeed(
        title=_line(feed, "title", is_atom),
        site_url=joined(url, str(site)),
        language=str(feed.get("language") or ""),
        posts=tuple(_post(entry, url, is_atom) for entry in found.entries),
        author=plain(str(feed.get("author_detail", {}).get("name") or "")),
        ttl_s=_ttl(feed),
        format=_FORMATS.get(str(found.get("version", "")), ""),
        problem=problem,
    )


def _post(entry: Any, url: str, is_atom: bool) -> RawPost:
    links: dict[str, str] = {}
    for link in entry.get("links", ()):
        rel = link.get("rel")
        if rel in ("alternate", "related", "via"):
            if link.get("href"):
                links.setdefault(rel, joined(url, link["href"]))
        elif rel == "enclosure" and str(link.get("type")).startswith(SOUND):
            links.setdefault("enclosure", joined(url, str(link.get("href") or "")))
    transcript = entry.get("podcast_transcript")  # of several the last; text where it has none
    if isinstance(transcript, dict):
        links["transcript"] = joined(url, str(transcript.get("url") or ""))
    if entry.get("comments"):
        links["comments"] = joined(url, str(entry["comments"]))
    identity = str(entry.get("id") or "")
    if identity.startswith(("http://", "https://")):
        links["permalink"] = identity
    link = links.pop("alternate", "") or joined(url, str(entry.get("link") or ""))
    link = link or links.get("permalink", "")
    bodies, language = list[Body](), ""
    for detail in (*entry.get("content", ()), entry.get("summary_detail")):
        if detail:
            language = language or str(detail.get("language") or "")
            if body := _body(detail, url if is_atom else link or url, is_atom):
                bodies.append(body)
    return RawPost(
        id=identity,
        link=link,
        title=_line(entry, "title", is_atom),
        bodies=tuple(bodies),
        author=_author(entry),
        published=_date(entry, "published"),
        updated=_date(entry, "updated"),
        tags=tuple(str(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags", ())),
        language=language,
        links=links,
    )


def _author(entry: Any) -> str:
    names = [plain(str(one.get("name") or "")) for one in entry.get("authors", ()) if one]
    return ", ".join(filter(None, names)) or plain(str(entry.get("author") or ""))


def _line(holder: Any, name: str, is_atom: bool) -> str:
    """A title: text in Atom where it says so; RSS never says, and mostly means HTML."""
    is_text = is_atom and holder.get(f"{name}_detail", {}).get("type") == "text/plain"
    return plain(str(holder.get(name) or ""), is_html=not is_text)


def _body(detail: Any, base: str, is_atom: bool) -> Body | None:
    text = str(detail.get("value") or "")
    if not text or text.isspace():
        return None
    if of_its_own := str(detail.get("base") or ""):
        base = joined(base, of_its_own) or base
    if is_atom and detail.get("type") == "text/plain":
        return Body(to_html(text, is_markdown=False), base)
    if detail.get("type") in ("text/markdown", "text/x-markdown"):
        return Body(to_html(text, is_markdown=True), base)
    return Body(as_html(text), base)


def _date(entry: Any, name: str) -> dt.datetime | None:
    """
    A date by our own reading, else by feedparser's.

    feedparser knows more forms, but fills gaps: it reads the year -0001 as 2000. Its year
    must stand in the feed.
    """
    # Asked as a plain dict: its own `get` hands out one date for the other, with a warning.
    text = str(dict.get(entry, name) or "")
    if not text:
        return None
    found = moment(text)
    parsed = dict.get(entry, f"{name}_parsed")
    if found is not None or not parsed or str(parsed[0]) not in text:
        return found
    year, month, day, hour, minute, second = parsed[:6]
    try:
        return in_range(dt.datetime(year, month, day, hour, minute, min(second, 59), tzinfo=dt.UTC))
    except (ValueError, OverflowError):  # the 32nd of a month
        return None


def _ttl(feed: Any) -> int:
    """Seconds between polls that the feed asks for: `<ttl>` in minutes, or `sy:`."""
    ttl = str(feed.get("ttl") or "").strip()
    if re.fullmatch(r"\d{1,6}", ttl):
        return min(int(ttl) * 60, _LONGEST_TTL)
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    frequency = str(feed.get("sy_updatefrequency") or "1").strip()
    often = int(frequency) if re.fullmatch(r"[1-9]\d{0,3}", frequency) else 1
    return min(period // often, _LONGEST_TTL)

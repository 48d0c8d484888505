"""
JSON Feed -> raw posts.

Pure. Values of wrong types are passed over one by one: a bad field costs that field, an item
that is no object costs that item.

Source: jsonfeed.org, versions 1 and 1.1
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from ..errors import ParseError
from .dates import moment
from .plain import plain, to_html
from .raw import SOUND, Body, RawFeed, RawPost


def is_json(text: str, content_type: str) -> bool:
    return text.lstrip()[:1] == "{" or ("json" in content_type and text.lstrip()[:1] != "<")


def read_json(text: str, url: str) -> RawFeed:
    """
    Read a JSON Feed.

    Raises:
        ParseError: It is no JSON, or JSON without a list `items`.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise ParseError(url, f"expected a JSON feed, found broken JSON ({exc})") from exc
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ParseError(url, 'expected a JSON feed, found JSON without a list "items"')
    site = urljoin(url, _text(feed, "home_page_url"))
    posts = tuple(_post(item, url) for item in items if isinstance(item, dict))
    lost = len(items) - len(posts)
    return RawFeed(
        title=plain(_text(feed, "title"), is_html=False),
        site_url=site if site != url else "",
        language=_text(feed, "language"),
        posts=posts,
        author=_author(feed),
        format="JSON Feed",
        problem=f"{lost} of {len(items)} items are no objects" if lost else "",
    )


def _post(item: dict[str, Any], url: str) -> RawPost:
    own, external = _text(item, "url"), _text(item, "external_url")
    texts = [_text(item, "content_html")]
    texts += [to_html(_text(item, name)) for name in ("content_text", "summary")]
    tags = item.get("tags")
    return RawPost(
        id=_text(item, "id"),
        link=urljoin(url, own or external) if own or external else "",
        title=plain(_text(item, "title"), is_html=False),
        bodies=tuple(Body(text, urljoin(url, own)) for text in texts if text.strip()),
        author=_author(item),
        published=moment(_text(item, "date_published")),
        updated=moment(_text(item, "date_modified")),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        language=_text(item, "language"),
        links=_links(item, url),
    )


def _links(item: dict[str, Any], url: str) -> dict[str, str]:
    links = dict[str, str]()
    if _text(item, "external_url") and _text(item, "url"):
        links["related"] = urljoin(url, _text(item, "external_url"))
    found = item.get("attachments")
    for one in found if isinstance(found, list) else []:
        if isinstance(one, dict) and _text(one, "mime_type").startswith(SOUND):
            links.setdefault("enclosure", _text(one, "url"))
    return links


def _text(holder: dict[str, Any], name: str) -> str:
    """A string, or a number as one (ids are often numbers); empty for all else."""
    value = holder.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _author(holder: dict[str, Any]) -> str:
    authors = holder.get("authors")
    found = authors if isinstance(authors, list) else [holder.get("author")]
    names = [plain(_text(one, "name"), is_html=False) for one in found if isinstance(one, dict)]
    return ", ".join(name for name in names if name)

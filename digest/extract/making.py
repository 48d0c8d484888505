"""
A reading and what is known about it -> `Document`.

Pure. The one place where a document gets its hash and its publisher.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from ..types import Document
from ..urls import clean, publisher
from .reading import Reading


def document(
    reading: Reading,
    *,
    url: str,
    final_url: str,
    site: str,
    title: str,
    author: str,
    published: dt.datetime | None,
    language: str,
    fetched_at: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    wall: str = "",
    license: str = "",
    reserved: str = "",
) -> Document:
    """
    A document of this reading.

    Args:
        url: The address that a reader should open; `final_url` stands in for an empty one.
        site: The page's own name for itself; the publisher stands in for an empty one.
    """
    address = clean(url) or clean(final_url)
    owner = publisher(address, families)
    return Document(
        url=address,
        final_url=final_url,
        publisher=owner,
        site=site or owner,
        title=title,
        author=author,
        published=published,
        text=reading.text,
        sha256=hashlib.sha256(reading.text.encode("utf-8")).hexdigest(),
        fetched_at=fetched_at,
        language=language,
        blocks=reading.blocks,
        links=reading.links,
        wall=wall,
        license=license,
        reserved=reserved,
    )

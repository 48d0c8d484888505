"""
What a page says of its licence, and what it keeps from machines.

Pure. It is told, not judged: whether a licence or a reservation matters is for who publishes.

Source: microformats.org rel-license; schema.org license; W3C TDM Reservation Protocol 1.0,
sections 4 (headers) and 5 (HTML meta); the robots directives `noai` and `noimageai`, also in the
header X-Robots-Tag
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..urls import clean

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_COMMONS = re.compile(r"(https?:)?//creativecommons\.org/(licenses|publicdomain)/")
_DIRECTIVE = re.compile(r"\b(noai|noimageai|noml|nosnippet)\b", re.IGNORECASE)


def license_of(tree: Any, url: str, said: Any) -> str:
    """
    The address of the licence that a page names; empty where it names none.

    Args:
        said: `license` of its JSON-LD, an address or an object with one.
    """
    if isinstance(said, dict):
        said = said.get("url") or said.get("@id")
    found = tree.xpath("//*[contains(concat(' ', @rel, ' '), ' license ')]/@href")
    if not found:  # of pictures within the text it says nothing of the page
        feet = tree.xpath("//footer//a/@href")
        found = list(dict.fromkeys(one for one in feet if _COMMONS.match(str(one))))
        found = found if len(found) == 1 else []
    tries = [said if isinstance(said, str) and said.startswith("http") else "", *found[:3]]
    return next((address for one in tries if one and (address := clean(str(one), url))), "")


def reserved_of(meta: Mapping[str, str], headers: Mapping[str, str] = NO_HEADERS) -> str:
    """
    What a page keeps from machines: `noai`, `tdm` …, in order; else empty.

    Args:
        meta: Contents of its meta elements by name, in lower case.
        headers: Of the answer, names in lower case.
    """
    robots = " ".join(meta.get(name, "") for name in ("robots", "googlebot", "ai"))
    robots += " " + headers.get("x-robots-tag", "")
    found = [match[1].lower() for match in _DIRECTIVE.finditer(robots)]
    if "1" in (one.get("tdm-reservation", "").strip() for one in (meta, headers)):
        found.append("tdm")
    return " ".join(dict.fromkeys(found))

"""
What a page says of its licence, and what it keeps from machines.

Pure. It is told, not judged: whether a licence or a reservation matters is for who publishes.

Source: microformats.org rel-license; schema.org license; W3C TDM Reservation Protocol 1.0,
section 5 (HTML meta); the robots directives `noai` and `noimageai`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..urls import clean

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
    tries = [said if isinstance(said, str) and said.startswith("http") else "", *found[:3]]
    return next((address for one in tries if one and (address := clean(str(one), url))), "")


def reserved_of(meta: Mapping[str, str]) -> str:
    """
    What a page's meta elements keep from machines: `noai`, `tdm` …, in order; else empty.

    Args:
        meta: Names in lower case, and contents.
    """
    robots = " ".join(meta.get(name, "") for name in ("robots", "googlebot", "ai"))
    found = [match[1].lower() for match in _DIRECTIVE.finditer(robots)]
    if meta.get("tdm-reservation", "").strip() == "1":
        found.append("tdm")
    return " ".join(dict.fromkeys(found))

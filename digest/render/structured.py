"""
An issue as schema.org's NewsArticle, for search engines and other programs.

Pure. What it rests on stands in it: the texts it is made from as `isBasedOn`, those that its
notes quote as `citation`.

Source: schema.org/NewsArticle; JSON-LD 1.1, section 7.1 (embedding in HTML)
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from ..settings import Config
from .addresses import absolute
from .view import IssueView


def news_article(shown: IssueView, config: Config) -> Markup:
    """The text of a `script` element of type application/ld+json."""
    issue, site = shown.issue, config.site
    author = site.author.name or site.title
    cited = {note.url.partition("#")[0]: note.name for note in shown.notes}
    told = [f.entries for f in issue.features] + [r.entries for r in issue.round_ups]
    based = dict.fromkeys(entry.url for entries in told for entry in entries if entry.url)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": issue.front.title,
        "description": issue.front.dek,
        "url": shown.url,
        "mainEntityOfPage": shown.url,
        "datePublished": shown.published.isoformat(),
        "dateModified": shown.updated.isoformat(),
        "inLanguage": site.language,
        "isAccessibleForFree": True,
        "author": {"@type": "Person" if site.author.name else "Organization", "name": author},
        "publisher": {"@type": "Organization", "name": site.title, "url": absolute(config, "")},
        "isPartOf": {"@type": "Periodical", "name": shown.digest_title},
        "isBasedOn": list(based),
        "citation": [
            {"@type": "CreativeWork", "name": name, "url": url} for url, name in cited.items()
        ],
    }
    if issue.model:
        data["creditText"] = issue.model
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    # No end tag, comment or entity can begin in it.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - the signs that HTML knows are gone

"""
The page of a video or an episode -> the words that its maker wrote under it.

Pure. Such a page draws its text with scripts; what it shows without them are menus. What is said
in the video is not in it, and nothing here makes it up.

Source: the page of YouTube (`videoDetails.shortDescription`); schema.org VideoObject,
PodcastEpisode; ogp.me
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .clean import clean_html
from .plain import to_html
from .reading import Part, parts

LONGEST = 20_000
"""Characters of a description; YouTube allows 5,000."""
_STRING = r'"((?:[^"\\]|\\.){{0,{most}}}+)"'
_DESCRIPTION = re.compile(r'"shortDescription"\s*:\s*' + _STRING.format(most=LONGEST))
_OWNER = re.compile(r'"ownerChannelName"\s*:\s*' + _STRING.format(most=300))
_KINDS = re.compile(r"VideoObject|PodcastEpisode|RadioEpisode|AudioObject")


def description(page: str, tree: Any, url: str) -> tuple[Part, ...]:
    """The paragraphs under a video; empty where the page gives none."""
    said = _found(_DESCRIPTION, page) or next(_from_data(tree), "")
    if not said:
        found = tree.xpath("//meta[@property='og:description']/@content")
        said = str(found[0]) if found else ""
    return parts(clean_html(to_html(said[:LONGEST], is_markdown=False), url))


def owner(page: str) -> str:
    """The channel that shows it; empty where the page does not say."""
    return _found(_OWNER, page)


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    try:
        is_whole = match is not None and "</script" not in match[1]
        found = json.loads(f'"{match[1]}"', strict=False) if match and is_whole else ""
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def _from_data(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for one in data if isinstance(data, list) else [data]:
            if isinstance(one, dict) and _KINDS.search(str(one.get("@type", ""))):
                said = one.get("description")
                if isinstance(said, str) and said.strip():
                    yield said

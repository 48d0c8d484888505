"""Atom and JSON Feed: what feed readers make of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import feedparser
import jinja2
import pytest

from digest.types import Correction, Front, Publication
from tests.render.conftest import render
from tests.render.small_site import ISSUE

FEEDS = ["", "systems/", "policy/", "essays/", "threads/"]


def parsed(text: str) -> Any:
    return feedparser.parse(text.encode(), sanitize_html=False, resolve_relative_uris=False)


@pytest.mark.parametrize("folder", FEEDS)
def test_atom_is_read_without_complaint(site: Mapping[str, str], folder: str) -> None:
    feed = parsed(site[f"{folder}atom.xml"])
    assert feed.bozo == 0
    assert feed.version == "atom10"
    assert feed.feed.links[1].href == f"https://small.example/paper/{folder}atom.xml"


@pytest.mark.parametrize("folder", FEEDS)
def test_rss_says_the_same(site: Mapping[str, str], folder: str) -> None:
    """The same entries with the same ids and texts, read without complaint."""
    atom, rss = parsed(site[f"{folder}atom.xml"]), parsed(site[f"{folder}rss.xml"])
    assert (rss.bozo, rss.version) == (0, "rss20")
    assert rss.feed.links[1].href == f"https://small.example/paper/{folder}rss.xml"
    for one, other in zip(atom.entries, rss.entries, strict=True):
        assert (one.id, one.link, one.title) == (other.id, other.link, other.title)
        assert one.content[0].value == other.content[0].value
        assert one.published_parsed == other.published_parsed


@pytest.mark.parametrize("folder", FEEDS)
def test_no_address_in_a_feed_is_relative(site: Mapping[str, str], folder: str) -> None:
    for entry in parsed(site[f"{folder}atom.xml"]).entries:
        assert not re.findall(r'href="(?!https?:|mailto:)[^"]*"', entry.content[0].value)


def test_an_entry_holds_the_whole_issue(site: Mapping[str, str]) -> None:
    entry = parsed(site["systems/atom.xml"]).entries[0]
    assert entry.title == "Fast clocks, slow lines"
    assert entry.id == "tag:small.example,2026-05-02:paper/systems/2026-05-02"
    assert entry.link == "https://small.example/paper/systems/2026-05-02-fast-clocks/"
    content = entry.content[0].value
    for part in ("What was seen", "It costs $30 a month", "four seconds fast"):
        assert part in content


def test_both_formats_say_the_same(site: Mapping[str, str]) -> None:
    for folder in FEEDS:
        atom = parsed(site[f"{folder}atom.xml"]).entries
        items = json.loads(site[f"{folder}feed.json"])["items"]
        assert [(e.id, e.link, e.title) for e in atom] == [
            (i["id"], i["url"], i["title"]) for i in items
        ]
        assert [e.content[0].value for e in atom] == [i["content_html"].strip() for i in items]


def test_an_id_outlives_title_and_slug(env: jinja2.Environment) -> None:
    """A changed headline is the same entry to a feed reader."""
    renamed = replace(ISSUE, slug="other", front=Front("Other", "", (), ""))
    before, after = (
        parsed(render(Publication((issue,)), env)["atom.xml"]).entries[0].id
        for issue in (ISSUE, renamed)
    )
    assert before == after


def test_updated_is_the_last_correction(env: jinja2.Environment, site: Mapping[str, str]) -> None:
    """`updated` moves when something was said, `published` never."""
    entry = parsed(site["atom.xml"]).entries[0]
    assert entry.updated == "2026-05-03T00:00:01+00:00"
    assert entry.published == "2026-05-02T05:00:00+00:00"
    later = Correction(ISSUE.date.replace(day=9), "issue.md", "Again.")
    corrected = replace(ISSUE, corrections=(*ISSUE.corrections, later))
    feed = parsed(render(Publication((corrected,)), env)["atom.xml"])
    assert feed.entries[0].updated == feed.feed.updated == "2026-05-09T00:00:02+00:00"


def test_signs_that_xml_forbids_do_not_break_a_feed(env: jinja2.Environment) -> None:
    """One odd character in a title must not cost readers the whole feed."""
    odd = replace(ISSUE, front=Front("A \x0b ]]> & <b> \x00\ufffe title", "", (), "\x1b Lead."))
    feed = parsed(render(Publication((odd,)), env)["atom.xml"])
    assert feed.bozo == 0
    assert feed.entries[0].title == "A  ]]> & <b>  title"

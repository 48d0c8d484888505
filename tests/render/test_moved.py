"""Addresses that were published are never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from digest.content.addresses import read_addresses, record_addresses
from digest.errors import PublishError
from digest.types import Publication
from tests.render.conftest import render
from tests.render.small_site import ESSAY, ISSUE, PUBLICATION

STUB = "writing/proof/index.html"


def test_an_alias_leads_to_what_took_its_place(site: Mapping[str, str]) -> None:
    """By itself, by a link where it does not, and search engines are told the new address."""
    assert '<meta http-equiv="refresh" content="0; url=../../essays/on-proof/">' in site[STUB]
    assert '<a href="../../essays/on-proof/">On proof</a>' in site[STUB]
    assert 'rel="canonical" href="https://small.example/paper/essays/on-proof/"' in site[STUB]
    assert "writing/proof" not in site["sitemap.xml"]


@pytest.mark.parametrize("alias", ["../out/", "https://x.example/", "", "a//b", "a b"])
def test_an_alias_is_a_path_within_the_site(env: jinja2.Environment, alias: str) -> None:
    essay = replace(ESSAY, aliases=(alias,))
    with pytest.raises(PublishError, match="alias"):
        render(Publication((), (essay,)), env)


def test_an_address_that_would_vanish_stops_the_build(env: jinja2.Environment) -> None:
    """The message names it and says what to do."""
    with pytest.raises(PublishError, match="would vanish") as caught:
        render(PUBLICATION, env, known={"systems/2026-05-02-slow-clocks/", "about/"})
    assert caught.value.subject == "systems/2026-05-02-slow-clocks/"
    assert "aliases" in caught.value.message


def test_an_alias_keeps_an_address(env: jinja2.Environment) -> None:
    moved = replace(ISSUE, aliases=("systems/2026-05-02-slow-clocks/",))
    made = render(Publication((moved,)), env, known={"systems/2026-05-02-slow-clocks/"})
    assert "systems/2026-05-02-slow-clocks/index.html" in made


def test_a_list_that_is_no_more_leads_to_its_like(env: jinja2.Environment) -> None:
    """A feed or tag may leave feeds.yaml at any time; its page leads to all sources or tags."""
    made = render(PUBLICATION, env, known={"sources/left/", "tags/old/"})
    assert 'url=../../sources/"' in made["sources/left/index.html"]
    assert 'url=../../tags/"' in made["tags/old/index.html"]


def test_the_record_only_grows(tmp_path: Path) -> None:
    """It can be read back, is sorted, and a second recording changes nothing."""
    record_addresses(tmp_path, {"b/", "a/"})
    record_addresses(tmp_path, {"c/"})
    assert read_addresses(tmp_path) == {"a/", "b/", "c/"}
    path = tmp_path / "addresses.txt"
    text, time = path.read_text("utf-8"), path.stat().st_mtime_ns
    assert text.splitlines()[-3:] == ["a/", "b/", "c/"]
    record_addresses(tmp_path, {"a/"})
    assert (path.read_text("utf-8"), path.stat().st_mtime_ns) == (text, time)


def test_without_a_record_nothing_is_known(tmp_path: Path) -> None:
    assert read_addresses(tmp_path / "absent") == frozenset()


def test_the_search_page_comes_and_goes_with_its_extra(env: jinja2.Environment) -> None:
    """A machine without the extra builds the site too; the address leads to the archive."""
    site = render(PUBLICATION, env, known={"search/"})
    assert 'url=../archive/"' in site["search/index.html"]

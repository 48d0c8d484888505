"""The repository is a site too: its feeds.yaml and its own pages hold what they promise."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

from digest.config import read

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "content").glob("pages/*.md")) + sorted(
    (ROOT / "content").glob("essays/*.md")
)


def test_feeds_yaml_is_understood() -> None:
    """It is read without a mistake, and each of its digests has several feeds."""
    config = read(ROOT)
    urls = [feed.url for feed in config.feeds]
    assert "https://simonwillison.net/atom/everything/" in urls
    assert all(url.startswith("https://") for url in urls)
    assert len(urls) >= 13
    assert len(config.digests) >= 2
    assert all(len(config.feeds_of(digest)) >= 3 for digest in config.digests)
    used = {feed.slug for digest in config.digests for feed in config.feeds_of(digest)}
    assert used == {feed.slug for feed in config.feeds}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_articles_have_a_head(path: Path) -> None:
    """Title and description stand in the front matter, an essay has its date as well."""
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    assert front["title"]
    assert front["description"]
    assert isinstance(front.get("date"), dt.date) == (path.parent.name == "essays")
    for target in re.findall(r"\]\(/essays/([a-z0-9-]+)/\)", body):
        assert (ROOT / "content" / "essays" / f"{target}.md").is_file()


def test_the_essay_on_proofs_is_an_essay() -> None:
    """It has the length of one, and a part on what cannot be proved."""
    text = (ROOT / "content/essays/how-a-digest-proves-what-it-says.md").read_text("utf-8")
    assert 900 <= len(text.split()) <= 1300
    assert "## What this cannot do" in text

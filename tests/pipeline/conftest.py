"""What the tests of the whole stand on: a web of their own, and a site that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.web import Web, articles, atom


@pytest.fixture
def web() -> Iterator[Web]:
    running = Web()
    yield running
    running.close()


@pytest.fixture
def site(web: Web, tmp_path: Path) -> Path:
    """A site with one feed of whole articles on that web."""
    web.answers["/feed.xml"] = atom(articles()[:-2], web.base)
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "feeds.yaml").write_text(
        f"""
site: {{title: A test, url: 'https://digest.example/'}}
digests: [{{slug: daily, title: Daily, per_feed: 20}}]
feeds: [{{url: '{web.base}/feed.xml', slug: newsroom}}]
network: {{allow_private: ['{web.base.removeprefix("http://")}'], pause_s: 0}}
"""
    )
    return folder

"""What the tests of the whole stand on: a web of their own, and sites that read it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from tests.pipeline.web import Web, articles, atom


@pytest.fixture
def web() -> Iterator[Web]:
    running = Web()
    yield running
    running.close()


@pytest.fixture
def site(web: Web, tmp_path: Path) -> Path:
    """A site with one feed of whole articles on that web; nothing fetched yet."""
    return make_site(web, tmp_path / "site")


@pytest.fixture
def fetched(fetched_once: Path, tmp_path: Path) -> Path:
    """The same, its feed fetched."""
    return shutil.copytree(fetched_once, tmp_path / "site")


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """The same, fetched and built."""
    return shutil.copytree(built_once, tmp_path / "site")


@pytest.fixture(scope="session")
def fetched_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    web = Web()
    folder = make_site(web, tmp_path_factory.mktemp("fetched") / "site")
    run(folder, "fetch")
    yield folder
    web.close()


@pytest.fixture(scope="session")
def built_once(fetched_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(fetched_once, tmp_path_factory.mktemp("built") / "site")
    run(folder, "build")
    return folder


def make_site(web: Web, folder: Path) -> Path:
    web.answers["/feed.xml"] = atom(articles()[:-2], web.base)
    folder.mkdir()
    (folder / "feeds.yaml").write_text(
        f"""
site: {{title: A test, url: 'https://digest.example/'}}
digests: [{{slug: daily, title: Daily, per_feed: 20}}]
feeds: [{{url: '{web.base}/feed.xml', slug: newsroom}}]
network: {{allow_private: ['{web.base.removeprefix("http://")}'], pause_s: 0}}
research: {{pages: 0}}  # the articles link to hosts that are not there
"""
    )
    return folder


def run(folder: Path, command: str) -> None:
    result = CliRunner().invoke(main, [command, "-C", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output

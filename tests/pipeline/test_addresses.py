"""What was published once stays: the record in content/ outlives site/."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digest import config
from digest.errors import PublishError
from digest.pipeline.render import render

FEEDS = "feeds: [{url: 'https://owl.example/feed', slug: owl}]\n"
ESSAY = "---\ntitle: On proof\ndate: 2026-04-01\n---\nBy looking.\n"


def test_an_address_outlives_the_site_folder(tmp_path: Path) -> None:
    """A renamed essay stops the build though site/ is gone, until an alias keeps its address."""
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    essays = tmp_path / "content" / "essays"
    essays.mkdir(parents=True)
    (essays / "proof.md").write_text(ESSAY)
    settings = config.read(tmp_path)
    render(settings, tmp_path)
    assert "essays/proof/\n" in (tmp_path / "content" / "addresses.txt").read_text()

    shutil.rmtree(tmp_path / "site")
    (essays / "proof.md").rename(essays / "proofs.md")
    with pytest.raises(PublishError, match="would vanish"):
        render(settings, tmp_path)
    assert not (tmp_path / "site").exists()

    (essays / "proofs.md").write_text(ESSAY.replace("date:", "aliases: [essays/proof/]\ndate:"))
    render(settings, tmp_path)
    stub = tmp_path / "site" / "essays" / "proof" / "index.html"
    assert "essays/proofs/" in stub.read_text("utf-8")


def test_a_preview_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    render(config.read(tmp_path), tmp_path, out=tmp_path / "preview", drafts=True)
    assert not (tmp_path / "content").exists()

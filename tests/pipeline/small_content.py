"""A small site that is rendered from its files, and what is asked of it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

from digest import config, content
from digest.errors import DigestError
from digest.pipeline.render import RenderReport, render
from tests.render.small_site import DRAFT, ESSAY, FIRST, ISSUE

FEEDS = """\
site: {title: Small, url: 'https://small.example/', timezone: Europe/Vienna}
digests: [{slug: systems, title: Systems}, {slug: policy, title: Policy}]
feeds:
- {url: 'https://owl.example/feed', slug: owl, title: The Owl, tags: [clocks]}
- {url: 'https://wren.example/feed', slug: wren, tags: [lines]}
"""


def write_site(folder: Path) -> Path:
    """Eight issues, an essay, and nothing made of them yet."""
    (folder / "templates").mkdir(parents=True)
    (folder / "feeds.yaml").write_text(FEEDS)
    for issue in (DRAFT, ISSUE, FIRST):
        content.write_issue(folder / "content", issue)
    for day in range(4, 9):
        date = dt.date(2026, 5, day)
        other = replace(ISSUE, date=date, slug=f"issue-{day}", corrections=())
        content.write_issue(folder / "content", other)
    for part in ("essays", "pages"):
        (folder / "content" / part).mkdir()
    text = f"---\ntitle: {ESSAY.title}\ndate: 2026-04-01\n---\n{ESSAY.body}\n"
    (folder / "content/essays/on-proof.md").write_text(text)
    return folder


def build(folder: Path) -> RenderReport | str:
    """What came of it: the report, or the mistake in words."""
    try:
        return render(config.read(folder), folder)
    except DigestError as exc:
        return str(exc).replace(str(folder), "")


def files(folder: Path) -> dict[str, bytes]:
    """Of site/ and mail/; the mark of a folder is a hash of its files, so it is compared too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in ("site", "mail")
        for path in sorted((folder / name).rglob("*"))
        if path.is_file()
    }


def clean(folder: Path, scratch: Path) -> tuple[RenderReport | str, dict[str, bytes]]:
    """The same inputs, rendered where nothing was rendered before."""
    shutil.rmtree(scratch, ignore_errors=True)
    copy(folder, scratch)
    return build(scratch), files(scratch)


def copy(folder: Path, to: Path) -> None:
    """What a person wrote, and nothing that was made of it."""
    for name in ("content", "templates"):
        shutil.rmtree(to / name, ignore_errors=True)
        shutil.copytree(folder / name, to / name)
    shutil.copy(folder / "feeds.yaml", to / "feeds.yaml")


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new, 1))

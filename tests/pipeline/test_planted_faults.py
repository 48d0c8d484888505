"""Inputs are left out of the keys one by one: each is needed, and a clean build tells it."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from digest import content
from digest.content import stamps
from digest.packaged import templates_folder
from digest.pipeline import basis, building, folders, issue_making
from digest.pipeline import render as rendering
from digest.pipeline.render import RenderReport
from digest.publish import search
from digest.publish.marks import MARKER
from digest.render.shell import Shell
from tests.pipeline.small_content import build, change, clean, copy, files, write_site
from tests.render.small_site import FIRST, ISSUE

sheets = importlib.import_module("digest.render.sheets")  # the package has a function of this name
Plant = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(search, "is_available", lambda: False)
    return write_site(tmp_path / "own")


def _no_titles(patch: pytest.MonkeyPatch) -> None:
    """The key of a neighbour forgets its title."""
    patch.setattr(sheets.Near, "key", property(lambda self: f"{self.path}{self.date}"))


def _no_neighbours(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sheets.Near, "key", "")


def _no_threads(patch: pytest.MonkeyPatch) -> None:
    """The key of a page forgets the ways to other parts of its stories."""
    whole = sheets.Order.key.fget

    def without(order: Any) -> str:
        return str(whole(replace(order, ways={})))

    patch.setattr(sheets.Order, "key", property(without))


def _row_without_its_files(patch: pytest.MonkeyPatch) -> None:
    """The key of a row forgets what the issue's files hold."""
    patch.setattr(issue_making, "key_of", lambda given: sheets.key_of(given[:1]))


def _no_templates(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(basis.Templates, "key", lambda self, names: "")


def _no_parents(patch: pytest.MonkeyPatch) -> None:
    """A template's key forgets the templates that it takes."""
    patch.setattr(basis.Templates, "_named", lambda self, name: frozenset())


def _no_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(basis, "WORDS", "none/")


def _no_configuration(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rendering, "repr", lambda config: "", raising=False)


def _no_frame(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Shell, "key", "")


def _no_times(patch: pytest.MonkeyPatch) -> None:
    """An issue's stamp has the names and sizes of its files alone."""
    whole = os.stat

    def without(path: Any, **rest: Any) -> Any:
        found = whole(path, **rest)
        return SimpleNamespace(
            st_size=found.st_size,
            st_mtime_ns=1,
            st_ctime_ns=1,
            st_ino=1,
            st_dev=found.st_dev,
        )

    patch.setattr(stamps, "os", SimpleNamespace(**{**vars(os), "stat": without}))
    patch.setattr(stamps, "_scanned", _scanned_without_times)


def _scanned_without_times(base: str, times: tuple[int, ...], now_ns: int) -> stamps.Seen:
    names = tuple(sorted(n for n in os.listdir(base) if n.endswith((".md", ".json"))))
    files = [part for n in names for part in (os.path.getsize(base + n), 1, 1, 1)]
    return times, names, files, ""


def _no_corrections(patch: pytest.MonkeyPatch) -> None:
    """The key of a newsletter forgets what it tells of earlier issues."""

    def forgetful(given: tuple[object, ...]) -> str:
        return str(sheets.key_of(given[:1]))

    patch.setattr(building, "key_of", forgetful)


def _without(module: str, name: str, part: int) -> Plant:
    """A function of a module forgets a part of the tuple that it makes a key of."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        home = importlib.import_module(module)
        whole = getattr(home, name)

        def forgetful(given: Any) -> Any:
            is_known = isinstance(given, tuple) and len(given) > part
            return whole(given[:part] + given[part + 1 :] if is_known else given)

        patch.setattr(home, name, forgetful)

    return plant


def _no_texts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(importlib.import_module(RENDER), "key_of_texts", lambda shell: "")


def _no_paths(patch: pytest.MonkeyPatch) -> None:
    """Whether an address is lost is asked only when the record of them is another."""
    patch.setattr(folders.Folder, "paths_key", lambda self: "")


def _no_fragments(patch: pytest.MonkeyPatch) -> None:
    """What an issue shows is kept without the key of the templates that it was made with."""
    patch.setattr(issue_making.Setting, "key", lambda self, row_key: row_key)


def _new_notes(folder: Path) -> None:
    text = (templates_folder() / "footnotes.html").read_text()
    (folder / "templates/footnotes.html").write_text(text.replace("</ol>", "</ol><!-- new -->"))


def _new_words(folder: Path) -> None:
    (folder / "templates/words").mkdir()
    (folder / "templates/words/en.yaml").write_text("permalink: Another\n")


def _new_base(folder: Path) -> None:
    text = (templates_folder() / "base.html").read_text()
    (folder / "templates/base.html").write_text(text.replace("</head>", "<!-- new --></head>"))


def _title_of_the_site(folder: Path) -> None:
    change(folder / "feeds.yaml", "Small", "Smaller")


def _essay(folder: Path) -> None:
    change(folder / "content/essays/on-proof.md", "\n---\n", "\n---\nAnother word.\n")


def _earlier_year(folder: Path) -> None:
    """The oldest issue of a year has one before it now."""
    other = replace(ISSUE, date=dt.date(2025, 12, 31), slug="earlier", corrections=())
    content.write_issue(folder / "content", other)


def _story_over_two_years(folder: Path) -> None:
    other = replace(FIRST, date=dt.date(2025, 12, 31), slug="earlier")
    content.write_issue(folder / "content", other)
    newest = folder / "content/systems/2026-05-08/1-clocks.md"
    change(newest, "update_of: systems/2026-04-30", "update_of: systems/2025-12-31")


def _beginning_in_another_year(folder: Path) -> None:
    """A story goes on with what another year has told, and that has another name now."""
    change(folder / "content/systems/2025-12-31/1-a-clock.md", "slug: a-clock", "slug: the-clock")


def _page_of_a_person(folder: Path) -> None:
    (folder / "content/pages/about.md").write_text("---\ntitle: About\n---\nWords.\n")


def _words_of_a_person(folder: Path) -> None:
    change(folder / "content/pages/about.md", "Words", "Other words")


def _old_address(folder: Path) -> None:
    """Once published; now it leads to the list of tags."""
    with (folder / "content/addresses.txt").open("a") as record:
        record.write("tags/gone/\n")


def _text_of_the_newest(folder: Path) -> None:
    """Words of its last feature, which no list shows."""
    change(folder / "content/systems/2026-05-08/1-clocks.md", "Wren saw", "Wren sAw")


def _title_before_a_failure(folder: Path) -> None:
    """A run has read what is new, and then failed; the next one finds it read."""
    _title_of_one(folder)
    wrong = folder / "templates/archive.html"
    wrong.write_text("{% broken %}")
    assert isinstance(build(folder), str)
    wrong.unlink()


def _new_page(folder: Path) -> None:
    (folder / "content/pages/new.md").write_text("---\ntitle: New\n---\nWords.\n")


def _title_of_one(folder: Path) -> None:
    change(folder / "content/systems/2026-05-06/issue.md", "Fast clocks", "Slow clocks")


def _other_day(folder: Path) -> None:
    """The issue before another has another day, and so has the way to it."""
    shutil.rmtree(folder / "content/systems/2026-05-06")
    record = folder / "content/addresses.txt"
    record.write_text("".join(f"{x}\n" for x in record.read_text().split("\n") if "05-06" not in x))


def _thread(folder: Path) -> None:
    """A story's beginning has another slug, and so have the ways from its other parts."""
    change(folder / "content/systems/2026-04-30/1-a-clock.md", "slug: a-clock", "slug: the-clock")


def _old_size(folder: Path) -> None:
    path = folder / "content/systems/2026-05-06/1-clocks.md"
    old = time.time() - 60
    change(path, "Wren saw", "Wren sAw")
    os.utime(path, (old, old))


def _correction(folder: Path) -> None:
    said = "corrections:\n- {date: '2026-05-05', file: x, text: New}\n"
    change(folder / "content/systems/2026-05-05/issue.md", "cover:", f"{said}cover:")


SITE, RENDER = "digest.render.site", "digest.render"
BUILDING, RENDERING = "digest.pipeline.building", "digest.pipeline.render"
FAULTS = {
    "files of an issue": (_row_without_its_files, _title_of_one),
    "title of a neighbour": (_no_titles, _title_of_one),
    "neighbours": (_no_neighbours, _other_day),
    "threads": (_no_threads, _thread),
    "frame": (_no_frame, _new_page),
    "configuration": (_no_configuration, _title_of_the_site),
    "templates": (_no_templates, _new_base),
    "templates of templates": (_no_parents, _new_base),
    "templates of what is kept": (_no_fragments, _new_notes),
    "words": (_no_words, _new_words),
    "times of files": (_no_times, _old_size),
    "corrections in mail": (_no_corrections, _correction),
    "issues of a volume": (_without(SITE, "key_of", 0), _title_of_one),
    "issues around a volume": (_without(SITE, "key_of", 1), _earlier_year),
    "threads of a volume": (_without(SITE, "key_of", 2), _beginning_in_another_year),
    "frame of a volume": (_without(SITE, "key_of", 4), _new_page),
    "issues in lists": (_without(RENDER, "key_of", 1), _title_of_one),
    "essays in lists": (_without(RENDER, "key_of", 2), _essay),
    "pages in lists": (_without(RENDER, "key_of", 3), _words_of_a_person),
    "texts in feeds": (_no_texts, _text_of_the_newest),
    "texts in mail": (_without(BUILDING, "key_of", 1), _text_of_the_newest),
    "what all is made by": (_without(RENDERING, "_hash", 0), _new_base),
    "articles": (_without(RENDERING, "_hash", 1), _essay),
    "issues": (_without(RENDERING, "_hash", 2), _title_before_a_failure),
    "addresses": (_without(RENDERING, "_hash", 3), _old_address),
    "paths": (_no_paths, _thread),
}
PREPARED: dict[str, Callable[[Path], None]] = {
    "threads of a volume": _story_over_two_years,
    "pages in lists": _page_of_a_person,
}
"""What the site has before the change."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_key_without_one_of_its_inputs_is_noticed(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """
    Each input is needed, and comparing with a clean build finds it missing: with it left out
    of the keys a change leaves something old, and without that fault the same change does not.
    """
    plant, edit = FAULTS[fault]
    PREPARED.get(fault, lambda folder: None)(site)
    for path in site.rglob("content/**/*.*"):
        os.utime(path, (time.time() - 3600,) * 2)
    whole = tmp_path / "whole"
    copy(site, whole)
    build(site)
    edit(site)
    outcome = build(site)
    assert isinstance(outcome, RenderReport), outcome
    _, expected = clean(site, tmp_path / "clean")
    assert files(site) == expected
    with monkeypatch.context() as patch:
        plant(patch)
        build(whole)
        edit(whole)
        build(whole)
    assert without_marks(files(whole)) != without_marks(expected)


def without_marks(made: dict[str, bytes]) -> dict[str, bytes]:
    """A mark follows from the keys, which the fault has changed."""
    return {name: body for name, body in made.items() if not name.endswith(MARKER)}

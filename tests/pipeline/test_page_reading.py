"""Pages of teasers: read in processes, in place of the teaser, anew when their entry is edited."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.config import read
from digest.pipeline.fetch import PAGES_PER_FEED
from digest.store import FILE, Store
from digest.types import Document
from tests.pipeline.making import make_texts
from tests.pipeline.web import Web

TEASER = "The mill by the river was rebuilt after the flood of 1998, with a wheel of oak and slate."
MORE = (
    "It grinds on Saturdays, and whoever brings a sack of grain may wait for the flour while "
    "the miller tells how the old wheel broke in a night of March. "
)


def feed(base: str, teaser: str, updated: str) -> bytes:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Mill</title><id>{base}/</id>"
        f"<updated>{updated}</updated><entry><title>A mill</title><id>tag:mill</id>"
        f"<link href='{base}/mill'/><published>2026-04-01T06:00:00Z</published>"
        f"<updated>{updated}</updated><summary>{teaser}</summary></entry></feed>"
    ).encode()


def page(*paragraphs: str) -> bytes:
    shown = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><body><nav>Home</nav><article>{shown}</article></body></html>".encode()


def fetched(folder: Path) -> tuple[Document, int]:
    """The document of the only entry, and how many the store holds."""
    result = CliRunner().invoke(main, ["fetch", "--force", "-C", str(folder)])
    assert result.exit_code == 0, result.output
    with Store(folder / FILE) as store:
        make_texts(store, read(folder))
        (entry,) = store.entries.recent("mill", 5)
        return store.documents.get([entry.document])[entry.document], store.documents.count()


def site(folder: Path, web: Web) -> Path:
    (folder / "feeds.yaml").write_text(
        f"feeds: [{{url: '{web.base}/mill.xml', slug: mill}}]\n"
        "network: {allow_private: true, pause_s: 0}\n",
        "utf-8",
    )
    return folder


def test_an_edit_brings_a_new_version(tmp_path: Path, web: Web) -> None:
    """The page of an edited entry is read again; what was read before stays in the store."""
    folder = site(tmp_path, web)
    web.answers["/mill.xml"] = feed(web.base, TEASER, "2026-04-01T06:00:00Z")
    web.answers["/mill"] = page(TEASER, MORE * 2)
    first, _ = fetched(folder)
    assert first.text == f"{TEASER}\n\n{MORE.strip()} {MORE.strip()}"
    web.answers["/mill"] = page(TEASER, MORE * 2, "Correction: the flood was in 1997, not in 1998.")
    web.answers["/mill.xml"] = feed(web.base, f"{TEASER} Edited.", "2026-04-02T06:00:00Z")
    second, count = fetched(folder)
    assert second.text.endswith("not in 1998.")
    assert count == 2
    with Store(folder / FILE) as store:
        assert store.documents.get([first.id])[first.id].text == first.text


def test_a_wall_never_takes_the_place_of_the_feeds_own_words(tmp_path: Path, web: Web) -> None:
    """What stands before a paywall is longer than the teaser, and still not the article."""
    folder = site(tmp_path, web)
    web.answers["/mill.xml"] = feed(web.base, TEASER, "2026-04-01T06:00:00Z")
    web.answers["/mill"] = page(TEASER, MORE, "Subscribe to continue reading.", MORE[:60])
    document, _ = fetched(folder)
    assert (document.text, document.wall) == (TEASER, "")


def run(folder: Path, *arguments: str) -> Any:
    result = CliRunner().invoke(main, ["fetch", "--json", "-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_fetching_makes_no_texts(tmp_path: Path, web: Web) -> None:
    """Of what is whole it makes no document at all, and opens no page."""
    folder = site(tmp_path, web)
    web.answers["/mill.xml"] = feed(web.base, MORE * 30, "2026-04-01T06:00:00Z")
    assert run(folder)["feeds"][0]["new"] == 1
    with Store(folder / FILE) as store:
        assert store.documents.count() == 0
    assert "/mill" not in [path for path, _ in web.asked]


def test_a_page_that_a_kill_left_unread_is_read_by_the_next_run(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although its feed is not due, and though a text was made of the teaser meanwhile."""
    folder = site(tmp_path, web)
    web.answers["/mill.xml"] = feed(web.base, TEASER, "2026-04-01T06:00:00Z")
    web.answers["/mill"] = page(TEASER, MORE * 2)

    async def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("digest.pipeline.pages.Pages.read", killed)
        CliRunner().invoke(main, ["fetch", "-C", str(folder)])
    with Store(folder / FILE) as store:
        make_texts(store, read(folder))
        (entry,) = store.entries.recent("mill", 5)
        assert store.documents.get([entry.document])[entry.document].text == TEASER
    assert run(folder)["feeds"] == []
    with Store(folder / FILE) as store:
        make_texts(store, read(folder))
        (entry,) = store.entries.recent("mill", 5)
        assert MORE.strip() in store.documents.get([entry.document])[entry.document].text
    asked = len(web.asked)
    run(folder)
    assert len(web.asked) == asked


def test_a_page_is_tried_again_where_the_feed_says_nothing(tmp_path: Path, web: Web) -> None:
    """A teaser stands in for a page that failed; an entry without a word waits for a week."""
    folder = site(tmp_path, web)
    for teaser, is_left in ((TEASER, False), ("", True)):
        web.answers["/mill.xml"] = feed(web.base, teaser, "2026-04-01T06:00:00Z")
        (line,) = run(folder, "--force")["feeds"]
        assert (line["pages"], len(line["unread"])) == (0, 1)
        with Store(folder / FILE) as store:
            since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
            assert bool(store.entries.without_page(["mill"], since)) is is_left


def test_so_many_pages_of_one_feed_are_opened(tmp_path: Path, web: Web) -> None:
    """The newest teasers; what is whole between them takes no place."""
    folder = site(tmp_path, web)
    entries = "".join(
        f"<entry><title>A mill {n}</title><id>tag:{n}</id><link href='{web.base}/mill/{n}'/>"
        f"<published>2026-04-{n:02}T06:00:00Z</published>"
        f"<summary>{TEASER if n % 2 else MORE * 30}</summary></entry>"
        for n in range(1, 29)
    )
    web.answers["/mill.xml"] = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Mill</title><id>{web.base}/</id>"
        f"<updated>2026-04-28T06:00:00Z</updated>{entries}</feed>"
    ).encode()
    (line,) = run(folder)["feeds"]
    assert len(line["unread"]) == PAGES_PER_FEED
    opened = [path for path, _ in web.asked if path.startswith("/mill/")]
    assert opened == [f"/mill/{n}" for n in range(27, 8, -2)]

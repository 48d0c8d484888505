"""`digest prune` drops only what no issue needs, and nothing becomes news for it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest import config, content
from digest.cli import main
from digest.pipeline.prune import prune
from digest.store import FILE, Store
from digest.types import Entry
from tests.pipeline.web import Web, articles, atom


def run(site: Path, *words: str) -> str:
    result = CliRunner().invoke(main, [*words, "-C", str(site)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def later() -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


def fill(store: Store, number: int, *, seen: dt.datetime) -> None:
    """Entries of long ago that no issue tells of, the oldest first."""
    with store.transaction():
        store.entries.put(
            [
                Entry("newsroom", f"old-{n}", f"https://a.example/{n}", f"a.example/{n}", f"T{n}",
                      html="<p>words</p>" * 50, published=seen)
                for n in range(number)
            ],
            seen,
        )  # fmt: skip


def htmls(site: Path) -> dict[str, bool]:
    with Store(site / FILE) as store:
        keys = store.entries.waiting(
            ["newsroom"], seen_after=None, published_after=None, until=later()
        )
        entries = store.entries.get(keys)
    return {entry.id: bool(entry.html) for entry in entries}


def test_what_is_cited_stays(built: Path) -> None:
    """Everything is old, and an issue cites some: it can be proved still; the rest is gone."""
    (issue,) = content.read_issues(built / "content", "daily")
    with Store(built / FILE) as store:
        fill(store, 30, seen=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        before = store.documents.count()
        pruned = prune(config.read(built), store, built, before=later())
        assert store.documents.count() == before - pruned.documents
        cited = [document.id for document in issue.documents]
        assert set(store.documents.get(cited)) == set(cited) != set()
    assert pruned.polls == 1
    assert pruned.texts == 45 - 20  # the newest twenty teach what a feed's furniture is
    run(built, "verify")


def test_nothing_is_news_twice(site: Path, web: Web) -> None:
    """The feed shows all of it again: known, not edited, no issue due for it."""
    run(site, "fetch")
    run(site, "build")
    with Store(site / FILE) as store:
        prune(config.read(site), store, site, before=later())
    web.answers["/feed.xml"] = (
        atom(articles()[:-2], web.base) + b"<!-- the same, in other bytes -->"
    )
    report = json.loads(run(site, "fetch", "--force", "--json"))
    (line,) = report["feeds"]
    assert (line["error"], line["new"], line["updated"]) == ("", 0, 0)
    plan = json.loads(run(site, "draft", "--plan", "--json", "--as-of", str(later().date())))
    assert plan[0]["outcome"] == "no news"


def test_what_waits_stays_whole(built: Path) -> None:
    """Entries that came since the last issue keep their text however old they are."""
    (issue,) = content.read_issues(built / "content", "daily")
    with Store(built / FILE) as store:
        fill(store, 30, seen=issue.period_end + dt.timedelta(seconds=1))
        prune(config.read(built), store, built, before=later())
    assert all(has for id_, has in htmls(built).items() if id_.startswith("old-"))


def test_what_stays_is_packed(built: Path) -> None:
    """To less than half, and read as it was; a feed that brings it again brings no edit."""
    seen = dt.datetime.now(dt.UTC)
    keys = [("newsroom", f"old-{n}") for n in range(200)]
    with Store(built / FILE) as store:
        fill(store, 200, seen=seen)
        before = store.entries.get(keys)
        kinds = "SELECT typeof(html), count(*) FROM entries WHERE id LIKE 'old-%' GROUP BY 1"
        assert [tuple(row) for row in store._db.execute(kinds)] == [("text", 200)]
        (size,) = store._db.execute("SELECT sum(length(html)) FROM entries").fetchone()
        prune(config.read(built), store, built, before=seen - dt.timedelta(days=90))
        assert [tuple(row) for row in store._db.execute(kinds)] == [("blob", 200)]
        (packed,) = store._db.execute("SELECT sum(length(html)) FROM entries").fetchone()
        assert packed < size / 2
        assert store.entries.get(keys) == before
        assert store.entries.put(before, seen) == ((), ())


def test_a_file_is_written_anew_where_it_is_worth_it(built: Path) -> None:
    """A day's rows fill the pages that were given up the day before."""
    asked: list[str] = []
    with Store(built / FILE) as store:
        store._db.set_trace_callback(asked.append)
        prune(config.read(built), store, built, before=later())
        assert "VACUUM" in asked
        asked.clear()
        prune(config.read(built), store, built, before=later())
        assert "VACUUM" not in asked


def test_what_a_person_cites_stays(built: Path) -> None:
    """A feature that was edited by hand may rest on what evidence.json does not name."""
    (path,) = built.glob("content/daily/*/1-*.md")
    text = path.read_text("utf-8")
    own = content.cited(path.parent, "daily")
    issue = content.read_issue(path.parent, "daily")
    assert own == {document.id for document in issue.documents}
    path.write_text(text.replace("documents:\n", "documents:\n- id: 0123456789ab\n  url: ''\n"))
    assert content.cited(path.parent, "daily") == own | {"0123456789ab"}


def test_young_things_stay(built: Path) -> None:
    """Ninety days by default: a fresh site loses nothing, and says so."""
    with Store(built / FILE) as store:
        documents = store.documents.count()
    said = run(built, "prune")
    assert "dropped 0 documents" in said
    with Store(built / FILE) as store:
        assert store.documents.count() == documents
    assert "14" in CliRunner().invoke(main, ["prune", "--days", "1"]).stderr


def test_a_broken_issue_stops_it(built: Path) -> None:
    """What cannot be read might cite anything: nothing is dropped."""
    (path,) = built.glob("content/daily/*/issue.md")
    path.write_text("no front matter")
    with Store(built / FILE) as store:
        documents = store.documents.count()
        with pytest.raises(Exception, match=r"issue\.md"):
            prune(config.read(built), store, built, before=later())
        assert store.documents.count() == documents

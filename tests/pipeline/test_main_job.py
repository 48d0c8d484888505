"""`digest fetch && digest build`, as a user runs it: through the command line, over real HTTP."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest import content
from digest.cli import main
from digest.config import read
from digest.pipeline.render import MAIL_SHOWN, render
from digest.store import FILE, Store, locked
from digest.types import Entry, Issue
from digest.verify import recheck
from tests.pipeline.web import FOOTER, Web, articles, atom


def digest(folder: Path, *words: str, status: int = 0) -> Result:
    command, *rest = words
    result = CliRunner().invoke(main, [command, "-C", str(folder), *rest])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and date of every file that the job makes for people."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for top in ("content", "site", "mail")
        for path in sorted((folder / top).rglob("*"))
        if path.is_file()
    }


def test_an_issue_is_made(built: Path) -> None:
    """Feeds in; two features or more, six round-ups or more, site, feeds and newsletter out."""
    (issue,) = content.read_issues(built / "content", "daily")
    assert len(issue.features) >= 2
    assert len(issue.round_ups) >= 6
    made = snapshot(built)
    assert "site/index.html" in made
    assert "site/atom.xml" in made
    assert f"site/daily/{issue.date}-{issue.slug}/index.html" in made
    assert {Path(name).suffix for name in made if name.startswith("mail/")} >= {
        ".html", ".txt", ".eml",
    }  # fmt: skip


def test_every_footnote_is_proved(built: Path) -> None:
    """Each note's words stand in the stored document, at the place that is written down."""
    (issue,) = content.read_issues(built / "content", "daily")
    notes = [note for feature in issue.features for note in feature.notes]
    assert notes
    with Store(built / FILE) as store:
        for feature in issue.features:
            documents = store.documents.get(ref.id for ref in feature.documents)
            assert recheck(feature, documents) == ()
            for note in feature.notes:
                text = documents[note.quote.document].text
                assert text[note.quote.start : note.quote.end] == note.quote.text


def test_furniture_appears_nowhere(built: Path) -> None:
    """What a feed says under every entry stands in nothing that we make."""
    words = re.sub(r"<[^>]+>", "", FOOTER).encode()
    assert not [name for name, (body, _) in snapshot(built).items() if words in body]


def test_nothing_new_changes_nothing(site: Path, web: Web) -> None:
    """A second run gets 304, writes no issue, and leaves every file's bytes and date alone."""
    digest(site, "fetch")
    digest(site, "build")
    before = snapshot(site)
    digest(site, "fetch", "--force")
    digest(site, "build")
    assert snapshot(site) == before
    assert [bool(tag) for path, tag in web.asked if path == "/feed.xml"] == [False, True]


def test_what_is_not_due_is_not_asked(site: Path, web: Web) -> None:
    """Without --force a feed is left alone until its time has come."""
    digest(site, "fetch")
    assert "1 not due yet" in digest(site, "fetch").output
    assert len([path for path, _ in web.asked if path == "/feed.xml"]) == 1


def test_the_next_issue_tells_only_what_is_new(site: Path, web: Web) -> None:
    """A later day's issue tells of what came since, and of nothing twice."""
    digest(site, "fetch")
    digest(site, "build", "--as-of", "2026-11-19T12:00Z")
    web.answers["/feed.xml"] = atom(articles(), web.base)
    digest(site, "fetch", "--force")
    digest(site, "build", "--as-of", "2026-11-21T12:00Z")
    first, second = content.read_issues(site / "content", "daily")
    assert second.period_start == first.period_end
    assert not set(first.cover) & set(second.cover)
    assert {("newsroom", f"tag:{post.name}") for post in articles()[-2:]} <= set(second.cover)
    assert "best of what there is" in first.front.lead
    assert "best of what there is" not in second.front.lead


def test_a_site_made_by_init_works(web: Web, tmp_path: Path) -> None:
    """`digest init` in an empty folder, one feed named, fetch and build: an issue."""
    folder = tmp_path / "new"
    assert CliRunner().invoke(main, ["init", str(folder)]).exit_code == 0
    web.answers["/feed.xml"] = atom(articles(), web.base)
    path = folder / "feeds.yaml"
    text = path.read_text()
    ours = text.replace("https://simonwillison.net/atom/everything/", f"{web.base}/feed.xml")
    assert ours != text
    manners = f"network: {{allow_private: ['{web.base[7:]}']}}\nresearch: {{pages: 0}}\n"
    path.write_text(f"{ours}\n{manners}")
    digest(folder, "fetch")
    digest(folder, "build")
    assert (folder / "site" / "about" / "index.html").exists()
    assert len(content.read_issues(folder / "content", "daily")) == 1


def test_init_changes_nothing_that_is_there(tmp_path: Path) -> None:
    """A folder with a site in it is refused; other files of the same name are kept."""
    (tmp_path / "README.md").write_text("mine")
    assert CliRunner().invoke(main, ["init", str(tmp_path)]).exit_code == 0
    assert (tmp_path / "README.md").read_text() == "mine"
    again = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert again.exit_code == 1
    assert "feeds.yaml: is there already" in again.output


def test_one_bad_feed_costs_no_other(site: Path, web: Web) -> None:
    """A feed that is gone, one that is no feed: a line each; the good one is read; exit 0."""
    web.answers["/page.xml"] = b"<html><body>No feed at all</body></html>"
    path = site / "feeds.yaml"
    path.write_text(
        path.read_text().replace(
            "feeds: [",
            f"feeds: [{{url: '{web.base}/gone.xml', slug: gone}}, "
            f"{{url: '{web.base}/page.xml', slug: page}}, ",
        )
    )
    result = digest(site, "fetch", "--json")
    report = {line["feed"]: line for line in json.loads(result.stdout)["feeds"]}
    assert report["newsroom"]["new"] == len(articles()[:-2])
    assert "404" in report["gone"]["error"]
    assert report["page"]["error"]
    assert "gone" in result.stderr
    status = json.loads(digest(site, "status", "--json").stdout)
    assert {f["feed"]: f["state"] for f in status["feeds"]} == {
        "newsroom": "ok", "gone": "failing", "page": "failing",
    }  # fmt: skip
    digest(site, "build")
    (issue,) = content.read_issues(site / "content", "daily")
    assert {line.slug: line.read for line in issue.feeds} == {
        "newsroom": True, "gone": False, "page": False,
    }  # fmt: skip


def test_exit_status(site: Path, web: Web) -> None:
    """1 when all feeds fail, or one with --strict; 2 for a mistake in a file, which is named."""
    web.answers.clear()
    digest(site, "fetch", status=1)
    (site / "feeds.yaml").write_text("feeds: [{url: nope}]\n")
    result = digest(site, "fetch", status=2)
    assert "feeds.yaml:1:" in result.output
    digest(site, "build", "--digest", "none", status=2)


def test_a_secret_that_is_not_set_is_named(site: Path, web: Web) -> None:
    """A feed whose variable is missing is not asked, and says which one it wants."""
    path = site / "feeds.yaml"
    path.write_text(
        path.read_text().replace("slug: newsroom", "slug: newsroom, auth: {env: NOT_SET}")
    )
    result = digest(site, "fetch", status=1)
    assert "NOT_SET is not set" in result.stderr
    assert web.asked == []


def test_an_edit_is_kept_and_proved_again(built: Path) -> None:
    """A person's words stay; what they quote and no source holds is told, and listed."""
    (path,) = (built / "content" / "daily").glob("*/1-*.md")
    text = path.read_text()
    quote = re.search(r"^    > (.{40,})$", text, re.M)
    assert quote is not None
    edited = text.replace(quote[0], "    > These words stand in no document of this issue at all.")
    path.write_text(edited)
    result = digest(built, "build")
    assert path.read_text() == edited
    assert path.name in result.stderr
    evidence = json.loads((path.parent / "evidence.json").read_text())
    assert {p["outcome"] for p in evidence["problems"] if p["where"].startswith(path.name)} == {
        "edited, not proved"
    }
    again = digest(built, "build")
    assert path.name not in again.stderr


def test_a_mistake_in_an_edited_file_leaves_the_site(built: Path) -> None:
    """A broken file is named with what was expected, and the site of before stays."""
    (path,) = (built / "content" / "daily").glob("*/issue.md")
    before = snapshot(built / "site")
    path.write_text(path.read_text().replace("status: published", "status: perhaps"))
    result = digest(built, "build", status=2)
    assert "one of draft, published" in result.stderr
    assert snapshot(built / "site") == before


def test_a_draft_waits_for_a_person(fetched: Path) -> None:
    """With `review: true` an issue is on no page until its status says so."""
    path = fetched / "feeds.yaml"
    path.write_text(path.read_text().replace("per_feed: 20", "per_feed: 20, review: true"))
    digest(fetched, "build")
    (issue,) = content.read_issues(fetched / "content", "daily")
    page = fetched / "site" / "daily" / f"{issue.date}-{issue.slug}" / "index.html"
    assert not page.exists()
    (file,) = (fetched / "content" / "daily").glob("*/issue.md")
    file.write_text(file.read_text().replace("status: draft", "status: published"))
    digest(fetched, "render")
    assert page.exists()


def test_a_plan_writes_nothing(fetched: Path) -> None:
    """`digest draft --plan` shows each story with its score and reason, and spends nothing."""
    result = digest(fetched, "draft", "--plan")
    assert "feature: " in result.output
    assert "score" in result.output
    assert not (fetched / "content").exists()
    plan = json.loads(digest(fetched, "draft", "--plan", "--json").stdout)
    assert len(plan[0]["stories"]) == len(articles()[:-2])
    assert all(story["reason"] for story in plan[0]["stories"])


def test_a_preview_shows_the_newsletters(built: Path, tmp_path: Path) -> None:
    """Beside the pages of a preview lie both forms of each newsletter; mail/ is left alone."""
    before = snapshot(built)
    out = tmp_path / "preview"
    render(read(built), built, out=out, drafts=True)
    (html,) = (built / "mail").glob("*.html")
    shown = out / MAIL_SHOWN
    assert (shown / html.name).read_bytes() == html.read_bytes()
    assert (shown / html.with_suffix(".txt").name).exists()
    assert html.name in (shown / "index.html").read_text()
    assert snapshot(built) == before


def test_a_second_run_says_who_is_at_work(site: Path) -> None:
    """While another run holds the lock nothing is done, and that is no failure."""
    with locked(site, "digest fetch (process 77)"):
        for command in ("fetch", "draft", "build", "render"):
            assert "process 77" in digest(site, command).stderr


def test_the_store_may_be_lost(site: Path) -> None:
    """Without the store nothing is told twice: content/ says what was published."""
    digest(site, "fetch")
    digest(site, "build", "--as-of", "2026-11-20")
    before = snapshot(site)
    for path in site.glob(f"{FILE}*"):
        path.unlink()
    digest(site, "fetch")
    digest(site, "build", "--as-of", "2026-11-20")
    assert snapshot(site) == before
    plan = json.loads(digest(site, "draft", "--plan", "--json", "--as-of", "2026-11-21").stdout)
    assert plan[0]["outcome"] == "no news"


def test_the_same_input_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Another folder with the same feeds.yaml and content/ gives the same site, byte for byte."""
    twin = tmp_path / "twin"
    twin.mkdir()
    for name in ("feeds.yaml", "content"):
        subprocess.run(["cp", "-r", str(built / name), str(twin / name)], check=True)
    digest(twin, "render")
    ours, theirs = snapshot(built), snapshot(twin)
    assert {name: body for name, (body, _) in ours.items()} == {
        name: body for name, (body, _) in theirs.items()
    }


def _start(folder: Path, command: str, seed: str = "0") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "digest", command, "-C", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )


@pytest.mark.parametrize("after_s", [0.3, 0.6, 0.9, 1.2, 1.6, 2.0])
def test_killed_at_any_moment(site: Path, web: Web, after_s: float) -> None:
    """kill -9 in fetch, then in build, then both again: all of it once, nothing half there."""
    for command in ("fetch", "build"):
        process = _start(site, command)
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for page in (site / "site").rglob("*.html"):
            assert page.read_bytes().rstrip().endswith(b"</html>")
    digest(site, "fetch", "--force")
    digest(site, "build")
    with Store(site / FILE) as store:
        assert store.entries.counts() == {"newsroom": len(articles()[:-2])}
        before = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        assert store.entries.without_page(["newsroom"], before) == ()
    (issue,) = content.read_issues(site / "content", "daily")
    assert len(issue.features) >= 2
    assert (site / "site" / "index.html").exists()
    assert sorted(path.name for path in site.iterdir() if not path.name.startswith(FILE)) == [
        ".digest", "content", "feeds.yaml", "mail", "site",
    ]  # fmt: skip


def test_the_hash_seed_changes_nothing(fetched: Path, tmp_path: Path) -> None:
    """Two processes with other hash seeds write the same issue from the same store."""
    issues = []
    for seed in ("1", "2"):
        twin = tmp_path / f"twin{seed}"
        subprocess.run(["cp", "-r", str(fetched), str(twin)], check=True)
        assert _start(twin, "build", seed).wait() == 0
        (issue,) = content.read_issues(twin / "content", "daily")
        issues.append((issue.front, issue.features, issue.round_ups, issue.counts))
    assert issues[0] == issues[1]


def test_a_long_archive_is_not_read_for_one_issue(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of years of issues the newest are read whole; of the others the heads alone."""
    (issue,) = content.read_issues(built / "content", "daily")
    newest = built / "content" / "daily" / str(issue.date)
    for days in range(1, 6):
        day = issue.date - dt.timedelta(days=days)
        folder = shutil.copytree(newest, newest.with_name(str(day)))
        front = (folder / "issue.md").read_text("utf-8")
        front = re.sub(r"(?m)^date: .*$", f"date: '{day}'", front)
        front = re.sub(r"(?m)^period_end: .*$", f"period_end: '{day}T06:00:00Z'", front)
        (folder / "issue.md").write_text(front, "utf-8")
    later = issue.period_end + dt.timedelta(days=9)
    with Store(built / FILE) as store:
        store.entries.put(
            [Entry("newsroom", "late", "https://a.example/late", "a.example/late", "Late",
                   html="<p>It came late.</p>", published=later)],
            later,
        )  # fmt: skip
    read: list[str] = []
    whole = content.read_issue

    def noted(folder: Path, slug: str) -> Issue:
        read.append(folder.name)
        return whole(folder, slug)

    monkeypatch.setattr("digest.pipeline.draft.REMEMBERED", 2)
    monkeypatch.setattr(content, "read_issue", noted)
    said = digest(built, "draft", "--plan", "--as-of", f"{later + dt.timedelta(hours=1):%FT%TZ}")
    assert "Late" in said.output
    assert set(read) == {str(issue.date), str(issue.date - dt.timedelta(days=1))}

"""`digest verify --online` and `--correct`: cited pages today, and what is said about them."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from digest import content
from digest.cli import main
from digest.store import FILE, Store
from digest.types import Issue
from digest.urls import canonical
from tests.pipeline.conftest import make_site
from tests.pipeline.web import Web, articles


def run(site: Path, *words: str, status: int = 0) -> Result:
    command, *rest = words
    result = CliRunner().invoke(main, [command, "-C", str(site), *rest])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


def pages() -> dict[str, bytes]:
    """The posts' own pages, as they were when the feed told them."""
    return {
        f"/{post.name}/": (
            f"<!doctype html><html lang='en'><head><title>{post.title}</title></head><body>"
            f"<nav><a href='/'>Home</a></nav><main><article><h1>{post.title}</h1>{post.html}"
            "</article></main></body></html>"
        ).encode()
        for post in articles()
    }


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, Path]]:
    """A web with the posts' pages, and a site with an issue about them."""
    web = Web()
    site = make_site(web, tmp_path_factory.mktemp("online") / "site")
    run(site, "fetch")
    run(site, "draft")
    yield web, site
    web.close()


@pytest.fixture
def web(newsroom: tuple[Web, Path]) -> Web:
    web = newsroom[0]
    web.answers = {"/feed.xml": web.answers["/feed.xml"], **pages()}
    web.asked.clear()
    return web


@pytest.fixture
def site(newsroom: tuple[Web, Path], tmp_path: Path) -> Path:
    return shutil.copytree(newsroom[1], tmp_path / "site")


def read(site: Path) -> Issue:
    (issue,) = content.read_issues(site / "content", "daily")
    return issue


def quoted(site: Path) -> tuple[str, str]:
    """The path of the first footnote's page, and some of its quoted words."""
    note = read(site).features[0].notes[0]
    words = next(
        part for part in note.quote.text.replace("’", "'").split("'") if len(part.split()) > 2
    )
    return "/" + note.url.split("/", 3)[3], words.strip()


def report(site: Path) -> dict[str, Any]:
    (proof,) = json.loads(run(site, "verify", "--online", "--json", "-q").stdout)
    return {"/" + page["url"].split("/", 3)[3]: page for page in proof["pages"]}


def test_pages_as_they_were_are_the_same(site: Path, web: Web) -> None:
    """Every cited page is opened once, after its robots.txt, and nothing has changed."""
    found = report(site)
    assert {page["state"] for page in found.values()} == {"same"}
    asked = [path for path, _ in web.asked if path != "/robots.txt"]
    assert sorted(asked) == sorted(found)
    assert web.asked[0][0] == "/robots.txt"
    assert read(site).corrections == ()


def test_a_page_is_read_again_as_it_was_read(site: Path, web: Web) -> None:
    """What its feed says tells the article from a longer text that stands above it now."""
    path, _ = quoted(site)
    own = next(post for post in articles() if f"/{post.name}/" == path)
    other = next(post for post in articles() if post.name != own.name)
    web.answers[path] = (
        f"<html><head><title>{own.title}</title></head><body><article>{other.html * 3}</article>"
        f"<div><h1>{own.title}</h1>{own.html}</div></body></html>"
    ).encode()
    page = report(site)[path]
    assert (page["state"], page["lost"]) == ("same", [])


def test_changed_gone_and_not_reached_are_told_apart(site: Path, web: Web) -> None:
    """A changed page says which quotes still stand; 404 is gone; a broken page is neither."""
    path, words = quoted(site)
    first, second, third = [one for one in report(site) if one != path][:3]
    web.answers[path] = web.answers[path].replace(words.encode(), b"something else")
    assert b"something else" in web.answers[path]
    web.answers[first] = web.answers[first].replace(b"</article>", b"<p>Update: no.</p></article>")
    del web.answers[second]
    web.answers[third] = b"%PDF-1.7"
    found = report(site)
    assert found[path]["state"] == "changed"
    assert any(words in quote["text"] for quote in found[path]["lost"])
    assert len(found[path]["lost"]) < len(found[path]["cited"])
    assert found[first]["reason"] == "the page holds all that its feed told"
    assert found[second]["state"] == "gone"
    assert "404" in found[second]["reason"]
    assert found[third]["state"] == "not reached"
    assert found[third]["lost"] == []
    text = run(site, "verify", "--online").stdout
    assert f"gone         {web.base}{second}" in text
    assert "still there" in text


def test_what_is_added_to_a_page_is_a_change(site: Path, web: Web) -> None:
    """A text that was read from its page is compared whole; its quotes still stand."""
    path, _ = quoted(site)
    note = read(site).features[0].notes[0]
    with Store(site / FILE) as store:
        store.documents.put_page(
            canonical(note.url), note.quote.document, "", dt.datetime.now(dt.UTC)
        )
    web.answers[path] = web.answers[path].replace(b"</article>", b"<p>Update: no.</p></article>")
    page = report(site)[path]
    assert (page["state"], page["lost"]) == ("changed", [])
    run(site, "verify", "--online", "--correct")
    assert read(site).corrections == ()


def test_robots_are_obeyed(site: Path, web: Web) -> None:
    """A page that its host does not want read is not opened, and not called gone."""
    web.answers["/robots.txt"] = b"User-agent: *\nDisallow: /\n"
    assert {page["state"] for page in report(site).values()} == {"not reached"}
    assert {path for path, _ in web.asked} == {"/robots.txt"}


def test_a_correction_is_made_once(site: Path, web: Web) -> None:
    """It is dated, names file and page, adds to issue.md alone, and is not said twice."""
    path, words = quoted(site)
    web.answers[path] = web.answers[path].replace(words.encode(), b"something else")
    before = {p.name: p.read_bytes() for p in (site / "content").rglob("*") if p.is_file()}
    out = run(site, "verify", "--online", "--correct").stdout
    assert "corrected 1-" in out
    issue = read(site)
    corrected = [
        item for item in issue.corrections if item.file == "1-" + issue.features[0].slug + ".md"
    ]
    assert len(corrected) == 1
    assert words in corrected[0].text
    assert web.base + path in corrected[0].text
    after = {p.name: p.read_bytes() for p in (site / "content").rglob("*") if p.is_file()}
    assert {name for name in after if after[name] != before.get(name)} == {"issue.md"}
    assert issue.edited == ()
    run(site, "verify", "--online", "--correct")
    assert read(site).corrections == issue.corrections


def test_what_is_not_proved_is_corrected(site: Path) -> None:
    """Without the network, an edited sentence that no source holds gets its line."""
    path = next((site / "content" / "daily").glob("*/1-*.md"))
    text = path.read_text()
    words = next(line for line in text.splitlines() if line.startswith("    > ")).strip("> ")[:30]
    path.write_text(text.replace(words, "Wholly invented words of ours"))
    run(site, "verify", "--correct", status=1)
    (correction,) = [item for item in read(site).corrections if item.file == path.name]
    assert "Wholly invented words" in correction.text
    assert "Not proved by the sources" in correction.text


def test_a_lost_store_makes_no_correction(site: Path) -> None:
    """That we cannot look is no mistake of the issue."""
    for path in site.glob("digest.db*"):
        path.unlink()
    run(site, "verify", "--correct", status=1)
    assert read(site).corrections == ()


def test_own_words(site: Path) -> None:
    """A person's correction is kept as it is, for the file that it is about."""
    day = read(site).date
    words = 'The price is $3: "not" $4.'
    run(site, "verify", f"daily/{day}", "--correct", "--text", words, "--file", "issue.md")
    (correction,) = read(site).corrections
    assert (correction.text, correction.file) == (words, "issue.md")


def test_a_draft_is_edited_not_corrected(site: Path) -> None:
    """What nobody has read yet needs no correction."""
    path = next((site / "content" / "daily").glob("*/issue.md"))
    path.write_text(path.read_text().replace("status: published", "status: draft"))
    run(site, "verify", "--correct", "--text", "It was 3.")
    assert read(site).corrections == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--text", "x"], "expected --correct with it"),
        (["--correct", "--file", "issue.md"], "expected --text with it"),
        (["--correct", "--text", "x", "--file", "no.md"], "expected one of issue.md"),
    ],
)
def test_misuse_is_refused(site: Path, words: list[str], told: str) -> None:
    """Exit status 2 with what was expected, and nothing is written."""
    assert told in run(site, "verify", *words, status=2).stderr
    assert read(site).corrections == ()


def test_one_text_corrects_one_issue(site: Path) -> None:
    """With several issues the one that is meant must be named."""
    (folder,) = (site / "content" / "daily").iterdir()
    twin = shutil.copytree(folder, folder.with_name("2020-01-01"))
    front = twin / "issue.md"
    head = yaml.safe_load(front.read_text().split("---\n")[1])
    front.write_text(front.read_text().replace(f"date: {head['date']}", "date: 2020-01-01"))
    text = run(site, "verify", "--correct", "--text", "x", status=2).stderr
    assert f"such as daily/{folder.name}" in text


def test_a_correction_reaches_page_and_feed(site: Path) -> None:
    """The page shows it, and the feed's entry is newer for it."""
    words = "The line is 90 km long and not 900."
    run(site, "render")
    before = updated(site)
    run(site, "verify", "--correct", "--text", words)
    run(site, "render")
    assert words in next((site / "site" / "daily").glob("2*/index.html")).read_text()
    assert updated(site) > before


def updated(site: Path) -> str:
    """The `updated` of the oldest entry of the site's feed."""
    return re.findall(r"<updated>(.*?)</updated>", (site / "site" / "atom.xml").read_text())[-1]

"""What did not change is not rendered again, and what comes out is what a clean build makes."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from digest import config, content
from digest.content import stamps
from digest.packaged import templates_folder
from digest.pipeline import building, issue_making
from digest.pipeline.render import RenderReport, render
from digest.publish import search
from digest.publish.marks import MARKER
from digest.types import Issue
from tests.pipeline.small_content import FEEDS, build, change, clean, copy, files, write_site
from tests.render.small_site import FIRST, ISSUE


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "is_available", lambda: False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "own")


# ----------------------------------------------------------------------------- edits


def pick(chance: random.Random, folder: Path, pattern: str) -> Path:
    return chance.choice(sorted((folder / "content").glob(pattern)))


def edit_text(chance: random.Random, folder: Path) -> None:
    path = pick(chance, folder, "systems/*/*.md")
    path.write_text(f"{path.read_text()}\nWord {chance.random()}.\n")


def edit_same_size(chance: random.Random, folder: Path) -> None:
    change(pick(chance, folder, "systems/*/*-*.md"), "clock", chance.choice(["CLOCK", "Clock"]))


def touch(chance: random.Random, folder: Path) -> None:
    os.utime(pick(chance, folder, "*/*/issue.md"))


def title(chance: random.Random, folder: Path) -> None:
    path = pick(chance, folder, "systems/*/issue.md")
    change(path, "title: ", f"title: T{chance.randrange(99)} ")


def publish(chance: random.Random, folder: Path) -> None:
    path = pick(chance, folder, "*/*/issue.md")
    change(path, "status: draft", "status: published")


def correct(chance: random.Random, folder: Path) -> None:
    issue = pick(chance, folder, "systems/*/issue.md")
    day = issue.parent.name[-2:]
    said = f"corrections:\n- {{date: '2026-05-{day}', file: x, text: New {chance.random()}}}\n"
    change(issue, "cover:", f"{said}cover:" if "corrections" not in issue.read_text() else "cover:")


def add_issue(chance: random.Random, folder: Path) -> None:
    date = dt.date(2026, 5, 10) + dt.timedelta(days=chance.randrange(300))
    if not (folder / "content/policy" / str(date)).exists():
        old = chance.choice([ISSUE, FIRST])
        content.write_issue(folder / "content", replace(old, digest="policy", date=date))


def take_issue(chance: random.Random, folder: Path) -> None:
    """Gone for good: its addresses leave the record; or only forgotten, which is refused."""
    found = sorted((folder / "content").glob("policy/*"))
    if len(found) > 1:
        gone = chance.choice(found)
        shutil.rmtree(gone)
        record = folder / "content/addresses.txt"
        kept = [line for line in record.read_text().splitlines() if gone.name not in line]
        record.write_text("\n".join(kept) + "\n")


def forget_essay(chance: random.Random, folder: Path) -> None:
    path = folder / "content/essays/on-proof.md"
    aside = folder / "content/essays/_on-proof.md"
    (path if path.exists() else aside).rename(aside if path.exists() else path)


def page(chance: random.Random, folder: Path) -> None:
    path = folder / f"content/pages/page-{chance.randrange(3)}.md"
    path.write_text(f"---\ntitle: Page {chance.random()}\n---\nWords.\n")


def alias_to_a_page(chance: random.Random, folder: Path) -> None:
    """An alias may take the address of another page: no two may have it, this time or the next."""
    change(pick(chance, folder, "systems/*/issue.md"), "cover:", "aliases: [page-1/]\ncover:")


def template(chance: random.Random, folder: Path) -> None:
    path = folder / "templates/made.html"
    if path.exists() and chance.random() < 0.4:
        path.unlink()
    else:
        path.write_text(f"<p>Made {chance.randrange(3)}.</p>\n")


def any_template(chance: random.Random, folder: Path) -> None:
    """One of the package's own, a little changed: what is made with it changes, too."""
    own = folder / "templates"
    names = [
        p.relative_to(templates_folder()).as_posix() for p in templates_folder().rglob("*.*ml")
    ]
    name = chance.choice(sorted(names))
    text = (templates_folder() / name).read_text()
    (own / name).parent.mkdir(exist_ok=True)
    if name.endswith(".yaml"):
        (own / name).write_text(f"permalink: Link {chance.random()}\n")
    else:
        (own / name).write_text(text.replace("</", f"<!-- {chance.random()} --></", 1))


def demanding_template(chance: random.Random, folder: Path) -> None:
    """One that shows of an issue what is not kept, so that it has to be read again."""
    path = folder / "templates/made.html"
    wanted = chance.choice(DEMANDING)
    path.write_text(f"<p>{wanted} {chance.randrange(3)}</p>\n")


DEMANDING = (
    "{{ view.notes | length }}",
    "{% for item in view.features %}{{ item.feature.body is defined }}{{ item.body }}{% endfor %}",
    "{{ issue.features | map(attribute='claims') | map('length') | join(' ') }}",
    "{{ issue.documents | default('none') | length }} {{ issue.front.lead }}",
    "{{ view.features[0] in view.features if view.features }}",
    "{{ issue.front }} {{ issue.front == view.issue.front }}",
)


def wrong_template(chance: random.Random, folder: Path) -> None:
    path = folder / "templates/archive.html"
    path.unlink() if path.exists() else path.write_text("{% broken %}")


def feeds(chance: random.Random, folder: Path) -> None:
    path = folder / "feeds.yaml"
    tags = chance.choice(["[clocks]", "[clocks, lines]", "[]", "[other]"])
    text = FEEDS.replace("[clocks]", tags, 1).replace("Small", f"Small {chance.randrange(2)}", 1)
    path.write_text(text)


def lose(chance: random.Random, folder: Path) -> None:
    """What was made may be thrown away at any time, in part too."""
    kept = [f".digest/{name}" for name in ("site", "rendered.db", "texts.db")]
    name = chance.choice(["site", "mail", ".digest", *kept])
    path = folder / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def damage(chance: random.Random, folder: Path) -> None:
    """What was kept of an issue is no longer what it was; then its page is made again."""
    path = folder / ".digest/texts.db"
    if path.exists() and chance.random() < 0.4:
        body = path.read_bytes()
        path.write_bytes(body[:4096] + chance.randbytes(len(body) - 4096))
    elif path.exists():
        with contextlib.closing(sqlite3.connect(path)) as kept, kept:
            kept.execute("update body set body = zeroblob(9) where place like 'systems/%'")
    template(chance, folder)


def damage_a_byte(chance: random.Random, folder: Path) -> None:
    """One byte of what is kept is another: of the file, or of a value in it."""
    path = folder / ".digest/rendered.db"
    if not path.exists():
        return
    if chance.random() < 0.3:
        body = bytearray(path.read_bytes())
        body[chance.randrange(16, len(body))] ^= 1 << chance.randrange(8)
        path.write_bytes(body)
        return
    table, column = chance.choice(
        [("volume", "seen"), ("volume", "rows"), ("volume", "facts"), ("ways", "ways"),
         ("section", "sheets")]
    )  # fmt: skip
    connection = sqlite3.connect(path)
    for number, value in connection.execute(f"select rowid, {column} from {table}").fetchall():
        body = bytearray(value)
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        connection.execute(f"update {table} set {column} = ? where rowid = ?", (body, number))
    connection.commit()
    connection.close()
    edit_text(chance, folder)


def claim_address(chance: random.Random, folder: Path) -> None:
    """An address was published before of which nothing is known; or one is forgotten."""
    record = folder / "content/addresses.txt"
    lines = record.read_text().splitlines() if record.exists() else []
    if chance.random() < 0.5:
        lines.append(chance.choice(["gone/for-good/", "tags/gone/"]))
    elif len(lines) > 3:
        del lines[chance.randrange(3, len(lines))]
    record.write_text("\n".join(lines) + "\n")


def lose_a_page_and_the_twin(chance: random.Random, folder: Path) -> None:
    found = sorted((folder / "site").rglob("*.html"))
    if found:
        shutil.rmtree(folder / ".digest/site", ignore_errors=True)
        chance.choice(found).unlink()
        edit_text(chance, folder)


def nothing(chance: random.Random, folder: Path) -> None:
    """Not even the time of a folder changes: `test_nothing_new_makes_nothing` looks at that."""


EDITS: list[Callable[[random.Random, Path], None]] = [
    edit_text, edit_same_size, touch, title, publish, correct, add_issue, take_issue, forget_essay,
    page, alias_to_a_page, template, any_template, any_template, wrong_template, feeds, lose,
    demanding_template, damage, damage_a_byte, claim_address, lose_a_page_and_the_twin, nothing,
]  # fmt: skip


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(2))
def test_any_edits_end_as_a_clean_build(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """
    After any edits, in any order, the folders have the bytes of a clean build, or its error; also
    where the times of files are trusted, for all edits here come a moment after the last.
    """
    if seed % 2:
        monkeypatch.setattr(stamps, "SURE_AFTER_NS", -(10**18))
    chance = random.Random(seed)
    told: list[str] = []
    build(site)
    edits = [*EDITS, *EDITS]
    chance.shuffle(edits)
    for edit in edits[: len(EDITS)]:
        whole = tmp_path / "whole"
        copy(site, whole)
        edit(chance, site)
        told.append(edit.__name__)
        before = files(site)
        outcome = build(site)
        expected, made = clean(site, tmp_path / "clean")
        if isinstance(outcome, str):
            assert outcome == expected, f"other words after {told}"
            assert files(site) == before, f"the old site did not stay after {told}"
            copy(whole, site)  # the next edit begins with a site that can be built
            build(site)
        else:
            assert isinstance(expected, RenderReport), f"no error after {told}: {expected}"
            assert outcome.issues == expected.issues
            assert files(site) == made, f"not a clean build after {told}"


# ------------------------------------------------------------------- what is made again


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The issues of which files were made, by address."""
    seen: list[str] = []
    whole = issue_making.files

    def watched(wanted: list[issue_making.Wanted], *rest: object) -> object:
        seen.extend(each.order.row.path for each in wanted)
        return whole(wanted, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(issue_making, "files", watched)
    return seen


def test_an_edited_issue_alone_is_made_again(site: Path, made: list[str]) -> None:
    """Its pages and its letter; the others stay the same files, with their times."""
    build(site)
    assert len(made) == 7
    made.clear()
    old = {path: path.stat() for path in site.rglob("site/**/*.html")}
    change(site / "content/systems/2026-05-06/1-clocks.md", "Wren saw", "Wren has seen")
    report = build(site)
    assert made == ["systems/2026-05-06-issue-6/"]
    assert isinstance(report, RenderReport)
    assert report.mail is not None
    assert report.mail.written == 3
    same = [path for path, stat in old.items() if path.stat().st_mtime_ns == stat.st_mtime_ns]
    assert len(old) - len(same) <= 4  # its page, its evidence, and lists that show its length
    assert site / "site/systems/2026-05-05-issue-5/index.html" in same


def test_a_new_title_reaches_the_neighbours(site: Path, made: list[str]) -> None:
    """They name the issue before and after them."""
    build(site)
    made.clear()
    change(site / "content/systems/2026-05-06/issue.md", "Fast clocks", "Slow clocks")
    build(site)
    assert sorted(made) == [f"systems/2026-05-0{day}-issue-{day}/" for day in (5, 6, 7)]


def test_a_changed_template_reads_no_issue(
    site: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pages show is kept; with it lost they are the same, and it is kept again."""
    monkeypatch.setattr(building, "MAILED", 0)
    read: list[Path] = []
    whole = content.read_issue

    def watched(folder: Path, digest: str) -> Issue:
        read.append(folder)
        return whole(folder, digest)

    build(site)
    monkeypatch.setattr(content, "read_issue", watched)
    made.clear()
    read.clear()
    (site / "templates/made.html").write_text("<p>Made {{ issue.title }}.</p>\n")
    assert "issue.title" not in str(build(site))
    read.clear()
    made.clear()
    (site / "templates/made.html").write_text("<p>Made of {{ issue.features | length }}.</p>\n")
    build(site)
    assert len(made) == 7
    assert read == []


def test_nothing_new_makes_nothing(site: Path, made: list[str]) -> None:
    """No issue is made, and no folder is even touched; new times of files alone are nothing new."""
    build(site)
    made.clear()
    old = [(path, path.stat().st_mtime_ns) for path in sorted(site.glob("site/**/"))]
    for path in site.rglob("content/**/*.md"):
        os.utime(path)
    report = build(site)
    assert made == []
    assert isinstance(report, RenderReport)
    assert report.site.written == report.site.removed == 0
    assert [(path, path.stat().st_mtime_ns) for path in sorted(site.glob("site/**/"))] == old


def test_a_file_of_the_site_is_never_shared_with_what_comes(site: Path) -> None:
    """Twin and folder share files; a new text goes into a new file, so a reader sees one state."""
    build(site)
    page = site / "site/systems/2026-05-06-issue-6/index.html"
    with page.open("rb") as reader:
        old = page.read_bytes()
        change(site / "content/systems/2026-05-06/1-clocks.md", "Wren saw", "Wren has seen")
        build(site)
        assert reader.read() == old
    assert page.read_bytes() != old


def test_many_issues_are_made_by_several_processes(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several processes make what one makes, and a mistake in one is told as if it were here."""
    monkeypatch.setattr(issue_making, "FEW", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    build(site)
    several = files(site)
    monkeypatch.setattr(issue_making, "FEW", 100)
    _, one = clean(site, tmp_path / "clean")
    assert several == one
    monkeypatch.setattr(issue_making, "FEW", 2)
    for path in site.rglob("content/systems/*/1-clocks.md"):
        change(path, "kind: model", "kind: wrong")
    words = build(site)
    assert isinstance(words, str)
    assert "1-clocks.md: `kind:` is 'wrong', expected one of model, extractive" in words
    assert files(site) == several


def test_a_preview_keeps_to_itself(site: Path, made: list[str]) -> None:
    """A preview makes again what has changed, and leaves site/ and what is kept for it alone."""
    out = site.parent / "preview" / "site"
    settings = config.read(site)
    render(settings, site, out=out, drafts=True)
    assert not (site / "site").exists()
    assert not (site / ".digest").exists()
    assert (out / "policy/2026-05-04-not-yet/index.html").exists()
    made.clear()
    change(site / "content/policy/2026-05-04/issue.md", "Not to be", "Never to be")
    render(settings, site, out=out, drafts=True)
    assert made == ["policy/2026-05-04-not-yet/"]
    assert "Never to be seen" in (out / "policy/2026-05-04-not-yet/index.html").read_text()
    listed = (out / ".preview/mail/index.html").read_text()
    assert '<a href="systems-2026-05-02.html">as HTML</a>' in listed
    assert (out / ".preview/mail/systems-2026-05-02.html").exists()


def test_what_is_kept_is_nobodys_business(site: Path) -> None:
    """git ignores it, and the published folder holds nothing of it."""
    build(site)
    assert (site / ".digest/.gitignore").read_text() == "*\n"
    names = {path.name for path in (site / "site").iterdir() if path.name.startswith(".")}
    assert names == {MARKER}


def test_mail_holds_the_newest_newsletters(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of long ago are on the site, and nobody mails them again."""
    monkeypatch.setattr(building, "MAILED", 2)
    build(site)
    assert sorted(path.name for path in (site / "mail").glob("*.eml")) == [
        "systems-2026-05-07.eml",
        "systems-2026-05-08.eml",
    ]

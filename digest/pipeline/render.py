"""
content/ → render → publish: the site and the newsletters, from files alone.

Touches feeds.yaml's neighbours content/, templates/, site/ and mail/; knows no store, no
network and no clock, so that the same files give the same bytes. What did not change since
the last run is not made again: issues whose files have the same stamps are not opened, files
that are made from the same things stay as they are. What is needed for that lies in .digest/,
which may be thrown away at any time.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from .. import content
from ..content.addresses import read_addresses, record_addresses
from ..content.stamps import stamps
from ..publish import Damaged, Written, cards, search
from ..render import address_of, environment, lost, sheets, template_errors
from ..render.book import Book
from ..render.newsletter import TEMPLATES as LETTER
from ..render.newsletter import Corrected, Corrections
from ..render.ready import TEMPLATES as FRAGMENTS
from ..render.rows import Row, from_text, to_text
from ..render.sheets import CARD, Order, Sheet, key_of, sheet
from ..render.shell import Shell
from ..settings import Config
from ..store.rendered import KeptRow, Rendered, opened
from ..types import Issue, Page
from . import basis, issue_making
from .folders import Folder
from .issue_making import MAIL, Place, Setting, Wanted

SITE, LETTERS = "site", "mail"
"""Folders of what is published and mailed."""
KEPT = ".digest"
"""Beside feeds.yaml: what the next run need not do again."""
MAILED = 50
"""Newsletters in mail/, of the newest issues of each digest; `digest send` makes any by itself."""
MAIL_SHOWN = ".preview/mail/"
"""Where a preview shows the newsletters; no address of a site begins with a dot."""
_LOST, _INDEX = "lost:", "search/index"
"""Names of sheets that follow from all others."""


@dataclass(frozen=True, slots=True)
class RenderReport:
    issues: int
    site: Written
    mail: Written | None
    """None in a preview, which makes no mail."""
    search: bool
    """Whether the site can be searched: the extra is installed."""


def render(
    config: Config, site: Path, *, out: Path | None = None, drafts: bool = False
) -> RenderReport:
    """
    Make the site and the newsletters.

    Args:
        config: What feeds.yaml says.
        site: The folder that holds content/ and, where it has any, templates/.
        out: Where the pages go; site/ in the folder where None. Elsewhere it is a preview:
            no mail is made, and the newsletters lie among its pages, below `MAIL_SHOWN`.
        drafts: Show issues that wait for review, too.

    Raises:
        ContentError: A file in content/ is not as it should be.
        PublishError: A template fails, a folder cannot be written, or an address that was
            published would vanish.
        StoreError: What was kept of the last run can be neither used nor begun anew.
    """
    kept_in = site / KEPT if out is None else out.with_name(f".{out.name}.kept")
    try:
        with opened(_ignored(kept_in) / "rendered.db") as kept:
            return _Build(config, site, out, drafts, kept_in, kept).run()
    except Damaged:
        shutil.rmtree(kept_in)
        with opened(_ignored(kept_in) / "rendered.db") as kept:
            return _Build(config, site, out, drafts, kept_in, kept).run()


def _ignored(folder: Path) -> Path:
    """The folder, made, and ignored by git."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / ".gitignore"
    if not note.exists():
        note.write_text("*\n", "utf-8")
    return folder


class _Build:
    """One run."""

    def __init__(
        self,
        config: Config,
        site: Path,
        out: Path | None,
        drafts: bool,
        kept_in: Path,
        kept: Rendered,
    ) -> None:
        self._config, self._site, self._out, self._drafts = config, site, out, drafts
        self._content = site / "content"
        self._kept_in, self._kept = kept_in, kept
        self._searches = search.is_available()
        self._corrected: dict[str, tuple[Corrected, ...]] = {}
        self._program = basis.of_program()
        self._basis = key_of((self._program, repr(config)))
        """Of what rows are made by: configuration and program."""
        self._templates = basis.Templates(site / "templates")
        self._has_cards = cards.is_available()
        programs = kept_in / "programs"
        programs.mkdir(exist_ok=True)
        fragments = self._templates.key(FRAGMENTS)
        texts = kept_in / "texts.db"
        self._setting = Setting(config, site, {}, programs, self._has_cards, texts, fragments)

    def run(self) -> RenderReport:
        rest = content.read_articles(self._content, [d.slug for d in self._config.digests])
        rows = self._rows()
        with template_errors():
            env = environment(
                self._site / "templates",
                language=self._config.site.language,
                programs=self._setting.programs,
            )
            shown = tuple(row for row in rows if self._drafts or row.status == "published")
            book = Book(
                shown,
                self._read,
                rest.essays,
                rest.pages,
                self._config,
                env,
                search=self._searches,
                cards=self._has_cards,
            )
            shell = Shell(book)
            self._setting = replace(self._setting, context=dict(shell.context))
            return self._made(shell, rows)

    def _read(self, row: Row) -> Issue:
        return content.read_issue(self._content / row.digest / str(row.date), row.digest)

    # ------------------------------------------------------------------------- rows

    def _rows(self) -> tuple[Row, ...]:
        """All issues, newest first; those that have changed are read."""
        before, now_ns = self._kept.rows(), self._now_ns()
        rows: dict[str, Row] = {}
        stamped: dict[str, str] = {}
        changed: list[Place] = []
        for digest in sorted(d.slug for d in self._config.digests):
            for day, stamp in stamps(self._content, digest, now_ns):
                place = f"{digest}/{day}"
                known = before.get(place)
                stamped[place] = stamp
                if known and stamp and known.stamp == stamp and known.basis == self._basis:
                    rows[place] = from_text(known.text)
                else:
                    hash_ = known.hash if known and known.basis == self._basis else ""
                    changed.append(Place(digest, day, self._basis, hash_))
        self._kept.drop_rows(before.keys() - stamped.keys())
        for read in issue_making.rows(changed, self._setting):
            place = f"{read.place.digest}/{read.place.day}"
            text = before[place].text if read.row is None else to_text(read.row)
            rows[place] = read.row or from_text(text)
            new = KeptRow(stamped[place], read.hash, self._basis, text)
            self._kept.put_rows([(place, new)])
        self._kept.commit()
        found = sorted(rows.values(), key=lambda row: row.digest)
        return tuple(sorted(found, key=lambda row: (row.date, row.digest), reverse=True))

    def _now_ns(self) -> int:
        """The time by the clock of the disk, which may be another machine's."""
        path = self._kept_in / "now"
        path.write_bytes(b"")
        os.utime(path)
        return path.stat().st_mtime_ns

    # ------------------------------------------------------------------------ files

    def _made(self, shell: Shell, rows: tuple[Row, ...]) -> RenderReport:
        known = {sheet.name: sheet for sheet in sheets(shell)}
        pages = {name: self._key(sheet) for name, sheet in known.items()}
        published = [row for row in rows if row.status == "published"]
        mailed = tuple(_newest_of_each_digest(published, MAILED))
        told = Corrections(published, self._config)
        self._corrected = {row.path: told.before(row.digest, row.date) for row in mailed}
        letter = f"{self._basis} {self._templates.key(LETTER)}"
        letters = {
            row.path: f"{letter} {key_of((row, self._corrected[row.path]))}" for row in mailed
        }
        if self._out is not None:
            return self._preview(shell, known, pages, letters, rows, mailed)
        site = self._folder(SITE, self._site / SITE)
        mail = self._folder(LETTERS, self._site / LETTERS)
        known_addresses = read_addresses(self._content)
        with mail.changing(letters) as new_letters, site.changing(pages) as new_pages:
            self._make(known, site, new_pages, mail, new_letters)
            made = {address_of(path) for path in site.paths}
            with template_errors():
                for sheet in lost(known_addresses, made, shell):
                    name = f"{_LOST}{sheet.name}"
                    if site.late(name, self._key(sheet)):
                        site.put(name, sheet.make())
            self._index(site)
        record_addresses(self._content, made - {""})
        return RenderReport(len(rows), site.written, mail.written, self._searches)

    def _key(self, sheet: Sheet) -> str:
        """Of all that the files of a sheet follow from."""
        by = self._program if sheet.part == CARD else self._basis
        return f"{by} {self._templates.key(sheet.templates)} {sheet.key}"

    def _preview(
        self,
        shell: Shell,
        known: dict[str, Sheet],
        pages: dict[str, str],
        letters: dict[str, str],
        rows: tuple[Row, ...],
        mailed: tuple[Row, ...],
    ) -> RenderReport:
        """The newsletters lie among the pages, and a list of them."""
        assert self._out is not None
        titles = [(f"{row.digest}-{row.date}", row.title) for row in mailed]
        known = known | {MAIL_SHOWN: sheet(MAIL_SHOWN, titles, lambda: [_mail_list(titles)])}
        pages = pages | {MAIL_SHOWN: known[MAIL_SHOWN].key}
        pages |= {f"{MAIL_SHOWN}{path}": key for path, key in letters.items()}
        site = self._folder(SITE, self._out)
        with site.changing(pages) as new:
            new_letters = frozenset(path for path in letters if f"{MAIL_SHOWN}{path}" in new)
            self._make(known, site, new, None, new_letters)
            self._index(site)
        return RenderReport(len(rows), site.written, None, self._searches)

    def _folder(self, name: str, path: Path) -> Folder:
        twin, there = self._kept_in / name, path.resolve().parent
        there.mkdir(parents=True, exist_ok=True)
        if there.stat().st_dev != self._kept_in.stat().st_dev:  # a folder mounted from elsewhere
            twin = there / f".{path.name}.twin"
        return Folder(name, path, twin, self._kept)

    def _make(
        self,
        known: dict[str, Sheet],
        site: Folder,
        new_pages: Collection[str],
        mail: Folder | None,
        new_letters: Collection[str],
    ) -> None:
        parts: dict[str, set[str]] = {path: {MAIL} for path in new_letters}
        orders: dict[str, Order] = {}
        names: dict[tuple[str, str], str] = {}
        with template_errors():
            for name, each in known.items():
                if each.order is None:
                    if name in new_pages:
                        site.put(name, each.make())
                    continue
                path = each.order.row.path
                if name in new_pages:
                    parts.setdefault(path, set()).add(each.part)
                    names[path, each.part] = name
                if path in parts:
                    orders[path] = each.order
        wanted = [
            Wanted(order, self._corrected.get(path, ()), frozenset(parts[path]))
            for path, order in orders.items()
        ]
        for made in issue_making.files(wanted, self._setting):
            for part, pages in made.parts.items():
                if part != MAIL:
                    site.put(names[made.name, part], pages)
                elif mail is not None:
                    mail.put(made.name, pages)
                else:
                    site.put(f"{MAIL_SHOWN}{made.name}", map(_shown, pages[:2]))

    def _index(self, site: Folder) -> None:
        """The search index, made of all pages when one of them is another."""
        if self._searches and site.late(_INDEX, site.state()):
            site.put(_INDEX, search.index(site.made()))


def _newest_of_each_digest(rows: Iterable[Row], count: int) -> Iterator[Row]:
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.digest] += 1
        if seen[row.digest] <= count:
            yield row


def _shown(page: Page) -> Page:
    return replace(page, path=f"{MAIL_SHOWN}{page.path}")


def _mail_list(titles: Sequence[tuple[str, str]]) -> Page:
    """A list of the newsletters, each in both forms."""
    rows = [
        f'<li>{escape(title)}: <a href="{name}.html">as HTML</a>, <a href="{name}.txt">as text</a>'
        for name, title in titles
    ]
    none = "<p>No issue has been published yet.</p>"
    body = "\n".join(["<ul>", *rows, "</ul>"]) if rows else none
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>Newsletters</title></head>\n<body>\n<h1>Newsletters</h1>\n{body}\n</body>\n</html>\n"
    )
    return Page(f"{MAIL_SHOWN}index.html", page.encode())

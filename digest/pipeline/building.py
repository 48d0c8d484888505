"""
Issues, essays and pages → the files of the site and the newsletters, where any is another.

Touches content/, site/, mail/ and what is kept of the last run. `render` asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import islice
from pathlib import Path

from .. import content
from ..content.addresses import addresses_hash, read_addresses, record_addresses
from ..errors import PublishError
from ..publish import Damaged, search
from ..publish.marks import Written
from ..render import address_of, environment, lost, sections, template_errors
from ..render.book import Book
from ..render.corrections import TEMPLATES as LETTER
from ..render.corrections import Corrected, Corrections
from ..render.ready import TEMPLATES as FRAGMENTS
from ..render.rows import Row
from ..render.sheets import CARD, Order, Section, Sheet, key_of, sheet
from ..render.shell import Shell
from ..store.disposable import Spoiled
from ..store.rendered import Rendered
from ..types import Issue, Page
from . import issue_making
from .folders import Folder
from .issue_making import MAIL, Setting, Wanted
from .render import LETTERS, MAIL_SHOWN, SITE, Basis, Given
from .shelf import Shelf

MAILED = 50
"""Newsletters in mail/, of the newest issues of each digest; `digest send` makes any by itself."""
_LOST, _INDEX = "lost", "search/index"
"""Names of sections that follow from all others …"""
_LETTERS, _LIST = "letters", "list of letters"
"""… and of those beside them."""


def build(
    given: Given, made_by: Basis, shelf: Shelf, kept: Rendered
) -> tuple[Written, Written | None, str]:
    """
    Make what is another.

    Returns:
        What became of the site and of the newsletters, and `addresses_hash` as it is now.

    Raises:
        ContentError: A file in content/ is not as it should be.
        PublishError: See `render`.
        Spoiled: A folder is not what it should be by what was kept.
    """
    try:
        return _Build(given, made_by, shelf, kept).run()
    except Damaged as exc:
        raise Spoiled(str(exc)) from exc


class _Build:
    """One run."""

    def __init__(self, given: Given, made_by: Basis, shelf: Shelf, kept: Rendered) -> None:
        self._config, self._site, self._out = given.config, given.site, given.out
        self._given, self._basis, self._shelf, self._kept = given, made_by, shelf, kept
        self._content = given.site / "content"
        self._corrected: dict[str, tuple[Corrected, ...]] = {}
        programs, texts = given.kept_in / "programs", given.kept_in / "texts.db"
        programs.mkdir(exist_ok=True)
        fragments = made_by.templates.key(FRAGMENTS)
        self._setting = Setting(
            given.config, given.site, {}, programs, made_by.cards, texts, fragments
        )

    def run(self) -> tuple[Written, Written | None, str]:
        rest = content.read_articles(self._content, [d.slug for d in self._config.digests])
        self._shelf.read(self._setting)
        with template_errors():
            env = environment(
                self._site / "templates",
                language=self._config.site.language,
                programs=self._setting.programs,
            )
            volumes = self._shelf.volumes()
            has_threads = self._shelf.has_threads(volumes)
            book = Book(
                volumes,
                self._read,
                rest.essays,
                rest.pages,
                self._config,
                env,
                search=self._basis.search,
                cards=self._basis.cards,
                has_threads=has_threads,
            )
            if has_threads is None:
                self._shelf.put_threads(book)
            shell = Shell(book)
            self._setting = replace(self._setting, context=dict(shell.context))
            return self._made(shell)

    def _read(self, row: Row) -> Issue:
        return content.read_issue(self._content / row.digest / str(row.date), row.digest)

    # ------------------------------------------------------------------------ files

    def _made(self, shell: Shell) -> tuple[Written, Written | None, str]:
        found = list(sections(shell))
        mailed = _mailed(shell.book)
        if self._out is not None:
            return self._preview(shell, found, mailed)
        site = self._folder(SITE, self._site / SITE, _LOST, _INDEX)
        mail = self._folder(LETTERS, self._site / LETTERS)
        with mail.changing(), site.changing():
            sheets = self._opened(found, site)
            letters = self._letters(shell.book, mailed, mail)
            self._make(sheets, site, letters, mail)
            made = self._lost(site, shell)
            self._index(site)
        if made is None:
            return site.written, mail.written, addresses_hash(self._content)
        addresses = record_addresses(self._content, made - {""})
        self._kept.put_fact("addresses", f"{addresses} {site.paths_key()}")
        return site.written, mail.written, addresses

    def _preview(
        self, shell: Shell, found: list[Section], mailed: tuple[Row, ...]
    ) -> tuple[Written, None, str]:
        """The newsletters lie among the pages, and a list of them."""
        assert self._out is not None
        titles = [(f"{row.digest}-{row.date}", row.title) for row in mailed]
        listed = sheet(MAIL_SHOWN, titles, lambda: [_mail_list(titles)])
        site = self._folder(SITE, self._out)
        with site.changing():
            sheets = self._opened([*found, Section(_LIST, listed.key, lambda: [listed])], site)
            letters = self._letters(shell.book, mailed, site)
            self._make(sheets, site, letters, None)
            self._index(site)
        return site.written, None, addresses_hash(self._content)

    def _folder(self, name: str, path: Path, *late: str) -> Folder:
        kept_in = self._given.kept_in
        twin, there = kept_in / name, path.resolve().parent
        there.mkdir(parents=True, exist_ok=True)
        if there.stat().st_dev != kept_in.stat().st_dev:  # a folder mounted from elsewhere
            twin = there / f".{path.name}.twin"
        return Folder(name, path, twin, self._kept, late)

    def _opened(self, found: Iterable[Section], site: Folder) -> list[tuple[str, Sheet]]:
        """
        The sheets that are to be made, each with the name of its section.

        Raises:
            PublishError: Two have the same name.
        """
        out: list[tuple[str, Sheet]] = []
        for section in found:
            key = f"{self._basis.whole} {section.key}"
            if not site.is_current(section.name, key):
                with template_errors():
                    sheets = {each.name: each for each in _without_twins(section.sheets())}
                keys = {name: self._key(each) for name, each in sheets.items()}
                new = site.open(section.name, key, keys)
                out += [(section.name, each) for each in sheets.values() if each.name in new]
        return out

    def _key(self, sheet: Sheet) -> str:
        """Of all that the files of a sheet follow from."""
        by = self._basis.program if sheet.part == CARD else self._basis.rows
        return f"{by} {self._basis.templates.key(sheet.templates)} {sheet.key}"

    def _letters(self, book: Book, mailed: tuple[Row, ...], folder: Folder) -> dict[str, Row]:
        """The issues whose newsletters are to be made, by the names of these."""
        key = key_of((book.shown, [row.key for row in mailed]))
        if folder.is_current(_LETTERS, f"{self._basis.whole} {key}"):
            return {}
        told = Corrections(_may_be_told(book, mailed), self._config)
        self._corrected = {row.path: told.before(row.digest, row.date) for row in mailed}
        by = f"{self._basis.rows} {self._basis.templates.key(LETTER)}"
        names = {self._name(row.path): row for row in mailed}
        keys = {
            name: f"{by} {key_of((row.key, self._corrected[row.path]))}"
            for name, row in names.items()
        }
        new = folder.open(_LETTERS, f"{self._basis.whole} {key}", keys)
        return {name: row for name, row in names.items() if name in new}

    def _name(self, path: str) -> str:
        """Of an issue's newsletter."""
        return path if self._out is None else f"{MAIL_SHOWN}{path}"

    def _make(
        self,
        sheets: Iterable[tuple[str, Sheet]],
        site: Folder,
        letters: Mapping[str, Row],
        mail: Folder | None,
    ) -> None:
        parts: dict[str, set[str]] = {}
        orders: dict[str, Order] = {}
        names: dict[tuple[str, str], tuple[str, str]] = {}
        with template_errors():
            for section, each in sheets:
                if each.order is None:
                    site.put(section, each.name, each.make())
                else:
                    path = each.order.row.path
                    orders[path] = each.order
                    parts.setdefault(path, set()).add(each.part)
                    names[path, each.part] = section, each.name
        for name, row in letters.items():
            orders.setdefault(row.path, Order(row, None, None, {}))  # a letter shows no more
            parts.setdefault(row.path, set()).add(MAIL)
            names[row.path, MAIL] = _LETTERS, name
        wanted = [
            Wanted(order, self._corrected.get(path, ()), frozenset(parts[path]))
            for path, order in orders.items()
        ]
        writer = site.writer() if any(each.parts - {MAIL} for each in wanted) else None
        for made in issue_making.files(wanted, self._setting, writer):
            for part, files in made.parts.items():
                site.note(*names[made.name, part], files)
            if made.letter:
                own = names[made.name, MAIL]
                if mail is not None:
                    mail.put(*own, made.letter)
                else:
                    site.put(*own, map(_shown, made.letter[:2]))

    def _lost(self, site: Folder, shell: Shell) -> frozenset[str] | None:
        """
        Make what stands at addresses that were published and that no page has any more.

        Returns:
            The addresses of all pages; None where they and those that were published are what
            they were.
        """
        key = f"{self._basis.whole} {shell.key}"
        now = f"{addresses_hash(self._content)} {site.paths_key()}"
        if self._kept.fact("addresses") == now and site.is_current(_LOST, key):
            return None
        known = read_addresses(self._content)
        made = frozenset(map(address_of, site.paths()))
        with template_errors():
            sheets = {each.name: each for each in lost(known, made, shell)}
            new = site.open(_LOST, key, {name: self._key(each) for name, each in sheets.items()})
            for name in sorted(new):
                site.put(_LOST, name, sheets[name].make())
        return made

    def _index(self, site: Folder) -> None:
        """The search index, made of all pages when one of them is another."""
        if self._basis.search:
            state = site.state()
            if not site.is_current(_INDEX, state):
                site.open(_INDEX, state, {_INDEX: state})
                site.put(_INDEX, _INDEX, search.index(site.made()))


def _without_twins(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """
    Raises:
        PublishError: Two sheets have the same name.
    """
    seen: set[str] = set()
    for each in sheets:
        if each.name in seen:
            raise PublishError(each.name, "two pages have this address, expected one")
        seen.add(each.name)
        yield each


def _published(book: Book, digest: str) -> Iterator[Row]:
    return (row for row in book.newest(digest) if row.status == "published")


def _mailed(book: Book) -> tuple[Row, ...]:
    """Those of the newest issues of each digest that have a newsletter in mail/."""
    return tuple(
        row for digest in sorted(book.digests) for row in islice(_published(book, digest), MAILED)
    )


def _may_be_told(book: Book, mailed: Collection[Row]) -> list[Row]:
    """Issues that newsletters may tell of, or ask the days of: corrected ones, and the newest."""
    newest = [
        row
        for digest in sorted(book.digests)
        for row in islice(_published(book, digest), MAILED + 1)
    ]
    corrected = [
        row
        for volume in book.volumes
        if volume.corrects
        for row in volume.rows
        if row.status == "published"
    ]
    return list({row.path: row for row in (*newest, *corrected)}.values())


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

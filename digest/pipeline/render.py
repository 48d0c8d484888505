"""
content/ → render → publish: the site and the newsletters, from files alone.

Touches feeds.yaml's neighbours content/, templates/, site/ and mail/; knows no store, no
network and no clock, so that the same files give the same bytes. What did not change since
the last run is not made again: issues whose files have the same stamps are not opened, files
that are made from the same things stay as they are. Where nothing at all has changed, this
module says so, and what makes pages is not even loaded. What is needed for that lies in
.digest/, which may be thrown away at any time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from ..content.addresses import addresses_hash
from ..content.stamps import articles_hash, check_folders
from ..publish import cards, search
from ..publish.marks import Written, mark_of
from ..settings import Config
from ..store.disposable import Spoiled
from ..store.rendered import Rendered, opened
from . import basis
from .looking import KEPT, Looked, kept_file, look_at
from .shelf import Shelf

SITE, LETTERS = "site", "mail"
"""Folders of what is published and mailed."""
MAIL_SHOWN = ".preview/mail/"
"""Where a preview shows the newsletters; no address of a site begins with a dot."""


@dataclass(frozen=True, slots=True)
class RenderReport:
    issues: int
    site: Written
    mail: Written | None
    """None in a preview, which makes no mail."""
    search: bool
    """Whether the site can be searched: the extra is installed."""


def render(
    config: Config,
    site: Path,
    *,
    out: Path | None = None,
    drafts: bool = False,
    looked: Looked | None = None,
) -> RenderReport:
    """
    Make the site and the newsletters.

    Args:
        config: What feeds.yaml says.
        site: The folder that holds content/ and, where it has any, templates/.
        out: Where the pages go; site/ in the folder where None. Elsewhere it is a preview:
            no mail is made, and the newsletters lie among its pages, below `MAIL_SHOWN`.
        drafts: Show issues that wait for review, too.
        looked: How the issues look, where another step has just asked.

    Raises:
        ContentError: A file in content/ is not as it should be.
        PublishError: A template fails, a folder cannot be written, or an address that was
            published would vanish.
        StoreError: What was kept of the last run can be neither used nor begun anew.
    """
    kept_in = site / KEPT if out is None else out.with_name(f".{out.name}.kept")
    given = Given(config, site, out, drafts, kept_in, looked)
    try:
        with opened(kept_file(kept_in)) as kept:
            return _rendered(given, kept)
    except Spoiled:
        import shutil

        shutil.rmtree(kept_in)
        with opened(kept_file(kept_in)) as kept:
            return _rendered(replace(given, looked=None), kept)


@dataclass(frozen=True, slots=True)
class Given:
    """What a run is asked for: the arguments of `render`."""

    config: Config
    site: Path
    out: Path | None
    drafts: bool
    kept_in: Path
    """Where is what the last run has kept."""
    looked: Looked | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What all pages are made by beside content/."""

    program: str
    rows: str
    """Of what rows are made by: program and configuration."""
    templates: basis.Templates
    search: bool
    """There will be a search index."""
    cards: bool
    """Issues have cards."""

    @property
    def whole(self) -> str:
        """A key of it all."""
        return f"{self.rows} {self.templates.whole} {self.search} {self.cards}"


def _rendered(given: Given, kept: Rendered) -> RenderReport:
    config, content = given.config, given.site / "content"
    slugs = [digest.slug for digest in config.digests]
    program = basis.of_program()
    made_by = Basis(
        program,
        _hash((program, repr(config), given.drafts)),
        basis.Templates(given.site / "templates"),
        search.is_available(),
        cards.is_available(),
    )
    check_folders(content, slugs)
    articles = articles_hash(content)
    shelf = Shelf(content, slugs, kept, made_by.rows, drafts=given.drafts)
    shelf.look(given.looked or look_at(content, slugs, kept.volumes(), given.kept_in))

    def state(addresses: str) -> str:
        """Of all that the files of the site follow from."""
        return _hash((made_by.whole, articles, shelf.state, addresses))

    folders = {SITE: given.out or given.site / SITE} | (
        {LETTERS: given.site / LETTERS} if given.out is None else {}
    )
    is_known = shelf.state and kept.fact("state") == state(addresses_hash(content))
    if is_known and all(
        mark_of(path) == kept.fact(f"mark {name}") for name, path in folders.items()
    ):
        same = {
            name: Written(0, sum(each.files for each in kept.sections(name).values()), 0)
            for name in folders
        }
        return RenderReport(shelf.total, same[SITE], same.get(LETTERS), made_by.search)
    from .building import build

    site, mail, addresses = build(given, made_by, shelf, kept)
    kept.put_fact("state", state(addresses))
    return RenderReport(shelf.total, site, mail, made_by.search)


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()

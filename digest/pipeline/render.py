"""
content/ → render → publish: the site and the newsletters, from files alone.

Touches feeds.yaml's neighbours content/, templates/, site/ and mail/; knows no store, no
network and no clock, so that the same files give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path

from ..content import read_publication
from ..content.addresses import read_addresses, record_addresses
from ..publish import search
from ..publish.folder import Written, write_mail, write_site
from ..render import address_of, environment, messages, pages
from ..settings import Config
from ..types import Message, Page

SITE, MAIL = "site", "mail"
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
    """
    slugs = [digest.slug for digest in config.digests]
    content = site / "content"
    publication = read_publication(content, slugs)
    env = environment(site / "templates", language=config.site.language)
    found = search.is_available()
    more = search.index if found else None
    if out is not None:
        shown = chain(
            pages(publication, config, env, drafts=drafts, with_search=found),
            _shown_mail(messages(publication, config, env)),
        )
        return RenderReport(len(publication.issues), write_site(shown, out, more), None, found)
    made: set[str] = set()
    known = read_addresses(content)
    files = pages(publication, config, env, known=known, with_search=found)
    written = write_site(_noted(files, made), site / SITE, more)
    record_addresses(content, made - {""})
    mail = write_mail(messages(publication, config, env), site / MAIL)
    return RenderReport(len(publication.issues), written, mail, found)


def _shown_mail(found: Iterable[Message]) -> Iterator[Page]:
    """Both forms of each newsletter, and a list of them."""
    rows = []
    for message in found:
        yield Page(f"{MAIL_SHOWN}{message.name}.html", message.html.encode())
        yield Page(f"{MAIL_SHOWN}{message.name}.txt", message.text.encode())
        name, subject = escape(message.name), escape(message.subject)
        rows.append(
            f'<li>{subject}: <a href="{name}.html">as HTML</a>, <a href="{name}.txt">as text</a>'
        )
    none = "<p>No issue has been published yet.</p>"
    body = "\n".join(["<ul>", *rows, "</ul>"]) if rows else none
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>Newsletters</title></head>\n<body>\n<h1>Newsletters</h1>\n{body}\n</body>\n</html>\n"
    )
    yield Page(f"{MAIL_SHOWN}index.html", page.encode())


def _noted(files: Iterable[Page], made: set[str]) -> Iterator[Page]:
    """The same pages; their addresses are noted as they pass."""
    for page in files:
        made.add(address_of(page.path))
        yield page

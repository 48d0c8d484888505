"""
What every page of the site shares: names, ways to the other pages, the author card.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

import jinja2
from markupsafe import Markup

from ..settings import Config
from ..types import Page
from . import view
from .addresses import Link, absolute, file_of, root_of
from .book import Book
from .sheets import Sheet, key_of
from .words import words_of

POLICY = Markup(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""Source: Content Security Policy Level 3"""
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks ps sd ug ur yi".split())
"""Languages written from right to left."""


class Frame:
    """
    What stands around the page of an issue, and needs no list of issues.

    Args:
        config: Names, addresses, author.
        env: As `environment` makes it.
        context: The names that all templates may use.
    """

    def __init__(self, config: Config, env: jinja2.Environment, context: Mapping[str, Any]) -> None:
        self.config, self.env, self.words, self.context = config, env, words_of(env), context

    def page(
        self,
        template: str,
        path: str,
        title: str,
        description: str = "",
        *,
        root: str = "",
        feed: Link | None = None,
        kind: str = "website",
        policy: Markup = POLICY,
        canonical: str = "",
        **context: Any,
    ) -> Page:
        """
        Render one page.

        Args:
            template: Name of its template.
            path: Its address relative to the site's root, "" for the home page.
            title: For the window; the site's own is added.
            description: A sentence for search engines and previews.
            root: The way up to the site's root, where it does not follow from the path.
            feed: The feed that fits the page best; by default the one of all issues.
            kind: "article" or "website", for previews.
            policy: Content security policy.
            canonical: Address that stands for this page; its own where empty.
            context: What the template needs beyond this.
        """
        return _rendered(
            self.env,
            template,
            path,
            self._given(path, title, description, root, feed, kind, policy, canonical, context),
        )

    def file(self, template: str, path: str = "", **context: Any) -> Page:
        """Render what is no page of the site's design; `path` is the template's name by default."""
        return Page(path or template, self.env.get_template(template).render(context).encode())

    def _given(
        self,
        path: str,
        title: str,
        description: str,
        root: str,
        feed: Link | None,
        kind: str,
        policy: Markup,
        canonical: str,
        context: Mapping[str, Any],
    ) -> dict[str, Any]:
        return {**context, **self.context} | {
            "path": path,
            "root": root or root_of(path),
            "url": absolute(self.config, canonical or path),
            "title": title,
            "description": description or self.config.site.description,
            "feed": feed or Link(self.words.plain("all"), ""),
            "kind": kind,
            "policy": policy,
        }


def _rendered(env: jinja2.Environment, template: str, path: str, given: Mapping[str, Any]) -> Page:
    return Page(file_of(path), env.get_template(template).render(given).encode())


class Shell(Frame):
    """The frame around all pages of one site."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.config = book.config  # `_context` needs the three before they are all there
        self.words = book.words
        super().__init__(book.config, book.env, self._context())

    def sheet(
        self,
        template: str,
        path: str,
        title: str,
        description: str = "",
        *,
        root: str = "",
        feed: Link | None = None,
        kind: str = "website",
        policy: Markup = POLICY,
        canonical: str = "",
        **context: Any,
    ) -> Sheet:
        """One page, not yet rendered; arguments as of `page`."""
        given = self._given(path, title, description, root, feed, kind, policy, canonical, context)
        return Sheet(
            file_of(path),
            key_of((self.key, template, path, given["url"], title, description, root, feed, kind))
            + key_of((policy, context)),
            lambda: [_rendered(self.env, template, path, given)],
            templates=(template,),
        )

    @cached_property
    def key(self) -> str:
        """Of what all pages are given."""
        return key_of(self.context)

    def _context(self) -> dict[str, Any]:
        book, say = self.book, self.words.plain
        days = [row.date for row in islice(book.newest(), 1)]
        days += [essay.date for essay in book.essays[:1] if essay.date]
        essays = [Link(say("essays"), "essays/")] if book.essays else []
        threads = [Link(say("threads"), "threads/")] if book.has_threads else []
        language = self.config.site.language.lower().partition("-")[0]
        return {
            "site": self.config.site,
            "home_url": absolute(self.config, ""),
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "digests": self.digests,
            "places": [
                *self.digests,
                *essays,
                Link(say("archive"), "archive/"),
                *([Link(say("search"), "search/")] if book.search else []),
                Link(say("subscribe"), "subscribe/"),
            ],
            "corners": [
                *(Link(page.title, f"{page.slug}/") for page in book.pages if page.is_listed),
                *threads,
                Link(say("sources"), "sources/"),
                *([Link(say("tags"), "tags/")] if book.has_tags else []),
            ],
            "feeds": self.streams,
            "year": max(days).year if days else None,
        }

    @cached_property
    def digests(self) -> list[Link]:
        """Those of feeds.yaml in its order, then any that only have issues."""
        slugs = [digest.slug for digest in self.config.digests]
        slugs += sorted(self.book.digests - set(slugs))
        return [Link(view.digest_title(self.config, slug), f"{slug}/") for slug in slugs]

    @property
    def streams(self) -> list[Link]:
        """What can be subscribed to."""
        several: Iterable[Link] = self.digests if len(self.digests) > 1 else ()
        essays = [Link(self.words.plain("essays"), "essays/")] if self.book.essays else []
        return [Link(self.words.plain("all"), ""), *several, *essays]

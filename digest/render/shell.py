"""
What every page of the site shares: names, ways to the other pages, the author card.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jinja2

from ..settings import Config
from ..types import Page, Publication
from . import view
from .addresses import absolute, file_of, root_of


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    path: str
    """Relative to the site's root."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame around the pages of one publication."""

    publication: Publication
    config: Config
    env: jinja2.Environment

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
            context: What the template needs beyond this.
        """
        context |= self.context() | {
            "path": path,
            "root": root or root_of(path),
            "url": absolute(self.config, path),
            "title": title,
            "description": description or self.config.site.description,
            "feed": feed or Link("All", ""),
            "kind": kind,
        }
        text = self.env.get_template(template).render(context)
        return Page(file_of(path), text.encode())

    def context(self) -> dict[str, Any]:
        """The names that all templates may use."""
        issues, essays = self.publication.issues, self.publication.essays
        digests = self.digests()
        days = [issue.date for issue in issues] + [essay.date for essay in essays if essay.date]
        return {
            "site": self.config.site,
            "home_url": absolute(self.config, ""),
            "digests": digests,
            "essays": essays,
            "articles": [Link(page.title, f"{page.slug}/") for page in self.publication.pages],
            "feeds": [
                Link("All", ""),
                *(digests if len(digests) > 1 else ()),
                *([Link("Essays", "essays/")] if essays else ()),
            ],
            "year": max(days).year if days else None,
        }

    def digests(self) -> list[Link]:
        """Those of feeds.yaml in its order, then any that only have issues."""
        slugs = [digest.slug for digest in self.config.digests]
        slugs += sorted({issue.digest for issue in self.publication.issues} - set(slugs))
        return [Link(view.digest_title(self.config, slug), f"{slug}/") for slug in slugs]

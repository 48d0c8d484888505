"""
Where each page stands in the site, and how one page refers to another.

Pure. Links between pages are relative, so that a site works at the root of a host, under a
path, and in a preview alike; feeds and mail need whole addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from ..settings import Config
from ..types import Article, Issue


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    path: str
    """Relative to the site's root."""


def issue_path(issue: Issue) -> str:
    """`ai-tech/2026-04-24-slug/`"""
    return f"{issue.digest}/{issue.date.isoformat()}-{issue.slug}/"


def essay_path(essay: Article) -> str:
    return f"essays/{essay.slug}/"


def file_of(path: str) -> str:
    """The file behind an address of the site: a folder's is its index.html."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def root_of(path: str) -> str:
    """The way from a page up to the site's root: `../../` from `ai-tech/2026-04-24-slug/`."""
    return "../" * path.count("/") or "./"


def absolute(config: Config, path: str) -> str:
    """The whole address of a page, as it will be published."""
    return config.site.url.rstrip("/") + "/" + path


@lru_cache(maxsize=4096)
def host(url: str) -> str:
    """The host of an address without `www.`, for showing; empty where it has none."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")

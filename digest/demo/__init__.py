"""
`digest demo`: a small invented web, served on loopback, and the site that reads it.

Touches the network (loopback alone) while `serve` runs. Twelve hosts, eight feeds in six
formats, one feed that is out of order and one page that is gone; the site's feeds.yaml,
a page and an essay lie beside this module as they will lie in the demo's folder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files

from .server import serve

__all__ = ["NOW", "feeds_yaml", "serve", "site_files"]

NOW = dt.datetime(2026, 11, 20, 7, 0, tzinfo=dt.UTC)
"""The moment at which the demo is built: its newest entry is ninety minutes old."""


def feeds_yaml() -> str:
    """The demo's feeds.yaml, with its comments."""
    return files(__package__).joinpath("site", "feeds.yaml").read_text("utf-8")


def site_files() -> Mapping[str, str]:
    """What a person would have written in the demo's folder: path → text, feeds.yaml first."""
    names = ("content/pages/about.md", "content/essays/why-a-digest-quotes.md")
    found = {
        name: files(__package__).joinpath("site", *name.split("/")).read_text("utf-8")
        for name in names
    }
    return {"feeds.yaml": feeds_yaml(), **found}

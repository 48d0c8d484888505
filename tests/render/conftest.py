"""Fixtures of the tests of rendering: the small site as files in memory and on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import jinja2
import pytest

from digest.render import environment, pages
from digest.types import Feature, Publication
from tests.render.small_site import CONFIG, EXCERPTS, FIRST, PUBLICATION


@pytest.fixture(scope="session")
def env() -> jinja2.Environment:
    return environment()


@pytest.fixture(scope="session")
def site(env: jinja2.Environment) -> Mapping[str, str]:
    """The small site: text by path."""
    return render(PUBLICATION, env)


def render(publication: Publication, env: jinja2.Environment, **options: Any) -> dict[str, str]:
    return {page.path: page.body.decode() for page in pages(publication, CONFIG, env, **options)}


@pytest.fixture
def issue_page(env: jinja2.Environment) -> Callable[..., str]:
    """A function that renders the page of an issue with these fields changed."""

    def one(**changes: Any) -> str:
        issue = replace(FIRST, **changes)
        path = f"{issue.digest}/{issue.date}-{issue.slug}/index.html"
        return render(Publication((issue,)), env)[path]

    return one


@pytest.fixture
def feature() -> Callable[..., Feature]:
    """A function that makes a feature of a model with these fields changed."""

    def one(**changes: Any) -> Feature:
        plain = replace(EXCERPTS, kind="model", notes=(), claims=(), tldr=())
        return replace(plain, **changes)

    return one

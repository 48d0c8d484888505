"""
feeds.yaml → Config, or an error for each mistake with its line and what was expected.

Reads that one file. `settings.py` is its grammar, `values.py` reads values by it; here
is what hangs together: slugs, digests that name feeds, families of publishers.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from ..errors import ConfigError
from ..settings import Config, Digest, Feed, Newsletter, Research, is_http
from .values import KeyPath, Reader, nearest

FILE = "feeds.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(folder: Path) -> Config:
    """
    Read the feeds.yaml of a site.

    Raises:
        ConfigError: There is none, it cannot be read, or it holds mistakes (all are named).
    """
    path = folder / FILE
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            str(path),
            "not found; expected a site here: `digest init` makes one, -C DIR names another",
        ) from None
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(str(path), f"cannot be read as UTF-8 text: {exc}") from exc
    return parse(text, name=FILE)


def parse(text: str, *, name: str = FILE) -> Config:
    """
    Read the text of a feeds.yaml.

    Args:
        text: YAML.
        name: How the file is called in messages.

    Raises:
        ConfigError: A line for each mistake: `name:line:column: key: found …, expected …`.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise ConfigError(place, f"not YAML: {exc.problem or exc.context}") from exc
    except yaml.YAMLError as exc:
        raise ConfigError(name, f"not YAML: {exc}") from exc
    reader = Reader(name)
    if root is None:
        raise ConfigError(name, "empty; expected at least `feeds:` with one address")
    config: Config = reader.value(root, Config, ())
    if not reader.problems:
        config = _complete(config, reader)
    if reader.problems:
        raise ConfigError("", "\n".join(reader.problems))
    return config


# ------------------------------------------------------------- what hangs together


def _complete(config: Config, reader: Reader) -> Config:
    """Fill in what is derived (slugs, a first digest) and check what refers to what."""
    feeds = _with_slugs(config.feeds, reader)
    if not feeds:
        reader.problem(("feeds",), "found none, expected at least one address")
    _unique([feed.slug for feed in feeds], "feeds", "slug", reader)
    _unique([feed.url for feed in feeds], "feeds", "url", reader)
    _unique([digest.slug for digest in config.digests], "digests", "slug", reader)
    for index, digest in enumerate(config.digests):
        _check_digest(digest, ("digests", index), feeds, reader)
    _check_publishers(config.publishers, reader)
    _check_newsletter(config.newsletter, reader)
    _check_research(config.research, reader)
    _check_private(config.network.allow_private, reader)
    digests = config.digests or (Digest(slug="daily", title=config.site.title),)
    url = config.site.url if config.site.url.endswith("/") else config.site.url + "/"
    return dataclasses.replace(
        config, feeds=feeds, digests=digests, site=dataclasses.replace(config.site, url=url)
    )


def _with_slugs(feeds: tuple[Feed, ...], reader: Reader) -> tuple[Feed, ...]:
    """A feed without a slug is called by its host, or by host and path where that is taken."""
    taken = {feed.slug for feed in feeds if feed.slug}
    out = []
    for feed in feeds:
        if not feed.slug:
            short, long = _slugs_of(feed.url)
            slug = long if short in taken else short
            taken.add(slug)
            feed = dataclasses.replace(feed, slug=slug)  # noqa: PLW2901
        out.append(feed)
    return tuple(out)


def _slugs_of(url: str) -> tuple[str, str]:
    from ..text import slugify  # a site whose feeds all have slugs starts without it

    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if not host:  # a file
        path = PurePosixPath(unquote(parts.path))
        return slugify(path.stem), slugify(str(path), limit=80)
    short = slugify(host.rsplit(".", 1)[0])
    return short, slugify(f"{host} {parts.path} {parts.query}", limit=80)


def _unique(values: list[str], table: str, name: str, reader: Reader) -> None:
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        if value in first:
            reader.problem(
                (table, index, name),
                f"found {value!r} again (it is that of {table}[{first[value]}]), expected another",
            )
        first.setdefault(value, index)


def _check_digest(digest: Digest, path: KeyPath, feeds: tuple[Feed, ...], reader: Reader) -> None:
    slugs = {feed.slug for feed in feeds}
    tags = {tag for feed in feeds for tag in feed.tags}
    for name, known, what in (
        ("feeds", slugs, "the slug of a feed below"),
        ("must", slugs, "the slug of a feed below"),
        ("tags", tags, "a tag that some feed has"),
    ):
        for index, value in enumerate(getattr(digest, name)):
            if value not in known:
                near = nearest(value, known)
                hint = f"; did you mean {near!r}?" if near else ""
                reader.problem((*path, name, index), f"found {value!r}, expected {what}{hint}")
    for name in ("pin", "veto"):
        for index, value in enumerate(getattr(digest, name)):
            if not is_http(value):
                reader.problem(
                    (*path, name, index), f"found {value!r}, expected the address of an entry"
                )


def _check_publishers(families: Mapping[str, tuple[str, ...]], reader: Reader) -> None:
    owner: dict[str, str] = {}
    for family, domains in families.items():
        for index, domain in enumerate(domains):
            path = ("publishers", family, index)
            if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", domain):
                reader.problem(path, f"found {domain!r}, expected a domain such as `acme.example`")
            elif domain in owner:
                reader.problem(
                    path, f"found {domain!r}, which belongs to {owner[domain]!r} already"
                )
            owner.setdefault(domain, family)


def _check_newsletter(mail: Newsletter, reader: Reader) -> None:
    """What the chosen way out cannot do without."""
    smtp, listmonk = mail.smtp, mail.listmonk
    needed = {
        "smtp": ((("smtp", "host"), smtp.host, "the name of a mail server"),),
        "listmonk": (
            (("listmonk", "url"), listmonk.url, "the address of a listmonk server"),
            (("listmonk", "lists"), listmonk.lists, "the number of a list"),
        ),
    }
    for path, value, what in needed.get(mail.via, ()):
        if not value:
            reader.problem(("newsletter", *path), f"found nothing, expected {what}")
    if smtp.security == "none" and smtp.host and not _is_loopback(smtp.host):
        reader.problem(
            ("newsletter", "smtp", "security"),
            f"found 'none' for {smtp.host!r}, expected `starttls` or `tls`: mail and password "
            "would cross the network in the open",
        )


def _check_research(research: Research, reader: Reader) -> None:
    """What the chosen provider cannot do without, and that no key crosses in the open."""
    parts = urlsplit(research.url)
    has_key = research.search in {"brave", "tavily"}
    if research.search == "searxng" and not research.url:
        reader.problem(("research",), "found no `url`, expected the address of a SearXNG server")
    if has_key and parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        reader.problem(
            ("research", "url"),
            f"found {research.url!r}, expected https: the key would cross the network in the open",
        )
    if research.key_env and not has_key:
        reader.problem(
            ("research", "key_env"),
            f"found {research.key_env!r} with `search: {research.search}`, which takes no key; "
            "expected brave or tavily",
        )


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def _check_private(allowed: bool | tuple[str, ...], reader: Reader) -> None:
    if isinstance(allowed, bool):
        return
    for index, value in enumerate(allowed):
        if not re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):\d{1,5}", value):
            reader.problem(
                ("network", "allow_private", index), f"found {value!r}, expected `host:port`"
            )

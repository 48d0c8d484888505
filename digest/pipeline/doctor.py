"""
What may be wrong around a site: versions, clock, disk, lock, store, content/, keys, models, hosts.

Touches all that it looks at, and changes nothing. Hosts are asked through the door, and only
where the caller gives one; models' servers only in `ask_models`.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from .. import __version__, content
from ..draft.model import checking
from ..errors import DigestError
from ..fetch.door import Door
from ..settings import Config, Newsletter, is_http
from ..store import FILE, locked
from ..store.copies import SQLITE_VERSION, check

LEAST_BYTES = 500_000_000
"""Free space below which a run may not end: the store twice, and the site."""
SKEW = dt.timedelta(minutes=5)
"""A clock that is off by more dates issues wrongly and defeats caches."""

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    level: Level
    says: str


def examine(
    config: Config, folder: Path, *, now: dt.datetime, environment: Mapping[str, str]
) -> Iterator[Finding]:
    """
    Look at everything that lies on this machine.

    Args:
        config: Of the site.
        folder: With feeds.yaml.
        now: The clock.
        environment: Where secrets are looked for.
    """
    yield _versions()
    yield from _disk(folder)
    yield _lock(folder)
    yield _store(folder)
    yield _content(config, folder, now)
    for feed in config.feeds:
        if feed.auth is not None and not environment.get(feed.auth.env):
            says = f"the environment variable {feed.auth.env} is not set: the feed is not asked"
            yield Finding(f"secret of {feed.slug}", "warning", says)
    if config.model is not None:  # finding them takes seconds
        yield from (Finding(*found) for found in checking.look(config.model, environment))
    yield from _newsletter(config, environment)
    name = config.research.key_name
    if name and not environment.get(name):
        says = f"the environment variable {name} is not set: features do without a search"
        yield Finding(f"key of {config.research.search}", "warning", says)


def _newsletter(config: Config, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the secrets that the way out asks for are here; a workflow has them in one step."""
    newsletter = config.newsletter
    smtp, listmonk = newsletter.smtp, newsletter.listmonk
    names = {
        "none": (),
        "smtp": (smtp.user_env, smtp.password_env, _signing_key(newsletter)),
        "buttondown": (newsletter.buttondown.key_env,),
        "listmonk": (listmonk.user_env, listmonk.token_env),
    }[newsletter.via]
    missing = [name for name in names if name and not environment.get(name)]
    if missing:
        says = f"not set: {', '.join(missing)}; `digest send` needs them"
        yield Finding("newsletter", "warning", says)


def _signing_key(newsletter: Newsletter) -> str:
    is_signed = "{signature}" in newsletter.unsubscribe_url
    return newsletter.unsubscribe_key_env if is_signed else ""


def _versions() -> Finding:
    says = (
        f"digest {__version__}, Python {platform.python_version()}, "
        f"SQLite {SQLITE_VERSION}, {platform.system()} {platform.release()}"
    )
    return Finding("versions", "ok", says)


def _disk(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    level: Level = "ok" if free >= LEAST_BYTES else "warning"
    yield Finding("disk", level, f"{free / 1e9:.1f} GB free")
    if not os.access(folder, os.W_OK):
        yield Finding("folder", "error", f"{folder} cannot be written by this user")


def _lock(folder: Path) -> Finding:
    with locked(folder, "digest doctor") as by:
        return Finding("lock", "warning" if by else "ok", f"held by {by}" if by else "free")


def _store(folder: Path) -> Finding:
    path = folder / FILE
    if not path.exists():
        return Finding("store", "ok", "none yet: `digest fetch` makes it")
    try:
        check(path)
    except DigestError as exc:
        says = f"{exc.message}; move it away: the next fetch makes a new one, nothing is told twice"
        return Finding("store", "error", says)
    return Finding("store", "ok", f"whole, {path.stat().st_size / 1e6:.1f} MB")


def _content(config: Config, folder: Path, now: dt.datetime) -> Finding:
    try:
        slugs = [digest.slug for digest in config.digests]
        issues = content.read_publication(folder / "content", slugs).issues
    except DigestError as exc:
        return Finding("content", "error", str(exc))
    newest = max((issue.period_end for issue in issues), default=None)
    if newest is not None and newest > now + SKEW:
        says = f"the newest issue is of {newest:%Y-%m-%d %H:%M}, later than this machine's clock"
        return Finding("clock", "error", says)
    last = f", the newest of {newest:%Y-%m-%d}" if newest else ""
    what = "issue" if len(issues) == 1 else "issues"
    return Finding("content", "ok", f"{len(issues)} {what} can be read{last}")


async def ask_models(
    config: Config, *, now: dt.datetime, environment: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Ask the servers of the models which they have, which costs nothing."""
    if config.model is None:
        return ()
    found = await checking.reach(config.model, environment, now)
    return tuple(Finding(*each) for each in found)


async def ask_hosts(
    config: Config, door: Door, now: Callable[[], dt.datetime]
) -> tuple[Finding, ...]:
    """
    Ask one address of each feed's host for its robots.txt: who answers, and what time it is.

    Args:
        config: The feeds.
        door: The network.
        now: The clock, to be held against the hosts'.
    """
    findings: list[Finding] = []
    skews: list[dt.timedelta] = []
    roots = dict.fromkeys(urlsplit(feed.url)[:2] for feed in config.feeds if is_http(feed.url))
    for scheme, name in roots:
        fetched = await door.get(f"{scheme}://{name}/robots.txt", accept="text/plain")
        if fetched.status:
            date = _date(fetched.headers.get("date", ""))
            skews += [now() - date] if date else []
            findings.append(Finding(name, "ok", f"answers, in {fetched.elapsed_s:.1f} s"))
        else:
            reason = fetched.error.message if fetched.error else "no answer"
            findings.append(Finding(name, "warning", reason))
    return (*findings, *_clock(skews))


def _date(text: str) -> dt.datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else None


def _clock(skews: list[dt.timedelta]) -> Iterator[Finding]:
    """The middle one: a host's own clock may be wrong."""
    if skews:
        off = sorted(skews)[len(skews) // 2]
        side = "ahead of" if off > dt.timedelta(0) else "behind"
        says = f"{abs(off.total_seconds()):.0f} s {side} the hosts'"
        yield Finding("clock", "ok" if abs(off) < SKEW else "error", says)

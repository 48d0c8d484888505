"""
A year of runs as they really come: late, doubled, skipped, killed, without network or store.

    python -m tests.benchmarks.simulated_year --days 365 --seed 1

Everything is real but the network (feeds are answers in memory) and the clock. Each day has a
run at 05:23 UTC, late by up to six hours; some days have two, some none, some runs are killed
between any two steps; there are weeks without any run, days without network, and the store is
lost now and then, or comes back as it was some days before. Prints how many issues were due
and made, what was told twice or never, and how the store grew.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import random
import shutil
import smtplib
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from digest import content
from digest.config import parse
from digest.draft import DRAFTERS
from digest.errors import FetchError, PublishError
from digest.fetch.door import Leaving
from digest.period import LOOK_BACK
from digest.pipeline.draft import draft
from digest.pipeline.fetch import fetch
from digest.pipeline.owed import known
from digest.pipeline.parcels import pack as pack_mail
from digest.pipeline.send import send
from digest.publish.message import recipient_hash
from digest.publish.smtp import SmtpMailer
from digest.settings import Config, Newsletter
from digest.store import FILE, Store
from digest.store.copies import pack, unpack
from digest.types import Fetched

START = dt.datetime(2025, 3, 10, tzinfo=dt.UTC)
"""Three weeks before the clocks of Vienna change, and they change again in October."""
DAY = dt.timedelta(days=1)
FEEDS = 4
READERS = ("ada@mail.example", "bob@mail.example", "eve@mail.example")
KEPT_DAYS = 15
"""How far back a feed's document goes: longer than any week without a run."""
SYLLABLES = [first + last for first in "bdfgklmnprstvz" for last in ("a", "el", "i", "on", "u")]
"""Of invented words: no two entries share so many that one could seem to tell the other's news."""


class Killed(BaseException):
    """The process ends here; no handler of errors may see it."""


@dataclass
class World:
    """Feeds whose entries appear as time goes by; `now` is the only clock."""

    seed: int
    days: int
    per_day: float
    """Entries of each feed."""
    now: dt.datetime = START
    is_down: bool = False
    kill_in: int = 0
    """Steps until the process ends; 0 for never."""
    unconditional: Counter[str] = field(default_factory=Counter)
    mails: Counter[str] = field(default_factory=Counter)
    """Mails that reached a reader, by Message-ID, which is one of reader and issue."""
    entries: list[list[tuple[dt.datetime, int]]] = field(default_factory=list)
    served: dict[int, set[str]] = field(default_factory=dict)
    """Ids of entries that a feed has answered with in this run."""

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        number = 0
        for _ in range(FEEDS):
            times = sorted(
                START - DAY + chance.random() * (self.days + 1) * DAY
                for _ in range(round(self.days * self.per_day))
            )
            self.entries.append([(at, number + n) for n, at in enumerate(times)])
            number += len(times)

    def step(self, *_: object) -> None:
        """Each thing done is a moment at which the process may end."""
        if self.kill_in:
            self.kill_in -= 1
            if not self.kill_in:
                raise Killed

    @asynccontextmanager
    async def hold(
        self, url: str, *, leaving: Leaving, etag: str = "", **_: object
    ) -> AsyncIterator[Fetched]:
        """In the door's place."""
        await leaving()
        yield self.answer(url, etag)

    def answer(self, url: str, etag: str) -> Fetched:
        """What a feed says now."""
        self.step()
        feed = int(url.rsplit("-", 1)[1])
        if self.is_down:
            error = FetchError(url, "no network")
            return Fetched(url, url, self.now, reached=False, error=error)
        now = self.now
        told = [(at, n) for at, n in self.entries[feed] if now - KEPT_DAYS * DAY <= at <= now]
        tag = f'"{told[-1][1] if told else 0}"'
        if not etag:
            self.unconditional[url] += 1
        if etag == tag:
            return Fetched(url, url, self.now, status=304)
        self.served.setdefault(feed, set()).update(f"n{n}" for _, n in told)
        items = "".join(_item(at, n) for at, n in reversed(told))
        body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{items}</feed>'
        return Fetched(url, url, self.now, 200, body.encode(), {"etag": tag})


def _item(at: dt.datetime, number: int) -> str:
    chance = random.Random(number)

    def words(count: int) -> str:
        return " ".join("".join(chance.sample(SYLLABLES, 3)) for _ in range(count))

    sentences = " ".join(
        f"The {words(6)} of {words(1)} holds {chance.randint(100, 99_999)} parts." for _ in range(3)
    )
    return (
        f"<entry><title>{words(5)} {number}</title><id>n{number}</id>"
        f'<link href="https://news.example/{number}"/><published>{at.isoformat()}</published>'
        f'<content type="html">&lt;p>{sentences}&lt;/p></content></entry>'
    )


class _Post:
    """In the place of smtplib's client: takes all but what it is too busy for."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self._world, self._chance = world, chance
        self._to = ""

    def mail(self, sender: str) -> tuple[int, bytes]:
        self._world.step()
        return 250, b"ok"

    def rcpt(self, address: str) -> tuple[int, bytes]:
        self._to = address
        return (451, b"later") if self._chance.random() < 0.05 else (250, b"ok")

    def data(self, mail: bytes) -> tuple[int, bytes]:
        subject = next(line for line in mail.split(b"\r\n") if line.startswith(b"Message-ID:"))
        self._world.mails[subject.decode()] += 1
        self._world.step()
        return 250, b"ok"

    def rset(self) -> None:
        pass

    quit = close = rset


class _Mailer(SmtpMailer):
    """The real one, over a connection that is none."""

    def __init__(self, newsletter: Newsletter, folder: Path, post: _Post) -> None:
        super().__init__(newsletter, {}, folder, sleep=lambda _: None)
        self._post = post

    def _connect(self) -> smtplib.SMTP:
        if self._post._world.is_down:
            raise OSError("no network")
        return self._post  # type: ignore[return-value]


def settings() -> Config:
    feeds = "".join(
        f"  - {{url: 'https://h{n}.example/feed-{n}', slug: f{n}, full_text: feed}}\n"
        for n in range(FEEDS)
    )
    all_of_it = "features: 0, round_ups: 500, per_feed: 500"
    return parse(
        "site: {timezone: Europe/Vienna, url: 'https://news.example/'}\n"
        "newsletter: {via: smtp, auto: true, smtp: {host: post.example, per_second: 1000000},\n"
        "  unsubscribe_url: 'https://news.example/off?who={email}'}\n"
        "digests:\n"
        f"  - {{slug: every-day, title: D, {all_of_it}, feeds: [f0, f1]}}\n"
        f"  - {{slug: every-week, title: W, {all_of_it}, feeds: [f2, f3], schedule: weekly mon}}\n"
        f"feeds:\n{feeds}"
    )


@dataclass
class Outcome:
    """What a simulation showed."""

    due: dict[str, int]
    made: dict[str, int]
    doubled: int
    """Entries that stand in more than one issue."""
    told: int
    """Entries that stand in an issue."""
    late: int
    """Entries that their feed could not be asked for until over 48 hours after they were
    published, when another feed's news had made an issue: the rule of the window leaves them."""
    waiting: int
    """Entries of the last days, for the issue to come."""
    lost: int
    """All other entries that no issue tells of."""
    mails: int
    """That reached a reader."""
    mails_doubled: int
    """Readers who got an issue twice, over all issues."""
    mails_unknown: int
    """Readers who did not get an issue, and of whom nobody knows that: left to a person."""
    mails_missing: int
    """Other readers who did not get an issue, without those of the last, which may be under way."""
    runs: int
    killed: int
    losses: int
    """Times that the store was lost, or an older one came back."""
    unconditional: int
    """Requests without a validator, of all feeds."""
    sizes: list[tuple[int, int, int]]
    """Day, bytes of the store, bytes of its copy."""


def simulate(
    folder: Path, *, days: int, seed: int, per_day: float = 1.5, keep_sizes: int = 30
) -> Outcome:
    """
    Args:
        folder: An empty one, for the site.
        days: To go through.
        seed: Of the world and of all that goes wrong.
        per_day: Entries of each of the four feeds.
        keep_sizes: Days between two looks at the store's size.
    """
    return _Simulation(folder, days, seed, per_day).run(keep_sizes)


class _Simulation:
    def __init__(self, folder: Path, days: int, seed: int, per_day: float) -> None:
        self.folder, self.days, self.config = folder, days, settings()
        self.world = World(seed, days, per_day)
        self.chance, self.luck = random.Random(seed + 1), random.Random(seed + 2)
        (folder / self.config.newsletter.list).write_text("\n".join(("email", *READERS)))
        self.zone = ZoneInfo(self.config.site.timezone)
        self.due: dict[str, set[str]] = {digest.slug: set() for digest in self.config.digests}
        self.runs = self.killed = self.losses = 0
        self.backup = b""
        self.covers: dict[Path, list[str]] = {}
        self.known: dict[int, set[str]] = {}
        """What whole runs were told, by feed: news that a run must find in its store."""
        self.seen: dict[str, list[dt.datetime]] = {}
        """When the store met each entry: once, and again where an older store met it anew."""
        self.unknown: set[str] = set()
        """Readers of an issue, by hash, who were ever called unknown: a lost store forgets it."""

    def run(self, keep_sizes: int) -> Outcome:
        sizes = []
        silent_until, down_until = START, START
        for day in range(self.days):
            morning = START + day * DAY + dt.timedelta(hours=5, minutes=23)
            if self.chance.random() < 0.02:
                silent_until = morning + self.chance.randint(2, 9) * DAY
            if self.chance.random() < 0.02:
                down_until = morning + self.chance.randint(1, 4) * DAY
            times = self.chance.choices((0, 1, 2), (1, 16, 3))[0] if morning >= silent_until else 0
            if day == self.days - 1:  # the last day sees all that was told
                times, down_until = 1, START
            for late in sorted(self.chance.random() * 6 for _ in range(times)):
                self.world.now = morning + late * dt.timedelta(hours=1)
                self.world.is_down = self.world.now < down_until
                self._lose_store()
                is_killed = self.chance.random() < 0.15 and day < self.days - 1
                self._once(self.chance.randint(1, 30) if is_killed else 0)
            if day % keep_sizes == keep_sizes - 1 and (self.folder / FILE).exists():
                sizes.append((day + 1, (self.folder / FILE).stat().st_size, len(self._copy())))
        return self._outcome(sizes)

    def _copy(self) -> bytes:
        return pack(self.folder / FILE)

    def _lose_store(self) -> None:
        path = self.folder / FILE
        luck = self.chance.random()
        if luck < 0.01 and path.exists():
            for file in self.folder.glob(f"{FILE}*"):
                file.unlink()
            self.losses += 1
        elif luck < 0.02 and self.backup:
            unpack(self.backup, path)
            self.losses += 1
        elif luck > 0.9 and path.exists():
            self.backup = self._copy()

    def _once(self, kill_in: int) -> None:
        """`digest fetch && digest draft`, with what was due written down by itself."""
        self.runs += 1
        self.world.kill_in = kill_in
        self.world.served = {}
        try:
            with Store(self.folder / FILE) as store:
                asyncio.run(self._steps(store))
        except* Killed:
            self.killed += 1
        self._note_seen()
        is_whole = not kill_in or self.world.kill_in > 0
        if is_whole:
            for feed, ids in self.world.served.items():
                self.known.setdefault(feed, set()).update(ids)
        for digest in self.config.digests:
            self._note_due(digest.slug, is_whole=is_whole)

    def _note_seen(self) -> None:
        with closing(sqlite3.connect(self.folder / FILE)) as db:
            for id_, seen in db.execute("SELECT id, first_seen FROM entries").fetchall():
                times = self.seen.setdefault(id_, [])
                if (time := dt.datetime.fromisoformat(seen)) not in times:
                    times.append(time)
            cut_off = "SELECT recipient FROM recipients WHERE state IN ('unknown', 'sending')"
            self.unknown.update(row[0] for row in db.execute(cut_off))

    async def _steps(self, store: Store) -> None:
        world = self.world
        clock: Callable[[], dt.datetime] = lambda: world.now  # noqa: E731
        door: object = world
        await fetch(
            self.config, store, door, now=clock, environment={}, report=world.step,  # type: ignore[arg-type]
        )  # fmt: skip
        await draft(
            self.config, store, self.folder, DRAFTERS["extractive"](), None,
            now=world.now, report=world.step,
        )  # fmt: skip
        self._mail(store)

    def _mail(self, store: Store) -> None:
        """`digest send --auto`."""
        post = _Post(self.world, self.luck)
        mailer = _Mailer(self.config.newsletter, self.folder, post)
        for parcel in pack_mail(self.config, store, self.folder, mailer):
            self.world.step()
            assert not parcel.refusals, parcel.refusals
            try:
                send(parcel, mailer, store, now=lambda: self.world.now)
            except PublishError:
                continue  # no network, or unknown since the store was lost: the next run

    def _note_due(self, digest: str, *, is_whole: bool) -> None:
        """
        The period of this run is due if a whole run found news in it; read off the world alone.
        """
        today = self.world.now.astimezone(self.zone).date()
        week = today - dt.timedelta(days=today.weekday())
        period = str(today if digest == "every-day" else week)
        there = {folder.name for folder in content.issue_folders(self.folder / "content", digest)}
        has_issue = any(period <= name <= str(today) for name in there)
        if has_issue or (is_whole and self._has_news(digest)):
            self.due[digest].add(period)

    def _has_news(self, digest: str) -> bool:
        feeds = (0, 1) if digest == "every-day" else (2, 3)
        known = set().union(*(self.known.get(feed, ()) for feed in feeds))
        return bool(known - self._told(digest).keys())

    def _told(self, digest: str) -> Counter[str]:
        for folder in content.issue_folders(self.folder / "content", digest):
            if folder not in self.covers:  # an issue does not change
                issue = content.read_issue(folder, digest)
                self.covers[folder] = [id_ for _, id_ in issue.cover]
        told = (ids for folder, ids in self.covers.items() if folder.parent.name == digest)
        return Counter(id_ for ids in told for id_ in ids)

    def _outcome(self, sizes: list[tuple[int, int, int]]) -> Outcome:
        told = sum((self._told(digest.slug) for digest in self.config.digests), Counter())
        untold = Counter(
            _why(
                at,
                self.seen.get(f"n{n}", []),
                self._ends("every-day" if feed < 2 else "every-week"),
            )
            for feed, entries in enumerate(self.world.entries)
            for at, n in entries
            if f"n{n}" not in told
        )
        missing = self._missing_mails()
        return Outcome(
            due={digest: len(periods) for digest, periods in self.due.items()},
            made={
                digest.slug: len(content.issue_folders(self.folder / "content", digest.slug))
                for digest in self.config.digests
            },
            doubled=sum(1 for times in told.values() if times > 1),
            told=len(told),
            late=untold["late"],
            waiting=untold["waiting"],
            lost=untold["lost"],
            mails=self.world.mails.total(),
            mails_doubled=sum(1 for times in self.world.mails.values() if times > 1),
            mails_unknown=missing["unknown"],
            mails_missing=missing["missing"],
            runs=self.runs,
            killed=self.killed,
            losses=self.losses,
            unconditional=self.world.unconditional.total(),
            sizes=sizes,
        )

    def _missing_mails(self) -> Counter[str]:
        missing: Counter[str] = Counter()
        with Store(self.folder / FILE) as store:
            for digest in self.config.digests:
                heads = content.read_heads(self.folder / "content", digest.slug)
                for head in heads[:-1]:
                    key = f"{digest.slug}/{head.date}"
                    delivery = known(store, self.folder / "content" / key, key)
                    for reader in READERS:
                        mark = recipient_hash(key, reader)
                        is_lost = delivery is not None and delivery.state == "unknown"
                        is_lost = is_lost or mark in self.unknown
                        if not any(mark[:12] in identity for identity in self.world.mails):
                            missing["unknown" if is_lost else "missing"] += 1
        return missing

    def _ends(self, digest: str) -> tuple[dt.datetime, ...]:
        issues = content.read_issues(self.folder / "content", digest)
        return tuple(issue.period_end for issue in issues)


def _why(
    at: dt.datetime, seen: Sequence[dt.datetime], ends: Sequence[dt.datetime]
) -> Literal["waiting", "late", "lost"]:
    """
    Why no issue tells of an entry, by the rule of the window alone.

    Args:
        at: When it was published.
        seen: When the store met it; more than once where the store was lost.
        ends: `period_end` of its digest's issues, in order.

    Returns:
        "waiting" for the next issue; "late" where it was met after an issue that was made over
        48 hours after its publication, and so may not stand in any later one; "lost"
        where an issue should have told of it.
    """
    last = ends[-1]
    if at > last - LOOK_BACK and (not seen or seen[-1] > last):
        return "waiting"
    before = [max((end for end in ends if end < time), default=None) for time in seen]
    is_late = all(end is not None and at <= end - LOOK_BACK for end in before)
    return "late" if before and is_late else "lost"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="digest-year-"))
    started = time.process_time()
    try:
        outcome = simulate(folder, days=arguments.days, seed=arguments.seed)
    finally:
        shutil.rmtree(folder)
    lines = [f"{name}: {getattr(outcome, name)}" for name in outcome.__annotations__]
    sys.stdout.write("\n".join(lines) + f"\nCPU seconds: {time.process_time() - started:.0f}\n")


if __name__ == "__main__":
    main()

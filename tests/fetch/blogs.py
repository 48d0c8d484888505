"""Blogs for the score: each a script of how its server answers over thirty days."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

from .kroll import DAY, HOUR, START, Pair, Reply, Script

WEEK = 7 * DAY


def day(now: dt.datetime) -> int:
    """From 0."""
    return (now - START) // DAY


def posts(now: dt.datetime, every: dt.timedelta) -> tuple[dt.datetime, ...]:
    newest = START + (now - START) // every * every
    return tuple(newest - every * number for number in range(10))


def blog(
    every: dt.timedelta = DAY,
    *,
    etag: str = '"{}"',
    modified: str = "date",
    more: dict[str, str] | None = None,
    hold: dt.timedelta = dt.timedelta(0),
    head: str = "",
    is_always_new: bool = False,
) -> Script:
    """A server that knows the validators it gave: 304 while nothing is new."""

    def answer(now: dt.datetime, path: str, pair: Pair) -> Reply:
        entries = posts(now, every)
        headers = {
            "ETag": etag.format(int(entries[0].timestamp())),
            "Last-Modified": format_datetime(entries[0], usegmt=True)
            if modified == "date"
            else modified,
        }
        headers = {name: value for name, value in headers.items() if value}
        own = headers.get("ETag", ""), headers.get("Last-Modified", "")
        is_old = pair == own and pair != ("", "") and not is_always_new
        sent = {**headers, **(more or {})}
        if is_old:
            return Reply(304, more or {}, hold=hold)
        return Reply(200, sent, entries, head=head, hold=hold)

    return answer


def touch(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """The same words with a new date every hour."""
    return Reply(200, {"Last-Modified": format_datetime(now), "ETag": '"same"'}, posts(START, DAY))


def etag_moves(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """Last-Modified stays, the ETag moves."""
    return Reply(200, {"Last-Modified": "stays", "ETag": f'"{now:%d%H%M}"'}, posts(now, DAY))


def loses(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """Validators on even days only."""
    headers = {"ETag": f'"{now:%d}"'} if day(now) % 2 == 0 else {}
    return Reply(200, headers, posts(now, DAY))


def limits(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """429 now and then: in seconds, as a date, in a number no clock holds."""
    if day(now) == 3:
        return Reply(429, {"Retry-After": "172800"}, hold=2 * DAY)
    if day(now) == 9:
        return Reply(429, {"Retry-After": format_datetime(now + DAY, usegmt=True)}, hold=DAY)
    if day(now) == 14:
        return Reply(503, {"Retry-After": "9" * 30}, hold=WEEK)
    return blog()(now, path, pair)


def moved(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """For good, on the fifth day."""
    if path == "/feed" and day(now) >= 5:
        return Reply(301, {"Location": "/new"})
    return blog()(now, path, pair)


def detour(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """A mistake of three hours: 301, then as before; what it led to is no more."""
    if path == "/feed" and HOUR * 24 <= now - START < HOUR * 27:
        return Reply(301, {"Location": "/maintenance"})
    if path == "/maintenance" and now - START >= HOUR * 27:
        return Reply(404)
    return blog()(now, path, pair)


def temporary(now: dt.datetime, path: str, pair: Pair) -> Reply:
    if path == "/feed":
        return Reply(302, {"Location": "/today"})
    return blog()(now, path, pair)


def gone(now: dt.datetime, path: str, pair: Pair) -> Reply:
    return Reply(410) if day(now) >= 10 else blog()(now, path, pair)


def flaky(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """Errors on odd days, a week of 404, then well again."""
    if day(now) < 6 and day(now) % 2:
        return Reply(500)
    return Reply(404) if 10 <= day(now) < 17 else blog()(now, path, pair)


def cut(now: dt.datetime, path: str, pair: Pair) -> Reply:
    """Whole on every third day, with no validator ever."""
    return Reply(200, {}, posts(now, DAY), is_cut=bool(day(now) % 3))


def cut_with_validators(now: dt.datetime, path: str, pair: Pair) -> Reply:
    headers = {"ETag": f'"{now:%d%H}"'}
    return Reply(200, headers, posts(now, DAY), is_cut=bool(now.hour % 2))


def says_304(now: dt.datetime, path: str, pair: Pair) -> Reply:
    return Reply(304)


BLOGS: dict[str, Script] = {
    "hourly.example": blog(HOUR),
    "daily.example": blog(),
    "weekly.example": blog(WEEK),
    "etag.example": blog(etag='W/"{},\\ \xe4  b"', modified=""),
    "bare-etag.example": blog(etag="{}", modified=""),
    "modified.example": blog(etag="", modified="Thu,  2 Apr 26 (about noon)"),
    "nothing.example": blog(etag="", modified=""),
    "touch.example": touch,
    "etag-moves.example": etag_moves,
    "loses.example": loses,
    "always-new.example": blog(is_always_new=True),
    "cached.example": blog(more={"Cache-Control": "max-age=43200"}, hold=12 * HOUR),
    "ttl.example": blog(head="<ttl>180</ttl>"),
    "cookie.example": blog(more={"Set-Cookie": "reader=1; Path=/"}),
    "limits.example": limits,
    "moved.example": moved,
    "detour.example": detour,
    "temporary.example": temporary,
    "gone.example": gone,
    "flaky.example": flaky,
    "cut.example": cut,
    "cut-validators.example": cut_with_validators,
    "says-304.example": says_304,
}

"""When feeds are asked and what is remembered, over single answers and over weeks."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace

import pytest

from digest.errors import FetchError
from digest.fetch.poll import MOVES_TO_KEEP, Ask, after, ask, is_due
from digest.settings import Auth, Feed
from digest.types import Entry, FeedContent, FeedState, Fetched

from .conftest import NOW

URL = "https://tides.example/feed"
FEED = Feed(url=URL, slug="tides")
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
VALIDATORS = {"etag": '"a"', "last-modified": "Fri, 24 Apr 2026 05:00:00 GMT"}


def entry(published: dt.datetime | None, number: int = 0) -> Entry:
    url = f"https://tides.example/{number}"
    return Entry("tides", str(number), url, url, "High water", published=published)


def content(*ages: dt.timedelta, at: dt.datetime = NOW, ttl_s: int = 0) -> FeedContent:
    entries = tuple(entry(at - age, number) for number, age in enumerate(ages))
    return FeedContent("Tides", "https://tides.example/", "en", entries, ttl_s=ttl_s)


def answer(
    status: int = 200,
    headers: Mapping[str, str] = VALIDATORS,
    *,
    at: dt.datetime = NOW,
    url: str = URL,
    moved_to: str = "",
) -> Fetched:
    error = None if status in {200, 304} else FetchError(url, f"the server answered {status}")
    return Fetched(
        url, moved_to or url, at, status=status, headers=headers, moved_to=moved_to, error=error
    )


def unreached(at: dt.datetime = NOW) -> Fetched:
    error = FetchError(URL, "no address found for tides.example")
    return Fetched(URL, URL, at, reached=False, error=error)


EMPTY = content()


def read(state: FeedState | None = None, *, at: dt.datetime = NOW, **headers: str) -> FeedState:
    """The state after a 200 with these headers and no entries."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return after(state, FEED, answer(headers={**VALIDATORS, **sent}, at=at), EMPTY, at)


def wait(state: FeedState) -> dt.timedelta:
    assert state.next_poll is not None
    assert state.last_poll is not None
    return state.next_poll - state.last_poll


# ---------------------------------------------------------------------- what is kept


def test_a_new_feed_is_due_and_asked_without_validators():
    """Nothing is known of it."""
    assert is_due(None, FEED, NOW)
    assert ask(None, FEED) == Ask(URL, "", "")


def test_a_good_answer_is_remembered():
    """Validators, times, title, newest entry; nothing of an earlier failure."""
    before = FeedState("tides", URL, failures=3, error="gone astray")
    state = after(before, FEED, answer(), content(2 * DAY, HOUR), NOW)
    assert (state.etag, state.last_modified) == (VALIDATORS["etag"], VALIDATORS["last-modified"])
    assert state.last_poll == state.last_success == state.last_full == NOW
    assert state.last_entry == NOW - HOUR
    assert (state.title, state.site_url) == ("Tides", "https://tides.example/")
    assert (state.failures, state.error, state.gone) == (0, "", False)
    assert ask(state, FEED) == Ask(URL, VALIDATORS["etag"], VALIDATORS["last-modified"])


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"etag": 'W/"b" '}, ('W/"b" ', "")),
        ({"last-modified": "yesterday"}, ("", "yesterday")),
        ({"etag": '"\xe4"', "last-modified": "x"}, ('"\xe4"', "x")),
        ({}, ("", "")),
        ({"etag": "x" * 1_001, "last-modified": "y"}, ("", "y")),
    ],
)
def test_each_200_brings_the_new_validators_or_none(headers, kept):
    """Byte for byte, and never one of an older answer; no endless ones."""
    state = after(read(), FEED, answer(headers=headers), EMPTY, NOW + DAY)
    assert (state.etag, state.last_modified) == kept


@pytest.mark.parametrize(
    "fetched", [answer(304, {"etag": '"b"'}), answer(500, {}), answer(404, {})]
)
def test_other_answers_leave_the_validators(fetched):
    """What is stored here has not changed."""
    state = after(read(), FEED, fetched, None, NOW + HOUR)
    assert (state.etag, state.last_modified) == tuple(VALIDATORS.values())


def test_304_is_a_success_and_no_full_request():
    """It was asked with a validator."""
    first = read()
    state = after(first, FEED, answer(304, {}, at=NOW + HOUR), None, NOW + HOUR)
    assert state.last_success == state.last_poll == NOW + HOUR
    assert state.last_full == NOW
    assert (state.failures, state.error) == (0, "")


def test_another_address_starts_anew():
    """Validators of one address are not for another, nor are its failures and its holds."""
    state = replace(read(retry_after="99999"), gone=True, failures=4, moved_to="x", moved_count=9)
    other = Feed(url="https://tides.example/atom", slug="tides")
    assert is_due(state, other, NOW)
    assert ask(state, other) == Ask(other.url, "", "")
    then = after(state, other, answer(500, {}, url=other.url), None, NOW + HOUR)
    assert (then.url, then.failures, then.etag, then.gone) == (other.url, 1, "", False)


def test_dates_nobody_can_have_published_at_teach_nothing():
    """Neither the far future nor the year 1 becomes the newest entry; no date is no entry's."""
    entries = (
        entry(NOW + 400 * DAY, 1), entry(dt.datetime(1, 1, 1, tzinfo=dt.UTC), 2), entry(None, 3),
    )  # fmt: skip
    state = after(None, FEED, answer(), FeedContent("T", "", "", entries), NOW)
    assert state.last_entry is None
    assert wait(state) == HOUR


# ------------------------------------------------------------------------ when next


def test_at_most_hourly_with_a_validator():
    """59 minutes are too early, an hour is not."""
    state = read()
    assert not is_due(state, FEED, NOW + HOUR - dt.timedelta(seconds=1))
    assert is_due(state, FEED, NOW + HOUR)
    assert is_due(state, FEED, NOW, force=True)


def test_the_hour_begins_with_the_answer():
    """A request that waited its turn for minutes is not followed too early by the next run's."""
    state = after(None, FEED, answer(at=NOW + HOUR / 4), EMPTY, NOW)
    assert state.next_poll == NOW + HOUR / 4 + HOUR


def test_at_most_daily_without_a_validator():
    """A server that gives none is asked once a day, failures included."""
    state = after(None, FEED, answer(headers={}), EMPTY, NOW)
    assert wait(state) == DAY
    failed = after(None, FEED, answer(500, {}), None, NOW)
    assert wait(failed) == DAY


def test_a_feed_that_loses_its_validators_is_asked_a_day_after_the_last_full_request():
    """The request that brought the 200 without one was conditional."""
    state = after(read(), FEED, answer(headers={}, at=NOW + 10 * HOUR), EMPTY, NOW + 10 * HOUR)
    assert state.next_poll == NOW + DAY


def test_a_request_that_never_left_counts_for_nothing():
    """A new feed whose name does not resolve is tried again soon."""
    state = after(None, FEED, unreached(), None, NOW)
    assert state.last_full is None
    assert HOUR <= wait(state) <= 1.25 * HOUR


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "max-age=43200"}, 12 * HOUR),
        ({"expires": "Fri, 24 Apr 2026 09:00:00 GMT"}, 3 * HOUR),
        ({"retry-after": "7200"}, 2 * HOUR),
        ({"cache-control": "max-age=99999999999999999999"}, 7 * DAY),
        ({"cache-control": "max-age=5"}, HOUR),
    ],
)
def test_headers_are_obeyed(headers, expected):
    """On 200 and on 304, within an hour and a week."""
    assert (
        wait(after(None, FEED, answer(headers={**VALIDATORS, **headers}), EMPTY, NOW)) == expected
    )
    assert wait(after(read(), FEED, answer(304, headers), None, NOW)) == expected


def test_a_ttl_is_obeyed_and_remembered():
    """304 says nothing of it, and it holds all the same."""
    state = after(None, FEED, answer(), content(ttl_s=6 * 3_600), NOW)
    assert wait(state) == 6 * HOUR
    assert wait(after(state, FEED, answer(304, {}), None, NOW)) == 6 * HOUR
    assert wait(after(None, FEED, answer(), content(ttl_s=10**12), NOW)) == 7 * DAY
    assert wait(after(None, FEED, answer(), content(ttl_s=-5), NOW)) == HOUR


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (HOUR / 6, HOUR),
        (8 * HOUR, 2 * HOUR),
        (DAY, 6 * HOUR),
        (7 * DAY, 20 * HOUR),
        (90 * DAY, 20 * HOUR),
    ],
)
def test_the_pace_is_the_feeds_own(gap, expected):
    """A quarter of its usual gap; never so slow that a daily run finds it not due."""
    ages = [gap * number for number in range(10)]
    state = after(None, FEED, answer(), content(*ages), NOW)
    assert wait(state) == expected
    assert wait(after(state, FEED, answer(304, {}), None, NOW)) == expected


def test_one_burst_does_not_make_a_slow_feed_fast():
    """The gap in the middle counts; entries of one moment are one."""
    ages = [dt.timedelta(0), *[DAY] * 12, 2 * DAY, 3 * DAY]
    assert wait(after(None, FEED, answer(), content(*ages), NOW)) == 6 * HOUR


def test_a_silent_feed_is_asked_less():
    """A quarter of the silence, up to the slowest pace; news make it fast again."""
    state = after(None, FEED, answer(), content(DAY, DAY + HOUR), NOW)
    assert wait(state) == 6 * HOUR
    later = NOW + 30 * DAY
    state = after(state, FEED, answer(304, {}, at=later), None, later)
    assert wait(state) == 20 * HOUR
    fresh = content(dt.timedelta(0), HOUR, at=later)
    assert wait(after(state, FEED, answer(at=later), fresh, later)) == HOUR


def test_a_wait_no_server_can_ask_for_is_a_wrong_clock():
    """A run whose clock stood in 2038 does not silence a feed for years."""
    state = replace(read(), next_poll=NOW + 4_000 * DAY)
    assert is_due(state, FEED, NOW)
    assert not is_due(replace(state, next_poll=NOW + 6 * DAY), FEED, NOW)


# ------------------------------------------------------------------------- failures


def fail(state: FeedState, times: int, status: int = 500) -> list[dt.timedelta]:
    waits = []
    at = NOW
    for _ in range(times):
        state = after(state, FEED, answer(status, {}, at=at), None, at)
        waits.append(wait(state))
        at += waits[-1]
    return waits


@pytest.mark.parametrize("status", [404, 429, 500, 503])
def test_failures_back_off_and_recover(status):
    """From an hour, doubled each time, to less than a day; one success ends it."""
    waits = fail(read(), 12, status)
    for number, waited in enumerate(waits):
        least = min(HOUR * 2**number, 16 * HOUR)
        assert least <= waited <= 1.25 * least
    state = after(read(), FEED, answer(status, {}), None, NOW)
    assert (state.failures, state.error) == (1, f"the server answered {status}")
    assert state.last_success == NOW
    assert wait(read(state)) == HOUR


def test_jitter_spreads_feeds_and_repeats():
    """Feeds that fail together come back apart, the same way in every run."""
    feeds = [Feed(url=URL, slug=f"tides-{number}") for number in range(20)]
    known = [replace(read(), feed=feed.slug) for feed in feeds]
    first = [
        after(state, feed, answer(500, {}), None, NOW)
        for state, feed in zip(known, feeds, strict=True)
    ]
    again = [
        after(state, feed, answer(500, {}), None, NOW)
        for state, feed in zip(known, feeds, strict=True)
    ]
    assert first == again
    assert len({wait(state) for state in first}) == 20


@pytest.mark.parametrize(
    ("value", "expected"),
    [("36000", 10 * HOUR), ("Fri, 24 Apr 2026 16:00:00 GMT", 10 * HOUR), ("9" * 30, 7 * DAY)],
)
def test_retry_after_is_obeyed(value, expected):
    """Seconds or a date, a week at most."""
    state = after(read(), FEED, answer(429, {"retry-after": value}), None, NOW)
    assert wait(state) == expected


def test_freshness_of_a_refusal_is_obeyed():
    """Two days on a 429 are two days."""
    state = after(read(), FEED, answer(429, {"cache-control": "max-age=172800"}), None, NOW)
    assert wait(state) == 2 * DAY


def test_many_failures_do_not_overflow():
    """A feed that has been dead for years still has a next poll."""
    state = after(replace(read(), failures=10**6), FEED, answer(404, {}), None, NOW)
    assert 16 * HOUR <= wait(state) <= 20 * HOUR


def test_410_ends_polling():
    """For good, unless a person asks by force and it is there again."""
    state = after(read(), FEED, answer(410, {}), None, NOW)
    assert state.gone
    assert not is_due(state, FEED, NOW + 3_000 * DAY)
    assert is_due(state, FEED, NOW, force=True)
    assert not read(state).gone


def test_a_document_that_is_no_feed_is_a_failure_and_stays_one():
    """Its validators are kept, so that it is not read again and again; 304 does not heal it."""
    state = after(None, FEED, answer(), None, NOW)
    assert (state.failures, state.error) == (1, "not a feed that can be read")
    assert state.etag == VALIDATORS["etag"]
    later = NOW + 2 * HOUR
    state = after(state, FEED, answer(304, {}, at=later), None, later)
    assert (state.failures, state.error) == (2, "not a feed that can be read")
    assert state.last_success == later
    assert read(state, at=NOW + DAY).error == ""


def test_a_document_that_was_given_up_is_asked_for_whole_a_day_later():
    """ "Not modified" would leave it unread for good."""
    state = after(read(), FEED, answer(at=NOW + HOUR), None, NOW + HOUR, gave_up=True)
    asked = ask(state, FEED)
    assert (asked.etag, asked.last_modified) == ("", "")
    assert not is_due(state, FEED, NOW + DAY)
    assert is_due(state, FEED, NOW + HOUR + DAY)
    again = after(state, FEED, answer(at=NOW + 2 * DAY), EMPTY, NOW + 2 * DAY)
    assert (again.error, again.etag) == ("", VALIDATORS["etag"])


def test_304_after_a_failed_connection_is_good():
    """What could not be reached for an hour can be read."""
    state = after(read(), FEED, unreached(NOW + HOUR), None, NOW + HOUR)
    later = NOW + 3 * HOUR
    assert after(state, FEED, answer(304, {}, at=later), None, later).error == ""


# --------------------------------------------------------------------------- moves

NEW = "https://tides.example/new"


def moved(times: int, feed: Feed = FEED) -> FeedState:
    state = None
    for number in range(times):
        at = NOW + DAY * number
        state = after(state, feed, answer(at=at, moved_to=NEW), EMPTY, at)
    assert state is not None
    return state


def test_a_move_is_believed_once_it_repeats():
    """Until then the feed's own address is asked."""
    assert ask(moved(MOVES_TO_KEEP - 1), FEED).url == URL
    state = moved(MOVES_TO_KEEP)
    assert ask(state, FEED) == Ask(NEW, *VALIDATORS.values())
    then = after(state, FEED, answer(304, {}, url=NEW), None, NOW)
    assert ask(then, FEED).url == NEW


@pytest.mark.parametrize("other", ["", "https://elsewhere.example/"])
def test_a_move_that_does_not_repeat_is_forgotten(other):
    """An answer without it, or with another target, starts the count again."""
    state = after(moved(MOVES_TO_KEEP - 1), FEED, answer(moved_to=other), EMPTY, NOW)
    assert (state.moved_to, state.moved_count) == (other, 1 if other else 0)


def test_a_failure_before_it_is_kept_does_not_count():
    """Polls that failed say nothing of moves."""
    state = after(moved(2), FEED, answer(500, {}), None, NOW)
    assert (state.moved_to, state.moved_count) == (NEW, 2)


@pytest.mark.parametrize("status", [404, 410, 500])
def test_a_new_address_that_fails_is_given_up(status):
    """The next poll goes to the feed's own; 410 there alone is the feed's end."""
    state = after(moved(MOVES_TO_KEEP), FEED, answer(status, {}, url=NEW), None, NOW)
    assert ask(state, FEED).url == URL
    assert not state.gone


def test_a_new_address_that_moves_on_is_counted_anew():
    """From the feed's own address again, until the new chain has repeated."""
    further = "https://tides.example/newer"
    state = after(moved(MOVES_TO_KEEP), FEED, answer(url=NEW, moved_to=further), EMPTY, NOW)
    assert (state.moved_to, state.moved_count) == (further, 1)
    assert ask(state, FEED).url == URL


def test_a_feed_with_a_secret_is_asked_at_its_own_address():
    """No redirect decides where a secret goes."""
    private = replace(FEED, auth=Auth(env="TOKEN"))
    assert ask(moved(MOVES_TO_KEEP, private), private).url == URL


# ------------------------------------------------------------------------ over time


@pytest.mark.parametrize("validators", [VALIDATORS, {"etag": '"a"'}, {}])
@pytest.mark.parametrize("max_age", [0, 43_200])
@pytest.mark.parametrize("failing", [False, True])
def test_thirty_days_of_hourly_runs_keep_the_rules(validators, max_age, failing):
    """
    No request too early by any rule of the server's owner, and yet every day has one.

    The runs start at odd minutes; every tenth answer may be a 503 that says when to return.
    """
    fresh = {"cache-control": f"max-age={max_age}"}
    state: FeedState | None = None
    asked: list[tuple[dt.datetime, bool]] = []
    not_before = NOW
    for hour in range(30 * 24):
        at = NOW + HOUR * hour + dt.timedelta(seconds=(hour * 977) % 1_500)
        if not is_due(state, FEED, at):
            continue
        request = ask(state, FEED)
        conditional = bool(request.etag or request.last_modified)
        if asked:
            assert at - asked[-1][0] >= HOUR
            assert (request.etag, request.last_modified) == (
                validators.get("etag", ""),
                validators.get("last-modified", ""),
            )
        full = [time for time, was_conditional in asked if not was_conditional]
        assert conditional or not full or at - full[-1] >= DAY
        assert at >= not_before
        asked.append((at, conditional))
        if failing and len(asked) % 10 == 9:
            fetched, found, held = answer(503, {"retry-after": "10800"}, at=at), None, 10_800
        elif conditional and hour % 50:
            fetched, found, held = answer(304, fresh, at=at), None, max_age
        else:
            fetched = answer(headers={**validators, **fresh}, at=at)
            found, held = content(HOUR, 3 * HOUR, 5 * HOUR, at=at), max_age
        not_before = at + dt.timedelta(seconds=held)
        state = after(state, FEED, fetched, found, at)
    days = {(at - NOW).days for at, _ in asked}
    assert len(asked) >= 14
    assert len(days) >= (30 if validators else 14)


def test_deciding_loads_no_http_library():
    """`digest status` asks what is due without paying for the network's libraries."""
    code = (
        "import sys, digest.fetch; digest.fetch.is_due; "
        "heavy = {'httpx2', 'h11', 'anyio', 'asyncio', 'protego', 'brotli'}; "
        "print(sorted(heavy & set(sys.modules))); "
        "digest.fetch.Door; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "['asyncio', 'brotli']"]

"""What servers ask for in headers, read from whatever they write there."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetch.freshness import LONGEST, hold

from .conftest import NOW

IN_AN_HOUR = "Fri, 24 Apr 2026 07:00:00 GMT"
WEEK_S = 7 * 86_400


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=43200"}, 43_200),
        ({"cache-control": 'public, Max-Age = "600", must-revalidate'}, 600),
        ({"cache-control": "s-maxage=99999"}, 0),
        ({"cache-control": "max-age=600, no-cache"}, 0),
        ({"cache-control": "no-store", "expires": IN_AN_HOUR}, 0),
        ({"cache-control": "max-age=-5"}, 0),
        ({"cache-control": "max-age=31536000"}, WEEK_S),
        ({"cache-control": "max-age=" + "9" * 10_000}, WEEK_S),
        ({"expires": IN_AN_HOUR}, 3_600),
        ({"cache-control": "max-age=60", "expires": IN_AN_HOUR}, 60),
        ({"expires": "Sat, 24 Apr 2027 07:00:00 GMT"}, WEEK_S),
        ({"expires": "Fri, 24 Apr 2020 07:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
        ({"expires": "Fri, 24 Apr 99999999999999999999 07:00:00 GMT"}, 0),
        ({"expires": "Thu, 99 Foo 99999 99:99:99 GMT"}, 0),
        ({"expires": IN_AN_HOUR, "date": "Fri, 24 Apr 2026 06:30:00 GMT"}, 1_800),
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 120 "}, 120),
        ({"retry-after": IN_AN_HOUR}, 3_600),
        ({"retry-after": "Fri, 24 Apr 2026 09:00:00 +0200"}, 3_600),
        ({"retry-after": "Fri, 24 Apr 2026 07:00:00"}, 3_600),
        ({"retry-after": "99999999999999999999"}, WEEK_S),
        ({"retry-after": "9" * 10_000}, WEEK_S),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 -2359"}, WEEK_S),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 -9999"}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "1.5"}, 0),
        ({"retry-after": "120, 120"}, 0),
        ({"retry-after": "\u00b2"}, 0),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "60", "cache-control": "max-age=172800"}, 172_800),
        ({"retry-after": "600", "cache-control": "max-age=60"}, 600),
    ],
)
def test_headers_are_read(headers, seconds):
    """The longer of freshness and Retry-After, from nothing to a week."""
    assert hold(headers, NOW) == dt.timedelta(seconds=seconds)


@given(
    st.dictionaries(st.sampled_from(["cache-control", "expires", "retry-after", "date"]), st.text())
)
def test_no_value_breaks_it(headers):
    """Whatever stands there, the answer is a time within bounds."""
    assert dt.timedelta(0) <= hold(headers, NOW) <= LONGEST

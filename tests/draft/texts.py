"""Articles that the drafter is tested on, written for these tests."""

from __future__ import annotations

from .making import document

LAUNCH = """
Last autumn the Harbour team was still selling the third version of its scheduler. Harbour 4
is out today and cuts the price of a scheduled job to $0.02, a fifth of what it cost before.

I was on a train when the news came. It made me laugh. Here's the announcement:

# What it costs

Harbour 4 is the cheapest hosted scheduler for small teams, at $9 per month for 1,000 jobs.
They charge $0.02 for every job beyond that. The old plan cost $45 per month and allowed 400 jobs.

| Plan | Price | Jobs
| Small | $9 | 1,000
| Medium | $29 | 5,000
| Large | $90 | 25,000

# How it works

The scheduler keeps its queue in SQLite and replays the write-ahead log after a crash. A crash
test of 10,000 kills lost no job, according to the team's report. You can see the chart below.
Workers ask for jobs over plain HTTP, which makes them easy to write in any language. This is
what many users had wished for.

The choice of SQLite was easy, as the engineer Maria Holt explains:

> We wanted a store that an operator can copy with one command. Nothing else came close in tests.

# What is missing

Harbour 4 has no regions outside Europe, and the team plans none before the summer of 2027.
Single sign-on costs $30 per month on top of every plan. Does that matter? Subscribe to my
newsletter for more. See https://harbour.example/pricing for details.
The team promises security updates for the third version until the end of 2026.
"""

OTHER = """
Harbour has rebuilt its scheduler around SQLite, and rivals will feel the price. Analysts at
Northgate expect Harbour to win about 4,000 customers from larger services within a year. The
firm had 1,100 paying customers in March, according to its annual report.

The company raised $6 million in February from two Danish funds. Its founders worked at a
shipping line before.
"""

THIN = """
I went to the harbour today. It was fun! Here's a picture: I'm keeping an eye on the boats.
They were great, and I hope to be back next week with more. This is what I like about them.
"""


def launch():
    return document(
        LAUNCH,
        url="https://acme.example/harbour-4",
        title="Harbour 4: the scheduler for a fifth of the price",
        publisher="acme.example",
        author="Ada Lind",
    )


def other():
    return document(
        OTHER,
        url="https://news.example/harbour",
        title="Harbour rebuilds its scheduler",
        publisher="news.example",
    )

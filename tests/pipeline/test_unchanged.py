"""A changed feed has its new posts read alone, and the store holds what reading all would give."""

from __future__ import annotations

import datetime as dt
import random
from html import escape
from pathlib import Path

import pytest

from digest.extract.feed import entries
from digest.settings import Feed
from digest.store import FILE, Store
from digest.types import FeedContent
from tests.pipeline.dumps import dump

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
FEED = Feed(url="https://mill.example/feed", slug="mill")
LINKS = (
    "https://mill.example/{}", "https://mill.example/{}", "https://mill.example/{}",
    "https://mill.example/changes#{}", "https://mill.example/same", "https://other.example/{}",
    "", "https://mill.example/{}?utm_source=rss", "https://sponsor.example/",
)  # fmt: skip
BODIES = (
    "<p>The mill grinds on Saturdays, says post {}.</p>",
    "<p>Post {} has a <a href='https://sponsor.example/'>sponsor</a>.</p>",
    "<p>Post {} points to <a href='https://far.example/{}'>a page far away</a>.</p>",
    "<script>x</script><p hidden>{}</p>",
    "",
    "Words of post {} without any markup.",
    "<p>Long. " + "Words and words. " * 60 + "{}</p>",
)


def poll(store: Store, body: bytes, now: dt.datetime, *, is_short: bool) -> FeedContent:
    """What a run does with an answer; reading what is known again unless `is_short`."""
    known = store.readings.known(FEED.slug) if is_short else {}
    content = entries(body, FEED, url=FEED.url, known=known)
    with store.transaction():
        new, _ = store.entries.put(content.entries, now)
        store.readings.keep(FEED.slug, content, new)
    return content


def item(number: int, chance: random.Random) -> dict[str, str]:
    """A post, mostly of its own id and address."""
    id_ = chance.choice((f"id-{number}", f"id-{number}", f"id-{number}", "", f"id-{number % 3}"))
    return {
        "guid": id_,
        "title": chance.choice((f"Post {number}", f"Post {number}", "The same title", "")),
        "link": chance.choice(LINKS).format(number),
        "description": chance.choice(BODIES).format(number, number),
        "pubDate": chance.choice((f"2026-05-{1 + number % 28:02}", "2026-07-01", "")),
        "category": chance.choice(("", "mills")),
    }


def edited(post: dict[str, str], chance: random.Random) -> dict[str, str]:
    name = chance.choice(list(post))
    return post | {name: item(chance.randrange(12), chance)[name]}


def rss(posts: list[dict[str, str]], site: str, language: str) -> bytes:
    said = "".join(
        "<item>"
        + "".join(f"<{name}>{escape(said)}</{name}>" for name, said in post.items() if said)
        + "</item>"
        for post in posts
    )
    return (
        f"<rss version='2.0'><channel><title>Mill</title><link>{site}</link>"
        f"<language>{language}</language>{said}</channel></rss>"
    ).encode()


def history(number: int) -> list[bytes]:
    """Documents of one feed, each a few edits after the one before."""
    chance = random.Random(number)
    posts = [item(n, chance) for n in range(chance.randint(1, 8))]
    gone = list[dict[str, str]]()
    site, language = "https://mill.example/", "en"
    made = [rss(posts, site, language)]
    for n in range(6):
        for _ in range(chance.randint(0, 3)):
            kind = chance.random()
            if kind < 0.4 or not posts:
                posts.insert(0, item(20 + 10 * n + chance.randrange(10), chance))
            elif kind < 0.6:
                at = chance.randrange(len(posts))
                posts[at] = edited(posts[at], chance)
            elif kind < 0.75:
                gone.append(posts.pop(chance.randrange(len(posts))))
            elif kind < 0.85 and gone:
                posts.append(gone.pop())
            elif kind < 0.95:
                chance.shuffle(posts)
            else:
                site = chance.choice((site, "https://other.example/", ""))
                language = chance.choice(("en", "de"))
        made.append(rss(posts, site, language))
    return made


def test_the_store_holds_what_reading_all_would_give(tmp_path: Path) -> None:
    """Edits, ids and addresses that are shared, sponsors, posts that go and come back."""
    left_out = 0
    for number in range(40):
        short, full = tmp_path / f"s{number}", tmp_path / f"f{number}"
        for folder in (short, full):
            folder.mkdir()
        with Store(short / FILE) as quick, Store(full / FILE) as slow:
            for n, body in enumerate(history(number)):
                left_out += len(poll(quick, body, NOW + n * HOUR, is_short=True).unchanged)
                poll(slow, body, NOW + n * HOUR, is_short=False)
                assert dump(short) == dump(full), (number, n)
    assert left_out > 300


def test_a_new_post_is_read_alone(tmp_path: Path) -> None:
    """The others are known, and their dates still count; a new version of digest reads all."""
    posts = [
        item(n, random.Random(n))
        | {"guid": f"id-{n}", "link": f"https://mill.example/{n}"}
        | {"description": BODIES[0].format(n), "pubDate": f"2026-05-0{n + 1}"}
        for n in range(5)
    ]
    with Store(tmp_path / FILE) as store:
        poll(store, rss(posts[1:], "https://mill.example/", "en"), NOW, is_short=True)
        body = rss(posts, "https://mill.example/", "en")
        content = poll(store, body, NOW + HOUR, is_short=True)
        assert [entry.id for entry in content.entries] == ["id-0"]
        assert len(content.unchanged) == 4
        assert {post.published for post in content.unchanged} == {
            dt.datetime(2026, 5, day, tzinfo=dt.UTC) for day in (2, 3, 4, 5)
        }
        again = poll(store, body, NOW + HOUR, is_short=True)
        assert (again.entries, len(again.unchanged)) == ((), 5)
        assert store.entries.counts() == {"mill": 5}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("digest.extract.feed.__version__", "99")
            content = poll(store, body, NOW + HOUR, is_short=True)
        assert (len(content.entries), content.unchanged) == (5, ())

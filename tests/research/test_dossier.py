"""The documents of a story: what comes first, what is read, what could not be."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from digest.errors import FetchError
from digest.research import Shelf, dossier
from digest.types import Document, Dossier, Entry, Story
from tests.draft.making import document, entry

PAGE = document("The page tells the news.", url="https://maker.example/news", publisher="maker")
POST = document("A post about the page.", url="https://blog.example/post", publisher="blog")
PAPER = document("The paper tells it too.", url="https://paper.example/a", publisher="paper")
SISTER = document("The blog again.", url="https://blog.example/again", publisher="blog")


class Reader:
    """Pages by address; it keeps what it was asked for."""

    def __init__(self, pages: Mapping[str, Document]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def __call__(self, url: str) -> Document | FetchError:
        self.asked.append(url)
        return self.pages.get(url) or FetchError(url, "the server answered 404")


def gather(
    entries: tuple[Entry, ...], texts: tuple[Document, ...], reader: Reader, **more
) -> Dossier:
    story = Story(entries, 1.0)
    return asyncio.run(dossier(story, Shelf({t.id: t for t in texts}), reader, **more))


def test_a_link_post_is_about_the_page_it_points_to() -> None:
    """S1 is the page, S2 the post."""
    post = entry("blog", "Look at this", POST, points_to=PAGE.url)
    found = gather((post,), (POST,), Reader({PAGE.url: PAGE}))
    assert found.documents == (PAGE, POST)
    assert found.unread == ()


def test_a_page_that_cannot_be_read_is_named_with_its_reason() -> None:
    """The post is left as S1, and nobody can overlook why."""
    post = entry("blog", "Look at this", POST, points_to=PAGE.url)
    found = gather((post,), (POST,), Reader({}))
    assert found.documents == (POST,)
    assert found.unread == ((PAGE.url, "the server answered 404"),)


def test_a_page_at_hand_is_not_read_again() -> None:
    """The store's document serves, under any spelling of its address."""
    post = entry(
        "blog", "Look at this", POST, points_to="http://www.maker.example/news?utm_source=x"
    )
    reader = Reader({})
    found = gather((post,), (POST, PAGE), reader)
    assert found.documents == (PAGE, POST)
    assert reader.asked == []


def test_other_publishers_come_first() -> None:
    """After the lead's text: other publishers before the same one, each text once."""
    entries = (
        entry("blog", "One", POST),
        entry("blog", "Two", SISTER),
        entry("paper", "Three", PAPER),
        entry("mirror", "Three again", PAPER),
    )
    found = gather(entries, (POST, SISTER, PAPER), Reader({}))
    assert found.documents == (POST, PAPER, SISTER)


def test_an_entry_without_text_is_read_at_its_address() -> None:
    """A feed that gives titles alone still gives documents."""
    lead = entry("paper", "Three", url=PAPER.url)
    reader = Reader({PAPER.url: PAPER})
    assert gather((lead,), (), reader).documents == (PAPER,)
    assert reader.asked == [PAPER.url]


def test_pages_are_bound() -> None:
    """A story of many link posts opens so many pages and says which it did not."""
    entries = tuple(entry(f"f{n}", f"Post {n}", url=f"https://f{n}.example/p") for n in range(9))
    reader = Reader({})
    found = gather(entries, (), reader, pages=4)
    assert len(reader.asked) == 4
    assert len(found.unread) == 9
    assert found.unread[-1][1] == "as many pages as allowed were opened"


def test_a_page_without_words_is_unread() -> None:
    """A document with nothing in it is no evidence."""
    empty = document("…", url=PAGE.url)
    post = entry("blog", "Look at this", POST, points_to=PAGE.url)
    found = gather((post,), (POST,), Reader({PAGE.url: empty}))
    assert found.documents == (POST,)
    assert found.unread == ((PAGE.url, "the page has no readable text"),)


def test_a_story_without_any_text_has_no_documents() -> None:
    """Nothing is made up for it."""
    found = gather((entry("blog", "Only a title", url=""),), (), Reader({}))
    assert found.documents == ()


LINKS = """
See [the crash test of ten thousand kills](https://lab.example/crash) and
[the crash test, again](https://lab.example/crash?utm_source=feed), [here](https://a.example/x),
[Read more](https://b.example/x), [our own archive](https://blog.example/archive),
[share on social media](https://twitter.com/share), [a nice photo](https://c.example/p.jpg),
[for schedulers and queues](https://h.example/1), [provenance receipt](https://i.example/1),
[tried to animate it](https://j.example/1), [the weblog of Ada Example](https://ada.example/),
[Ada Example](https://github.com/ada),
[https://d.example/raw](https://d.example/raw), [the maker's announcement](https://maker.example/news),
[annual report of Northgate](https://northgate.example/report), [pricing tables compared](https://e.example/1),
[history of schedulers](https://e.example/2), [queue theory basics](https://e.example/3),
[write-ahead logs explained](https://e.example/4), [one link beyond the limit](https://e.example/5).
"""


def test_links_for_further_reading() -> None:
    """To other hosts, each page once, with an anchor that says something, six at most."""
    post = document(LINKS, url="https://blog.example/post", publisher="blog")
    found = gather((entry("blog", "Links", post),), (post,), Reader({}))
    assert found.links == (
        ("the crash test of ten thousand kills", "https://lab.example/crash"),
        ("the maker's announcement", "https://maker.example/news"),
        ("annual report of Northgate", "https://northgate.example/report"),
        ("pricing tables compared", "https://e.example/1"),
        ("history of schedulers", "https://e.example/2"),
        ("queue theory basics", "https://e.example/3"),
    )


def test_a_document_of_the_story_is_no_further_reading() -> None:
    """What the feature already rests on is in its notes."""
    post = document(LINKS, url="https://blog.example/post", publisher="blog")
    lead = entry("blog", "Links", post, points_to=PAGE.url)
    found = gather((lead,), (post,), Reader({PAGE.url: PAGE}))
    assert PAGE.url not in [url for _, url in found.links]


def test_a_denial_comes_last_and_is_no_telling() -> None:
    """What denies the story stands after all that tells it, whoever published it."""
    denial = document("The maker denies it.", url="https://news.example/no", publisher="news")
    posts = (entry("blog", "A rumour", POST), entry("blog", "Again", SISTER))
    story = Story(posts, 1.0, answers=(entry("news", "Maker denies it", denial),))
    shelf = Shelf({each.id: each for each in (POST, SISTER, denial)})
    found = asyncio.run(dossier(story, shelf, Reader({})))
    assert found.documents == (POST, SISTER, denial)
    assert found.story.entries == posts


def test_a_story_told_by_many_keeps_room_for_its_denial() -> None:
    texts = [
        document(f"Teller {n} writes of it.", url=f"https://t{n}.example/", publisher=f"t{n}")
        for n in range(12)
    ]
    *told, denial = texts
    posts = tuple(entry(each.publisher, "A rumour", each) for each in told)
    story = Story(posts, 1.0, answers=(entry("t11", "It denies", denial),))
    shelf = Shelf({each.id: each for each in texts})
    found = asyncio.run(dossier(story, shelf, Reader({})))
    assert found.documents == (*told[:7], denial)

"""
Which page an entry is about, in the forms that well-known feeds have.

Each row is an item as such a feed writes it, in its markup, with words of our own.
"""

from __future__ import annotations

from html import escape

import pytest

from digest.extract.feed import entries
from digest.settings import Feed

NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    ' xmlns:yt="http://www.youtube.com/xml/schemas/2015"'
)


def rss(site: str, *items: str) -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {NAMES}><channel><title>Feed</title>'
        f"<link>{site}</link>{inner}</channel></rss>"
    )


def item(title: str, link: str, html: str, more: str = "") -> str:
    return (
        f"<title>{title}</title><link>{link}</link><description>{escape(html)}</description>{more}"
    )


def atom(site: str, *items: str) -> str:
    inner = "".join(f"<entry>{item}</entry>" for item in items)
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" {NAMES}>'
        f'<title>Feed</title><link rel="alternate" type="text/html" href="{site}"/>{inner}</feed>'
    )


def entry(title: str, link: str, html: str, more: str = "") -> str:
    content = f'<content type="html">{escape(html)}</content>' if html else ""
    return (
        f"<title>{title}</title><id>{link}</id>"
        f'<link rel="alternate" type="text/html" href="{link}"/>{content}{more}'
    )


def read(document: str) -> list[str]:
    """What each entry points to."""
    feed = Feed(url="https://feed.example/feed.xml", slug="f")
    return [one.points_to for one in entries(document.encode(), feed, url=feed.url).entries]


HN = "https://news.ycombinator.com/"
HN_TALK = f'<a href="{HN}item?id=1">Comments</a>'
HN_FOOT = f'<p>Comments URL: <a href="{HN}item?id=1">{HN}item?id=1</a></p><p>Points: 5</p>'
FILE = "https://one.example/file"
LOBSTERS = "https://lobste.rs/"
LOBSTERS_TALK = f'<p><a href="{LOBSTERS}s/a1/one_file">Comments</a></p>'
TECHMEME = (
    '<A HREF="https://paper.example/2026/chips"><IMG VSPACE="4" HSPACE="4" BORDER="0" '
    'ALIGN="RIGHT" SRC="http://www.techmeme.com/260424/i12.jpg"></A>\n'
    '<P><A HREF="http://www.techmeme.com/260424/p12#a260424p12" TITLE="Techmeme permalink"><IMG '
    'WIDTH=11 HEIGHT=12 SRC="http://www.techmeme.com/img/pml.png"></A> Ann Writer / '
    '<A HREF="http://www.paper.example/">The Paper</A>:<BR>\n<SPAN STYLE="font-size:1.3em;"><B>'
    '<A HREF="https://paper.example/2026/chips">Sources: a maker of chips plans a plant</A></B>'
    "</SPAN>&nbsp; &mdash;&nbsp; The maker plans to spend two billions on a plant, people say.</P>"
)
CLOCKS = "https://www.reddit.com/r/clocks/"
THREAD = f"{CLOCKS}comments/a3/a_thread/"
REDDIT = (
    'submitted by <a href="https://www.reddit.com/user/tick"> /u/tick </a> <br/> <span>'
    f'<a href="{{}}">[link]</a></span> &#32; <span><a href="{THREAD}">[comments]</a></span>'
)
REPOSITORY = "https://github.com/acme/clock/"
V2 = f"{REPOSITORY}releases/tag/v2"
NOTES = (
    '<h2>What\'s Changed</h2><ul><li>Mend the escapement by <a class="user-mention" '
    f'href="https://github.com/tick">@tick</a> in <a class="issue-link" href="{REPOSITORY}pull/7">'
    f'#7</a></li></ul><p><strong>Full Changelog</strong>: <a href="{REPOSITORY}compare/v1...v2">'
    "<tt>v1...v2</tt></a></p>"
)
CHANNEL = "https://www.youtube.com/channel/UC1"
VIDEO = (
    "<yt:videoId>x1</yt:videoId><author><name>Tick</name></author><media:group><media:description>"
    "A clock apart.\n\nSponsor: https://sponsor.example/tick</media:description></media:group>"
)
EPISODE = (
    '<p>We talk with a maker of clocks.</p><p>Support us on <a href="https://www.patreon.com/tick">'
    "Patreon</a></p>"
)
MP3 = '<enclosure url="https://cdn.example/7.mp3" length="1" type="audio/mpeg"/>'
TRANSCRIPT = '<podcast:transcript url="{}" type="{}"/>'
ABSTRACT = (
    "arXiv:2404.12345v1 Announce Type: new \nAbstract: We weigh words, and find that they are "
    "heavy. Code is at https://github.com/acme/words"
)
PAPER = "https://arxiv.org/abs/2404.12345"
BLOG = "https://blog.example/"


@pytest.mark.parametrize(
    ("document", "target"),
    [
        pytest.param(
            rss(HN, item("One file", FILE, HN_TALK, f"<comments>{HN}item?id=1</comments>")),
            FILE, id="Hacker News: a link"),
        pytest.param(
            rss(HN, item("Ask HN: Which clock?", f"{HN}item?id=1", HN_TALK)),
            "", id="Hacker News: a question"),
        pytest.param(
            rss(HN, item("How a clock ticks", "https://youtu.be/x1", HN_TALK)),
            "https://youtu.be/x1", id="Hacker News: a video"),
        pytest.param(
            rss(HN, item("One file", FILE,
                         f'<p>Article URL: <a href="{FILE}">{FILE}</a></p>{HN_FOOT}')),
            FILE, id="hnrss: a link"),
        pytest.param(
            rss(HN, item("Show HN: A clock", f"{HN}item?id=1",
                         "<p>I made a clock. It uses <a href='https://github.com/acme'>our parts"
                         f"</a>.</p><hr>{HN_FOOT}")),
            "", id="hnrss: words and an account"),
        pytest.param(
            rss(LOBSTERS, item("One file", FILE, LOBSTERS_TALK,
                               f"<guid>{LOBSTERS}s/a1</guid><category>databases</category>")),
            FILE, id="Lobsters: a link"),
        pytest.param(
            rss(LOBSTERS, item("What do you do?", f"{LOBSTERS}s/a1/what_do_you_do",
                               f"<p>Feel free to tell.</p>{LOBSTERS_TALK}")),
            "", id="Lobsters: a question"),
        pytest.param(
            rss("http://www.techmeme.com/",
                item("Sources: a maker of chips plans a plant (Ann Writer/The Paper)",
                     "http://www.techmeme.com/260424/p12#a260424p12", TECHMEME)),
            "https://paper.example/2026/chips", id="Techmeme"),
        pytest.param(
            atom(CLOCKS, entry("A thread", THREAD, REDDIT.format("https://clocks.example/x"))),
            "https://clocks.example/x", id="Reddit: a link"),
        pytest.param(
            atom(CLOCKS, entry("A thread", THREAD,
                               f"<p>Which oil do you use?</p>{REDDIT.format(THREAD)}")),
            "", id="Reddit: a question"),
        pytest.param(
            atom(f"{REPOSITORY}releases", entry("v2", V2, NOTES)),
            "", id="GitHub release: notes"),
        pytest.param(
            atom(f"{REPOSITORY}releases",
                 entry("v2", V2, "<p>See the <a href='https://acme.example/blog/clock-2'>release "
                                 "notes</a>.</p>")),
            "https://acme.example/blog/clock-2", id="GitHub release: notes elsewhere"),
        pytest.param(
            atom(f"{REPOSITORY}releases",
                 entry("v2", V2, "<p>Mends <a href='https://nvd.example/CVE-2026-1'>CVE-2026-1</a> "
                                 "in the striking train, found by a reader.</p>")),
            "", id="GitHub release: a reference"),
        pytest.param(
            atom(f"{REPOSITORY}commits/main",
                 entry("Oil the wheels", f"{REPOSITORY}commit/abc",
                       "<p>Closes <a href='https://github.com/other/oil/issues/3'>oil 3</a>.</p>")),
            "", id="GitHub commits"),
        pytest.param(
            atom(CHANNEL, entry("How a clock ticks", "https://www.youtube.com/watch?v=x1", "",
                                VIDEO)),
            "", id="YouTube"),
        pytest.param(
            rss("https://tick.example/",
                item("Episode 7", "https://pods.example/e/7", EPISODE, MP3)),
            "", id="podcast: page at its host"),
        pytest.param(
            atom("https://tick.example/",
                 entry("Episode 7", "https://pods.example/e/7", EPISODE,
                       '<link rel="enclosure" type="audio/mpeg" href="https://cdn.example/7.mp3"/>')),
            "", id="podcast in Atom: page at its host"),
        pytest.param(
            rss("https://tick.example/",
                item("Episode 7", "https://tick.example/7", EPISODE,
                     MP3 + TRANSCRIPT.format("https://tick.example/7/words", "text/html"))),
            "https://tick.example/7/words", id="podcast: transcript"),
        pytest.param(
            rss("https://tick.example/",
                item("Episode 7", "https://tick.example/7", EPISODE,
                     MP3 + TRANSCRIPT.format("/7.vtt", "text/vtt"))),
            "https://feed.example/7.vtt", id="podcast: transcript with times"),
        pytest.param(
            rss("http://rss.arxiv.org/rss/cs.CL",
                item("On the Weight of Words", PAPER, ABSTRACT,
                     '<guid isPermaLink="false">oai:arXiv.org:2404.12345v1</guid>')),
            "https://arxiv.org/pdf/2404.12345", id="arXiv listing"),
        pytest.param(
            atom("https://arxiv.org/",
                 entry("On the Weight of Words", f"{PAPER}v2", "",
                       '<link rel="related" type="application/pdf" title="pdf" href="https://arxiv'
                       '.org/pdf/2404.12345v2"/><summary>We weigh words.</summary>')),
            "https://arxiv.org/pdf/2404.12345v2", id="arXiv interface"),
        pytest.param(
            rss(HN, item("On the Weight of Words", PAPER, HN_TALK)),
            PAPER, id="Hacker News: a paper"),
        pytest.param(
            atom("https://social.example/@tick",
                 entry("a", "https://social.example/@tick/1",
                       '<p>Worth your hour: <a href="https://clocks.example/long-read">clocks.'
                       'example/long-read</a> <a href="https://social.example/tags/clocks">#clocks'
                       "</a></p>")),
            "https://clocks.example/long-read", id="Mastodon: a link"),
        pytest.param(
            rss(BLOG, item("On oil", f"{BLOG}oil",
                           f'<p>The first lines.</p><p><a href="{HN}item?id=9">Discuss on Hacker '
                           "News</a></p>")),
            "", id="a teaser and its discussion"),
        pytest.param(
            rss(BLOG, item("On oil", f"{BLOG}oil",
                           '<p>The first lines.</p><a href="https://twitter.com/intent/tweet?url='
                           f'{BLOG}oil">X</a>')),
            "", id="a teaser and a button"),
        pytest.param(
            rss("https://pins.example/u:tick",
                item("Where oil comes from", "https://oil.example/history", "A short history.",
                     "<guid>https://pins.example/u:tick/b:1</guid>")),
            "https://oil.example/history", id="bookmarks"),
    ],
)  # fmt: skip
def test_known_feeds(document: str, target: str) -> None:
    """Listings name the document behind them; what stands for itself points nowhere."""
    assert read(document) == [target]


def test_json_feeds_have_episodes_too() -> None:
    """An attachment that sounds makes an item stand for itself; a picture does not."""
    for kind, target in (("audio/mpeg", ""), ("image/png", "https://one.example/x")):
        document = (
            '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": '
            '"https://tick.example/", "items": [{"id": "1", "url": "https://tick.example/1", '
            '"content_html": "<p>Hear <a href=\'https://one.example/x\'>this</a>.</p>", '
            f'"attachments": [5, {{"url": "https://tick.example/1.x", "mime_type": "{kind}"}}]}}]}}'
        )
        assert read(document) == [target]


def test_what_most_entries_link_to_is_no_target() -> None:
    """A sponsor under every teaser is furniture; a page that one entry links to is its target."""
    body = "<description>&lt;p&gt;Short. &lt;a href='{}'&gt;Acme&lt;/a&gt;&lt;/p&gt;</description>"
    items = [
        f"<title>Title {n}</title><link>https://blog.example/{n}</link>{body.format(url)}"
        for n, url in enumerate(["https://acme.example/offer"] * 3 + ["https://one.example/x"])
    ]
    assert read(rss("https://blog.example/", *items)) == ["", "", "", "https://one.example/x"]
    assert read(rss("https://blog.example/", *items[2:])) == [
        "https://acme.example/offer",
        "https://one.example/x",
    ]

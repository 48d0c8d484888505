"""The pages of the site: what each must hold, and what no text may do to it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import jinja2
import pytest

from digest.errors import PublishError
from digest.render import RENDERERS, environment, pages
from digest.render.book import Book
from digest.render.shell import Shell
from digest.types import Article, Feature, FeedLine, Front, Issue, Publication, RoundUp
from tests.render.conftest import render
from tests.render.rich_site import RICH, ROTATION
from tests.render.small_site import (
    CONFIG,
    DRAFT,
    EXCERPTS,
    FEATURE,
    FIRST,
    ISSUE,
    OWL,
    PUBLICATION,
    WREN,
)

ISSUE_PAGE = "systems/2026-05-02-fast-clocks/index.html"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


class Reader(HTMLParser):
    """Collects ids, links and what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(values)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "a" or (tag == "link" and values.get("rel") != "canonical"):
            self.links.append(values.get("href") or "")
        if tag in {"script", "img", "iframe", "source", "video", "audio"} and values.get("src"):
            self.links.append(values["src"] or "")


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def html_pages(site: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in site.items() if path.endswith(".html")}


def test_each_renderer_makes_files_of_its_own(env: jinja2.Environment) -> None:
    """Every line of the table gives pages, and no two give the same one."""
    shell = Shell(Book.of(PUBLICATION, CONFIG, env))
    made = {
        name: [page.path for sheet in render_one(shell) for page in sheet.make()]
        for name, render_one in RENDERERS.items()
    }
    paths = [path for group in made.values() for path in group]
    assert [name for name, paths in made.items() if not paths] == ["search"]
    assert len(paths) == len(set(paths))


def test_every_link_within_the_site_arrives(site: Mapping[str, str]) -> None:
    """Relative links lead to files that are there, fragments to ids that are there."""
    for path, html in html_pages(site).items():
        if path == "404.html":
            continue
        for link in read(html).links:
            if urlsplit(link).scheme:
                continue
            target = urljoin(f"https://x.example/{path}", link)
            file = urlsplit(target).path.lstrip("/")
            file = f"{file}index.html" if not file or file.endswith("/") else file
            assert file in site, f"{path} links to {link}"
            if fragment := urlsplit(target).fragment:
                assert fragment in read(site[file]).ids, f"{path} links to {link}"


def test_the_page_for_lost_readers_works_at_any_depth(site: Mapping[str, str]) -> None:
    """Its links begin at the root of the host, under the site's path."""
    local = [link for link in read(site["404.html"]).links if not urlsplit(link).scheme]
    assert all(link.startswith(("/paper/", "#")) for link in local)


def test_pages_keep_the_policy(site: Mapping[str, str]) -> None:
    """A strict policy on each page, and nothing in it that the policy would refuse."""
    for path, html in html_pages(site).items():
        page = read(html)
        assert POLICY in html, path
        assert "style" not in page.tags
        assert not {name for name in page.attributes if name == "style" or name.startswith("on")}
        assert len(set(page.ids)) == len(page.ids), f"{path} has an id twice"
        assert html.count("<h1") == 1, path


def test_sizes(site: Mapping[str, str]) -> None:
    """One stylesheet of 15 kB, a script of 5 kB."""
    assert len(site["assets/style.css"].encode()) <= 15_000
    assert len(site["assets/script.js"].encode()) <= 5_000


def test_an_issue_of_3000_words_has_100_kilobytes(issue_page: Callable[..., str]) -> None:
    """With a note for every other sentence, tables and all."""

    def copy(number: int) -> Feature:
        notes = (
            replace(note, quote=replace(note.quote, start=1000 * number + place))
            for place, note in enumerate(ROTATION.notes)
        )
        return replace(ROTATION, slug=f"copy-{number}", notes=tuple(notes), update_of="")

    page = issue_page(features=tuple(map(copy, range(7))), documents=RICH.documents)
    text = page[page.index("<main") : page.index('<section class="footnotes"')]
    assert len(re.sub(r"<[^>]*>", " ", text).split()) >= 3_000
    assert page.count('<li id="fn-') == 63
    assert len(page.encode()) <= 100_000


@pytest.mark.parametrize(
    "part",
    [
        '<p class="site-name"><a href="../../">Small &amp; Sure</a></p>',
        '<h1 class="headline">Fast clocks, slow lines</h1>',
        "A clock and a lag tell one story.",
        '<time datetime="2026-05-02">2 May 2026</time>',
        "min read",
        "<li>The lag was 90 ms.</li>",
        "they are about <em>looking</em>",
        '<a href="#clocks">A clock that ran fast',
        'id="lag"',
        'Source: <a href="https://owl.example/clocks">The Owl</a> · published <time ',
        '<time datetime="2026-05-01">2026-05-01</time> · also: Wren',
        "<li>Nobody looked at <code>ntp_offset</code>.</li>",
        "<h3>What was seen</h3>",
        "<figcaption>— Owl</figcaption>",
        '<a href="https://www.drift.example/how">How clocks drift</a> <span class="host">drift.',
        'Continues a story of <a href="../../systems/2026-04-30-beginning/#a-clock">',
        'id="r-feed"',
        '<h3 class="theme-head">Running things</h3>',
        "Serving a feed &lt;b&gt;from&lt;/b&gt; home",
        '<span class="excerpt">“It is over.”</span> <span class="excerpt">“We are glad.”</span>',
        '<span class="excerpt">“We saw a lag of 90 ms.”</span>',
        "The lag was not 900 ms.",
        "Written by the language model some-model",
        "<dt>numbers found in the sources</dt><dd>1,204</dd>",
        "1 of 2 feeds read",
        "gone could not be read: the server answered 410",
        "1,200 tokens read and 300 written, $0.01 in all",
        'rel="prev"',
        "<h2>Ada Example</h2>",
        "Reader · Vienna",
        'href="../../systems/atom.xml"',
        "© 2026 Ada Example · small.example · Printed nowhere",
    ],
)
def test_the_issue_has_every_element(site: Mapping[str, str], part: str) -> None:
    assert part in site[ISSUE_PAGE]


def test_an_issue_without_a_model_says_so(site: Mapping[str, str]) -> None:
    page = site["systems/2026-04-30-beginning/index.html"]
    assert "Assembled without a language model: sentences are quoted from the sources." in page
    assert '<p class="dek"><span class="excerpt">“It began.”</span></p>' in page
    assert "<p>1 entry from 1 feed.</p>" in page
    assert "the first issue of this digest" in page
    assert 'rel="next"' in page


def test_sources_fetched_after_the_issues_day(issue_page: Callable[..., str]) -> None:
    """A past day that was built again says why its notes are younger than itself."""
    feeds = (FeedLine("owl", True),)
    assert "That was after" not in issue_page(feeds=feeds)
    late = replace(OWL, fetched_at=dt.datetime(2026, 5, 9, 12, tzinfo=dt.UTC))
    page = re.sub(r"<[^>]*>", "", issue_page(feeds=feeds, documents=(late,)))
    assert "Sources fetched up to 9 May 2026. That was after 30 April 2026: " in page


def test_an_edited_text_is_quoted_nowhere(
    issue_page: Callable[..., str], feature: Callable[..., Feature]
) -> None:
    """Words that a person put in are not shown as words of a source; the page says who."""
    edited = replace(ISSUE.features[1], edited_by="Ada")
    item = RoundUp("x", "X", "", "owl", None, (), "It is over.")
    front = Front("A", "", (), "")
    page = issue_page(
        front=front, features=(edited,), round_ups=(item,), edited=("1-lag.md", "round-ups.md")
    )
    assert "excerpt" not in page
    assert "Edited by Ada." in page
    told = '<a href="#lag">Lag</a>, <a href="#round-ups">Round-ups</a>'
    assert f"Edited by hand: {told}." in page


def test_a_page_to_search_comes_with_the_index_alone(
    site: Mapping[str, str], env: jinja2.Environment
) -> None:
    """Nothing leads to a search that is not there; with one, every page does."""
    assert not [path for path, text in site.items() if "search/" in text or "search/" in path]
    made = render(PUBLICATION, env, with_search=True)
    assert "'wasm-unsafe-eval'" in made["search/index.html"]
    assert all('search/"' in text for text in html_pages(made).values())
    assert "'wasm-unsafe-eval'" not in made["index.html"]


def test_drafts_are_shown_in_a_preview_only(env: jinja2.Environment) -> None:
    path = "policy/2026-05-04-not-yet/index.html"
    assert not any("Not to be seen" in text for text in render(PUBLICATION, env).values())
    preview = render(PUBLICATION, env, drafts=True)
    assert '<strong class="draft">Draft</strong>' in preview[path]
    assert DRAFT.status == "draft"


def test_a_page_may_stay_out_of_the_frame(env: jinja2.Environment) -> None:
    """A page of a guide is published, and only its guide leads to it."""
    guide = Article(slug="guide", title="Guide", body="[More](/guide-more/)")
    more = Article(slug="guide-more", title="More of it", body="More.", is_listed=False)
    made = render(Publication((), pages=(guide, more)), env)
    assert "More of it</h1>" in made["guide-more/index.html"]
    assert "guide/" in made["index.html"]
    assert "guide-more/" not in made["index.html"]
    assert "guide-more/" in made["guide/index.html"]


def test_an_empty_publication_is_a_site(env: jinja2.Environment) -> None:
    """Nothing published yet is said in words, and the feeds are valid and empty."""
    site = render(Publication(()), env)
    assert "No issue has been published yet." in site["index.html"]
    assert json.loads(site["feed.json"])["items"] == []
    assert "essays/index.html" not in site


def test_a_digest_that_left_the_configuration_keeps_its_pages(env: jinja2.Environment) -> None:
    """An address that was published does not vanish."""
    old = replace(FIRST, digest="old-news")
    site = render(Publication((old,)), env)
    assert "old-news/2026-04-30-beginning/index.html" in site
    assert ">Old news</a>" in site["old-news/2026-04-30-beginning/index.html"]


HOSTILE = (
    "</title><script>alert(1)</script> {{ 7*7 }} {% raw %} ]]> \u202egnp.exe\r\nBcc: x \"' \x0b"
)


def test_hostile_text_acts_nowhere(
    env: jinja2.Environment, feature: Callable[..., Feature]
) -> None:
    """Whatever field it comes in: no tag of it, no template of it, no sign that turns text."""
    item = RoundUp("x", HOSTILE, 'https://a.example/"><script>', "owl", None, (HOSTILE,), HOSTILE)
    issue = replace(
        ISSUE,
        front=Front(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE),
        features=(
            feature(title=HOSTILE, body=HOSTILE, further=((HOSTILE, 'https://a.example/">'),)),
        ),
        round_ups=(item,),
        model=HOSTILE,
        edited=(HOSTILE,),
    )
    essay = Article("x", HOSTILE, HOSTILE, FIRST.date, HOSTILE, HOSTILE)
    site = render(Publication((issue,), (essay,), (essay,)), env)
    for path, text in site.items():
        assert path.endswith(".json") or "<script>" not in text, path
        assert "\u202e" not in text, path
        assert "\x0b" not in text, path
        assert " 49 " not in text, path
    for entry in json.loads(site["feed.json"])["items"]:
        assert "<script>" not in entry["content_html"]


def test_a_site_overrides_one_template(env: jinja2.Environment, tmp_path: Path) -> None:
    """A file in the site's folder stands for the package's; the others stay."""
    (tmp_path / "made.html").write_text("<p>Made by {{ site.author.name }}</p>")
    own = render(PUBLICATION, environment(tmp_path, tmp_path / "absent"))
    assert "<p>Made by Ada Example</p>" in own[ISSUE_PAGE]
    assert 'id="made"' not in own[ISSUE_PAGE]
    assert own["index.html"] == render(PUBLICATION, env)["index.html"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<p>\n{{ nothing_of_this_name }}</p>", 2),
        ("<p>\n\n{% if %}</p>", 3),
        ('{{ words("no_such_words") }}', 1),
    ],
)
def test_a_wrong_template_is_named(tmp_path: Path, text: str, line: int) -> None:
    """The error says which file and line, not which of our functions met it."""
    (tmp_path / "made.html").write_text(text)
    with pytest.raises(PublishError) as caught:
        list(pages(PUBLICATION, CONFIG, environment(tmp_path)))
    assert caught.value.subject == f"{tmp_path / 'made.html'}:{line}"


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "made.html").write_text('{% include "no-such-file.html" %}')
    with pytest.raises(PublishError, match="no-such-file"):
        list(pages(PUBLICATION, CONFIG, environment(tmp_path)))


def test_the_sitemap_lists_every_page(site: Mapping[str, str]) -> None:
    """Each page for readers once, with the day of its last change."""
    listed = re.findall(r"<loc>https://small.example/paper/([^<]*)</loc>", site["sitemap.xml"])
    expected = [
        path.removesuffix("index.html")
        for path in html_pages(site)
        if path not in {"404.html", "writing/proof/index.html"} and "/evidence/" not in path
    ]
    assert sorted(listed) == sorted(expected)
    assert "fast-clocks/</loc><lastmod>2026-05-03</lastmod>" in site["sitemap.xml"]
    assert "Sitemap: https://small.example/paper/sitemap.xml" in site["robots.txt"]


def test_what_no_model_wrote_is_named(site: Mapping[str, str], env: jinja2.Environment) -> None:
    """Where a model wrote an issue, the page says which of its parts are quoted instead."""
    issue = next(issue for issue in PUBLICATION.issues if issue.model)
    first, *rest = (replace(feature, kind="model") for feature in issue.features)
    items = tuple(replace(item, kind="model") for item in issue.round_ups)
    whole = replace(issue, features=(first, *rest), round_ups=items)
    mixed = replace(whole, features=(replace(first, kind="extractive"), *rest))

    def made(each: Issue) -> str:
        issues = tuple(each if other is issue else other for other in PUBLICATION.issues)
        pages = render(replace(PUBLICATION, issues=issues), env)
        page = next(p for p in pages if f"{issue.date}-{issue.slug}/index.html" in p)
        return pages[page].partition('id="made"')[2]

    assert "quoted from the sources word for word" not in made(whole)
    assert f'word for word: <a href="#{first.slug}">' in made(mixed)


def test_words_of_another_language_say_so(env: jinja2.Environment) -> None:
    """A quotation, an excerpt and a note carry the language of their document, no other does."""
    foreign = tuple(replace(each, language="ar") for each in ISSUE.documents if each is WREN)
    documents = tuple(each for each in ISSUE.documents if each is not WREN) + foreign
    quotation = "> we saw a lag of 90 ms & could not explain it[^wren-1]\n> — Wren"
    feature = replace(FEATURE, body=f"{FEATURE.body}\n\n{quotation}", update_of="")
    issue = replace(ISSUE, documents=documents, features=(feature, EXCERPTS))
    page = render(Publication((issue,)), env)["systems/2026-05-02-fast-clocks/index.html"]
    quotations = re.findall(r'<figure class="quotation">\n(<blockquote[^>]*>)', page)
    assert quotations == ["<blockquote>", '<blockquote lang="ar" dir="auto">']
    assert '<span class="excerpt" lang="ar" dir="auto">“We saw a lag of 90 ms' in page
    assert '<span class="excerpt">“The <code>clock</code> ran fast.”</span>' in page
    assert '<blockquote lang="ar" dir="auto">we saw a lag' in page


def test_figures_of_a_table_stand_in_line(env: jinja2.Environment) -> None:
    """The marks at the end of a cell hang beside its figure, in an element of their own."""
    page = render(PUBLICATION, env)["systems/2026-05-02-fast-clocks/index.html"]
    assert re.search(r'<td class="number">90<span class="marks"><sup .*?</sup></span></td>', page)
    assert '<td class="number">7</td>' in page

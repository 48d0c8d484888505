"""What a reader meets in a browser: every page type, both themes, three widths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from digest.publish import search
from digest.render import environment, messages, pages
from digest.types import Publication
from tests.publish.folders import write_mail, write_site
from tests.render.rich_site import CONFIG, PUBLICATION
from tests.render.small_site import ISSUE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ISSUE_PATH = "systems/2026-05-02-fast-clocks/"
RICH_PATH = "systems/2026-05-13-copies/"
PATHS = (
    "",
    "systems/",
    "quiet/",  # a digest without an issue
    ISSUE_PATH,
    RICH_PATH,
    "policy/2026-05-11-forty-articles/",
    f"{ISSUE_PATH}evidence/",
    f"{RICH_PATH}evidence/",
    "archive/",
    "sources/",
    "sources/owl/",
    "sources/unheard/",
    "tags/",
    "tags/lines/",
    "threads/",
    "threads/a-clock/",
    "subscribe/",
    "essays/",
    "essays/on-proof/",
    "essays/on-length/",
    "about/",
    "404.html",
)
WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PHONE, DESK = 360, 1280
RULES = {
    "light": "{resultTypes: ['violations']}",
    # The rules that look at colours; the others have seen the same page.
    "dark": "{resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']}",
}

WIDE = "| " + " | ".join(f"A long head {n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n"
WIDE += "| " + " | ".join("some words in a cell" for _ in range(9)) + " |\n\n"
CODE = "```\n" + "x = 1; " * 60 + "\n```\n\n"
LONG = "https://a.example/" + "long" * 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich site, with a feature that is wider than any phone."""
    wide = replace(ISSUE.features[0], body=f"{ISSUE.features[0].body}\n\n{WIDE}{CODE}{LONG}")
    issue = replace(ISSUE, features=(wide, *ISSUE.features[1:]))
    issues = tuple(issue if each is ISSUE else each for each in PUBLICATION.issues)
    assert issue in issues
    publication = Publication(issues, PUBLICATION.essays, PUBLICATION.pages)
    # Served at the root of its host, where the links of the 404 page begin.
    config = replace(CONFIG, site=replace(CONFIG.site, url="https://small.example/"))
    folder = tmp_path_factory.mktemp("made")
    env = environment()
    with_search = search.is_available()
    more = search.index if with_search else None
    write_site(pages(publication, config, env, with_search=with_search), folder / "site", more)
    write_mail(messages(publication, config, env), folder / "mail")
    return folder


@pytest.fixture(scope="module")
def base(made: Path, serve_folder: Callable[[Path], str]) -> str:
    """Address of the site, which stands at the root of its host."""
    return serve_folder(made / "site")


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page, and all that it said or asked for and should not have."""
    width = options.pop("width", DESK)
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    host = "/".join(url.split("/")[:3]) + "/"
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(host) else complaints.append(request.url),
    )
    try:
        page.goto(url)
        yield page, complaints
    finally:
        context.close()


def widest(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("path", PATHS)
def test_no_complaint_of_axe_policy_or_width(browser: Browser, base: str, path: str) -> None:
    """axe and console say nothing, no foreign host is asked, nothing sticks out."""
    from axe_playwright_python.base import AXE_SCRIPT

    with opened(browser, f"{base}{path}") as (page, complaints):
        page.evaluate(AXE_SCRIPT)
        for width, scheme in product(WIDTHS, SCHEMES):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert widest(page) <= width
            found = page.evaluate(f"axe.run({RULES[scheme]})")["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        assert complaints == []


def test_the_search_finds_a_word(browser: Browser, base: str) -> None:
    """By keyboard, in files of the site alone, under a policy that holds."""
    if not search.is_available():
        pytest.skip(f"no search here: pip install '{search.EXTRA}'")
    from axe_playwright_python.sync_playwright import Axe

    with opened(browser, f"{base}search/", width=PHONE) as (page, complaints):
        page.locator("input").focus()
        page.keyboard.type("ntp_offset")
        link = page.locator("#results a").first
        link.wait_for()
        assert ISSUE_PATH in (link.get_attribute("href") or "")
        assert page.locator("#found").inner_text() == "1 found"
        assert Axe().run(page).violations_count == 0
        assert widest(page) == PHONE
        page.keyboard.press("Tab")  # the button
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{ISSUE_PATH}")
        assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_a_page_is_shown(browser: Browser, base: str, width: int) -> None:
    """Neither style nor script shifts what stands there already."""
    watch = """() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
      }).observe({type: "layout-shift", buffered: true});
      setTimeout(() => done(sum), 300);
    })"""
    for path in ("", RICH_PATH, "archive/"):
        with opened(browser, f"{base}{path}", width=width) as (page, _):
            assert page.evaluate(watch) == 0, path


def test_the_contents_lead_to_each_part_by_keyboard(browser: Browser, base: str) -> None:
    """Every entry is reached with Tab, opened with Enter, and its heading comes into view."""
    with opened(browser, f"{base}{RICH_PATH}") as (page, complaints):
        links = page.locator(".contents a")
        links.first.focus()
        anchors = [link.get_attribute("href") or "" for link in links.all()]
        assert len(anchors) == 6
        for anchor in anchors:
            assert page.locator(":focus").get_attribute("href") == anchor
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{anchor}")
            place = page.locator(anchor).bounding_box()
            assert place is not None
            assert -1 <= place["y"] < 800, anchor
            page.locator(f'.contents a[href="{anchor}"]').focus()
            page.keyboard.press("Tab")
        assert complaints == []


def test_everything_is_there_without_script(browser: Browser, base: str) -> None:
    """The switch is hidden, a mark is a plain link, and the text is whole."""
    url = f"{base}{ISSUE_PATH}"
    with opened(browser, url, java_script_enabled=False, width=PHONE) as (page, complaints):
        assert page.locator("button.theme").is_hidden()
        page.locator(".mark a").first.click()
        assert page.url.endswith("#fn-1")
        page.locator("#fn-1 .ways-back a").first.click()
        assert page.url.endswith("#ref-1")
        assert page.locator("#made").is_visible()
        assert complaints == []


def test_every_page_is_reached_without_script(browser: Browser, base: str) -> None:
    """From link to link, the front page leads to each type of page, with its words on it."""
    with opened(browser, base, java_script_enabled=False) as (page, complaints):
        seen, waiting = set[str](), [base]
        while waiting:
            page.goto(waiting.pop())
            seen.add(page.url.removeprefix(base))
            assert len(page.locator("main").inner_text()) > 20, page.url
            links = page.locator("a[href]").evaluate_all("all => all.map((a) => a.href)")
            pages = {link.partition("#")[0] for link in links if link.startswith(base)}
            known = {base + path for path in seen} | set(waiting)
            waiting += sorted(link for link in pages - known if link.endswith("/"))
        assert seen >= set(PATHS) - {"404.html"}
        assert complaints == []


def test_a_wide_table_scrolls_in_itself(browser: Browser, base: str) -> None:
    """By keyboard too: its box can be focused."""
    with opened(browser, f"{base}{ISSUE_PATH}", width=PHONE) as (page, _):
        box = page.locator(".table").nth(1)
        assert box.evaluate("e => e.scrollWidth > e.clientWidth")
        assert box.get_attribute("tabindex") == "0"
        assert widest(page) == PHONE


@pytest.mark.parametrize("width", WIDTHS)
def test_a_line_has_60_to_72_characters(browser: Browser, base: str, width: int) -> None:
    """Where the screen has room, whatever serif there is: its size follows its x-height."""
    count = """(p) => {
      const room = p.clientWidth;
      p.style.cssText = "white-space: nowrap; width: max-content";
      return room * p.textContent.length / p.scrollWidth;
    }"""
    with opened(browser, f"{base}{RICH_PATH}", width=width) as (page, _):
        text = page.locator("#rotation .prose > p").first
        size = float(text.evaluate("p => parseFloat(getComputedStyle(p).fontSize)"))
        assert 16 <= size <= 20
        measure = text.evaluate("p => p.clientWidth") / size
        assert measure <= 30
        characters = text.evaluate(count)
        assert 30 <= characters <= 50 if width == PHONE else 60 <= characters <= 72


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_from_right_to_left_is_no_wider(browser: Browser, base: str, width: int) -> None:
    """Nothing hangs out on its other side, quotations from left to right among the rest."""
    with opened(browser, f"{base}{RICH_PATH}", width=width) as (page, _):
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert widest(page) == width
        switch, name = (page.locator(part).bounding_box() for part in (".theme", ".site-name a"))
        assert switch is not None
        assert name is not None
        assert switch["x"] + switch["width"] <= name["x"]


@pytest.mark.parametrize("how", ["keyboard", "touch"])
def test_a_note_opens_at_its_mark(browser: Browser, base: str, how: str) -> None:
    """Opened by key or finger, read in place, closed by Escape, and focus comes back."""
    url = f"{base}{ISSUE_PATH}"
    with opened(browser, url, width=PHONE, has_touch=how == "touch") as (page, complaints):
        mark = page.locator(".mark a").nth(1)
        box = page.locator(".note-box")
        if how == "keyboard":
            mark.focus()
            page.keyboard.press("Enter")
        else:
            mark.tap()
        assert box.is_visible()
        assert "we saw a lag of 90 ms" in box.inner_text()
        assert "#" not in page.url
        place = box.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= PHONE
        assert widest(page) == PHONE
        page.keyboard.press("Escape")
        assert box.is_hidden()
        assert mark.evaluate("e => e === document.activeElement")
        assert complaints == []


def test_an_open_note_has_no_fault(browser: Browser, base: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        url = f"{base}{ISSUE_PATH}"
        with opened(browser, url, color_scheme=scheme) as (page, _):
            page.locator(".mark a").first.click()
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


def test_the_theme_has_three_states(browser: Browser, base: str) -> None:
    """Auto follows the system, light and dark do not, and the choice lasts."""
    dark, light = "rgb(22, 21, 19)", "rgb(253, 252, 249)"

    def colour(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    with opened(browser, f"{base}", color_scheme="dark") as (page, complaints):
        seen = [colour(page)]
        for label in ("light", "dark", "auto", "light"):
            page.locator("button.theme").press("Enter")
            assert page.locator("button.theme").inner_text() == f"Theme: {label}"
            seen.append(colour(page))
        assert seen == [dark, light, dark, dark, light]
        page.goto(f"{base}archive/")
        assert colour(page) == light
        assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_covers_the_switch(browser: Browser, base: str, width: int) -> None:
    """Switch and links of the masthead stand beside or below each other."""
    with opened(browser, base, width=width) as (page, _):
        switch = page.locator("button.theme").bounding_box()
        assert switch is not None
        for link in page.locator(".masthead a").all():
            place = link.bounding_box()
            assert place is not None
            is_beside = (
                place["x"] + place["width"] <= switch["x"]
                or place["x"] >= switch["x"] + switch["width"]
                or place["y"] + place["height"] <= switch["y"]
                or place["y"] >= switch["y"] + switch["height"]
            )
            assert is_beside, link.inner_text()


def test_the_age_of_the_newest_issue_is_worded(browser: Browser, base: str) -> None:
    """The page holds the day; the reader's own clock makes an age of it."""
    with opened(browser, f"{base}") as (page, _):
        page.clock.install(time="2026-05-15T12:00:00Z")
        page.goto(f"{base}")
        assert page.locator(".age").inner_text() == "· 2 days ago"


def test_the_skip_link_leads_to_the_text(browser: Browser, base: str) -> None:
    """It is the first thing that the keyboard meets, and is seen then."""
    with opened(browser, f"{base}{ISSUE_PATH}") as (page, _):
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert link.inner_text() == "Skip to the text"
        place = link.bounding_box()
        assert place is not None
        assert place["y"] >= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 600])
def test_the_newsletter_fits(
    browser: Browser, made: Path, serve_folder: Callable[[Path], str], width: int, scheme: Any
) -> None:
    """Mail in a browser: nothing sticks out but what scrolls, nothing foreign, enough contrast."""
    from axe_playwright_python.sync_playwright import Axe

    url = f"{serve_folder(made / 'mail')}systems-2026-04-30.html"
    with opened(browser, url, width=width, color_scheme=scheme) as (page, complaints):
        assert widest(page) <= width
        found = Axe().run(page, options={"runOnly": ["color-contrast", "link-name", "list"]})
        assert found.violations_count == 0, found.generate_report()
        assert not [asked for asked in complaints if "://" in asked]


def test_a_print_is_the_text_alone(browser: Browser, base: str) -> None:
    with opened(browser, f"{base}{ISSUE_PATH}") as (page, _):
        page.emulate_media(media="print")
        for part in (".site-nav", ".contents", ".theme", ".elsewhere"):
            assert page.locator(part).first.is_hidden(), part
        assert page.locator(".feature").first.is_visible()

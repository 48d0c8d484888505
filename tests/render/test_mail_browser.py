"""The newsletter as mail programs show it: two widths, light and dark, with and without styles."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.render import environment, messages
from digest.settings import Newsletter
from digest.types import Publication
from tests.render.small_site import CONFIG, FIRST, ISSUE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "https://a.example/" + "long" * 40


@pytest.fixture(scope="module")
def html() -> str:
    """An issue with a wide table, code and an address without end."""
    table = (
        "| A long head | Another | A third |\n|---|---|---|\n| words in a cell | more | 1,204 |\n"
    )
    code = "```\n" + "x = 1; " * 40 + "\n```\n"
    body = f"{ISSUE.features[0].body}\n\n{table}\n{code}\n{LONG}\n"
    feature = replace(ISSUE.features[0], body=body)
    issue = replace(ISSUE, features=(feature, *ISSUE.features[1:]))
    newsletter = Newsletter(via="buttondown", postal="1 Example Street, 1010 Vienna, Austria")
    config = replace(CONFIG, newsletter=newsletter)
    return next(messages(Publication((issue, FIRST)), config, environment())).html


@pytest.mark.parametrize("styled", [True, False], ids=["styled", "stripped"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 600])
def test_it_reads_well(
    browser: Browser, html: str, tmp_path: Path, width: int, scheme: str, styled: bool
) -> None:
    """
    The column fits, text has contrast, nothing is fetched, the preheader does not show.

    Some programs take style blocks out; what is inlined has to do then.
    """
    if not styled:
        html = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    (tmp_path / "mail.html").write_text(html, "utf-8")
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    try:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "mail.html").as_uri())
        assert asked == [(tmp_path / "mail.html").as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".preheader").is_hidden()
        assert page.get_by_text("Unsubscribe").is_visible()
        column = page.locator(".page").bounding_box()
        assert column is not None
        assert column["width"] <= 600
        worst = page.evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, worst
        is_dark = scheme == "dark" and styled
        assert (page.evaluate(LUMINANCE_OF_PAGE) < 0.2) is is_dark
    finally:
        page.close()


COLOURS = """
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const light = (c) => { const f = (v) => { v /= 255; return v <= .03928 ? v / 12.92
  : ((v + .055) / 1.055) ** 2.4; }; return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
const behind = (node) => { for (; node; node = node.parentElement) {
  const c = rgb(getComputedStyle(node).backgroundColor); if (c.length < 4 || c[3] > 0) return c; }
  return [255, 255, 255]; };
"""
LUMINANCE_OF_PAGE = (
    f"(() => {{ {COLOURS} return light(behind(document.querySelector('.page'))) }})()"
)
CONTRAST = f"""(() => {{ {COLOURS}
let worst = {{ratio: 21}};
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text; text = walk.nextNode();) {{
  const node = text.parentElement;
  if (!text.data.trim() || !node.offsetParent) continue;
  const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))];
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < worst.ratio) worst = {{ratio, text: text.data.trim().slice(0, 60)}};
}}
return worst; }})()"""

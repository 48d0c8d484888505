"""Cards: the picture of an issue is whole on every machine, and there only where it can be made."""

from __future__ import annotations

import struct
from pathlib import Path

import jinja2
import pytest

from digest.config import read
from digest.content import write_issue
from digest.packaged import templates_folder
from digest.pipeline.render import render
from digest.publish import cards, search
from digest.render.cards import LINES, SIZES, WIDTH, CardTexts, card, width
from tests.render.small_site import ISSUE

FEEDS = """\
site: {url: 'https://example.org/'}
digests: [{slug: systems, title: Systems}]
feeds: [{url: 'https://owl.example/feed', slug: owl}]
"""
FONT = templates_folder() / cards.FONT
NAME = "systems/2026-05-02-fast-clocks"


def made(env: jinja2.Environment, title: str) -> str | None:
    return card(env, CardTexts.of(title, "Systems", "Small & Sure", "2 May 2026"))


def test_a_card_is_a_picture_of_the_usual_size(env: jinja2.Environment) -> None:
    """1200 × 630, the same bytes each time, with words in it: without them it is another."""
    svg = made(env, "Fast clocks, slow lines")
    assert svg is not None
    png = cards.png(svg, FONT)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert cards.png(svg, FONT) == png
    empty = made(env, "")
    assert empty is not None
    assert len(cards.png(empty, FONT)) < len(png) - 2000


@pytest.mark.parametrize("title", ["Short", "W" * 9, "Many words of usual length " * 4, "MW " * 99])
def test_a_headline_fits(env: jinja2.Environment, title: str) -> None:
    """Long ones are set smaller, and those that do not fit even then end in an ellipsis."""
    svg = made(env, title)
    assert svg is not None
    lines = [line for line in svg.splitlines() if 'fill="#1d1b18">' in line][:-1]
    assert 1 <= len(lines) <= LINES
    size = int(lines[0].partition('font-size="')[2].partition('"')[0])
    assert size in SIZES
    words = [line.partition(">")[2].partition("<")[0] for line in lines]
    assert all(width(each) * size <= WIDTH + size for each in words)
    assert " ".join(words).endswith("…") == (title.startswith("MW"))


def test_hostile_words_stay_words(env: jinja2.Environment) -> None:
    svg = made(env, "<image href='https://evil.example/x.png'/> & more")
    assert svg is not None
    assert "<image" not in svg
    assert cards.png(svg, FONT)


@pytest.mark.parametrize("title", ["日本", "Привет", "שלום", "🙂 news"])
def test_words_that_the_font_lacks_make_no_card(env: jinja2.Environment, title: str) -> None:
    """No picture is better than one of empty boxes."""
    assert made(env, title) is None


@pytest.mark.parametrize("is_there", [True, False])
def test_a_page_names_a_picture_only_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    """Without the extra no page names any, and nothing else is missing."""
    monkeypatch.setattr(search, "is_available", lambda: False)
    monkeypatch.setattr(cards, "is_available", lambda: is_there)
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    write_issue(tmp_path / "content", ISSUE)
    render(read(tmp_path), tmp_path)
    folder = tmp_path / "site" / NAME
    assert (folder / "card.png").exists() == is_there
    named = f'<meta property="og:image" content="https://example.org/{NAME}/card.png">'
    assert (named in (folder / "index.html").read_text()) == is_there
    assert ("og:image" in (folder / "index.html").read_text()) == is_there


def test_a_card_is_drawn_again_only_when_it_tells_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a changed page nor another text of the issue does; its title does."""
    drawn: list[str] = []
    monkeypatch.setattr(search, "is_available", lambda: False)
    monkeypatch.setattr(cards, "is_available", lambda: True)

    def png(svg: str, font: Path) -> bytes:
        drawn.append(svg)
        return b"PNG"

    monkeypatch.setattr(cards, "png", png)
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    write_issue(tmp_path / "content", ISSUE)
    render(read(tmp_path), tmp_path)
    assert len(drawn) == 1
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/base.html").write_text(
        '<p>{% import "parts.html" as parts %}{% block main %}{% endblock %}</p>'
    )
    (tmp_path / "feeds.yaml").write_text(FEEDS.replace("Systems", "Systems, description: So"))
    front = tmp_path / "content/systems/2026-05-02/issue.md"
    front.write_text(front.read_text().replace("Both stories", "These stories"))
    render(read(tmp_path), tmp_path)
    assert (tmp_path / "site" / NAME / "index.html").read_text().startswith("<p>")
    assert len(drawn) == 1
    assert (tmp_path / "site" / NAME / "card.png").read_bytes() == b"PNG"
    front.write_text(front.read_text().replace("Fast clocks", "Slow clocks"))
    render(read(tmp_path), tmp_path)
    assert len(drawn) == 2

"""The newsletter: one column that mail programs show, and plain text written as such."""

from __future__ import annotations

import re
from dataclasses import replace

import jinja2
import pytest

from digest.render import messages
from digest.render.plain import WIDTH, Links, to_text
from digest.settings import Config, Site
from digest.types import Front, Issue, Message, Publication
from tests.render.small_site import CONFIG, DRAFT, ISSUE, PUBLICATION

URL = "https://small.example/paper/systems/2026-05-02-fast-clocks/"


def message(env: jinja2.Environment, config: Config = CONFIG, **changes: object) -> Message:
    issue: Issue = replace(ISSUE, **changes)  # type: ignore[arg-type]
    return next(messages(Publication((issue,)), config, env))


def test_a_message_for_each_published_issue(env: jinja2.Environment) -> None:
    names = [each.name for each in messages(PUBLICATION, CONFIG, env)]
    assert names == ["systems-2026-05-02", "systems-2026-04-30"]
    assert DRAFT in PUBLICATION.issues


def test_subject_sender_and_identity(env: jinja2.Environment) -> None:
    """They follow from the issue, so that a message made twice is one message."""
    made = message(env)
    assert made.subject == "Fast clocks, slow lines"
    assert made.sender == "Small & Sure <newsletter@small.example>"
    assert made.message_id == "<systems-2026-05-02.paper@small.example>"
    assert made.date == ISSUE.period_end


def test_one_column_with_its_css_inlined(env: jinja2.Environment) -> None:
    """Tables and style attributes, for clients that know no more; dark mode in a block."""
    html = message(env).html
    assert 'width="600"' in html
    assert re.search(r'<h1 style="[^"]*font-size: 31px', html)
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r"<(script|link|img|form)\b", html)
    assert "display: flex" not in html
    assert "display: grid" not in html


def test_the_preheader_is_the_dek(env: jinja2.Environment) -> None:
    """It is the first text of the body, hidden, and shown by inboxes beside the subject."""
    html = message(env).html
    first = html[html.index("<body") :].split("</div>")[0]
    assert "display: none" in first
    assert first.endswith("A clock and a lag tell one story.")


def test_no_link_of_a_mail_is_relative(env: jinja2.Environment) -> None:
    made = message(env)
    links = re.findall(r'href="([^"]*)"', made.html)
    assert links
    assert all(link.startswith(("https://", "mailto:")) for link in links)
    assert ">View in browser</a>" in made.html
    assert f"{URL}#fn-1" in links


@pytest.mark.parametrize("part", ["html", "text"])
def test_both_parts_hold_the_whole_issue(env: jinja2.Environment, part: str) -> None:
    words = re.sub(r"\s+", " ", str(getattr(message(env), part)))
    for expected in (
        "A clock and a lag tell one story.",
        "The lag was 90 ms.",
        "Both stories are about time.",
        "A clock that ran fast, and nobody looked",
        "published 2026-05-02",
        "What was seen",
        "How clocks drift",
        "It costs $30 a month",
        "A headline alone",
        "four seconds fast",
        "Correction, 3 May 2026: The lag was not 900 ms.",
        "Written by the language model some-model",
        URL,
    ):
        assert expected in words, expected


def test_notes_have_the_same_numbers_in_text(env: jinja2.Environment) -> None:
    """Footnotes first, by first use as on the page, then links; each is explained once."""
    text = message(env).text
    body, notes = text.split("Notes and links")
    listed = re.findall(r"^\[(\d+)\]", notes, re.M)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert set(re.findall(r"\[(\d+)\]", body)) == set(listed)
    assert "fast for a week.[1]" in body
    assert "[1]  Owl (drift)" in notes


def test_text_keeps_its_width(env: jinja2.Environment) -> None:
    """No line but an address is wider than a terminal mail program shows."""
    lines = message(env).text.splitlines()
    assert all(len(line) <= WIDTH for line in lines if "://" not in line)
    assert all(line == line.rstrip() for line in lines)


def test_text_holds_no_markup(env: jinja2.Environment) -> None:
    text = message(env).text
    assert "<b>from</b>" in text  # a title that reads so, shown as it reads
    assert not re.search(r"&(amp|lt|#)|</?(p|em|span|code)>|\*\w", text)


def test_signs_that_providers_evaluate_are_defused(env: jinja2.Environment) -> None:
    """A headline with template signs must not run, or break, in a provider's template."""
    hostile = "A {{ subscriber.email }} {% if x %} {# c #}"
    made = message(env, front=Front(hostile, hostile, (hostile,), hostile))
    for text in (made.subject, made.html, made.text):
        assert not re.search(r"\{[{%#]", text)
    assert "subscriber.email" in made.text


def test_a_headline_cannot_add_headers(env: jinja2.Environment) -> None:
    made = message(env, front=Front("A\r\nBcc: x@evil.example\u202e", "", (), ""))
    assert "\r" not in made.subject + made.sender
    assert "\n" not in made.subject
    assert "\u202e" not in made.subject


def test_a_title_with_signs_is_a_safe_sender(env: jinja2.Environment) -> None:
    site = Site(title='Small, "Sure"\r\nBcc: x', url="http://localhost:8000/")
    made = message(env, replace(CONFIG, site=site))
    assert made.sender.endswith("<newsletter@localhost>")
    assert "\n" not in made.sender
    assert made.message_id == "<systems-2026-05-02.digest@localhost>"


# ------------------------------------------------------------------------- plain text


def test_links_are_numbered_once() -> None:
    links = Links(4)
    text = to_text("[a](https://a.example) [b](https://b.example) [c](https://a.example)", links)
    assert text == "a [4] b [5] c [4]"
    assert links.all() == [(4, "https://a.example"), (5, "https://b.example")]


def test_tables_stand_in_columns() -> None:
    text = to_text("| Site | ms |\n| --- | --- |\n| North | 90 |\n| S | 7 |", Links(1))
    assert text == "Site   ms\n-----  --\nNorth  90\nS       7"


def test_wide_tables_become_records() -> None:
    wide = "word " * 12
    text = to_text(f"| A | B |\n| --- | --- |\n| {wide} | {wide} |", Links(1))
    assert text.startswith("A: word word")
    assert all(len(line) <= WIDTH for line in text.split("\n"))


def test_lists_nest_and_fill() -> None:
    source = f"3. {'word ' * 20}\n4. second\n   - inner\n"
    lines = to_text(source, Links(1)).split("\n")
    assert lines[0].startswith("3. word")
    assert lines[1].startswith("   word")
    assert lines[-2:] == ["4. second", "   - inner"]


def test_quotations_headings_and_code() -> None:
    text = to_text("# Head\n\n> We look.\n> — Ada\n\n```\nx  =  1\n```\n\n---", Links(1))
    assert text == "Head\n----\n\n> We look.\n>\n> — Ada\n\n    x  =  1\n\n* * *"

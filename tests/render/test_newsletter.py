"""The newsletter: one column that mail programs show, and plain text written as such."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import jinja2
import pytest

from digest.render import messages
from digest.render.defusing import PLACEHOLDER
from digest.render.plain import WIDTH, Links, to_text
from digest.render.shortening import MOST_BYTES
from digest.settings import Config, Newsletter, Site
from digest.types import Correction, Front, Issue, Message, Publication
from tests.render.small_site import CONFIG, DRAFT, FIRST, ISSUE, PUBLICATION, ROUND_UPS

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
        "published 2026-05-01",
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


# ------------------------------------------------------------------------- how much of it


def with_round_ups(number: int, words: int) -> Any:
    items = tuple(
        replace(ROUND_UPS[0], slug=f"r{n}", title=f"Title {n}", text="word " * words)
        for n in range(number)
    )
    return {"round_ups": items}


def test_brief_is_summaries_and_headlines(env: jinja2.Environment) -> None:
    """Each feature keeps its title and summary and leads to the page; notes go with the bodies."""
    config = replace(CONFIG, newsletter=Newsletter(text="brief"))
    made = message(env, config)
    for part in (made.html, made.text):
        assert "The clock ran" in part
        assert "What was seen" not in part
        assert "It costs $30 a month" not in part
        assert "Serving a feed" in part
        assert part.count("Read on") == len(ISSUE.features)
        assert f"{URL}#{ISSUE.features[0].slug}" in part
    assert "Footnotes" not in made.html


def test_round_ups_shorten_first(env: jinja2.Environment) -> None:
    """A long tail of round-ups costs no feature a word."""
    made = message(env, **with_round_ups(60, 700))
    assert len(made.html.encode()) <= MOST_BYTES
    assert "What was seen" in made.html
    assert "Title 59" in made.html
    assert "Read on" not in made.html
    assert 0 < made.html.count("word word") < 60 * 350


def test_then_features_end_in_read_on(env: jinja2.Environment) -> None:
    """The last first; the first is whole, with its notes, numbered from 1."""
    long = replace(ISSUE.features[1], body="word " * 30_000, notes=(), slug="long")
    made = message(env, features=(ISSUE.features[0], long))
    assert len(made.html.encode()) <= MOST_BYTES
    assert "What was seen" in made.html
    assert made.html.count("Read on") == 1
    assert f"{URL}#long" in made.html
    assert re.findall(r"^\[(\d+)\]", made.text.split("Notes and links")[1], re.M)[0] == "1"


@pytest.mark.parametrize("number", [300, 3000])
def test_no_message_is_too_long(env: jinja2.Environment, number: int) -> None:
    """Whatever an issue holds, it is under the size at which mail programs cut it off."""
    made = message(env, **with_round_ups(number, 100))
    assert len(made.html.encode()) <= MOST_BYTES
    assert "more on the page" in made.html
    assert "more on the page" in made.text


def test_a_lead_without_end_leaves_the_front(env: jinja2.Environment) -> None:
    front = replace(ISSUE.front, lead="word " * 40_000)
    made = message(env, front=front)
    assert len(made.html.encode()) <= MOST_BYTES
    assert "A clock and a lag tell one story." in made.html
    assert URL in made.html


# ------------------------------------------------------------------------- what else it says


def test_corrections_since_the_last_one(env: jinja2.Environment) -> None:
    """Each correction of an earlier issue stands in one later message, the next after it."""
    days = ("2026-04-29", "2026-04-30", "2026-05-01", "2026-05-02")
    told = tuple(Correction(dt.date.fromisoformat(day), "x.md", f"Of {day}.") for day in days)
    third = replace(ISSUE, date=dt.date(2026, 5, 4), slug="third", corrections=())
    second = replace(ISSUE, corrections=())
    other = replace(FIRST, digest="policy", corrections=told)
    first = replace(FIRST, corrections=told)
    publication = Publication((third, second, first, other))
    texts = [each.text for each in messages(publication, CONFIG, env)]
    heard = [[day for day in days if f"Of {day}." in text] for text in texts]
    assert heard == [["2026-05-02"], ["2026-04-30", "2026-05-01"], list(days), list(days)]
    assert "systems/2026-04-30-beginning/" in texts[1]


def test_sender_and_foot_are_those_of_feeds_yaml(env: jinja2.Environment) -> None:
    newsletter = Newsletter(
        from_="Ada <ada@small.example>", reply_to="re@small.example", postal="1 Lane, Vienna"
    )
    made = message(env, replace(CONFIG, newsletter=newsletter))
    assert made.sender == "Ada <ada@small.example>"
    assert made.reply_to == "re@small.example"
    assert "1 Lane, Vienna" in made.html
    assert "1 Lane, Vienna" in made.text
    assert "Unsubscribe" not in made.html + made.text
    assert (made.issue, made.url) == ("systems/2026-05-02", URL)
    assert made.preheader == "A clock and a lag tell one story."


@pytest.mark.parametrize(
    ("newsletter", "sign"),
    [
        (
            Newsletter(via="smtp", unsubscribe_url="https://s.example/off?a={email}&b={signature}"),
            "https://s.example/off?a={email}&b={signature}",
        ),
        (Newsletter(via="buttondown"), "{{ unsubscribe_url }}"),
        (Newsletter(via="listmonk"), "{{ UnsubscribeURL }}"),
    ],
)
def test_the_way_out_is_the_last_link(
    env: jinja2.Environment, newsletter: Newsletter, sign: str
) -> None:
    """In both parts; a feed that writes our placeholder, or the provider's sign, gets neither."""
    hostile = f"{PLACEHOLDER} {{{{ unsubscribe_url }}}} {{{{ UnsubscribeURL }}}}"
    front = Front("A headline", hostile, (hostile,), hostile)
    made = message(env, replace(CONFIG, newsletter=newsletter), front=front)
    assert made.unsubscribe == sign
    html = made.html.replace("&amp;", "&")
    assert re.findall(r'href="([^"]*)"', html)[-1] == sign
    assert html.count(sign) == made.text.count(sign) == 1
    assert made.text.rstrip().endswith(sign)
    assert not re.search(r"\{[{%#]", (html + made.text).replace(sign, ""))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("https://bank.example/login", "https://bank.example/login [owl.example]"),
        ("bank.example", "bank.example [owl.example]"),
        ("Sign in at www.bank.example now", "Sign in at www.bank.example now [owl.example]"),
        ("owl.example", "owl.example"),
        ("https://www.owl.example/feed", "https://www.owl.example/feed"),
        ("On www and other words", "On www and other words"),
    ],
)
def test_a_link_that_looks_like_another_says_where_it_leads(
    env: jinja2.Environment, title: str, shown: str
) -> None:
    item = replace(ROUND_UPS[0], title=title, url="https://owl.example/feed")
    html = message(env, round_ups=(item,)).html
    assert f">{shown}</a>" in html


def test_text_that_turns_around_does_not(env: jinja2.Environment) -> None:
    """Right-to-left signs in a title turn neither subject nor sender, nor the text."""
    title = "Pay \u202egnp.exe\u2066 now"
    made = message(env, front=Front(title, title, (title,), title))
    for part in (made.subject, made.preheader, made.html, made.text):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", part)


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

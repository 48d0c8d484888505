"""The look at a message before it is sent."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import pytest

from digest.publish.preflight import links_of, preflight
from digest.types import Message
from tests.publish.letters import MESSAGE

WORDS = "<p>" + "A clock ran fast and nobody looked. " * 10 + "</p>\n"
SOUND = replace(MESSAGE, html=WORDS + MESSAGE.html)


def found(message: Message, *, needs_way_out: bool = True) -> list[tuple[str, str]]:
    return [(f.level, f.check) for f in preflight(message, needs_way_out=needs_way_out)]


def with_html(html: str) -> Message:
    return replace(SOUND, html=html + SOUND.html)


def test_a_sound_message_passes() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("message", "level", "check"),
    [
        (replace(SOUND, subject=" "), "error", "subject"),
        (replace(SOUND, subject="Short"), "warning", "subject"),
        (replace(SOUND, subject="Long " * 20), "warning", "subject"),
        (replace(SOUND, subject="NOBODY LOOKED AT IT"), "warning", "subject"),
        (replace(SOUND, subject="Nobody looked at it!!"), "warning", "subject"),
        (replace(SOUND, subject="A clock that is 100% free"), "warning", "spam"),
        (with_html('<a href="/about/">x</a>'), "error", "links"),
        (with_html('<a href="">x</a>'), "error", "links"),
        (with_html("<a>x</a>"), "error", "links"),
        (with_html('<a href="javascript:x">x</a>'), "error", "links"),
        (with_html('<a href="data:text/html,x">x</a>'), "error", "links"),
        (replace(SOUND, url="http://localhost:8000/x/"), "error", "links"),
        (with_html("<p>{{ subscriber.email }}</p>"), "error", "leftover"),
        (replace(SOUND, subject="Hello {{ name }}, a clock"), "error", "leftover"),
        (replace(SOUND, text="{% if x %}" + SOUND.text), "error", "leftover"),
        (with_html('<img src="https://x.example/y.png">'), "error", "images"),
        (with_html("x" * 100_000), "error", "size"),
        (with_html("x" * 92_000), "warning", "size"),
        (replace(SOUND, text=" \n"), "error", "text"),
        (MESSAGE, "warning", "text"),
        (with_html("<p>Act now, buy now.</p>"), "warning", "spam"),
        (with_html('<div style="display: flex">x</div>'), "warning", "clients"),
        (with_html("<svg></svg>"), "warning", "clients"),
        (with_html("<style>@import url(https://x.example/y.css)</style>"), "warning", "clients"),
        (with_html('<p style="color: var(--ink)">x</p>'), "warning", "clients"),
        (with_html("<script>1</script>"), "error", "clients"),
        (replace(SOUND, unsubscribe=""), "error", "unsubscribe"),
        (replace(SOUND, html=WORDS), "error", "unsubscribe"),
        (replace(SOUND, text="A clock ran fast."), "error", "unsubscribe"),
    ],
)
def test_what_is_found(message: Message, level: str, check: str) -> None:
    """Each fault is found by its name, with its weight."""
    assert (level, check) in found(message)


def test_a_providers_own_sign_is_no_leftover() -> None:
    """The one sign that the provider is meant to fill in; a second one is not."""
    sign = "{{ unsubscribe_url }}"
    html, text = f'{WORDS}<a href="{sign}">Unsubscribe</a>', f"A clock.\n{sign}\n"
    message = replace(SOUND, unsubscribe=sign, html=html, text=text)
    assert found(message, needs_way_out=False) == []
    assert ("error", "leftover") in found(replace(message, html=f"{sign}{html}"))


def test_words_of_others_that_were_defused_pass() -> None:
    """An article on templates is no leftover of ours."""
    assert found(with_html("<p>&#123;{ name }}</p>")) == []


def test_links_are_listed_once() -> None:
    """What an online check opens: each address, without the way out."""
    html = '<a href="https://x.example/a">1</a><a href="https://x.example/a">2</a>'
    assert links_of(with_html(html)) == ("https://x.example/a",)


def test_what_programs_leave_out_is_named() -> None:
    """How many programs show it, which do not; what only refines, and style blocks, pass."""
    (finding,) = preflight(with_html('<p style="Display : FLEX">x</p>'), needs_way_out=True)
    assert finding.words == (
        "display:flex: 34 of 41 mail programs show it, not GMX, Orange, Outlook, WEB.DE"
    )
    assert found(with_html('<abbr style="word-break: break-word">x</abbr>')) == []
    assert found(with_html("<style>p { display: grid }</style>")) == []


def test_the_tests_of_mail_programs_are_whole() -> None:
    """The file says whose data it is, from when, and under which licence."""
    text = resources.files("digest.publish").joinpath("caniemail.json").read_text("utf-8")
    data = json.loads(text)
    assert "caniemail" in data["source"]
    assert data["licence"].startswith("MIT License")
    assert "Copyright" in data["licence"]
    assert all(0 <= row["shown"] < row["of"] for row in data["features"].values())
    assert {name.partition(" ")[0] for name in data["features"]} == {
        "element", "function", "property", "rule", "value"
    }  # fmt: skip

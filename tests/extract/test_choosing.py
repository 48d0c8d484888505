"""Choosing: parts that a selection lacks by accident, and the reasons that are given."""

from __future__ import annotations

import datetime as dt

import pytest

from digest.extract.article import Examined, examine
from digest.extract.clean import clean_html
from digest.extract.matching import selected, squeezed
from digest.extract.reading import parts
from digest.types import Entry

URL = "https://ex.example/page"
ONE = "The mill by the river was rebuilt after the flood, with a wheel of oak and a roof of slate."
TWO = "It grinds on Saturdays, and whoever brings a sack of grain may wait for the flour to cool."
THREE = "Its miller learned the trade in the hills, where water is short and summers are long."


def kept(html: str, *blocks: str) -> list[str]:
    read = parts(clean_html(html, URL))
    return [part.text for part in selected(read, [squeezed(block) for block in blocks])]


@pytest.mark.parametrize(
    "between",
    [
        f"<p>{TWO}</p>",
        f"<blockquote>{TWO}</blockquote>",
        "<pre>grind(2)</pre>",
        "<p>Why oak?</p>",
        "<h3>Wheel</h3>",
        "<figure><figcaption>The wheel of oak on the day of its opening</figcaption></figure>",
    ],
)
def test_a_gap_is_filled(between: str) -> None:
    """A paragraph, quotation, question, heading, caption or code between selected parts stays."""
    assert len(kept(f"<p>{ONE}</p>{between}<p>{THREE}</p>", ONE, THREE)) == 3


@pytest.mark.parametrize(
    "between",
    [
        "<p>Advertisement</p>",
        "<p><a href='/x'>A mill in the hills grinds by night, and nobody knows for whom.</a></p>",
        "<figure><figcaption>Jane Doe/Agency</figcaption></figure>",
        "<figure><figcaption>The mill as seen from here. (AP Photo/Doe)</figcaption></figure>",
    ],
)
def test_a_box_in_a_gap_is_not(between: str) -> None:
    """Labels, links and credits of pictures between selected parts are left out."""
    assert kept(f"<p>{ONE}</p>{between}<p>{THREE}</p>", ONE, THREE) == [ONE, THREE]


def test_inline_markup_that_was_lost_does_not_lose_the_paragraph() -> None:
    """A selection that lacks a link's words still names the paragraph they stand in."""
    whole = TWO.replace("Saturdays", "the <a href='https://o.example/'>last Saturdays</a>")
    lost = TWO.replace("Saturdays", "the")
    assert len(kept(f"<p>{ONE}</p><p>{whole}</p><p>{THREE}</p>", ONE, lost, THREE)) == 3


def test_a_standfirst_outside_the_longest_element_is_found() -> None:
    """What was selected and stands beside the element of a long text is of the article too."""
    long = "".join(f"<p>{n}. {text}</p>" for n in range(8) for text in (ONE, TWO, THREE))
    first = "It is the first such mill since the great flood."
    page = f"<html><body><article><h1>Mills</h1><p>{first}</p><div>{long}</div></article></body>"
    assert examined(page).document.text.startswith(first)


def examined(page: str, teaser: str = "") -> Examined:
    hint = Entry("f", "1", URL, URL, "", html=f"<p>{teaser}</p>") if teaser else None
    now = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return examine(
        page.encode(), url=URL, content_type="text/html", fetched_at=now, families={}, hint=hint
    )


def test_the_reason_names_the_figures_that_decided() -> None:
    """Why a candidate won is said in words: its length, the teaser's share, the one before."""
    page = f"<html><body><article><p>{ONE} {TWO}</p><p>{THREE}</p></article></body></html>"
    made = examined(page)
    assert (made.chosen, made.why) == ("main text", "54 of the page's 54 words")
    assert "100% of the teaser's" in examined(page, ONE).why


def test_bylines_before_the_teaser_go() -> None:
    """The article begins where the feed's teaser begins; headings before it stay."""
    page = (
        "<html><body><article><p>From our page four, by A. Miller</p><h2>Oak</h2>"
        f"<p>{ONE}</p><p>{TWO}</p><p>{THREE} {THREE}</p></article></body></html>"
    )
    assert "page four" in examined(page).document.text
    assert examined(page, ONE).document.text.startswith("Oak\n\nThe mill by")

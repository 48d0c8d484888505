"""Walls: said, and never quoted; a page that only talks of them is read."""

from __future__ import annotations

import datetime as dt

import pytest

from digest.errors import ParseError
from digest.extract.article import article
from digest.types import Document

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
TEASER = (
    "<p>The council voted on Tuesday to close the old bridge after engineers found cracks in three "
    "of its pillars, officials said.</p><p>Traffic goes over the new bridge until spring.</p>"
)
SHOWN = TEASER.replace("<p>", "").rstrip("</p>").replace("</p>", "\n\n")
LONG = "".join(
    f"<p>Paragraph {n} tells how the council came to its vote and what engineers had found in "
    f"pillar {n} of the bridge, and it is as long as such paragraphs are.</p>"
    for n in range(12)
)


def read(body: str, head: str = "", url: str = "https://paper.example/bridge") -> Document:
    page = f"<html><head><title>Bridge closed</title>{head}</head><body>{body}</body></html>"
    return article(page.encode(), url=url, content_type="text/html", fetched_at=NOW, families={})


@pytest.mark.parametrize(
    "wall",
    [
        "Subscribe to continue reading",
        "This post is for paid subscribers",
        "You've reached your limit of free articles. Log in to continue reading.",
        "Register for free to continue reading this article.",
        "Cet article est réservé aux abonnés. Il vous reste 75 % de cet article à lire.",
        "Weiterlesen mit Paper+. Dieser Artikel ist nur für Abonnenten.",
        "Suscríbete para seguir leyendo.",
        "Contenido exclusivo para suscriptores.",
        "Questo articolo è riservato agli abbonati.",
        "Conteúdo exclusivo para assinantes.",
        "Dit artikel is exclusief voor abonnees.",
        "この記事は有料会員限定です。",
    ],
)
def test_paywalls(wall: str) -> None:
    """What stands before the wall is the text; the wall itself is none of it."""
    made = read(f"<article><h1>Bridge closed</h1>{TEASER}<div>{wall}</div></article>")
    assert (made.wall, made.text) == ("paywall", SHOWN)
    assert read(f"<article><h1>Bridge closed</h1>{LONG}<p>{wall}</p></article>").wall == ""


def test_a_declared_paywall_counts_however_long_the_text_is() -> None:
    """A page that says its text is not free for all is one that readers cannot check."""
    head = (
        '<script type="application/ld+json">{{"@type": "NewsArticle", {}, "articleBody": "What '
        'only subscribers read."}}</script>'
    )
    whole = '"isAccessibleForFree": false'
    a_part = f'"isAccessibleForFree": true, "hasPart": {{"cssSelector": ".x", {whole}}}'
    for text, said in ((TEASER, whole), (LONG, whole), (LONG, a_part)):
        made = read(f"<article><h1>Bridge closed</h1>{text}</article>", head.format(said))
        assert made.wall == "paywall"
        assert "only subscribers" not in made.text


def test_a_request_within_a_long_text_is_no_wall() -> None:
    """What comes after it is text as well; behind a wall there are menus at most."""
    head = (
        '<script type="application/ld+json">{"@type": "Article", "isAccessibleForFree": 0}</script>'
    )
    ask = "<p>Subscribe to keep reading stories like this one.</p>"
    for asked in (LONG + ask + LONG, LONG + ask + "<p>Terms of use of the paper, and more.</p>"):
        made = read(f"<article><h1>Bridge closed</h1>{asked}</article>", head)
        assert made.text.count("Paragraph") == asked.count("Paragraph")
    assert "Terms" not in made.text


@pytest.mark.parametrize(
    "form",
    [
        (
            "<h1>We value your privacy</h1><p>We and our 843 partners store information, such as "
            "cookies.</p><p>Accept all</p><p>Reject all</p><p>Manage options</p>"
        ),
        (
            "<p>Wir und unsere 210 Partner verwenden Cookies. Mit Ihrer Einwilligung gibt es "
            "Werbung.</p><p>Alle akzeptieren</p><p>Datenschutz</p>"
        ),
        (
            "<h1>Nous respectons votre vie privée</h1><p>Nos 321 partenaires et nous utilisons des "
            "cookies.</p><p>Tout accepter</p><p>Continuer sans accepter</p>"
        ),
        (
            "<p>Nosotros y nuestros 99 socios utilizamos cookies.</p><p>Aceptar todo</p>"
            "<p>Rechazar todo</p>"
        ),
    ],
    ids=["en", "de", "fr", "es"],
)
def test_consent(form: str) -> None:
    """A page that only asks has no text; a banner under an article costs nothing."""
    made = read(form)
    assert (made.wall, made.text) == ("consent", "")
    made = read(f"<article><h1>Bridge closed</h1>{LONG}</article><div>{form}</div>")
    assert (made.wall, made.text.count("Paragraph")) == ("", 12)


def test_hosts_that_only_ask() -> None:
    """Who lands on a host for consent has read nothing of the page."""
    made = read(f"<article>{LONG}</article>", url="https://consent.paper.example/collect?a=1")
    assert (made.wall, made.text) == ("consent", "")


@pytest.mark.parametrize(
    "shown",
    [
        "Just a moment... Checking if the site connection is secure",
        "Please enable JS and disable any ad blocker",
        'Access Denied. You don\'t have permission to access "/x" on this server. Reference #18.2',
        "Robot or human? Activate and hold the button to confirm that you're human.",
    ],
)
def test_servers_that_want_a_browser(shown: str) -> None:
    """What a server says to machines is no article."""
    with pytest.raises(ParseError, match="asks for a browser"):
        read(f"<p>{shown}</p>")

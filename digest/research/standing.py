"""
What an address says before it is opened: a source, an aggregator, or nothing to read at all.

Pure. The lists are short and about kinds of pages, not about good and bad publishers.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from ..text import stem
from ..urls import canonical, host, publisher
from .subject import Subject, terms

Standing = Literal["paper", "standard", "authority", "code", "official", "page", "reference"]

KINDS: tuple[tuple[Standing, frozenset[str]], ...] = (
    (
        "paper",
        frozenset(
            "arxiv.org openreview.net aclanthology.org biorxiv.org medrxiv.org doi.org pnas.org "
            "jmlr.org eprint.iacr.org dl.acm.org/doi ieeexplore.ieee.org/document ssrn.com "
            "sciencedirect.com/science nature.com/articles science.org/doi cell.com "
            "link.springer.com/article link.springer.com/chapter ncbi.nlm.nih.gov "
            "thelancet.com/journals nejm.org/doi proceedings.mlr.press proceedings.neurips.cc "
            "openaccess.thecvf.com huggingface.co/papers".split()
        ),
    ),
    (
        "standard",
        frozenset(
            "rfc-editor.org ietf.org w3.org whatwg.org iso.org iec.ch itu.int unicode.org tc39.es "
            "ecma-international.org oasis-open.org standards.ieee.org peps.python.org".split()
        ),
    ),
    (
        "authority",
        frozenset(
            "gov mil gouv.fr gob.es gob.mx gc.ca admin.ch bund.de gv.at europa.eu un.org who.int "
            "oecd.org imf.org worldbank.org courtlistener.com bailii.org cve.org".split()
        ),
    ),
    (
        "code",
        frozenset(
            "github.com gitlab.com bitbucket.org codeberg.org git.sr.ht huggingface.co "
            "pypi.org/project crates.io/crates npmjs.com/package zenodo.org/record "
            "zenodo.org/records kaggle.com/datasets".split()
        ),
    ),
    (
        "reference",
        frozenset(
            "wikipedia.org wiktionary.org wikidata.org britannica.com investopedia.com imdb.com "
            "merriam-webster.com dictionary.com stackoverflow.com stackexchange.com".split()
        ),
    ),
)
"""Domains with all below them, some only below a path; the first that holds an address."""
CODE = frozenset("github.com gitlab.com bitbucket.org codeberg.org huggingface.co".split())
GOVERNMENT = re.compile(r"(?:^|\.)(?:gov|govt|mil)\.[a-z]{2}$")
NOT_CODE = re.compile(r"/(?:blog|docs|about|features|search|topics|trending|explore|marketplace)\b")

AGGREGATORS = frozenset(
    "news.ycombinator.com lobste.rs slashdot.org techmeme.com memeorandum.com msn.com digg.com "
    "news.google.com flipboard.com feedly.com getpocket.com newsbreak.com smartnews.com "
    "producthunt.com alltop.com news.yahoo.com finance.yahoo.com".split()
)
SOCIAL = frozenset(
    "twitter.com x.com facebook.com fb.com linkedin.com lnkd.in pinterest.com t.me wa.me "
    "whatsapp.com reddit.com redd.it instagram.com tiktok.com threads.net threads.com bsky.app "
    "mastodon.social mastodon.online fosstodon.org hachyderm.io discord.gg discord.com slack.com "
    "quora.com snapchat.com vk.com weibo.com".split()
)
WITHOUT_TEXT = frozenset(
    "youtube.com youtu.be vimeo.com twitch.tv spotify.com soundcloud.com podcasts.apple.com "
    "apps.apple.com play.google.com chromewebstore.google.com maps.google.com imgur.com "
    "flickr.com giphy.com amazon.com amazon.de amazon.co.uk ebay.com etsy.com patreon.com "
    "paypal.com ko-fi.com buymeacoffee.com gofundme.com docs.google.com drive.google.com "
    "forms.gle zoom.us calendly.com eventbrite.com meetup.com luma.com lu.ma".split()
)
FILES = re.compile(
    r"\.(?:ps|png|jpe?g|gif|webp|svg|avif|mp4|webm|mov|mp3|wav|ogg|m4a|zip|gz|xz|tar|7z|exe|dmg|pkg|deb|rpm|whl|apk|iso|"
    r"docx?|xlsx?|pptx?|csv|epub|ics|xml|rss|atom)$",
    re.IGNORECASE,
)
ALIKE = 5
"""Letters of a name from which it is not another's beginning by chance."""
_SHARING = re.compile(
    r"/(?:share|sharer|sharing|intent|submit|dialog|send)\b|[?&](?:share|u|url|link)=https?", re.I
)
_LISTING = re.compile(
    r"/(?:tags?|categor(?:y|ies)|topics?|labels?|authors?|people|users?|profiles?|series|feeds?)(?:/[^/]+)?/?$"
    r"|/(?:search|archives?|@[^/]+|(?:19|20)\d\d(?:/\d\d?)?|page/\d+)/?$",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"/(?:log-?in|sign-?(?:in|up)|register|subscribe|subscriptions?|newsletters?|join|account|cart|checkout|shop|store|"
    r"pricing|donate|support-us|privacy(?:-policy)?|terms(?:-of-(?:service|use))?|legal|imprint|impressum|cookies?|contact(?:-us)?|"
    r"about(?:-us|-me)?|team|careers?|jobs|advertise|sponsor(?:s|ship)?|rss|sitemap|unsubscribe|downloads?)(?:\.html?|\.php)?/?$",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"/[^/]+/(?:models|datasets|spaces|collections|repositories|projects|packages|stars|followers)/?"
)
_HOME = re.compile(r"/(?:index(?:\.\w+)?|home|[a-z]{2}(?:[-_][a-z]{2})?)?/?", re.IGNORECASE)
_ARXIV_FILE = re.compile(
    r"(https?://(?:www\.|export\.)?arxiv\.org)/(?:pdf|html)/([\w.-]+/?\d+?(?:v\d+)?)(?:\.pdf)?/?"
)


def readable(url: str) -> str:
    """The address of the page about a thing, where the address itself is that of a file."""
    match = _ARXIV_FILE.fullmatch(url)
    return f"{match[1]}/abs/{match[2]}" if match else url


def hindrance(url: str) -> str:
    """Why an address is not worth opening, in words; empty where it may be."""
    name, path = host(url), urlsplit(url).path
    if not name:
        return "not an address of the web"
    if _is_under(name, "", SOCIAL):
        return "a post or profile in a social network"
    if _is_under(name, "", WITHOUT_TEXT):
        return "a place for videos, files, shops or forms"
    if _is_under(name, path.removeprefix("/"), AGGREGATORS):
        return "an aggregator, which repeats others"
    if _SHARING.search(url):
        return "a button for sharing"
    if FILES.search(path):
        return f"a file ({path.rpartition('.')[2].lower()}), which is not read"
    if _is_home(url):
        return "a home page"
    if _SERVICE.search(path):
        return "a page of the site's own business"
    if _LISTING.search(path) and standing_of(url) == "page":
        return "a list of posts"
    if _WORKS.fullmatch(path) and _is_under(name, "", CODE):
        return "a list of works"
    return _account(url)


def is_entrance(url: str) -> bool:
    """Whether it is a home page or a profile: it leads to somebody, not to a text."""
    return _is_home(url) or bool(_account(url))


def _is_home(url: str) -> bool:
    address = urlsplit(url)
    return _HOME.fullmatch(address.path) is not None and not address.query


def _account(url: str) -> str:
    """A profile: on sites of many authors, an address that goes no further than the account."""
    owner = publisher(url)
    is_only = "/" in owner and canonical(url).removeprefix("https://").lower() == owner
    return "a profile" if is_only else ""


def standing_of(url: str, subject: Subject | None = None) -> Standing:
    """
    What kind of source an address is.

    Args:
        subject: A host that bears a name of the story is that of those it is about, and only
            code that bears one is the story's.
    """
    name, path = host(url), urlsplit(canonical(url)).path.removeprefix("/")
    for standing, places in KINDS:
        if _is_under(name, path, places):
            return standing if standing != "code" or _is_work(path, subject) else "page"
    if GOVERNMENT.search(name):
        return "authority"
    if subject is not None and _is_official(url, subject):
        return "official"
    return "page"


def _is_work(path: str, subject: Subject | None) -> bool:
    """Code or data, named as the story is: not a tool that was used in passing."""
    if NOT_CODE.match(f"/{path}"):
        return False
    return subject is None or not subject.leading.isdisjoint(terms(path.replace("/", " ")))


def is_one_owner(first: str, second: str) -> bool:
    """
    Whether two publishers look like one: `github.com/simonw` and `simonwillison.net`.

    A guess from names, good for an order; who counts as two is for `publishers:` to say.
    """
    names = sorted((_name(first), _name(second)), key=len)
    return len(names[0]) >= ALIKE and names[1].startswith(names[0])


def _name(owner: str) -> str:
    """The account, else the first label of the domain."""
    return owner.rpartition("/")[2] if "/" in owner else owner.partition(".")[0]


def _is_under(name: str, path: str, places: frozenset[str]) -> bool:
    """Whether a host, or one that it belongs to, is among them, with a path or without."""
    labels = name.split(".")
    domains = [".".join(labels[first:]) for first in range(len(labels))]
    below = path.split("/", maxsplit=1)[0]
    return any(domain in places or f"{domain}/{below}" in places for domain in domains)


def _is_official(url: str, subject: Subject) -> bool:
    """`acme.example`, `acme-labs.example`, `acmehq.example` in a story about Acme."""
    label = publisher(url).partition("/")[0].partition(".")[0]
    parts = {stem(part) for part in (label, *label.split("-"))}
    ends = {
        label.removesuffix(end)
        for end in ("hq", "inc", "labs", "lab", "ai", "app", "project", "lang")
    }
    wanted = {term for term in subject.leading if len(term) > 2 and not term[0].isdigit()}
    return bool(wanted & (parts | {stem(end) for end in ends}))

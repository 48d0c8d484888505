"""
What feeds.yaml may say: a frozen dataclass for each mapping, a field for each key.

Pure. `config.py` reads the file into these; every step may take them. A field's metadata
says what the key means (`doc`, for the reference) and what it accepts beyond its type
(`check`, whose words stand in the error message). Only keys that code reads are here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

Scalar = str | int | float | bool
"""Any plain value of YAML."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RESERVED_SLUGS = frozenset(
    "archive sources threads tags essays search subscribe index static assets "
    "atom feed rss sitemap robots status 404".split()
)
"""Words of the site's own addresses, which no digest or page may take."""


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on a value, and its words: "expected <words>"."""

    words: str
    holds: Callable[[Any], bool]


def key(doc: str, default: Any = ..., *, check: Check | None = None) -> Any:
    """
    A key of feeds.yaml.

    Args:
        doc: What it means, one line for the reference.
        default: Its value when absent; without one the key is required.
        check: What it must satisfy beyond its type.
    """
    metadata = {"doc": doc, "check": check}
    if default is ...:
        return field(metadata=metadata)
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)


def name_of(field_name: str) -> str:
    """The key of a field: `from_` in Python, where `from` is a word of its own, is `from`."""
    return field_name.removesuffix("_")


def is_slug(value: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None and len(value) <= 80


_USUAL_HTTP = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::(?:[1-9]\d{0,3}|[1-5]\d{4}))?(?:/[!-Z^-~]*)?"
)
"""What needs no taking apart to see that it is one: most of a thousand feeds."""


def is_http(value: str) -> bool:
    if _USUAL_HTTP.fullmatch(value):
        return True
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_file(value: str) -> bool:
    return value.startswith("file:///") and len(value) > len("file:///") and "\x00" not in value


def is_proxy(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return (
            parts.scheme == "http"
            and bool(parts.hostname)
            and parts.username is None
            and parts.port != 0
            and not (parts.path.strip("/") or parts.query or parts.fragment)
        )
    except ValueError:
        return False


def is_mailbox(value: str) -> bool:
    """`me@example.org`, alone or in angle brackets after a name; one line, no two addresses."""
    match = re.fullmatch(r"(?:[^<>\r\n]*<)?([^<>@\s,;]+@[^<>@\s,;]+)>?", value)
    has_brackets = ("<" in value) == value.endswith(">")
    return match is not None and has_brackets and match[1].isascii()


def is_timezone(value: str) -> bool:
    from zoneinfo import ZoneInfo  # it looks for its data on the disk, and few commands tell days

    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):  # a name with `..`, a folder, an unknown name
        return False
    return bool(value)


def is_cluster(value: str) -> bool:
    """Whether it names where feeds are read: `none`, `local:4`, `tcp://host:8786`, `tls://…`."""
    if match := re.fullmatch(r"local:([1-9][0-9]{0,2})", value):
        return int(match[1]) <= 256
    if match := re.fullmatch(r"(?:tcp|tls)://(?:\[[0-9a-f:]+\]|[\w.-]+):([0-9]{1,5})", value):
        return 0 < int(match[1]) < 65536
    return value == "none"


def is_schedule(value: str) -> bool:
    return value in {"daily", "manual"} or value in {f"weekly {day}" for day in WEEKDAYS}


SLUG = Check("small letters, digits and single hyphens, as in `ai-tech`", is_slug)
OWN_SLUG = Check(
    "small letters, digits and single hyphens, and none of the site's own words "
    f"({', '.join(sorted(RESERVED_SLUGS))})",
    lambda value: is_slug(value) and value not in RESERVED_SLUGS,
)
HTTP = Check("an address that begins with http:// or https://", is_http)
PROXY = Check(
    "`http://host:port`, without a name or password",
    lambda value: not value or is_proxy(value),
)
CLUSTER = Check(
    "`none`, `local:N` with N from 1 to 256, or the address of a Dask scheduler such as "
    "`tcp://host:8786`",
    is_cluster,
)
SOURCE = Check(
    "an address that begins with http:// or https://, or file:/// and an absolute path",
    lambda value: is_http(value) or is_file(value),
)
COUNT = Check("0 or more", lambda value: value >= 0)
POSITIVE = Check("more than 0", lambda value: value > 0)
NOT_EMPTY = Check("at least one character", bool)
PORT = Check("a port from 1 to 65535", lambda value: 0 < value < 65536)
HTTP_OR_EMPTY = Check(HTTP.words, lambda value: not value or is_http(value))
MAILBOX = Check(
    "`me@example.org` or `Name <me@example.org>`", lambda value: not value or is_mailbox(value)
)
UNSUBSCRIBE = Check(
    "an address that begins with https:// and holds {email}",
    lambda value: not value or (value.startswith("https://") and "{email}" in value),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who publishes: the card at the foot of each page."""

    name: str = key("Name on the author card.", "")
    role: str = key("What they do.", "")
    place: str = key("Where they are.", "")
    tagline: str = key("A few words under the name.", "")
    bio: str = key("A sentence or two.", "")
    links: Mapping[str, str] = key("Name and address of profiles.", {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The publication as a whole."""

    title: str = key("Name of the publication.", "A digest", check=NOT_EMPTY)
    url: str = key(
        "Where it will be published; feeds and mail need whole addresses.",
        "http://localhost:8000/",
        check=HTTP,
    )
    description: str = key("A sentence for search engines and the feeds.", "")
    author: Author = key("Who publishes it.", Author())
    footer: str = key("A line at the foot of every page.", "")
    language: str = key(
        "Language tag of the site's own words.",
        "en",
        check=Check(
            "a language tag such as `en` or `de-AT`",
            lambda value: re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*", value) is not None,
        ),
    )
    timezone: str = key(
        "Time zone of days and weeks.",
        "UTC",
        check=Check("a time zone such as `Europe/Vienna`", is_timezone),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A named stream of issues."""

    slug: str = key("Its part of the address.", check=OWN_SLUG)
    title: str = key("Its name.", check=NOT_EMPTY)
    description: str = key("A sentence about it.", "")
    schedule: str = key(
        "`daily`, `weekly mon` (any weekday) or `manual`.",
        "daily",
        check=Check("`daily`, `manual`, or `weekly` and one of " + " ".join(WEEKDAYS), is_schedule),
    )
    features: int = key("Features per issue at most.", 3, check=COUNT)
    round_ups: int = key("Round-ups per issue at most.", 8, check=COUNT)
    feeds: tuple[str, ...] = key("Slugs of its feeds; with neither feeds nor tags: all.", ())
    tags: tuple[str, ...] = key("Or: every feed that has one of these tags.", ())
    brief: str = key("What these readers care about, in plain words.", "")
    audience: str = key("Who they are and what they know, for a model that writes.", "")
    voice: str = key("How a model should write: tone, person, what to avoid.", "")
    length: Literal["short", "standard", "long"] = key(
        "Of a feature that a model writes: about 300, 450 or 650 words.", "standard"
    )
    include: tuple[str, ...] = key("Only entries that hold one of these words.", ())
    exclude: tuple[str, ...] = key("No entry that holds one of these words.", ())
    must: tuple[str, ...] = key("Slugs of feeds whose entries always get a place.", ())
    pin: tuple[str, ...] = key("Addresses of entries that always become features.", ())
    veto: tuple[str, ...] = key("Addresses of entries that are never used.", ())
    per_feed: int = key("Stories of one feed at most, while others have news.", 3, check=POSITIVE)
    per_topic: int = key(
        "Stories of one category at most, while others have news.", 5, check=POSITIVE
    )
    review: bool = key("New issues stay drafts until a person publishes them.", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """A secret that one feed wants, taken from the environment."""

    header: str = key("Header that carries it.", "Authorization", check=NOT_EMPTY)
    env: str = key("Environment variable that holds it.", check=NOT_EMPTY)
    kind: Literal["header", "basic", "token"] = key(
        "What it is: the header's whole value, `user:password` for Basic, or a bearer token.",
        "header",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One subscription."""

    url: str = key("Address of the Atom, RSS or JSON feed; or a file: `file:///…`.", check=SOURCE)
    slug: str = key("Its name on the pages; by default made from the address.", check=SLUG)
    title: str = key("Its name in words; by default the feed's own.", "")
    tags: tuple[str, ...] = key("Words to choose feeds by.", ())
    weight: float = key("How much its entries count beside others.", 1.0, check=POSITIVE)
    full_text: Literal["auto", "feed", "page"] = key(
        "Where an entry's text comes from: `feed`, `page`, or whichever is whole (`auto`).", "auto"
    )
    auth: Auth | None = key("A secret to send.", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server that takes one message per recipient."""

    host: str = key("Name of the server; needed for `via: smtp`.", "")
    port: int = key("587 for STARTTLS, 465 for TLS from the first byte.", 587, check=PORT)
    security: Literal["starttls", "tls", "none"] = key(
        "How the connection is protected; `none` is taken for loopback alone.", "starttls"
    )
    user_env: str = key("Environment variable that holds the user; empty for no login.", "")
    password_env: str = key("Environment variable that holds the password.", "")
    per_second: float = key("Messages a second at most.", 5.0, check=POSITIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttondown:
    """An account at Buttondown."""

    url: str = key("Where its API answers.", "https://api.buttondown.com/v1", check=HTTP)
    key_env: str = key(
        "Environment variable that holds the API key.", "BUTTONDOWN_API_KEY", check=NOT_EMPTY
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listmonk:
    """A listmonk server."""

    url: str = key("Its address; needed for `via: listmonk`.", "", check=HTTP_OR_EMPTY)
    user_env: str = key(
        "Environment variable that holds the API user.", "LISTMONK_USER", check=NOT_EMPTY
    )
    token_env: str = key(
        "Environment variable that holds its token.", "LISTMONK_TOKEN", check=NOT_EMPTY
    )
    lists: tuple[int, ...] = key("Numbers of the lists that get it; at least one.", ())
    template: int = key("Number of the template around it; 0 for listmonk's default.", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """How issues go out by mail."""

    via: Literal["none", "smtp", "buttondown", "listmonk"] = key("The way out.", "none")
    auto: bool = key("`digest send --auto` sends; without it, it only shows.", False)
    text: Literal["full", "brief"] = key(
        "Whole features, or their summaries with a link to the page.", "full"
    )
    from_: str = key(
        "The sender, `Name <me@example.org>`; by default newsletter@ the site's host.",
        "",
        check=MAILBOX,
    )
    reply_to: str = key("Where answers go.", "", check=MAILBOX)
    list: str = key("With smtp: a CSV file with a column `email`.", "subscribers.csv")
    list_command: tuple[str, ...] = key(
        "With smtp, instead of the file: a program and its arguments that prints such a CSV.", ()
    )
    unsubscribe_url: str = key(
        "With smtp: https address with the places {email} and {signature}.", "", check=UNSUBSCRIBE
    )
    unsubscribe_key_env: str = key(
        "Environment variable that holds the key of the signature.", "DIGEST_UNSUBSCRIBE_KEY"
    )
    postal: str = key("Postal address at the foot, as the law of many places asks for.", "")
    smtp: Smtp = key("The mail server.", Smtp())
    buttondown: Buttondown = key("The account.", Buttondown())
    listmonk: Listmonk = key("The server.", Listmonk())


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A server that speaks as OpenAI's chat completions do: Ollama, vLLM, llama.cpp, a gateway."""

    url: str = key("Its address up to `/v1`.", check=HTTP)
    key_env: str = key("Environment variable that holds its key; empty for none.", "")
    reply: Literal["schema", "object", "text"] = key(
        "How the form of a reply is asked for: by JSON schema, as any JSON object, or in the "
        "prompt alone, for servers that refuse the others.",
        "schema",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What may be spent; a call that would go beyond is not made."""

    issue_tokens: int = key("Tokens of one issue, read and written.", 200_000, check=POSITIVE)
    month_usd: float = key(
        "US dollars in a calendar month (UTC), over all digests; counts models with a price.",
        10.0,
        check=COUNT,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars per million tokens."""

    input: float = key("Of what it reads.", check=COUNT)
    output: float = key("Of what it writes.", check=COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """Who writes, instead of the extractive drafter."""

    name: str = key(
        "Any id or alias that the llm library knows (`llm models`), or the endpoint's own name; "
        "`default` for the one that `llm models default` shows.",
        check=NOT_EMPTY,
    )
    editor: str = key("Another model for choosing and headlines; by default the same.", "")
    embedding: str = key(
        "An embedding model that the llm library knows (`llm embed-models`), by which posts in "
        "other words are told to be one story; its calls count in `month_usd`, but not in "
        "`issue_tokens`.",
        "",
    )
    endpoint: Endpoint | None = key("Where the models are asked, instead of by llm's list.", None)
    budget: Budget = key("What may be spent.", Budget())
    prices: Mapping[str, Price] = key("By model: US dollars per million tokens.", {})
    timeout_s: float = key("Seconds that one call may take.", 180.0, check=POSITIVE)
    concurrency: int = key("Calls under way at once.", 4, check=POSITIVE)
    options: Mapping[str, Scalar] = key(
        "Options of the model (`llm models --options`), sent with each call.", {}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Research:
    """What is read beyond the feeds before a feature is written."""

    pages: int = key("Pages opened for one story at most; 0 for none.", 6, check=COUNT)
    search: Literal["none", "searxng", "brave", "tavily"] = key(
        "Who is asked for pages that nothing links to.", "none"
    )
    url: str = key(
        "Where the provider answers; needed for searxng, else by default its own address.",
        "",
        check=HTTP_OR_EMPTY,
    )
    key_env: str = key(
        "Environment variable that holds the key; by default BRAVE_API_KEY or TAVILY_API_KEY.", ""
    )

    @property
    def key_name(self) -> str:
        """The environment variable of the key; empty where the provider takes none."""
        usual = {"brave": "BRAVE_API_KEY", "tavily": "TAVILY_API_KEY"}
        return self.key_env or usual.get(self.search, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Manners and limits towards servers."""

    concurrency: int = key(
        "Requests under way at once; one that a server leaves without an answer for a second "
        "makes room for another.",
        64,
        check=POSITIVE,
    )
    per_host: int = key("Requests to one host at once.", 1, check=POSITIVE)
    pause_s: float = key("Seconds between requests to one host.", 1.0, check=COUNT)
    timeout_s: float = key(
        "Seconds that one request may take in all; in `digest fetch` what begins late gets less, "
        "but half of it always, so that the run ends soon after the first have had theirs.",
        20.0,
        check=POSITIVE,
    )
    max_bytes: int = key("Bytes of one answer at most, unpacked.", 10_000_000, check=POSITIVE)
    allow_private: bool | tuple[str, ...] = key(
        "Private addresses that may be opened: `false`, `true`, or a list of `host:port`.", False
    )
    proxy: str = key(
        "Proxy that all requests for feeds and pages go through; none from the environment.",
        "",
        check=PROXY,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All of feeds.yaml."""

    feeds: tuple[Feed, ...] = key("The subscriptions.")
    site: Site = key("The publication as a whole.", Site())
    digests: tuple[Digest, ...] = key(
        "The streams of issues; without any, one daily digest of all feeds.", ()
    )
    publishers: Mapping[str, tuple[str, ...]] = key(
        "Families: a name and the domains that one publisher owns.", {}
    )
    model: LanguageModel | None = key(
        "The language model that writes; `none` for the extractive drafter.", None
    )
    research: Research = key(
        "What is read beyond the feeds before a feature is written.", Research()
    )
    newsletter: Newsletter = key("How issues go out by mail.", Newsletter())
    network: Network = key("Manners and limits towards servers.", Network())
    cluster: str = key(
        "Where feeds and pages are read: `none` here, `local:N` in processes, or a Dask scheduler.",
        "none",
        check=CLUSTER,
    )

    def feeds_of(self, digest: Digest) -> tuple[Feed, ...]:
        """The feeds that a digest reads, in the order of the file."""
        if not digest.feeds and not digest.tags:
            return self.feeds
        return tuple(
            feed
            for feed in self.feeds
            if feed.slug in digest.feeds or set(feed.tags) & set(digest.tags)
        )

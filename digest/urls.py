"""
Addresses: one form for identity, one to show, and who stands behind one.

Pure. Nothing here raises for what an address holds: what cannot be read is empty. The
list of public suffixes is the data of the package `publicsuffixlist`, loaded when a
publisher is asked for the first time.

Source: RFC 3986, section 6.2 (normalisation); WHATWG URL, section 4.4 (what browsers repair)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

NO_FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType({})

TRACKING_PREFIXES = (
    "utm_", "utm-", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "oly_", "vero_", "_hs", "__hs",
    "guce_", "at_",
)  # fmt: skip
TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid "
    "igsh mc_cid mc_eid mkt_tok hsctatracking _openstat wickedid ref ref_src ref_url referrer "
    "cmpid ncid spm s_cid smid sref guccounter __twitter_impression _ga _gl xtor ito fb_action_ids "
    "fb_action_types fb_ref fb_source action_object_map rss_id feed_id triedredirect isfreemail "
    "mbid srsltid epik cvid ocid trk trkcampaign _branch_match_id _branch_referrer".split()
)
"""Names of parameters, in lower case, that say where a reader came from, never what they read."""

VALUES_THAT_TRACK = {
    "source": re.compile(r"rss.*|twitter|facebook|linkedin|email|newsletter|feed"),
    "from": re.compile(r"rss|feed|atom"),
    "amp": re.compile(r"|1|true"),
    "outputtype": re.compile(r"amp"),
    "feature": re.compile(r"share|shared|youtu\.be|emb_.*|youtube_gdata.*"),
}
"""Parameters that are tracking only with such a value."""

TRACKING_OF = {"youtube.com": {"si", "pp", "ab_channel"}, "youtu.be": {"si"}, "spotify.com": {"si"}}
TRACKING_SOMEWHERE = frozenset().union(*TRACKING_OF.values())
KEEPS_REF = ("github.com", "gitlab.com", "codeberg.org")
"""Where `ref` is a branch or a tag."""

FEED_FRAGMENT = re.compile(r"(atom|rss|feed)(-(entries|everything))?|utm_.*|xtor=.*|ref=(rss|feed)")
"""Fragments that a feed adds to count its readers."""

HOSTS_OF_MANY = frozenset(
    "substack.com medium.com tumblr.com wordpress.com blogspot.com github.io gitlab.io ghost.io "
    "hashnode.dev beehiiv.com buttondown.email bearblog.dev neocities.org write.as micro.blog "
    "livejournal.com typepad.com svbtle.com posthaven.com netlify.app vercel.app pages.dev web.app "
    "notion.site webflow.io wixsite.com squarespace.com bandcamp.com itch.io readthedocs.io "
    "codeberg.page sourceforge.io fly.dev herokuapp.com".split()
)
"""Domains under which each host is a publisher of its own."""

ACCOUNTS = {
    "github.com": r"(?:orgs/)?(?!(?:about|blog|features|orgs|search|topics|trending)(?:/|$))[^/]+",
    "gitlab.com": r"(?!(?:explore|help)(?:/|$))[^/]+",
    "bitbucket.org": r"[^/]+",
    "codeberg.org": r"(?!explore\b)[^/]+",
    "huggingface.co": r"(?:(?:datasets|spaces)/)?(?!(?:blog|docs|papers|models)(?:/|$))[^/]+",
    "medium.com": r"(?!(?:p|m|tag|search)(?:/|$))[^/]+",
    "substack.com": r"@[^/]+",
    "youtube.com": r"@[^/]+|(?:channel|c|user)/[^/]+",
    "reddit.com": r"(?:r|u|user)/[^/]+",
    "x.com": r"(?!(?:i|search|home|hashtag)(?:/|$))[^/]+",
    "twitter.com": r"(?!(?:i|search|home|hashtag)(?:/|$))[^/]+",
    "facebook.com": r"(?!(?:groups|watch|events|share|story\.php)(?:/|$))[^/]+|groups/[^/]+",
    "instagram.com": r"(?!(?:p|reel|tv|explore)(?:/|$))[^/]+",
    "threads.net": r"@[^/]+",
    "tiktok.com": r"@[^/]+",
    "linkedin.com": r"(?:in|company|school)/[^/]+",
    "bsky.app": r"profile/[^/]+",
    "t.me": r"(?:s/)?[^/]+",
    "vimeo.com": r"(?!\d)[^/]+",
    "patreon.com": r"(?:c/)?(?!posts\b)[^/]+",
    "dev.to": r"(?!(?:t|search)(?:/|$))[^/]+",
    "sites.google.com": r"(?:view|site)/[^/]+",
}
"""Host -> the part of the path that names an account there."""

SAME_HOST = {
    "gist.github.com": "github.com",
    "raw.githubusercontent.com": "github.com",
    "old.reddit.com": "reddit.com",
    "m.youtube.com": "youtube.com",
    "mobile.twitter.com": "twitter.com",
}
UNRESERVED = re.compile(rb"[A-Za-z0-9._~-]")
IN_ORDER = re.compile(r"[A-Za-z0-9._~/:@!$&'()*+,;=?-]*")
"""Text that is spelled as it should be, wherever in an address it stands."""
_PATH_IN_FORM = (
    r"((?:/(?!\.{1,2}(?:[/?]|$))[A-Za-z0-9._~:@!$&'()*+,=-]*)+)"
    r"(?:\?([A-Za-z0-9._~/:@!$&'()*+,;=?-]*))?"
)
IN_FORM = re.compile(r"(https?)://((?:[a-z0-9_-]+\.)+[a-z0-9_-]+)" + _PATH_IN_FORM)
"""A whole address that is spelled as it should be: scheme, host, path, query."""
ROOTED_IN_FORM = re.compile("(?!//)" + _PATH_IN_FORM)
"""The same from its path on."""
ORIGIN_IN_FORM = re.compile(
    r"(https?)://((?:[a-z0-9_-]+\.)+[a-z0-9_-]+)"
    r"(:(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}))?(?=[/?#]|$)"
)
"""The same up to there: scheme, host, port."""
PREFIX = re.compile(r"^(www\d?|amp)\.(?=[^.]+\.)")
WWW = re.compile(r"^www\d?\.(?=[^.]+\.)")
REMEMBERED = 8_192
"""Addresses whose forms are kept: a feed asks for each of its own several times."""


@lru_cache(REMEMBERED)
def canonical(url: str) -> str:
    """
    The identity of a page: two addresses with the same one lead to the same text.

    Returns:
        `https://host/path?query`: scheme, `www.`, a closing slash, user names, default ports,
        fragments (but those that are routes, `#!/…` and `#/…`), tracking parameters and AMP
        wrappings are dropped; all other parameters stay, in order. Empty if `url` is
        no http address.
    """
    form = _form(url)
    if form and not form[2].endswith("/") and not _may_be_amp(url) and "/index.htm" not in url:
        _, name, path, said = form
        query = without_tracking(said, name) if said else ""
        name = PREFIX.sub("", name)
        return f"https://{name}{path}?{query}" if query else f"https://{name}{path}"
    parts = _split(_without_amp(url))
    if parts is None:
        return ""
    name = PREFIX.sub("", _host(parts))
    path = re.sub(r"/index\.html?$", "/", parts.path)
    path = re.sub(r"(?<=[^/])/+$", "", _without_amp_suffix(path)) or "/"
    return urlunsplit(("https", name + _port(parts), path, _query(parts), _route(parts)))


@lru_cache(REMEMBERED)
def clean(url: str, base: str = "") -> str:
    """
    The address to show and to open.

    Args:
        url: As a page or feed has it, relative or absolute.
        base: What it is relative to.

    Returns:
        Absolute, host in ASCII, without tracking parameters, user name and feed markers.
        Empty if it is not http or https.
    """
    if form := _form(url):
        return _in_form(*form)
    if (tail := ROOTED_IN_FORM.fullmatch(url)) and (head := ORIGIN_IN_FORM.match(base)):
        port = "" if head[3] in (None, ":80", ":443") else head[3]
        return _in_form(head[1], head[2], port + tail[1], tail[2])
    parts = _split(url, base) if url.strip() else None
    if parts is None:
        return ""
    fragment = parts.fragment.partition(":~:")[0]
    if FEED_FRAGMENT.fullmatch(fragment.lower()):
        fragment = ""
    network = _host(parts) + _port(parts)
    return urlunsplit((parts.scheme, network, parts.path or "/", _query(parts), fragment))


@lru_cache(REMEMBERED)
def _form(url: str) -> tuple[str, str, str, str | None] | None:
    """Scheme, host, path and query of an address that is spelled as it should be."""
    match = IN_FORM.fullmatch(url)
    return (match[1], match[2], match[3], match[4]) if match else None


def _in_form(scheme: str, name: str, path: str, said: str | None) -> str:
    query = without_tracking(said, name) if said else ""
    return f"{scheme}://{name}{path}?{query}" if query else f"{scheme}://{name}{path}"


def joined(base: str, address: str) -> str:
    """
    `urljoin`, for addresses of strangers; empty for an empty one, and for one that is broken.

    Source: RFC 3986, section 5.2
    """
    if (form := _form(address)) and form[3] != "":
        return address  # an empty query would go
    try:
        return urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:  # brackets that do not close
        return ""


@lru_cache(REMEMBERED)
def host(url: str) -> str:
    """The host in lower case and ASCII (IDNA), without port; empty without one."""
    if form := _form(url):
        return form[1]
    parts = _split(url)
    return _host(parts) if parts else ""


def publisher(url: str, families: Mapping[str, tuple[str, ...]] = NO_FAMILIES) -> str:
    """
    Who stands behind an address: two sources are two publishers.

    Args:
        families: Name -> the domains (or accounts, `github.com/name`) that one publisher owns.

    Returns:
        The family's name; else the account (`github.com/simonw`, `reddit.com/r/python`) or
        host on sites of many authors; else the registered domain. Empty without a host.
    """
    name, owner = _host_and_owner(url)
    for family, domains in families.items():
        for domain in domains:
            if _belongs(domain.lower().removeprefix("www."), name, owner):
                return family
    return owner


@lru_cache(REMEMBERED)
def _host_and_owner(url: str) -> tuple[str, str]:
    """The host without `www.`, and who stands behind it by itself."""
    if (form := _form(url)) and not _may_be_amp(url):
        name = WWW.sub("", form[1])
        return name, _owner(SAME_HOST.get(name, name), form[2])
    head = ORIGIN_IN_FORM.match(url)
    if head and not _may_be_amp(url) and (tail := ROOTED_IN_FORM.fullmatch(url, head.end())):
        name = WWW.sub("", head[2])
        return name, _owner(SAME_HOST.get(name, name), tail[1])
    parts = _split(_without_amp(url))
    if parts is None:
        return "", ""
    name = WWW.sub("", _host(parts))
    return name, _owner(SAME_HOST.get(name, name), parts.path)


def _belongs(domain: str, name: str, owner: str) -> bool:
    return domain == owner.lower() or f".{name}".endswith(f".{domain}")


def _owner(name: str, path: str) -> str:
    account = re.match(f"/(?:{ACCOUNTS[name]})", path) if name in ACCOUNTS else None
    if account:
        return name + re.sub("^/(orgs|datasets|spaces)/", "/", account[0].lower())
    is_account = path.startswith(("/@", "/users/")) and re.match(r"/(@|users/)[^/]+", path)
    if is_account and _registered(name) not in (*ACCOUNTS, "youtu.be"):
        return name  # of Mastodon and its like
    return _owner_of_all(name)


@lru_cache(REMEMBERED)
def _owner_of_all(name: str) -> str:
    """Who stands behind all pages of a host."""
    registered = _registered(name)
    if registered in ("youtu.be", "youtube.com"):
        return "youtube.com"
    return name if registered in HOSTS_OF_MANY else registered


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(REMEMBERED)
def _registered(name: str) -> str:
    if ":" in name or re.fullmatch(r"[\d.]+", name):
        return name
    return _suffixes().privatesuffix(name) or name


def _split(url: str, base: str = "") -> SplitResult | None:
    """The parts of an http address, path, query and fragment in one encoding; else None."""
    url = re.sub(r"[\t\r\n]", "", url).strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x1b ")
    if re.match(r"(?i)https?:|[/\\]", url):
        head, mark, tail = url.partition("?")
        url = head.replace("\\", "/") + mark + tail
    try:
        joined = urljoin(base, url) if base else url
        joined = "https:" + joined if joined.startswith("//") else joined
        parts = urlsplit(joined)
        if parts.scheme not in ("http", "https") or not _host(parts) or parts.port == 0:
            return None
    except ValueError:  # a bad port, brackets that do not close, a host that folds to a slash
        return None
    path = _encode(_without_dots(parts.path), "/:@!$&'()*+,;=")
    query = _encode(parts.query, "/:@!$&'()*+,;=?[]")
    return parts._replace(
        path=path, query=query, fragment=_encode(parts.fragment, "/:@!$&'()*+,;=?")
    )


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        return f"[{name}]"
    if name.isascii():
        return name if re.fullmatch(r"[a-z0-9._-]+", name) else ""
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""


def _port(parts: SplitResult) -> str:
    return "" if parts.port in (None, 80, 443) else f":{parts.port}"


def _without_dots(path: str) -> str:
    """Source: RFC 3986, section 5.2.4."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        plain = segment.lower().replace("%2e", ".")
        if plain == "..":
            if len(kept) > 1:
                kept.pop()
        elif plain != ".":
            kept.append(segment)
    if segments[-1].lower().replace("%2e", ".") in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _encode(text: str, safe: str) -> str:
    """One spelling: hexadecimals in capitals, unreserved characters plain, all else encoded."""
    if IN_ORDER.fullmatch(text):
        return text

    def one(match: re.Match[str]) -> str:
        byte = unquote_to_bytes(match[0])
        return byte.decode("ascii") if UNRESERVED.fullmatch(byte) else match[0].upper()

    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = re.sub(r"%[0-9A-Fa-f]{2}", one, text)
    return quote(text.encode("utf-8", "replace"), safe=safe + "%~")


def _query(parts: SplitResult) -> str:
    return without_tracking(parts.query, _host(parts)) if parts.query else ""


@lru_cache(REMEMBERED)
def without_tracking(query: str, name: str) -> str:
    """The query of an address at host `name` without what says where a reader came from."""
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(pair, name)]
    return "&".join(kept)


def _is_tracking(pair: str, name: str) -> bool:
    key, _, value = pair.partition("=")
    key, value = key.lower(), value.lower()
    if key == "ref" and any(f".{name}".endswith(f".{domain}") for domain in KEEPS_REF):
        return False
    if key in TRACKING or key.startswith(TRACKING_PREFIXES):
        return True
    if key in VALUES_THAT_TRACK:
        return VALUES_THAT_TRACK[key].fullmatch(value) is not None
    return key in TRACKING_SOMEWHERE and any(
        key in keys and f".{name}".endswith(f".{domain}") for domain, keys in TRACKING_OF.items()
    )


def _route(parts: SplitResult) -> str:
    return parts.fragment if parts.fragment.startswith(("!", "/")) else ""


def _may_be_amp(url: str) -> bool:
    return "/amp" in url or ".amp" in url


def _without_amp(url: str) -> str:
    """The page inside the addresses of AMP caches."""
    cached = re.match(
        r"(?i)\s*https?://(?:(?:www\.)?google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[a-z])/(s/)?(.+)",
        url,
    )
    return f"http{'s' if cached[1] else ''}://{cached[2]}" if cached else url


def _without_amp_suffix(path: str) -> str:
    """
    `/2026/a-post/amp/` -> `/2026/a-post`, `/a-post.amp.html` -> `/a-post.html`.

    Only behind a segment that reads like a post's (a digit or hyphen): a page named
    `/glossary/amp` is one of its own.
    """
    path = re.sub(r"(/[^/]*[-\d][^/]*)/amp/?$", r"\1", path)
    return re.sub(r"\.amp(\.html?)?$", r"\1", path)

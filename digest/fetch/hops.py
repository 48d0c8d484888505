"""
Addresses on their way: which may be asked, where a redirect leads, who may see a secret.

Touches nothing; httpx2 reads the addresses, as whose bytes they go over the wire.
"""

from __future__ import annotations

import re

import httpx2

from ..errors import FetchError

MAX_REDIRECTS = 10
MAX_LENGTH = 8_192
"""Characters of an address; what is longer is an accident or an attack."""
HOST = re.compile(rb"(?i)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
"""A name or an address; percent signs, brackets and backslashes are read in many ways."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
SCHEMES = frozenset({"http", "https"})


def address(url: str) -> httpx2.URL:
    """
    The address in the form that goes over the wire, without its fragment.

    Raises:
        FetchError: It is not one that may be asked.
    """
    if len(url) > MAX_LENGTH:
        raise FetchError(url[:80], f"the address has more than {MAX_LENGTH:,} characters")
    try:
        parsed = httpx2.URL(url.strip())
        port = parsed.port
    except (httpx2.InvalidURL, ValueError) as exc:
        raise FetchError(url, f"not an address that can be read ({exc})") from exc
    if parsed.scheme not in SCHEMES:
        raise FetchError(
            url, f"addresses of the kind {parsed.scheme!r} are not opened; expected http or https"
        )
    if not HOST.fullmatch(parsed.raw_host) or not (port is None or 0 < port < 65_536):
        raise FetchError(url, "the address names no host and port that can be asked")
    if parsed.userinfo:
        raise FetchError(url, "the address carries a name or password; expected none in it")
    return parsed.copy_with(fragment=None)


def host_of(url: httpx2.URL) -> str:
    """The host's name in one form: ASCII, lower case, no final dot."""
    return url.raw_host.decode("ascii").lower().removesuffix(".")


def target(url: httpx2.URL, location: str) -> httpx2.URL:
    """
    Where a redirect leads.

    Raises:
        FetchError: Nowhere, or to something that is not asked.
    """
    if not location:
        raise FetchError(str(url), "a redirect that does not say where to")
    try:
        joined = str(url.join(location))
    except (httpx2.InvalidURL, ValueError) as exc:
        raise FetchError(str(url), f"a redirect to {location[:200]!a} ({exc})") from exc
    try:
        return address(joined)
    except FetchError as exc:
        raise FetchError(str(url), f"a redirect to {location[:200]!a}: {exc.message}") from exc


def may_see_secret(owner: httpx2.URL, hop: httpx2.URL) -> bool:
    """Whether `hop` is the server the secret is for, over a connection no weaker."""
    if host_of(owner) != host_of(hop):
        return False
    if owner.scheme == hop.scheme:
        return _port(owner) == _port(hop)
    return hop.scheme == "https" and (_port(owner), _port(hop)) == (80, 443)


def _port(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)

"""
Addresses on their way: which may be asked, where a redirect leads, who may see a secret.

Touches nothing. httpx2 reads the addresses; those that are spelled already as they go over the
wire, which are most, need no reading, and a run that meets no other does not load it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import FetchError

MAX_REDIRECTS = 10
MAX_LENGTH = 8_192
"""Characters of an address; what is longer is an accident or an attack."""
HOST = re.compile(r"(?i)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
"""A name or an address; percent signs, brackets and backslashes are read in many ways."""
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_AS_SENT = re.compile(
    rf"(https?)://((?:(?!xn--)[a-z0-9_-]+\.)*(?!xn--)[a-z][a-z0-9_-]*|{_BYTE}(?:\.{_BYTE}){{3}})"
    r"(?::([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}))?"
    r"((?:/(?!\.{1,2}(?:[/?]|$))[A-Za-z0-9._~:@!$&()*+,=-]*)+"
    r"(?:\?[A-Za-z0-9._~/:@!$&()*+,;=-]+)?)",
    re.ASCII,
)
"""An address that goes over the wire as it is spelled."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
SCHEMES = frozenset({"http", "https"})
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """One that may be asked, in the form that goes over the wire, without its fragment."""

    scheme: str
    host: str
    """ASCII, without brackets."""
    port: int
    path: str
    """ASCII, with the query."""
    origin: str
    """Scheme, host and port, as people read them."""
    shown: str
    """The whole, as people read it."""

    def __str__(self) -> str:
        return self.shown

    @property
    def netloc(self) -> str:
        """Host and port as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def address(url: str) -> Address:
    """
    Raises:
        FetchError: It is not one that may be asked.
    """
    if len(url) > MAX_LENGTH:
        raise FetchError(url[:80], f"the address has more than {MAX_LENGTH:,} characters")
    if (match := _AS_SENT.fullmatch(url)) is None:
        return _read(url)
    scheme, host, port, path = match.groups()
    number = int(port) if port else PORTS[scheme]
    origin = f"{scheme}://{host}"
    if number != PORTS[scheme]:
        origin = f"{origin}:{port}"
    return Address(scheme, host, number, path, origin, origin + path)


def _read(url: str) -> Address:
    import httpx2  # takes a tenth of the start

    try:
        parsed = httpx2.URL(url.strip())
        port = parsed.port
    except (httpx2.InvalidURL, ValueError) as exc:
        raise FetchError(url, f"not an address that can be read ({exc})") from exc
    if parsed.scheme not in SCHEMES:
        raise FetchError(
            url, f"addresses of the kind {parsed.scheme!r} are not opened; expected http or https"
        )
    host = parsed.raw_host.decode("ascii")
    if not HOST.fullmatch(host) or not (port is None or 0 < port < 65_536):
        raise FetchError(url, "the address names no host and port that can be asked")
    if parsed.userinfo:
        raise FetchError(url, "the address carries a name or password; expected none in it")
    return Address(
        scheme=parsed.scheme,
        host=host,
        port=port or PORTS[parsed.scheme],
        path=parsed.raw_path.decode("ascii"),
        origin=str(parsed.copy_with(raw_path=b"/", fragment=None)).removesuffix("/"),
        shown=str(parsed.copy_with(fragment=None)),
    )


def host_of(url: Address) -> str:
    """The host's name in one form: ASCII, lower case, no final dot."""
    return url.host.lower().removesuffix(".")


def target(url: Address, location: str) -> Address:
    """
    Where a redirect leads.

    Raises:
        FetchError: Nowhere, or to something that is not asked.
    """
    if not location:
        raise FetchError(str(url), "a redirect that does not say where to")
    try:
        return address(location if _AS_SENT.fullmatch(location) else _joined(url, location))
    except FetchError as exc:
        raise FetchError(str(url), f"a redirect to {location[:200]!a}: {exc.message}") from exc


def _joined(url: Address, location: str) -> str:
    import httpx2

    try:
        return str(httpx2.URL(str(url)).join(location))
    except (httpx2.InvalidURL, ValueError) as exc:
        raise FetchError(str(url), f"a redirect to {location[:200]!a} ({exc})") from exc


def may_see_secret(owner: Address, hop: Address) -> bool:
    """Whether `hop` is the server the secret is for, over a connection no weaker."""
    if host_of(owner) != host_of(hop):
        return False
    if owner.scheme == hop.scheme:
        return owner.port == hop.port
    return hop.scheme == "https" and (owner.port, hop.port) == (80, 443)

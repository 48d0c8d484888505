"""
Which IP addresses belong to the public internet.

Pure. The standard library's `is_global` is not the answer alone: it counts multicast and
IPv6 forms that carry a private IPv4 address as global, and differs between the releases
of Python. What stands here is therefore spelled out.
"""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that has been given out of IPv6; NAT64 aside, nothing else is public."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
SPECIAL_V6 = (
    ipaddress.IPv6Network("2001::/23"),  # Teredo, ORCHID and other protocols' own
    ipaddress.IPv6Network("2001:db8::/32"),  # documentation
    ipaddress.IPv6Network("3fff::/20"),  # documentation, RFC 9637
)
RELAYS = ipaddress.IPv4Network("192.88.99.0/24")
"""6to4 relays, withdrawn by RFC 7526."""
ISATAP = (0x00005EFE, 0x02005EFE)
"""First half of an interface identifier whose second half is an IPv4 address, RFC 5214."""


def literal(host: str) -> Address | None:
    """The address that `host` spells in its usual form; None for a name or an odd spelling."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Whether anybody on the internet means the same machine by `address`."""
    if isinstance(address, ipaddress.IPv4Address):
        return _is_public_v4(address)
    carried = _carried(address)
    if carried is not None and not _is_public_v4(carried):
        return False
    if address in NAT64:
        return True
    return address in GLOBAL_UNICAST and not any(address in network for network in SPECIAL_V6)


def _is_public_v4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and address not in RELAYS


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a translating form of IPv6 leads to."""
    bits = int(address)
    if address in SIX_TO_FOUR:
        return ipaddress.IPv4Address(bits >> 80 & 0xFFFFFFFF)
    if address in NAT64 or bits >> 32 & 0xFFFFFFFF in ISATAP:
        return ipaddress.IPv4Address(bits & 0xFFFFFFFF)
    return None

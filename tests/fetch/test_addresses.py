"""Which addresses count as public."""

from __future__ import annotations

import ipaddress

import pytest

from digest.fetch.addresses import is_public, literal

PUBLIC = """
    8.8.8.8 1.1.1.1 93.184.216.34 223.255.255.254 2606:4700:4700::1111 2a00:1450:4001:81b::200e
    64:ff9b::808:808 2002:808:808::1 2a01::5efe:808:808
""".split()

PRIVATE = """
    127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254
    100.64.0.1 0.0.0.0 0.1.2.3 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1
    224.0.0.1 239.255.255.255 233.252.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 fe80::1 fec0::1 fc00::1 fd12:3456::1
    ff02::1 ff0e::1 100::1 2001:db8::1 2001::1 2001:10::1 3fff::1 5f00::1 4000::1 64:ff9b:1::a00:1
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1::1 2002:c0a8:101::1
    2a01::5efe:7f00:1 2a01::200:5efe:a00:1
""".split()


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_opened(text):
    """Addresses of the internet pass, also through translation to IPv4."""
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PRIVATE)
def test_all_others_are_not(text):
    """Nothing that means this machine, its network, nobody or everybody passes, however wrapped."""
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    ("host", "found"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("localhost", None), ("0x7f.1", None)],
)
def test_a_literal_is_an_address_in_its_usual_form(host, found):
    """Other spellings are left to the resolver, whose answer is checked."""
    assert literal(host) == (ipaddress.ip_address(found) if found else None)

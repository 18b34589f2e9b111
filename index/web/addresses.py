"""Which machines may be called: not this one, and none of the network that it stands in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from index.errors import PullquoteError

Address = IPv4Address | IPv6Address
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = IPv6Network("::/96")


class ForbiddenAddress(PullquoteError):
    """The address leads to this machine or into its own network."""


def resolved(host: str, port: int, *, allow_private: bool = False) -> str:
    """An address of ``host`` that may be connected to, as text. The connection must be made to
    this address: asking for the name again might give another one.

    Raises ForbiddenAddress if any of the host's addresses is not a public one, unless
    ``allow_private``; raises OSError where the name is not known.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host} is no name of a host") from error
    addresses = [str(row[4][0]) for row in found]
    if not allow_private:
        for one in addresses:
            if not is_public(one):
                what = one if one == host else f"{host} leads to {one}, which"
                raise ForbiddenAddress(
                    f"{what} is not on the public internet. If that is what you mean, add "
                    "--allow-private."
                )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address lies on the public internet, and so does any IPv4 address in it. An
    IPv4 address in IPv6 dress (``::ffff:``) is none that a name on the internet leads to."""
    try:
        parsed = ip_address(address.split("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (parsed, *_inside(parsed)))


def _is_public(address: Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_loopback
        and not (isinstance(address, IPv6Address) and _is_local(address))
    )


def _is_local(address: IPv6Address) -> bool:
    return address.is_site_local or address.ipv4_mapped is not None


def _inside(address: Address) -> Iterator[Address]:
    """The IPv4 addresses that an IPv6 address stands for or passes through."""
    if isinstance(address, IPv4Address):
        return
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _COMPATIBLE or any(address in network for network in _NAT64):
        yield IPv4Address(int(address) & 0xFFFFFFFF)

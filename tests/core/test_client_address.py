"""Whose address a request carries, with and without a proxy that is trusted."""

from __future__ import annotations

from typing import Any

import pytest

from core.client_address import client_address, network


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "expected"),
    [
        (False, "203.0.113.5", None, "203.0.113.5"),
        (False, "203.0.113.5", "198.51.100.7", "203.0.113.5"),
        (True, "127.0.0.1", "198.51.100.7", "198.51.100.7"),
        (True, "127.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        (True, "127.0.0.1", "nonsense", None),
        (True, "127.0.0.1", None, "127.0.0.1"),
        (True, "::1", "2001:db8::1", "2001:db8::1"),
        (False, "::ffff:203.0.113.5", None, "203.0.113.5"),
        (False, "", None, None),
    ],
)
def test_address(
    rf: Any, settings: Any, trusted: bool, remote: str, forwarded: str | None, expected: str | None
) -> None:
    settings.TRUSTED_PROXY = trusted
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    found = client_address(rf.get("/", headers=headers, REMOTE_ADDR=remote))
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("address", "expected"), [("203.0.113.5", "203.0.113.5/32"), ("2001:db8::1", "2001:db8::/64")]
)
def test_network(rf: Any, address: str, expected: str) -> None:
    found = client_address(rf.get("/", REMOTE_ADDR=address))
    assert found and network(found, 32, 64) == expected

"""What `SEARCH_URL` says: where the cluster is, who we are there, and our index names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from search.engines.base import SearchUnreachable

DEFAULT_PREFIX = "hub"
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_PORTS = {"http": 9200, "https": 9200}


class SearchAddressError(SearchUnreachable):
    """`SEARCH_URL` cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Address:
    """A cluster: `http(s)://user:password@host:port/prefix`.

    The prefix begins the names of all our indexes, so that sites can share a cluster.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""
    prefix: str = DEFAULT_PREFIX

    @property
    def base(self) -> str:
        """Return the address without user, password and prefix: fit for messages."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def login(self) -> tuple[str, str] | None:
        """Return user and password, None when the address holds none."""
        return (self.user, self.password) if self.user else None


def read_address(text: str) -> Address:
    """Read an address. Raises SearchAddressError, never naming the password."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise SearchAddressError("SEARCH_URL is not an address with a valid port.") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SearchAddressError("SEARCH_URL must begin with http:// or https:// and name a host.")
    if parts.query or parts.fragment:
        raise SearchAddressError("SEARCH_URL must end after the prefix of the indexes.")
    return Address(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        prefix=_prefix(parts),
    )


def _prefix(parts: SplitResult) -> str:
    prefix = parts.path.strip("/") or DEFAULT_PREFIX
    if not _PREFIX.fullmatch(prefix):
        raise SearchAddressError(
            "The path of SEARCH_URL names our indexes: small letters, digits, - and _ only."
        )
    return prefix

"""Talking to a cluster, whichever of the two products it is.

The requests we make are the same for both; only the clients differ. Which one is needed
is asked of the server itself. Two limits apply: questions of readers may take seconds
only, and after a failure we do not try again for a while, so that a cluster that is gone
costs one reader one wait, not every reader.
"""

from __future__ import annotations

import json
import logging
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import certifi
import elastic_transport
import elasticsearch
import opensearchpy
from elastic_transport.client_utils import DEFAULT

from search.engines.base import SearchUnavailable, SearchUnreachable
from search.engines.cluster.address import Address

logger = logging.getLogger(__name__)

READ_SECONDS = 3.0
WRITE_SECONDS = 60.0
PAUSE_SECONDS = 10.0
"""How long questions are refused at once after the cluster did not answer."""

_TOO_BUSY = 429
_AWAY = (502, 503, 504)
_NOT_LET_IN = (401, 403)


class Refused(SearchUnavailable):
    """The cluster answered that it will not do this; `status` is its HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"The search cluster answered {status}: {reason}")
        self.status = status


class TooBusy(SearchUnreachable):
    """The cluster has no room for this now; it may be asked again later."""


class _Client(Protocol):
    def request(
        self, method: str, path: str, params: Mapping[str, Any], body: Any, seconds: float
    ) -> Any:
        """Return the decoded answer, or raise what the client raises."""


class Connection:
    """The one way to a cluster. Threads may share it."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._client: _Client | None = None
        self._lock = threading.Lock()
        self._closed_until = 0.0

    def read(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """Ask something for a reader: seconds only, and refused while the cluster is away.

        Raises SearchUnreachable when there is no answer, Refused when there is a no.
        """
        if time.monotonic() < self._closed_until:
            raise SearchUnreachable(f"The search cluster at {self.address.base} is not answering.")
        return self._request(method, path, body, params, READ_SECONDS)

    def write(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """Change something; waits up to a minute. Raises as `read` does."""
        return self._request(method, path, body, params, WRITE_SECONDS)

    def bulk(self, lines: Iterable[bytes], **params: Any) -> Any:
        """Send lines of a bulk request."""
        return self._request("POST", "/_bulk", b"".join(lines), params, WRITE_SECONDS)

    def _request(
        self, method: str, path: str, body: Any, params: Mapping[str, Any], seconds: float
    ) -> Any:
        try:
            answer = self._find_client().request(method, path, params, body, seconds)
        except (elastic_transport.TransportError, opensearchpy.exceptions.OpenSearchException) as e:
            raise self._explained(e) from e
        except elasticsearch.ApiError as e:
            raise self._explained(e) from e
        self._closed_until = 0.0
        return answer

    def _find_client(self) -> _Client:
        with self._lock:
            if self._client is None:
                self._client = _client_for(self.address)
            return self._client

    def _explained(self, error: Exception) -> SearchUnavailable:
        """Return the error in our words; remembers when the cluster is away."""
        status, reason = _status(error), _reason(error)
        base = self.address.base
        if status == _TOO_BUSY:
            return TooBusy(f"The search cluster at {base} is too busy.")
        if status in _NOT_LET_IN:
            return SearchUnreachable(
                f"The search cluster at {base} does not let us in:"
                " check user and password in SEARCH_URL."
            )
        if status and status not in _AWAY:
            return Refused(status, reason)
        self._closed_until = time.monotonic() + PAUSE_SECONDS
        return SearchUnreachable(f"The search cluster at {base} does not answer: {reason}")


class _ElasticsearchClient:
    def __init__(self, address: Address) -> None:
        self._client = elasticsearch.Elasticsearch(
            address.base,
            basic_auth=address.login,
            ca_certs=_authorities() if address.scheme == "https" else DEFAULT,
            max_retries=1,
            http_compress=True,
        )

    def request(
        self, method: str, path: str, params: Mapping[str, Any], body: Any, seconds: float
    ) -> Any:
        kind = "x-ndjson" if isinstance(body, bytes) else "json"
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = f"application/{kind}"
        client = self._client.options(request_timeout=seconds)
        answer = client.perform_request(
            method, path, params=_texts(params), headers=headers, body=body
        )
        return answer.body


class _OpenSearchClient:
    def __init__(self, address: Address) -> None:
        self._client = opensearchpy.OpenSearch(
            hosts=[{"host": address.host, "port": address.port}],
            http_auth=address.login,
            use_ssl=address.scheme == "https",
            verify_certs=True,
            ca_certs=_authorities() if address.scheme == "https" else None,
            max_retries=1,
            http_compress=True,
        )

    def request(
        self, method: str, path: str, params: Mapping[str, Any], body: Any, seconds: float
    ) -> Any:
        return self._client.transport.perform_request(
            method, path, params=_texts(params), body=body, timeout=seconds
        )


def _authorities() -> str:
    """Return the file of certificate authorities: of the machine (or SSL_CERT_FILE), or certifi."""
    return ssl.get_default_verify_paths().cafile or certifi.where()


def _client_for(address: Address) -> _Client:
    """Return the client of the product that answers at an address."""
    client = _OpenSearchClient(address)
    about = client.request("GET", "/", {}, None, READ_SECONDS)["version"]
    if about.get("distribution") == "opensearch":
        return client
    return _ElasticsearchClient(address)


def _texts(params: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in params.items()
    }


def _status(error: Exception) -> int:
    """Return the HTTP status, 0 when there was no answer at all."""
    if isinstance(error, elasticsearch.ApiError):
        return int(error.meta.status)
    status = getattr(error, "status_code", 0)
    return status if isinstance(status, int) else 0


def _reason(error: Exception) -> str:
    """Return what is wrong, in the shortest words the client has for it."""
    body = getattr(error, "body", None) or getattr(error, "info", None)
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        cause = body["error"]
        roots = cause.get("root_cause") or [cause]
        return f"{roots[0].get('type')}: {roots[0].get('reason')}"[:300]
    if isinstance(error, elastic_transport.TransportError):
        return str(error.message)[:300]
    return type(error).__name__


def line(value: Mapping[str, Any]) -> bytes:
    """Return one line of a bulk request."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

"""What only a cluster has: an address, failures on the way, limits, and builds."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from search.analysis import term_of
from search.engines.base import SearchUnavailable, SearchUnreachable
from search.engines.cluster import ClusterEngine, bulk, connection
from search.engines.cluster.address import Address, SearchAddressError, read_address
from search.engines.cluster.bulk import index_action, send
from search.engines.cluster.connection import Connection, Refused, TooBusy
from search.engines.cluster.mapping import DOCUMENTS, VERSION, alias
from tests.search.documents import ask, document, keys, library
from tests.search.engines import cluster_url

Answer = tuple[int, dict[str, Any]]
OPENSEARCH = {"version": {"number": "2.19.1", "distribution": "opensearch"}}
ELASTICSEARCH = {"version": {"number": "8.19.0"}, "tagline": "You Know, for Search"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://localhost:9200", Address("http", "localhost", 9200)),
        ("https://search.example", Address("https", "search.example", 9200)),
        ("https://u:p%40ss@h:1/site/", Address("https", "h", 1, "u", "p@ss", "site")),
        ("http://[::1]:9200", Address("http", "::1", 9200)),
    ],
)
def test_addresses(text: str, address: Address) -> None:
    assert read_address(text) == address
    assert "p@ss" not in address.base


@pytest.mark.parametrize(
    "text", ["localhost:9200", "ftp://host", "http://", "http://h:x", "http://h/A", "http://h/?a=b"]
)
def test_addresses_that_cannot_be_used(text: str) -> None:
    with pytest.raises(SearchAddressError):
        read_address(text)


class Server:
    """A stand-in that answers what a test tells it to, and remembers what it was asked."""

    def __init__(self, about: dict[str, Any]) -> None:
        self.about = about
        self.answer: Callable[[str, str, bytes], Answer] = lambda *asked: (200, {})
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.url = ""


@contextmanager
def serving(about: dict[str, Any]) -> Iterator[Server]:
    server = Server(about)

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            server.asked.append((self.command, self.path, dict(self.headers)))
            status, answer = 200, server.about
            if self.path != "/":
                status, answer = server.answer(self.command, self.path, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if "tagline" in server.about:
                self.send_header("X-Elastic-Product", "Elasticsearch")
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


@pytest.fixture(params=["opensearch", "elasticsearch"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(OPENSEARCH if request.param == "opensearch" else ELASTICSEARCH) as server:
        yield server


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing wait long."""
    monkeypatch.setattr(connection, "READ_SECONDS", 1)
    monkeypatch.setattr(bulk, "_FIRST_PAUSE", 0.001)


class TestTheWayThere:
    """Clients, logins and failures, for both products."""

    def test_the_server_says_which_client_it_needs(self, server: Server) -> None:
        server.answer = lambda *asked: (200, {"count": 3})
        assert ClusterEngine(read_address(server.url)).count() == 3
        accepts = server.asked[-1][2].get("Accept", server.asked[-1][2].get("accept", ""))
        assert ("elasticsearch" in accepts) is ("tagline" in server.about)

    def test_user_and_password_are_sent(self, server: Server) -> None:
        url = server.url.replace("://", "://editor:geheim@")
        Connection(read_address(url)).read("GET", "/x")
        sent = {name.lower(): value for name, value in server.asked[-1][2].items()}
        assert sent["authorization"] == "Basic ZWRpdG9yOmdlaGVpbQ=="

    @pytest.mark.parametrize(
        ("status", "error", "words"),
        [
            (401, SearchUnreachable, "user and password"),
            (403, SearchUnreachable, "user and password"),
            (429, TooBusy, "too busy"),
            (503, SearchUnreachable, "does not answer"),
            (404, Refused, "404"),
            (400, Refused, "bad: question"),
        ],
    )
    def test_errors_are_one_clear_sentence(
        self, server: Server, quick: None, status: int, error: type[Exception], words: str
    ) -> None:
        reason = {"type": "bad", "reason": "question"}
        server.answer = lambda *asked: (status, {"error": {**reason, "root_cause": [reason]}})
        with pytest.raises(error, match=words) as told:
            Connection(read_address(server.url)).read("GET", "/x")
        assert isinstance(told.value, SearchUnavailable)

    def test_a_node_that_refuses_documents_for_now_gets_them_again(
        self, server: Server, quick: None
    ) -> None:
        given: list[list[str]] = []

        def answer(method: str, path: str, body: bytes) -> Answer:
            names = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
            given.append(names)
            full = len(given) == 1
            items = [
                {"index": {"_id": name, "status": 429 if full and name != "a" else 201}}
                for name in names
            ]
            return 200, {"errors": full, "items": items}

        server.answer = answer
        actions = [index_action("i", name, {}) for name in "abc"]
        send(Connection(read_address(server.url)), actions)
        assert given == [["a", "b", "c"], ["b", "c"]]

    def test_a_node_that_stays_too_busy_is_given_up(self, server: Server, quick: None) -> None:
        server.answer = lambda *asked: (429, {"error": {"type": "busy", "reason": "busy"}})
        with pytest.raises(TooBusy):
            send(Connection(read_address(server.url)), [index_action("i", "a", {})])

    def test_a_document_that_is_refused_for_good_is_named(self, server: Server) -> None:
        error = {"type": "mapper_parsing_exception", "reason": "no date"}
        items = [{"index": {"_id": "page:7", "status": 400, "error": error}}]
        server.answer = lambda *asked: (200, {"errors": True, "items": items})
        with pytest.raises(Refused, match="page:7.*no date"):
            send(Connection(read_address(server.url)), [index_action("i", "page:7", {})])


def test_requests_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_BYTES", 100)
    actions = [index_action("i", str(n), {"text": "x" * 20}) for n in range(9)]
    batches = list(bulk._batches(actions))
    assert [action for batch in batches for action in batch] == actions
    assert len(batches) > 4


def test_after_a_failure_nobody_waits_again(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(OPENSEARCH) as server:
        url = server.url
    engine = ClusterEngine(read_address(url))
    with pytest.raises(SearchUnreachable, match="does not answer"):
        ask(engine, "draagvlak")
    calls: list[str] = []
    monkeypatch.setattr(Connection, "_request", lambda *asked: calls.append("asked"))
    with pytest.raises(SearchUnreachable, match="not answering"):
        ask(engine, "draagvlak")
    with pytest.raises(SearchUnreachable):
        engine.is_ready()
    assert not calls


class TestOnANode:
    """What needs a real node."""

    @pytest.fixture
    def url(self) -> Iterator[str]:
        with cluster_url() as url:
            yield url

    @pytest.fixture
    def engine(self, url: str) -> ClusterEngine:
        engine = ClusterEngine(read_address(url))
        engine.put(library())
        return engine

    def test_counts_hold_more_than_ten_values(self, engine: ClusterEngine) -> None:
        documents = [
            document(f"t{n}", "Kwartel", themes=(f"thema-{n}", f"thema-{n + 1}"), year=1900 + n)
            for n in range(120)
        ]
        engine.rebuild(documents, lambda key: None)
        facets = ask(engine, "kwartel").facets
        assert len(facets["year"]) == 120
        assert facets["theme"] == {f"thema-{n}": 1 if n in (0, 120) else 2 for n in range(121)}

    def test_a_swap_leaves_one_build_under_a_versioned_name(
        self, engine: ClusterEngine, url: str
    ) -> None:
        engine.rebuild(library(), lambda key: None)
        address = read_address(url)
        name = alias(address.prefix, DOCUMENTS)
        found = Connection(address).read("GET", f"/{address.prefix}-documents-*")
        assert len(found) == 1
        assert [list(index["aliases"]) for index in found.values()] == [[name]]
        templates = Connection(address).read("GET", f"/_index_template/{name}")
        assert templates["index_templates"][0]["index_template"]["version"] == VERSION

    def test_one_node_is_enough(self, engine: ClusterEngine, url: str) -> None:
        address = read_address(url)
        health = Connection(address).read("GET", f"/_cluster/health/{address.prefix}-*")
        assert (health["status"], health["unassigned_shards"]) == ("green", 0)

    def test_another_machine_sees_changes_and_swaps(
        self, engine: ClusterEngine, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("search.engines.cluster.words.FOLLOW_SECONDS", 0.0)
        other = ClusterEngine(read_address(url))
        assert other.frequency("draagvlak", "nl") == 3
        engine.put([document("new", "Kwartelkoning")])
        assert keys(ask(other, "kwartelkoning")) == ["new"]
        term = term_of("kwartelkoning", "nl")
        assert other.frequency(term, "nl") == engine.frequency(term, "nl") == 1
        engine.rebuild(library(), lambda key: None)
        assert other.frequency("draagvlak", "nl") == 3
        assert other.frequency(term, "nl") == 0
        assert keys(ask(other, "kwartelkoning")) == []

    def test_writing_never_makes_an_index_that_nobody_asked_for(
        self, engine: ClusterEngine, url: str
    ) -> None:
        engine.remove()
        with pytest.raises(SearchUnavailable, match="no search index"):
            send(Connection(read_address(url)), [index_action("test-none", "a", {})])

    def test_words_that_are_shown_are_kept_while_the_node_is_away(
        self, engine: ClusterEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("search.engines.cluster.words.FOLLOW_SECONDS", 0.0)
        engine._connection._closed_until = float("inf")
        assert engine.frequency("draagvlak", "nl") == 3

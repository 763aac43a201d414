"""A site of somebody else, on this machine, that answers in every way a site can."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

STATUSES = {"/": 200, "/gone": 404, "/over": 410, "/login": 401, "/closed": 403, "/busy": 429}
STATUSES |= {"/broken": 503}
LEADS = {
    "/moved": (301, "/"),
    "/moved-twice": (308, "/moved"),
    "/for-now": (302, "/"),
    "/for-now-then-good": (302, "/moved"),
    "/slash": (301, "/slash/"),
    "/round": (302, "/round"),
    "/to-gone": (301, "/gone"),
    "/nowhere": (302, "ftp://example.org/"),
    "/bare": (302, ""),
    "/inside": (302, "http://169.254.169.254/latest/"),
}


class OtherSite(BaseHTTPRequestHandler):
    """Keeps who asked what, and how many were there at once."""

    asked: list[tuple[str, str, dict[str, str]]]
    here: Counter[str]
    most: int
    pause: float
    lock: threading.Lock

    def do_HEAD(self) -> None:
        """Answer as to GET, where this site knows HEAD."""
        if self.path == "/no-head":
            self._answer(405)
        elif self.path == "/hangs-up":
            self.close_connection = True
            self.connection.close()
        else:
            self.do_GET()

    def do_GET(self) -> None:
        """Answer."""
        status, location = LEADS.get(self.path, (STATUSES.get(self.path, 200), ""))
        self._answer(status, location)

    def _answer(self, status: int, location: str = "") -> None:
        with self.lock:
            type(self).asked.append((self.command, self.path, dict(self.headers)))
            type(self).here["now"] += 1
            type(self).most = max(type(self).most, type(self).here["now"])
        if self.pause:
            threading.Event().wait(self.pause)
        with self.lock:
            type(self).here["now"] -= 1
        self.send_response(status)
        self.send_header("Location", location)
        self.send_header("Set-Cookie", "follower=1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def other_site(pause: float = 0) -> Iterator[tuple[str, type[OtherSite]]]:
    """Run such a site; give its address and what it kept."""
    values = {"asked": [], "here": Counter(), "most": 0, "pause": pause, "lock": threading.Lock()}
    kind = type("Site", (OtherSite,), values)
    running = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}", kind
    finally:
        running.shutdown()
        running.server_close()

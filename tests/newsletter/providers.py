"""A mail provider for tests: answers on this machine as Postmark's and Mailgun's interfaces do."""

from __future__ import annotations

import email
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

SENT = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a"}
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to a recipient that has been marked as inactive.\n"
    "Found inactive addresses: {to}.\nInactive recipients are ones that have generated a hard"
    " bounce or a spam complaint.",
}
INVALID = {"ErrorCode": 300, "Message": "Invalid 'To' address: '{to}'."}


@dataclass
class Provider:
    """What it was asked, and what it is to answer.

    `plan` holds for each request in turn a status with a body, or the name of an accident;
    after the last everything is taken.
    """

    plan: list = field(default_factory=list)
    for_recipient: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    taken: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    connections: set = field(default_factory=set)

    def start(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                provider.answer(self)

            def log_message(self, *args):
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}/"

    def answer(self, request):
        raw = request.rfile.read(int(request.headers["Content-Length"]))
        mail = _read(request.headers["Content-Type"], raw)
        to = email.utils.parseaddr(mail.get("To", ""))[1]
        with self.lock:
            self.connections.add(request.client_address)
            self.asked.append((request.path, dict(request.headers), mail))
            step = self.for_recipient.get(to) or (self.plan.pop(0) if self.plan else None)
            if step is None or step in ("lose", "silence", "garbage", "500 after"):
                self.taken.append(mail)
        self._do(request, step, to)

    def _do(self, request, step, to):
        if step in ("lose", "cut"):  # after or before taking it: nobody can tell from outside
            request.close_connection = True
            request.connection.close()
            return
        if step == "silence":
            threading.Event().wait(0.6)
            request.close_connection = True
            return
        if step == "garbage":
            step = (200, "<html>It works!</html>")
        if step == "500 after":
            step = (500, {"Message": "Oops"})
        if step == "redirect":
            step = (307, "elsewhere")
        status, body = step or (200, {**SENT, "To": to})
        text = body if isinstance(body, str) else json.dumps(body).replace("{to}", to)
        request.send_response(status)
        if status == 307:
            request.send_header("Location", "/again")
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(text.encode())))
        request.end_headers()
        request.wfile.write(text.encode())


def _read(kind, raw):
    if kind.startswith("application/json"):
        return json.loads(raw)
    return {name: values[0] for name, values in parse_qs(raw.decode()).items()}


def headers_of(mail):
    """Return the headers of a mail as Postmark gets them."""
    return {one["Name"].lower(): one["Value"] for one in mail["Headers"]}


def use(settings, provider, **more):
    """Let mail go through it, as Postmark."""
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "geheim",
        "POSTMARK_API_URL": provider.address,
        "REQUESTS_TIMEOUT": 0.4,
        **more,
    }

"""Small mail servers for tests: just enough IMAP (RFC 3501) and POP3 (RFC 1939)."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, handler, mails, *, can_move=True):
        super().__init__(("127.0.0.1", 0), handler)
        self.mails = dict(enumerate(mails, start=1))
        self.can_move = can_move
        self.moved = {}
        self.deleted = []
        self.flags = {}


class _Imap(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.say("* OK ready")
        for line in self.rfile:
            tag, _space, rest = line.decode().strip().partition(" ")
            verb = rest.split(" ")[0].upper()
            if verb == "UID":
                answer = self.uid(rest.split(" ", 2)[1].upper(), rest.split(" ", 2)[2])
            else:
                answer = self.plain(verb, rest)
            self.say(f"{tag} {answer}")
            if verb == "LOGOUT":
                return

    def plain(self, verb, rest):
        if verb == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1" + (" MOVE" if self.server.can_move else ""))
        if verb == "LOGIN" and '"geheim' not in rest and " geheim" not in rest:
            return "NO wrong"
        if verb == "SELECT":
            if "INBOX" not in rest:
                return "NO no such folder"
            self.say(f"* {len(self.server.mails)} EXISTS")
            self.say("* OK [UIDVALIDITY 77] ok")
        if verb == "LIST":
            self.say('* LIST (\\Noselect) "/" ""')
        return "OK done"

    def uid(self, verb, rest):
        mails = self.server.mails
        if verb == "SEARCH":
            self.say("* SEARCH " + " ".join(str(number) for number in sorted(mails)))
            return "OK done"
        number = int(rest.split(" ")[0])
        if verb == "FETCH":
            raw = mails[number]
            self.wfile.write(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n" % (number, len(raw)))
            self.wfile.write(raw + b")\r\n")
        elif verb == "MOVE":
            self.server.moved[number] = (re.search(r'"(.*)"', rest)[1], mails.pop(number))
        elif verb == "STORE":
            self.server.flags[number] = rest
        return "OK done"


class _Pop(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        marked = []
        self.say("+OK ready")
        for line in self.rfile:
            verb, _space, rest = line.decode().strip().partition(" ")
            if verb == "UIDL":
                self.say("+OK")
                for number in self.server.mails:
                    self.say(f"{number} uid-{number}")
                self.say(".")
            elif verb == "RETR":
                self.say("+OK")
                raw = self.server.mails[int(rest)].replace(b"\r\n.", b"\r\n..")
                self.wfile.write(raw.rstrip(b"\r\n") + b"\r\n.\r\n")
            elif verb == "DELE":
                marked.append(int(rest))
                self.say("+OK")
            elif verb == "QUIT":
                for number in marked:
                    self.server.mails.pop(number)
                self.server.deleted += marked
                self.say("+OK")
                return
            else:
                self.say("-ERR wrong" if verb == "PASS" and rest != "geheim" else "+OK")


@contextmanager
def _running(server) -> Iterator[_Server]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def imap(mails, *, can_move=True):
    """Run an IMAP server with these mails in its INBOX."""
    return _running(_Server(_Imap, mails, can_move=can_move))


def pop(mails):
    """Run a POP3 server with these mails."""
    return _running(_Server(_Pop, mails))

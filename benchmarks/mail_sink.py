"""An SMTP server that keeps count of what it took, and can fail in the ways servers fail.

In a test it runs in a thread (`Sink.start`); from the terminal as a process of its own:

    python -m benchmarks.mail_sink HOST:PORT SPOOL [FAULTS]

with the fields of `Faults` as JSON. Then everything that happened to a recipient is a JSON
line in SPOOL: what, the recipient, and of a message that was taken its Message-ID.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)


@dataclass
class Faults:
    """What goes wrong: every Nth time, or for recipients that hold a word. 0 is never."""

    refuse_now_every: int = 0  # 451 at RCPT
    refuse_every: int = 0  # 550 5.1.1 at RCPT
    no_such: str = ""
    not_now: str = ""
    reject: str = ""  # the answer to MAIL, instead of 250
    reject_data: str = ""  # the answer to the message, instead of 250
    turn_away_every: int = 0  # 421 instead of the greeting
    close_after_every: int = 0  # closed after the Nth message of a connection
    put_off_every: int = 0  # 452 after the message
    lose_answer_every: int = 0  # taken, but closed before the 250
    cut_every: int = 0  # closed in the middle of the message
    latency: float = 0.0  # seconds before each answer
    extensions: tuple[str, ...] = ("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES")


EVENTS = ("taken", "lost", "refused", "put off", "cut", "turned away", "hung up")
"""What is written of a recipient: lost is taken without an answer; the last two have none."""


@dataclass
class Taken:
    """One message that was taken."""

    sender: str
    recipient: str
    message: bytes
    was_told: bool

    @property
    def message_id(self) -> str:
        """The Message-ID without brackets."""
        found = MESSAGE_ID.search(self.message)
        return found[1].decode() if found else ""


@dataclass
class Sink:
    """The server, its faults, and what it took."""

    faults: Faults = field(default_factory=Faults)
    taken: list[Taken] = field(default_factory=list)
    on_taken: Callable[[Taken], Any] | None = None
    on_event: Callable[[str, str], Any] | None = None
    """Told of what went wrong (a name of `EVENTS`) and for whom."""
    connections: int = 0
    recipients: int = 0
    messages: int = 0
    port: int = 0
    tls: ssl.SSLContext | None = None
    """Speak TLS: from the first octet, or with `starttls` when the other asks for it."""
    starttls: bool = False
    _loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> Sink:
        """Listen on a free port of this machine, in a thread."""
        ready = threading.Event()

        def serve() -> None:
            self._loop = asyncio.new_event_loop()
            server = self._loop.run_until_complete(
                self._loop.create_server(
                    lambda: Session(self),
                    "127.0.0.1",
                    self.port,
                    ssl=None if self.starttls else self.tls,
                )
            )
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            self._loop.run_forever()
            server.close()
            self._loop.run_until_complete(server.wait_closed())
            self._loop.close()

        self._thread = threading.Thread(target=serve, daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def stop(self) -> None:
        """Stop listening."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)

    def take(self, taken: Taken) -> None:
        """Keep a message, or hand it on."""
        if self.on_taken:
            self.on_taken(taken)
        else:
            self.taken.append(taken)

    def note(self, event: str, recipient: str = "") -> None:
        """Tell what went wrong."""
        if self.on_event:
            self.on_event(event, recipient)


def nth(number: int, every: int) -> bool:
    """Say whether it is time again."""
    return bool(every) and number % every == 0


class Session(asyncio.Protocol):
    """One connection."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.faults = sink.faults
        self.buffer = bytearray()
        self.sender = self.recipient = ""
        self.in_message = self.rejected = self.is_ending = self.is_securing = False
        self.number = self.serial = 0

    def connection_made(self, transport: Any) -> None:
        """Greet, or turn away; after STARTTLS go on (RFC 3207)."""
        self.transport = transport
        if self.is_securing:
            self.is_securing = False
            return
        self.sink.connections += 1
        if nth(self.sink.connections, self.faults.turn_away_every):
            self.sink.note("turned away")
            self.say("421 4.3.2 busy, try later")
            self.close()
        else:
            self.say("220 sink ESMTP")

    def say(self, line: str) -> None:
        """Answer, after the time it takes."""
        if self.faults.latency:
            asyncio.get_running_loop().call_later(
                self.faults.latency, lambda: self.transport.write(f"{line}\r\n".encode())
            )
        else:
            self.transport.write(f"{line}\r\n".encode())

    def close(self) -> None:
        """Close once the answers are out, and take nothing more meanwhile."""
        self.is_ending = True
        asyncio.get_running_loop().call_later(self.faults.latency + 0.002, self.transport.close)

    def data_received(self, data: bytes) -> None:
        """Read lines, or a message up to its last dot."""
        self.buffer += data
        while self.buffer and not (self.is_ending or self.transport.is_closing()):
            if self.in_message:
                if not self._message():
                    return
            elif not self._line():
                return

    def _line(self) -> bool:
        end = self.buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self.buffer[:end]).decode("utf-8", "replace")
        del self.buffer[: end + 2]
        verb = line[:4].upper()
        answers = {"EHLO": self._ehlo, "MAIL": self._mail, "RCPT": self._rcpt, "DATA": self._data}
        if verb in answers:
            answers[verb](line)
        elif verb == "STAR" and self.sink.tls:
            self.say("220 2.0.0 go ahead")
            self._secure(self.sink.tls)
            return False
        elif verb == "QUIT":
            self.say("221 2.0.0 bye")
            self.close()
            return False
        else:
            self.recipient = "" if verb == "RSET" else self.recipient
            self.say("250 2.0.0 ok")
        return True

    def _secure(self, tls: ssl.SSLContext) -> None:
        loop = asyncio.get_running_loop()
        self.is_securing = True

        async def secure() -> None:
            made = await loop.start_tls(self.transport, self, tls, server_side=True)
            self.connection_made(made)

        self.securing = loop.create_task(secure())

    def _ehlo(self, line: str) -> None:
        names = ("sink", *self.faults.extensions, *(["STARTTLS"] * self.sink.starttls))
        for at, name in enumerate(names):
            self.say(f"250{' ' if at == len(names) - 1 else '-'}{name}")

    def _mail(self, line: str) -> None:
        self.sender = line.partition("<")[2].partition(">")[0]
        self.recipient = ""
        self.rejected = bool(self.faults.reject)
        self.say(self.faults.reject or "250 2.1.0 ok")

    def _rcpt(self, line: str) -> None:
        faults, address = self.faults, line.partition("<")[2].partition(">")[0]
        self.sink.recipients += 1
        number = self.sink.recipients
        if self.rejected:
            self.say("503 5.5.1 no sender")
        elif nth(number, faults.refuse_every) or (faults.no_such and faults.no_such in address):
            self.sink.note("refused", address)
            self.say("550 5.1.1 no such user")
        elif nth(number, faults.refuse_now_every) or (faults.not_now and faults.not_now in address):
            self.sink.note("put off", address)
            self.say("451 4.7.1 try later")
        else:
            self.recipient = address
            self.say("250 2.1.5 ok")

    def _data(self, line: str) -> None:
        if not self.recipient:
            self.say("503 5.5.1 no recipient")
            return
        self.sink.messages += 1
        self.serial = self.sink.messages
        self.in_message = True
        self.say("354 go ahead")

    def _message(self) -> bool:
        if nth(self.serial, self.faults.cut_every) and len(self.buffer) > 100:
            self.sink.note("cut", self.recipient)
            self.transport.abort()
            return False
        end = self.buffer.find(b"\r\n.\r\n")
        if end < 0:
            return False
        message = bytes(self.buffer[: end + 2]).replace(b"\r\n..", b"\r\n.")
        del self.buffer[: end + 5]
        self.in_message = False
        self.number += 1
        if self.faults.reject_data:
            self.say(self.faults.reject_data)
            return True
        if nth(self.serial, self.faults.put_off_every):
            self.sink.note("put off", self.recipient)
            self.say("452 4.3.1 no room now")
            return True
        lost = nth(self.serial, self.faults.lose_answer_every)
        self.sink.take(Taken(self.sender, self.recipient, message, not lost))
        if lost:
            self.transport.abort()
            return False
        self.say("250 2.0.0 queued")
        if nth(self.number, self.faults.close_after_every):
            self.sink.note("hung up")
            self.close()
        return True


async def serve(address: str, spool: str, faults: Faults) -> None:
    """Listen until killed, and write down what happens."""
    host, _colon, port = address.rpartition(":")
    with open(spool, "a", buffering=1, encoding="utf-8") as file:

        def write(event: str, recipient: str, message_id: str = "") -> None:
            row = {"event": event, "to": recipient, "id": message_id}
            file.write(json.dumps(row) + "\n")

        def take(taken: Taken) -> None:
            write("taken" if taken.was_told else "lost", taken.recipient, taken.message_id)

        sink = Sink(faults, on_taken=take, on_event=write)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Session(sink), host or "127.0.0.1", int(port))
        print("listening", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asked = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
    asyncio.run(serve(sys.argv[1], sys.argv[2], Faults(**asked)))

"""The ways a message can leave other than SMTP: through a provider, or into a folder here."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from core.mail_folder import store
from core.mail_transport import Transport
from newsletter.delivery.outcomes import Answer, Stage
from newsletter.delivery.service import open_service


class Way(Protocol):
    """Somewhere to hand messages over, one at a time."""

    takes_8bit: bool
    handed_over: int

    def hand_over(self, sender: str, recipient: str, message: bytes, *, is_8bit: bool) -> Answer:
        """Hand over one message and return what became of it."""
        ...

    @property
    def is_open(self) -> bool:
        """Say whether it can be used again."""
        ...

    def quit(self) -> None:
        """End politely."""
        ...


class Folder:
    """Every message as a file, for development."""

    takes_8bit = True
    is_open = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.handed_over = 0

    def hand_over(self, sender: str, recipient: str, message: bytes, *, is_8bit: bool) -> Answer:
        """Write the message, with its envelope sender as Return-Path."""
        self.handed_over += 1
        try:
            store(f"Return-Path: <{sender}>\r\n".encode("ascii") + message, self.folder)
        except OSError as error:  # before the rename: nothing was stored
            return Answer(Stage.GREETING, 0, f"{type(error).__name__}: {error.strerror}")
        return Answer(Stage.MESSAGE, 250, "2.0.0 stored")

    def quit(self) -> None:
        """Nothing to end."""


def open_way(transport: Transport) -> Way:
    """Open the way that the settings name. Raises CannotConnectError."""
    if transport.kind == "folder" and transport.folder:
        return Folder(transport.folder)
    return open_service()

"""Mailboxes in which reports arrive: IMAP, POP3, a Maildir or an mbox file.

Mail in them that is no report is left where it is, whatever happens. A report that was
read is put aside: moved to a folder (IMAP, Maildir) or, over POP3, which has no folders,
deleted, after it was stored here.
"""

from __future__ import annotations

import hashlib
import imaplib
import mailbox
import poplib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from newsletter.bounces.dsn import MOST_BYTES

SECONDS = 30
"""How long a server may take for one answer."""

ASIDE = "Processed"


class MailboxUnusableError(Exception):
    """A mailbox cannot be read; the message says why and what to do."""


class Mailbox(ABC):
    """Mails by names that stay the same."""

    @abstractmethod
    def names(self) -> list[str]:
        """Return the names of the mails that are there, oldest first."""
        raise NotImplementedError

    @abstractmethod
    def fetch(self, name: str) -> bytes:
        """Return a mail, or its beginning when it is very long."""
        raise NotImplementedError

    @abstractmethod
    def put_aside(self, name: str) -> None:
        """Take a report that was read out of the way."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of it."""
        return


class MaildirBox(Mailbox):
    """A Maildir (https://cr.yp.to/proto/maildir.html); put aside is the folder `.Processed`."""

    def __init__(self, path: Path) -> None:
        if not (path / "new").is_dir():
            raise MailboxUnusableError(f"{path} is not a Maildir: it has no folder “new”.")
        self.path = path

    def names(self) -> list[str]:
        """Return the file names, without the flags after the colon."""
        return [file.name.partition(":")[0] for file in self._files()]

    def fetch(self, name: str) -> bytes:
        """Read the file."""
        with self._file(name).open("rb") as file:
            return file.read(MOST_BYTES)

    def put_aside(self, name: str) -> None:
        """Move the file, which a mail program sees as moving it to another folder."""
        folder = self.path / f".{ASIDE}"
        for part in ("tmp", "new", "cur"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        self._file(name).rename(folder / "cur" / f"{name}:2,S")

    def _files(self) -> list[Path]:
        found = [file for part in ("new", "cur") for file in (self.path / part).glob("*")]
        return sorted((file for file in found if file.is_file()), key=lambda file: file.name)

    def _file(self, name: str) -> Path:
        for file in self._files():
            if file.name.partition(":")[0] == name:
                return file
        raise MailboxUnusableError(f"A mail vanished from {self.path} while it was read.")


def keep_in_maildir(raw: bytes, path: Path) -> None:
    """Put a mail in a Maildir, made when it is not there, for people to look at."""
    box = mailbox.Maildir(str(path), create=True)
    box.add(raw)
    box.close()


class MboxBox(Mailbox):
    """An mbox file (RFC 4155). It is only read."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise MailboxUnusableError(f"There is no mailbox at {path}.")
        box = mailbox.mbox(str(path), create=False)
        with suppress(mailbox.NoSuchMailboxError):
            self._mails = {hashlib.sha256(raw).hexdigest(): raw for raw in map(bytes, box)}
        box.close()

    def names(self) -> list[str]:
        """Name each mail by what is in it."""
        return list(self._mails)

    def fetch(self, name: str) -> bytes:
        """Return a mail."""
        return self._mails[name][:MOST_BYTES]

    def put_aside(self, name: str) -> None:
        """Leave the file as it is."""


class PopBox(Mailbox):
    """A POP3 mailbox (RFC 1939). What is deleted goes when it is closed in good order."""

    def __init__(self, address: SplitResult) -> None:
        secure = address.scheme == "pop3s"
        kind = poplib.POP3_SSL if secure else poplib.POP3
        host, port = address.hostname or "", address.port or (995 if secure else 110)
        self.server = kind(host, port, timeout=SECONDS)
        if address.scheme == "pop3+tls":
            self.server.stls()
        self.server.user(unquote(address.username or ""))
        self.server.pass_(unquote(address.password or ""))
        lines = (line.split(b" ", 1) for line in self.server.uidl()[1])
        self._numbers = {uid.decode("ascii", "replace"): int(number) for number, uid in lines}

    def names(self) -> list[str]:
        """Return the unique identifiers (UIDL)."""
        return list(self._numbers)

    def fetch(self, name: str) -> bytes:
        """Read a mail."""
        return b"\r\n".join(self.server.retr(self._numbers[name])[1])[:MOST_BYTES]

    def put_aside(self, name: str) -> None:
        """Delete a report that was stored."""
        self.server.dele(self._numbers[name])

    def close(self) -> None:
        """Say goodbye, which is when deleting happens."""
        with suppress(poplib.error_proto, OSError):
            self.server.quit()


class ImapBox(Mailbox):
    """An IMAP folder (RFC 3501); `imaps://…/Folder` names another than INBOX."""

    def __init__(self, address: SplitResult) -> None:
        host = address.hostname or ""
        if address.scheme == "imaps":
            self.server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                host, address.port or 993, timeout=SECONDS
            )
        else:
            self.server = imaplib.IMAP4(host, address.port or 143, timeout=SECONDS)
        if address.scheme == "imap+tls":
            self.server.starttls()
        self.server.login(unquote(address.username or ""), unquote(address.password or ""))
        self.folder = unquote(address.path.strip("/")) or "INBOX"
        answer, words = self.server.select(_quoted(self.folder))
        if answer != "OK":
            raise MailboxUnusableError(f"The mail server has no folder “{self.folder}”.")
        validity = self.server.response("UIDVALIDITY")[1][0]
        self._validity = validity.decode("ascii") if validity else "0"
        self._aside = ""

    def names(self) -> list[str]:
        """Return the unique numbers, with the period in which they hold."""
        _answer, data = self.server.uid("SEARCH", "UNDELETED")
        return [f"{self._validity}.{uid.decode('ascii')}" for uid in (data[0] or b"").split()]

    def fetch(self, name: str) -> bytes:
        """Read the beginning of a mail without marking it as read."""
        _answer, data = self.server.uid("FETCH", _uid(name), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
        return next((part[1] for part in data if isinstance(part, tuple)), b"")

    def put_aside(self, name: str) -> None:
        """Move a report. A server that cannot move keeps it, marked as read."""
        if "MOVE" in self.server.capabilities:
            answer, _words = self.server.uid("MOVE", _uid(name), _quoted(self._aside_folder()))
            if answer == "OK":
                return
        self.server.uid("STORE", _uid(name), "+FLAGS", r"(\Seen)")

    def close(self) -> None:
        """Say goodbye."""
        with suppress(imaplib.IMAP4.error, OSError):
            self.server.logout()

    def _aside_folder(self) -> str:
        """Return the folder for reports beside this one, made when it is not there."""
        if not self._aside:
            _answer, data = self.server.list(_quoted(""), _quoted(""))
            found = re.search(
                rb'\) "?(.)"? ', data[0] or b"" if isinstance(data[0], bytes) else b""
            )
            mark = found[1].decode("ascii") if found else "/"
            self._aside = f"{self.folder}{mark}{ASIDE}"
            self.server.create(_quoted(self._aside))  # "NO" when it is there already
        return self._aside


def _quoted(text: str) -> str:
    """Return text as a quoted string of IMAP."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _uid(name: str) -> str:
    return name.partition(".")[2]


@contextmanager
def opened(address: str) -> Iterator[Mailbox]:
    """Open a mailbox by its address. Raises MailboxUnusableError, also while it is read."""
    parts = urlsplit(address)
    try:
        box = _open(parts)
    except (OSError, imaplib.IMAP4.error, poplib.error_proto) as error:
        raise MailboxUnusableError(_sentence(parts, error)) from error
    try:
        yield box
    except (OSError, imaplib.IMAP4.error, poplib.error_proto) as error:
        raise MailboxUnusableError(_sentence(parts, error)) from error
    finally:
        box.close()


def _open(parts: SplitResult) -> Mailbox:
    if parts.scheme in ("imap", "imaps", "imap+tls"):
        return ImapBox(parts)
    if parts.scheme in ("pop3", "pop3s", "pop3+tls"):
        return PopBox(parts)
    if parts.scheme in ("maildir", "mbox"):
        path = Path(unquote(parts.netloc + parts.path))
        return MaildirBox(path) if parts.scheme == "maildir" else MboxBox(path)
    raise MailboxUnusableError(
        "BOUNCES_URL must begin with imaps://, imap+tls://, pop3s://, maildir: or mbox:."
    )


def _sentence(parts: SplitResult, error: Exception) -> str:
    """Say what went wrong without the password, which is part of the address."""
    where = parts.hostname or parts.path
    return f"The mailbox at {where} cannot be read now ({type(error).__name__}). Check BOUNCES_URL."

"""Reading what comes back: delivery status notifications and complaints.

A report is read only where a standard says so: `message/delivery-status` (RFC 3464, 6533) or
`message/feedback-report` (RFC 5965) inside a multipart mail. A holiday reply, an answer, a
read receipt (RFC 8098) and a text that merely looks like a bounce are `Kind.OTHER` and
nobody's fault. Nothing here raises: broken mail is read as far as it goes.

Who a report is about is not decided here: texts in it can be forged or be about an address
that mail was forwarded to. `sent_to` and `returned_to` are where our own signed envelope
address may stand, which is the only proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses
from enum import StrEnum

from newsletter.bounces.reasons import is_hard

MOST_BYTES = 2_000_000
"""What is read of one mail; a report stands at its beginning."""

MOST_PARTS = 50
MOST_NESTED = 200
"""A mail that says it holds more mails and parts than this was made to be hard to read."""
LONGEST_DIAGNOSTIC = 300

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
ORIGINAL_TYPES = (
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
)
ENVELOPE_HEADERS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
COMPLAINTS = ("abuse", "fraud", "virus", "other")
"""Feedback types that say: I do not want this (RFC 5965 §7.3). `not-spam` says the reverse."""

_NESTED = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)

Fields = dict[str, str]


class Kind(StrEnum):
    """What a mail says about an earlier one."""

    HARD = "hard"
    SOFT = "soft"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """What was read of one mail.

    `status` is an enhanced code (RFC 3463), `diagnostic` what the server said, on one line,
    without addresses. `sent_to` are the addresses this mail came to; `returned_to` the
    envelope senders named in it.
    """

    kind: Kind
    status: str = ""
    diagnostic: str = ""
    sent_to: tuple[str, ...] = ()
    returned_to: tuple[str, ...] = ()


def read(raw: bytes, envelope_to: str = "") -> Report:
    """Read one mail. `envelope_to` is the address a mail server handed it over for."""
    if len(_NESTED.findall(raw[:MOST_BYTES])) > MOST_NESTED:
        return Report(Kind.OTHER)
    try:
        mail = message_from_bytes(raw[:MOST_BYTES], policy=policy.compat32)
        return _read(mail, envelope_to)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        # Python's reader gives up on some broken mail; then it is no report.
        return Report(Kind.OTHER)


def _read(mail: Message, envelope_to: str) -> Report:
    sent_to = _addresses([envelope_to, *_headers(mail, ENVELOPE_HEADERS)])
    parts = list(_parts(mail))
    if status := _first(parts, STATUS_TYPES):
        whole, *recipients = _blocks(status) or [{}]
        return _verdict(whole, recipients or [whole], sent_to)
    if feedback := _first(parts, ("message/feedback-report",)):
        return _complaint(_blocks(feedback), parts, sent_to)
    return Report(Kind.OTHER, sent_to=sent_to)


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts of a mail, but not those of a mail inside it: somebody may forward one."""
    waiting = [mail]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        content = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(content, list):
            waiting.extend(inner for inner in content if isinstance(inner, Message))


def _first(parts: Sequence[Message], types: Sequence[str]) -> Message | None:
    """Return the first part of a type. A whole mail of that type is not a report to us."""
    return next((part for part in parts[1:] if part.get_content_type() in types), None)


def _blocks(part: Message) -> list[Fields]:
    """Return the groups of fields of a report, which blank lines separate."""
    text = _text(part)
    groups = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return [fields for group in groups if (fields := _fields(group))]


def _text(part: Message) -> str:
    """Return the text of a part, which Python may have taken apart as mails already."""
    content = part.get_payload()
    if isinstance(content, list):
        text = "\n\n".join(inner.as_string() for inner in content if isinstance(inner, Message))
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding not in ("base64", "quoted-printable"):
            return text
        again = Message()
        again["Content-Transfer-Encoding"] = encoding
        again.set_payload(text.strip())
        part = again
    decoded = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else str(content or "")


def _fields(group: str) -> Fields:
    """Read `Name: value` lines; a line that begins with space goes on the one before."""
    found: Fields = {}
    name = ""
    for line in group.split("\n"):
        if line[:1] in " \t" and name:
            found[name] += " " + line.strip()
        elif match := re.match(r"([!-9;-~]+)[ \t]*:(.*)", line):
            name = match[1].lower()
            found.setdefault(name, "")
            found[name] = (found[name] + " " + match[2].strip()).strip()
    return found


def _verdict(whole: Fields, recipients: Sequence[Fields], sent_to: tuple[str, ...]) -> Report:
    """Weigh the recipients of one report: hard only when nothing at all got through."""
    read = [_of_recipient({**whole, **recipient}) for recipient in recipients]
    order = (Kind.HARD, Kind.SOFT, Kind.DELAYED, Kind.DELIVERED, Kind.OTHER)
    worst = min(read, key=lambda one: order.index(one[0]))
    kind = worst[0]
    if kind == Kind.HARD and any(one[0] != Kind.HARD for one in read):
        kind = Kind.SOFT
    return Report(kind, worst[1], worst[2], sent_to)


def _of_recipient(fields: Fields) -> tuple[Kind, str, str]:
    """Return what happened for one recipient, its status and what the server said."""
    said = re.sub(r"^[\w-]+\s*;\s*", "", fields.get("diagnostic-code", ""))
    status = _status(fields.get("status", ""), said)
    action = fields.get("action", "").split(" ")[0].split("(")[0].strip().lower()
    if not action and status:
        action = {"2": "delivered"}.get(status[0], "failed")
    kinds = {"delayed": Kind.DELAYED, "failed": Kind.SOFT}
    kinds |= dict.fromkeys(("delivered", "relayed", "expanded"), Kind.DELIVERED)
    kind = kinds.get(action, Kind.OTHER)
    if kind == Kind.SOFT and is_hard(status, said):
        kind = Kind.HARD
    return kind, status, without_addresses(said)


def _status(given: str, said: str) -> str:
    """Return the most telling status: servers in between often say only 5.0.0 or 5.5.0."""
    own = re.search(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b", given)
    told = re.search(r"\b([45])\.(\d{1,3})\.(\d{1,3})\b(?!\.\d)", said)
    if told and (not own or own[0] in ("5.0.0", "4.0.0", "5.5.0")):
        return told[0]
    return own[0] if own else ""


def status_in(said: str) -> str:
    """Return the enhanced code (RFC 3463) in what a server said, "" when there is none."""
    return _status("", said)


def _complaint(
    blocks: Sequence[Fields], parts: Sequence[Message], sent_to: tuple[str, ...]
) -> Report:
    fields = {name: value for block in reversed(blocks) for name, value in block.items()}
    named = [fields.get("original-mail-from", "")]
    original = _first(parts, ORIGINAL_TYPES)
    if original is not None:
        named += _headers_of_original(original)
    kind = Kind.COMPLAINT if fields.get("feedback-type", "").lower() in COMPLAINTS else Kind.OTHER
    said = without_addresses(fields.get("feedback-type", ""))
    return Report(kind, "", said, sent_to, _addresses(named))


def _headers_of_original(part: Message) -> list[str]:
    """Return the envelope senders that a returned mail names."""
    content = part.get_payload()
    mail = content[0] if isinstance(content, list) and content else None
    if not isinstance(mail, Message):
        mail = message_from_bytes(_text(part).encode("utf-8", "replace"), policy=policy.compat32)
    return _headers(mail, ("return-path", "x-envelope-from", "sender"))


def _headers(mail: Message, names: Sequence[str]) -> list[str]:
    return [str(value) for name in names for value in mail.get_all(name, [])]


def _addresses(values: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses in some headers, each once, in order."""
    flat = [" ".join(value.split()) for value in values if value]
    found = (address.strip().strip("<>") for _name, address in getaddresses(flat))
    return tuple(dict.fromkeys(address for address in found if "@" in address))


def without_addresses(text: str) -> str:
    """Return what a server said on one short line, without the addresses in it."""
    plain = re.sub(r"[^\s<>()\"';:,]+@[^\s<>()\"';:,]+", "…", " ".join(text.split()))
    return plain[:LONGEST_DIAGNOSTIC]

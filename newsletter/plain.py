"""An edition as plain text that reads as if somebody typed it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from newsletter.markup import WIDTH, as_text, wrap
from newsletter.parts import Button, Content, Heading, Item, Part, Picture, Words
from newsletter.words import facts_of


def render(content: Content, *, greeting: str, organisation: str, footer: Iterable[str]) -> str:
    """Return the text: title, news, and at the end why the reader gets this."""
    blocks = [_title(content.title, organisation), wrap(greeting)]
    blocks += [_part(part) for part in content.parts]
    blocks += ["-" * WIDTH, *(_footer(line) for line in footer)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _title(title: str, organisation: str) -> str:
    lines = wrap(title.upper()).split("\n")
    return "\n".join([*lines, "=" * max(map(len, lines)), wrap(organisation)])


def _part(part: Part) -> str:
    match part:
        case Heading():
            # One more empty line than between paragraphs, so that the eye finds it.
            lines = wrap(part.text.upper()).split("\n")
            return "\n" + "\n".join([*lines, "-" * max(map(len, lines))])
        case Words():
            return as_text(part.html)
        case Item():
            return _item(part)
        case Button():
            return f"{wrap(f'{part.label}:')}\n{part.url}"
        case Picture():
            return _picture(part)


def _item(item: Item) -> str:
    lines = [item.title, " · ".join(facts_of(item)), item.note, item.lead]
    return "\n".join([*(wrap(line) for line in lines if line), item.url])


def _picture(picture: Picture) -> str:
    """Say what a picture shows, for who reads without; decoration is not missed."""
    shown = _("[Picture: %(what)s]") % {"what": picture.image.alt} if picture.image.alt else ""
    return "\n".join(wrap(line) for line in (shown, picture.caption) if line)


def _footer(line: str) -> str:
    """Wrap a sentence; a line that ends in an address gives that a line of its own."""
    if "\n" in line:
        return line
    words, colon, url = line.partition(": ")
    if colon and " " not in url:
        return f"{words}:\n{url}"
    return wrap(line)

"""An edition as mail: HTML with inlined styles, and plain text. Pure: asks no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

import css_inline

from newsletter import plain
from newsletter.parts import Content, Heading, Part, kind_of

MOST_BYTES = 102_000
"""Gmail cuts off a mail whose HTML is larger (about 102 kB), with the way to unsubscribe."""

_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the news. Addresses are absolute.

    `greeting`, `unsubscribe` and `mine` are a person's own: in what is frozen they are
    placeholders, in a preview an example.
    """

    organisation: str
    home: str
    why: str
    unsubscribe: str
    mine: str
    greeting: str = ""
    postal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One part with the level of its own heading."""

    part: Part
    level: int

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"newsletter/mail/{kind_of(self.part)}.html"

    @property
    def web_template(self) -> str:
        """The component that shows it on a page of the site."""
        return f"components/edition/{kind_of(self.part)}.html"


def as_html(content: Content, frame: Frame) -> str:
    """Return an edition as the HTML of a mail, in its own language."""
    context = {
        "content": content,
        "frame": frame,
        "rows": list(rows(content)),
        # After the preview text, so that no mail program shows the first lines of the body there.
        "filler": range(40),
    }
    with translation.override(content.language):
        page = render_to_string("newsletter/mail.html", context)
    return str(_INLINER.inline(page)).strip() + "\n"


def as_text(content: Content, frame: Frame) -> str:
    """Return an edition as plain text, in its own language."""
    with translation.override(content.language):
        return plain.render(
            content,
            greeting=frame.greeting,
            organisation=frame.organisation,
            footer=[
                frame.why,
                _("Unsubscribe: %(url)s") % {"url": frame.unsubscribe},
                _("Your data and your choices: %(url)s") % {"url": frame.mine},
                *([_("Read online: %(url)s") % {"url": content.url}] if content.url else []),
                "\n".join((frame.organisation, *frame.postal)),
            ],
        )


def rows(content: Content) -> Iterator[Row]:
    """Yield the parts; news stands one level under a heading, where there is one."""
    level = 2
    for part in content.parts:
        if isinstance(part, Heading):
            level = 3
        yield Row(part, level)


def size_of(html: str) -> int:
    """Return the size of a mail's HTML in bytes, as it is counted against MOST_BYTES."""
    return len(html.encode())

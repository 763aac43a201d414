"""What is looked at before an edition may be approved. Nothing here reaches a network.

What other sites said of their links was asked before, by the worker (`newsletter.outside`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _

from bs4 import BeautifulSoup

from core.models import SiteSettings
from newsletter.enums import DEAD
from newsletter.framing import frozen_frame
from newsletter.links import OUTSIDE, Link, LinkState, links_of
from newsletter.models import Edition, EditionPage, OutsideLink
from newsletter.parts import Content, Picture
from newsletter.reading import content_of, open_pages, page_ids
from newsletter.rendering import MOST_BYTES, as_html, as_text, size_of
from newsletter.sender.looking import is_wrong
from newsletter.wire import UNSUBSCRIBE_URL, unknown_placeholders

LONG_SUBJECT = 70
"""Characters after which most mail programs cut a subject off."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (`blocks`) or worth a look, in one sentence.

    An editor may let `dead` stay, a link to another site.
    """

    text: str
    blocks: bool = True
    dead: OutsideLink | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one language, with all links and the size of the mail in bytes."""

    page: EditionPage
    content: Content
    findings: tuple[Finding, ...]
    links: tuple[Link, ...]
    size: int

    @property
    def blocking(self) -> list[Finding]:
        """What has to be mended first."""
        return [finding for finding in self.findings if finding.blocks]

    @property
    def advice(self) -> list[Finding]:
        """What is worth a look."""
        return [finding for finding in self.findings if not finding.blocks]

    @property
    def outside(self) -> list[Link]:
        """The links to other sites."""
        return [link for link in self.links if link.state in OUTSIDE]


def drafts_of(edition: Edition) -> list[EditionPage]:
    """Return the pages of an edition as they were last saved, Dutch first."""
    pages = EditionPage.objects.filter(edition=edition).select_related("locale")
    drafts = [page.get_latest_revision_as_object() for page in pages]
    return sorted(drafts, key=lambda page: (page.language != settings.LANGUAGE_CODE, page.language))


def mark_of(edition: Edition) -> str:
    """Return what changes whenever a draft of an edition is saved.

    Saving by itself writes over the last revision, so its moment counts as well.
    """
    pages = EditionPage.objects.filter(edition=edition).order_by("pk")
    rows = pages.values_list("pk", "latest_revision_id", "latest_revision_created_at")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


def check(edition: Edition) -> list[Checked]:
    """Check an edition in each of its languages."""
    drafts = drafts_of(edition)
    default = next((page for page in drafts if page.language == settings.LANGUAGE_CODE), None)
    known = {link.url: link for link in edition.outside_links.all()}
    return [check_page(page, default if page is not default else None, known) for page in drafts]


def check_page(
    page: EditionPage, original: EditionPage | None, known: Mapping[str, OutsideLink]
) -> Checked:
    """Check one draft.

    `original` is the same edition in Dutch, for what is not translated; `known` is what
    other sites said of an address.
    """
    content = content_of(page)
    frame = frozen_frame(page.language)
    html, text = as_html(content, frame), as_text(content, frame)
    # The page of the edition itself becomes public when it is sent.
    links = tuple(
        replace(link, found=known.get(link.url))
        for link in links_of(html)
        if link.url != content.url
    )
    findings = (
        *_about_words(content),
        *_about_news(page, content),
        *_about_pictures(content),
        *_about_links(links),
        *_about_mail(html, text),
        *(_about_translation(page, original) if original else _about_sender()),
    )
    return Checked(page, content, findings, links, size_of(html))


def _about_words(content: Content) -> Iterator[Finding]:
    if not content.subject.strip():
        yield Finding(_("Write a subject."))
    elif len(content.subject) > LONG_SUBJECT:
        yield Finding(_("The subject is long: phones show about the first 50 characters."), False)
    if not content.preview.strip():
        yield Finding(_("Write a preview text: mail programs show it after the subject."))
    elif content.preview.strip() == content.subject.strip():
        yield Finding(_("The preview text says the same as the subject."), False)


def _about_news(page: EditionPage, content: Content) -> Iterator[Finding]:
    if not content.items:
        yield Finding(_("There is nothing new in it: an edition without news is not sent."))
    gone = [pk for pk in page_ids(page) if pk not in open_pages(page)]
    if gone:
        yield Finding(
            _("%(number)s pieces of news lead to a page that visitors cannot open. Take them out.")
            % {"number": len(gone)}
        )
    double = _doubles(item.url for item in content.items)
    if double:
        yield Finding(_("%(url)s stands in it twice.") % {"url": double[0]}, False)


def _about_pictures(content: Content) -> Iterator[Finding]:
    parts = [part for part in content.parts if isinstance(part, Picture)]
    if any(not part.image.alt and not part.decorative for part in parts):
        yield Finding(_("Describe each picture, or say that it is decoration."))


def _about_links(links: Iterable[Link]) -> Iterator[Finding]:
    for link in links:
        if link.state == LinkState.BROKEN:
            yield Finding(_("This link leads nowhere: %(url)s") % {"url": link.url})
        elif link.state == LinkState.INSECURE:
            text = _("This link goes over http, which anyone on the way can read: %(url)s")
            yield Finding(text % {"url": link.url}, False)
        if not link.words:
            yield Finding(_("There is a link without words: %(url)s") % {"url": link.url})
        if link.found is not None and not link.found.is_alive:
            yield _about_other_site(link.found)


def _about_other_site(link: OutsideLink) -> Finding:
    """Say what another site said; a dead link stops until an editor says that it stays."""
    values = {"url": link.url, "said": link.label}
    if link.is_dead:
        return Finding(_("This link is dead: %(url)s. %(said)s.") % values, dead=link)
    if link.verdict in DEAD:
        text = _("This link is dead, and stays as you said: %(url)s. %(said)s.")
        return Finding(text % values, False)
    return Finding(_("Look at this link: %(url)s. %(said)s.") % values, False)


def _about_mail(html: str, text: str) -> Iterator[Finding]:
    if size_of(html) > MOST_BYTES:
        kilobytes = {"size": size_of(html) // 1000, "most": MOST_BYTES // 1000}
        yield Finding(
            _("The mail is %(size)s kB; from %(most)s kB on, Gmail cuts it off. Take news out.")
            % kilobytes
        )
    if UNSUBSCRIBE_URL not in html or UNSUBSCRIBE_URL not in text:
        yield Finding(_("The link to unsubscribe is missing."))
    for unknown in unknown_placeholders(html + text)[:1]:
        yield Finding(_("Take out “%(text)s”: it looks like a placeholder.") % {"text": unknown})


def _about_sender() -> Iterator[Finding]:
    site = SiteSettings.objects.first()
    if site is None or not site.sender_address:
        yield Finding(_("Fill in the sender address in the site settings."))
    if site is None or not site.postal_address.strip():
        yield Finding(
            _("Fill in the postal address in the site settings: readers ask for it."), False
        )
    if is_wrong():
        yield Finding(
            _("Mail of the sender may be refused. See “Sender” at the list of editions."), False
        )


def _about_translation(page: EditionPage, original: EditionPage) -> Iterator[Finding]:
    """Say which of an editor's own words are still those of the original."""
    own, theirs = _own_words(page), _own_words(original)
    same = [text for key, text in own.items() if text and theirs.get(key) == text]
    if page.subject and page.subject == original.subject:
        yield Finding(_("The subject is still the Dutch one."))
    for text in same:
        shown = BeautifulSoup(text, "html.parser").get_text(" ", strip=True)[:60]
        yield Finding(_("Still the Dutch text: “%(text)s”.") % {"text": shown})


def _own_words(page: EditionPage) -> dict[str, str]:
    words: dict[str, str] = {}
    for row in page.body.raw_data:
        if row["type"] == "text":
            words[row["id"]] = str(row["value"])
        elif row["type"] == "button":
            words[row["id"]] = str(row["value"].get("label", ""))
    return words


def _doubles(values: Iterable[str]) -> list[str]:
    return [value for value, number in Counter(values).items() if number > 1]

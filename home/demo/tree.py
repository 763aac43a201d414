"""The site of the demo: themes, pages and answers, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from wagtail.models import Locale, Page, Site

from core.models import BasePage, SiteSettings, Theme, User
from home.demo import markup, records
from home.demo.texts import LANGUAGES, Library
from home.demo.texts import Page as PageText
from home.models import FaqAnswerPage, FaqPage, HomePage, StandardPage
from kenniskamer.models import KenniskamerPage
from search.models import SynonymSet, SynonymTerm

HOME = "home"
LIBRARY = "kenniskamer"
STANDARD = ("zo-vatten-wij-samen", "over-ons", "contact", "privacy", "toegankelijkheid", "colofon")
OPENED = dt.date(2025, 11, 24)
WELCOME = "Welcome to your new Wagtail site!"
ORGANISATION = {
    "organisation": "OnMigration (demo)",
    "community_invite": "https://community.onmigration.example/uitnodiging",
    "tagline_nl": "Samen zoeken hoe draagvlak voor migratie groeit.",
    "tagline_en": "Finding out together how public support for migration grows.",
    "sender_name": "OnMigration (demo)",
    "sender_address": "redactie@onmigration.example",
    "contact_address": "redactie@onmigration.example",
    "postal_address": "Voorbeeldstraat 1\n1234 AB Utrecht",
    "security_contact": "mailto:redactie@onmigration.example",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One page to make: its text, its class and the page it hangs under."""

    text: PageText
    model: type[BasePage]
    parent: str


def plans(library: Library) -> Iterator[Plan]:
    """Yield the pages in the order in which they are made and shown."""
    pages, questions = library.pages, library.questions
    yield Plan(pages[HOME], HomePage, "")
    yield Plan(pages[LIBRARY], KenniskamerPage, HOME)
    yield Plan(questions, FaqPage, HOME)
    for key in STANDARD:
        yield Plan(pages[key], StandardPage, HOME)
    for answer in library.answers:
        yield Plan(answer, FaqAnswerPage, questions.key)


def is_taken() -> bool:
    """Say whether this site has a front page that is not the demo's."""
    return HomePage.objects.exists() and not records.is_made("page", HOME, "nl")


@transaction.atomic
def build(library: Library, editor: User) -> int:
    """Make what is missing, and return how many pages that were."""
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    _add_themes(library, editor)
    _add_synonyms(library, editor)
    made = [
        (plan, language, page)
        for plan in plans(library)
        for language in LANGUAGES
        if (page := _add_page(plan, language, editor))
    ]
    # A second round, for texts refer to pages that are made after them.
    for plan, language, page in made:
        _fill(page, plan.text.texts[language], language)
        records.publish(page, editor)
    _open_site(records.page_of("page", HOME, "nl"))
    return len(made)


def _add_themes(library: Library, editor: User) -> None:
    for text in library.themes:
        for language in LANGUAGES:
            if records.is_made("theme", text.slug, language):
                continue
            words = text.texts[language]
            theme = Theme.objects.create(
                slug=text.slug,
                label=words["label"],
                other_words="\n".join(words["other_words"]),
                description=words["description"],
                locale=Locale.objects.get(language_code=language),
                translation_key=records.identity("theme", text.slug),
            )
            records.remember(theme, "theme", text.slug, language, editor)


def _add_synonyms(library: Library, editor: User) -> None:
    """Make the synonym sets; all of them, or none when a set was made before."""
    if any(records.is_made("synonyms", row.key, "nl") for row in library.thesaurus[:1]):
        return
    for row in library.thesaurus:
        made = SynonymSet(
            terms=[
                SynonymTerm(text=word, language=language)
                for language in LANGUAGES
                for word in row.words[language]
            ]
        )
        made.save()
        records.remember(made, "synonyms", row.key, "nl", editor)


def _add_page(plan: Plan, language: str, editor: User) -> BasePage | None:
    """Put one page in the tree without its text; None when it was made before."""
    key = plan.text.key
    parent = (
        records.page_of("page", plan.parent, language)
        if plan.parent
        else Page.get_first_root_node()
    )
    if parent is None or records.is_made("page", key, language):
        return None
    words = plan.text.texts[language]
    page = plan.model(
        title=words["title"],
        slug=words.get("slug", key),
        lead=words.get("lead", ""),
        show_in_menus=plan.text.menu or plan.model is KenniskamerPage,
    )
    page.page_themes = records.page_themes(plan.text.themes, language)
    if isinstance(page, FaqAnswerPage):
        page.checked_on = plan.text.checked
    records.add(page, parent, kind="page", key=key, language=language, added=OPENED, editor=editor)
    return page


def _fill(page: BasePage, words: Mapping[str, str], language: str) -> None:
    """Give a page its text, with links to the pages of the same language."""

    def link(key: str, label: str) -> str:
        target = records.page_of("page", key, language)
        return f'<a linktype="page" id="{target.pk}">{label}</a>' if target else label

    if isinstance(page, HomePage):
        page.hero_title = words["hero"]
    if isinstance(page, FaqAnswerPage):
        page.answer = markup.html(words["text"], link)
    elif isinstance(page, (HomePage, StandardPage)):
        # Wagtail turns the list into a stream; the stubs only know the field itself.
        page.body = markup.stream(words["body"], link)  # type: ignore[assignment]


def _open_site(home: HomePage | None) -> None:
    """Let the site begin at the demo's front page, once; the newcomer's page goes."""
    site: Any = Site.objects.filter(is_default_site=True).first()
    if home is None or (site and isinstance(site.root_page.specific, HomePage)):
        return
    address = urlsplit(settings.BASE_URL)
    site = site or Site(is_default_site=True)
    site.hostname, site.port = address.hostname or "localhost", address.port or 80
    site.site_name, site.root_page = ORGANISATION["organisation"], home
    site.save()
    Page.objects.filter(depth=2, title=WELCOME, numchild=0).delete()
    if not SiteSettings.objects.filter(site=site).exists():
        SiteSettings.objects.create(site=site, **ORGANISATION)

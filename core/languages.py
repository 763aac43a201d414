"""Language codes of locales, without asking the database each time."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.utils import translation

from wagtail.models import Locale


@lru_cache(maxsize=64)
def language_of(locale_id: int) -> str:
    """Return the language code of a locale. Locales hardly ever change."""
    return str(Locale.objects.get(pk=locale_id).language_code)


def in_each_language(message: str) -> dict[str, str]:
    """Return a string of the catalogues in every language of the site."""
    texts = {}
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = translation.gettext(message)
    return texts


def forget(**kwargs: Any) -> None:
    """Ask again after a locale was changed."""
    language_of.cache_clear()


post_save.connect(forget, sender=Locale, dispatch_uid="core.languages.save")
post_delete.connect(forget, sender=Locale, dispatch_uid="core.languages.delete")

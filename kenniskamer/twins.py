"""Keeping the keys of studies, and the pairs that share one, true to their drafts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q

from kenniskamer.bibliography import dates
from kenniskamer.bibliography.record import Record
from kenniskamer.duplicates import Key, Sign, keys_of_page, keys_of_record
from kenniskamer.models import DeskEntry, DeskKey, Lookalike, MergedWork, ResearchPage
from kenniskamer.suggestions import names_of

TRUSTED = ("high", "medium")


def refresh(entry: DeskEntry, draft: ResearchPage) -> None:
    """Bring the keys and pairs of one study in line with its draft.

    Of a work with translations only the oldest page has keys; a merged work has none.
    """
    keys = _keys(draft) if _stands_for_its_work(draft) else {}
    with transaction.atomic():
        if set(entry.keys.values_list("digest", flat=True)) != set(keys):
            entry.keys.all().delete()
            DeskKey.objects.bulk_create(
                DeskKey(entry=entry, sign=sign, digest=digest) for digest, sign in keys.items()
            )
        _pair(entry, keys)


def _stands_for_its_work(page: ResearchPage) -> bool:
    older = ResearchPage.objects.filter(translation_key=page.translation_key, pk__lt=page.pk)
    merged = MergedWork.objects.filter(key=page.translation_key)
    return not (page.alias_of_id or older.exists() or merged.exists())


def _keys(draft: ResearchPage) -> dict[str, str]:
    """Return the signs of a draft by the digest of their keys."""
    keys: set[Key] = set(keys_of_page(draft))
    if not draft.live:
        keys |= _suggested_keys(draft)
    return {
        hashlib.sha256(f"{key.sign}:{key.value}".encode()).hexdigest(): key.sign.value
        for key in keys
    }


def _suggested_keys(draft: ResearchPage) -> set[Key]:
    """Return what the files of a new draft say it is: an editor has not looked at it yet."""
    keys: set[Key] = set()
    for row in draft.files:
        best: dict[str, str] = {}
        for said in row.source_file.suggestions:
            if said["certainty"] in TRUSTED and not said["reason"]:
                best.setdefault(said["field"], said["value"])
        # Every title of a file is somebody's guess: it only counts with year and author.
        is_whole = all(best.get(name) for name in ("title", "authors", "published_year"))
        record = Record(
            title=best.get("title", ""),
            authors=tuple(names_of(best.get("authors", ""))),
            issued=dates.parse(best.get("published_year", "")),
            doi=best.get("doi", ""),
            isbn=best.get("isbn", ""),
        )
        found = keys_of_record(record)
        keys |= {key for key in found if is_whole or key.sign is not Sign.WORK}
    return keys


def _pair(entry: DeskEntry, keys: Mapping[str, str]) -> None:
    """Write the pairs this study is in now; what was decided about a pair stays."""
    others: dict[int, set[str]] = defaultdict(set)
    rows = DeskKey.objects.filter(digest__in=keys).exclude(entry=entry)
    for other, sign in rows.values_list("entry_id", "sign"):
        others[other].add(sign)
    known = Lookalike.objects.filter(Q(older=entry) | Q(newer=entry), kept_apart=False)
    for pair in known:
        if (pair.newer_id if pair.older_id == entry.pk else pair.older_id) not in others:
            pair.delete()
    for other, signs in others.items():
        older, newer = sorted((entry.pk, other))
        Lookalike.objects.update_or_create(
            older_id=older, newer_id=newer, defaults={"signs": _in_order(signs)}
        )


def _in_order(signs: Iterable[str]) -> list[str]:
    """Put signs in the order of how much they say."""
    return [sign for sign in ("file", "doi", "isbn", "work") if sign in set(signs)]

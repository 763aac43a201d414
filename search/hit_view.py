"""From a hit to what the list of results shows of it, and why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.contracts import Badge
from search.analysis import known_language, term_of
from search.engines.base import PASSAGES_PER_HIT, Hit, PassageHit
from search.highlight import Marker
from search.keys import page_id_of
from search.thesaurus import Synonym

# Characters: about one line on a laptop, so that ten hits fit without scrolling.
PASSAGE_LENGTH = 150

Marked = frozenset[tuple[str, str]]
"""What is marked in some texts: pairs of a language and a term, or terms in a row."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase, and its language for the `lang` attribute."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A place inside a hit. `text` has the matches marked; `pdf_url` opens the PDF there, with
    what matched filled in as its search where the viewer can do that ("" when it is no PDF).
    `in_language` says which language the place is in, when that is not the one of the hit.
    """

    label: str
    url: str
    language: str
    text: SafeString
    pdf_url: str = ""
    in_language: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit as it is shown. `language` is that of the page, for the `lang` attribute.

    `lead` is there when no place is. `also` are the other places, by label and address only; `within` is the page to search in
    for still more of them (None when these are all). `found_on` are the words it was found by
    instead of those of the question; `in_language` names the language of the translation that
    was found, when nothing in this one matched. `coins` is for reference managers.
    """

    kind: str
    kind_label: str
    title: SafeString
    url: str
    language: str
    lead: SafeString
    year: int | None
    badges: Sequence[Badge]
    facts: Sequence[str]
    passage: PassageView | None = None
    also: Sequence[PassageHit] = ()
    within: int | None = None
    found_on: Sequence[Word] = ()
    in_language: str = ""
    coins: str = ""


def hit_view(
    hit: Hit, marker: Marker, kinds: Mapping[str, str], mended: Mapping[str, str]
) -> HitView:
    """Return a hit as it is shown. `mended` maps misspelt words to what was looked for."""
    card = hit.card or {}
    best, *also = hit.passages or (None,)
    return HitView(
        kind=hit.kind,
        kind_label=kinds.get(hit.kind, hit.kind),
        title=marker.mark(hit.title, hit.language),
        url=hit.url,
        language=hit.language,
        lead=lead(hit, marker) if best is None else SafeString(),
        year=hit.year,
        badges=tuple(Badge(**badge) for badge in card.get("badges", ())),
        facts=tuple(card.get("facts", ())),
        passage=passage_view(best, marker, hit.language) if best else None,
        also=[passage for passage in also if passage],
        within=page_id_of(hit.key) if len(hit.passages) >= PASSAGES_PER_HIT else None,
        found_on=found_on(hit, marker, mended),
        in_language="" if best or _own(hit, marker) else _other_language(hit.language),
        coins=card.get("coins", ""),
    )


def passage_view(
    passage: PassageHit, marker: Marker, language: str, length: int = PASSAGE_LENGTH
) -> PassageView:
    """Return a place as it is shown on a hit in a language."""
    return PassageView(
        passage.label,
        passage.url,
        passage.language,
        marker.snippet(passage.text, passage.language, length),
        _pdf_url(passage, marker),
        _in_language(passage.language) if passage.language != language else "",
    )


def lead(hit: Hit, marker: Marker) -> SafeString:
    """Return the piece of summary or body that answers best; the beginning when none does."""
    in_summary = marker.spans(hit.summary, hit.language)
    text = hit.summary if in_summary or not hit.body else hit.body
    if not in_summary and hit.summary and not marker.spans(hit.body, hit.language):
        text = hit.summary
    return marker.snippet(text, hit.language)


def found_on(hit: Hit, marker: Marker, mended: Mapping[str, str]) -> list[Word]:
    """Return the words that stand in a hit where those of the question do not."""
    synonyms = marker.plan.synonyms
    if not synonyms and not mended:
        return []
    marked = _own(hit, marker) | _marked(
        marker, [(place.text, place.language) for place in hit.passages]
    )
    return [*_synonyms(synonyms, marked), *_corrections(mended.values(), marked)]


def _own(hit: Hit, marker: Marker) -> Marked:
    """Return what is marked in the texts of the page itself."""
    return _marked(marker, [(text, hit.language) for text in (hit.title, hit.summary, hit.body)])


def _synonyms(synonyms: Sequence[Synonym], marked: Marked) -> Iterator[Word]:
    for synonym in synonyms:
        asked_for = {(synonym.asked_in, term) for term in synonym.instead_of}
        found = (synonym.language, " ".join(synonym.terms)) in marked
        # The synonym may hold the word itself: "maatschappelijk draagvlak" for "draagvlak".
        holds = synonym.language == synonym.asked_in and {*synonym.instead_of} <= {*synonym.terms}
        if found and not holds and not asked_for <= marked:
            yield Word(synonym.text, synonym.language)


def _corrections(words: Iterable[str], marked: Marked) -> Iterator[Word]:
    for word in words:
        tag = next((tag for tag, name in marked if name == term_of(word, tag)), None)
        if tag is not None:
            yield Word(word, tag)


def _marked(marker: Marker, texts: Iterable[tuple[str, str]]) -> Marked:
    return frozenset(
        (known_language(language), name)
        for text, language in texts
        for _start, _end, name in marker.spans(text, language)
    )


def _pdf_url(passage: PassageHit, marker: Marker) -> str:
    """Return the address that opens a PDF at the page and looks there for what matched.

    `page` and `search` are open parameters of PDF (RFC 8118 §3); a viewer that does not know
    `search` opens the page all the same.
    """
    if "#page=" not in passage.url:
        return ""
    spans = marker.spans(passage.text, passage.language)
    found = " ".join(passage.text[spans[0][0] : spans[0][1]].split()) if spans else ""
    return f"{passage.url}&search={quote(found)}" if found else passage.url


def _in_language(language: str) -> str:
    return {"nl": _("in Dutch"), "en": _("in English")}.get(language, "")


def _other_language(language: str) -> str:
    return _in_language("en" if language == "nl" else "nl")

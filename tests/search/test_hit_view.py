"""What the list shows of a hit, and why it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

import pytest

from search.engines.base import Hit, PassageHit
from search.highlight import Marker
from search.hit_view import HitView, hit_view, passage_view
from search.plan import plan
from search.query import parse
from search.thesaurus import Entry, Thesaurus


def place(text: str, language: str = "nl", url: str = "/a.pdf#page=2") -> PassageHit:
    return PassageHit("1.2", "p. 2", text, language, url, 1.0)


def marker(question: str, thesaurus: Thesaurus | None = None) -> Marker:
    return Marker(plan(parse(question), "nl", None, thesaurus))


def bridge() -> Thesaurus:
    found = Thesaurus()
    words = [Entry("nl", "draagvlak"), Entry("nl", "maatschappelijk draagvlak")]
    words.append(Entry("en", "public support"))
    found.add(words, words)
    return found


def shown(
    question: str,
    mended: Mapping[str, str] | None = None,
    *,
    with_synonyms: bool = False,
    **values: Any,
) -> HitView:
    hit = Hit(
        "page:7", "w", "research", "nl", values.pop("title", "Titel"), "/nl/x/", 1.0, **values
    )
    made = marker(question, bridge() if with_synonyms else None)
    with translation.override("en"):
        return hit_view(hit, made, {"research": "Research"}, mended or {})


class TestFoundOn:
    """Why a hit is there when the word of the question is not."""

    def found_on(self, question: str, **values: Any) -> list[str]:
        found = shown(question, with_synonyms=True, **values).found_on
        return [word.text for word in found]

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"passages": (place("The public support grows.", "en"),)}, ["public support"]),
            ({"summary": "Het draagvlak groeit."}, []),
            ({"summary": "Het maatschappelijk draagvlak groeit."}, []),
            ({"summary": "Draagvlak", "passages": (place("Public support.", "en"),)}, []),
            ({"summary": "Niets."}, []),
        ],
    )
    def test_a_synonym(self, values: dict[str, Any], expected: list[str]) -> None:
        assert self.found_on("draagvlak", **values) == expected

    def test_a_synonym_has_its_language(self) -> None:
        passages = (place("Public support.", "en"),)
        found = shown("draagvlak", with_synonyms=True, passages=passages).found_on
        assert [word.language for word in found] == ["en"]

    def test_a_mended_word(self) -> None:
        found = shown("draagvlak", {"draagvlk": "draagvlak"}, summary="Het draagvlak.")
        assert [word.text for word in found.found_on] == ["draagvlak"]
        assert not shown("draagvlak", {"draagvlk": "draagvlak"}, summary="Niets.").found_on


class TestLanguages:
    """In which language it was found."""

    def test_a_place_in_another_language_says_so(self) -> None:
        found = shown("support", passages=(place("The support.", "en"),)).passage
        assert found is not None
        assert found.in_language == "in English"
        assert shown("steun", passages=(place("De steun."),)).passage.in_language == ""  # type: ignore[union-attr]

    def test_a_hit_whose_translation_matched_says_so(self) -> None:
        assert shown("support", summary="De steun.").in_language == "in English"
        assert shown("steun", summary="De steun.").in_language == ""
        assert shown("steun", title="Steun").in_language == ""

    def test_an_unknown_language_is_not_named(self) -> None:
        made = passage_view(place("Le soutien.", "fr"), marker("soutien"), "nl")
        assert made.in_language == ""


class TestPlaces:
    """Addresses of places."""

    @pytest.mark.parametrize(
        ("text", "url", "expected"),
        [
            ("De steun groeit.", "/a.pdf#page=2", "/a.pdf#page=2&search=steun"),
            ("Über & steun.", "/a.pdf#page=2", "/a.pdf#page=2&search=steun"),
            ("Niets.", "/a.pdf#page=2", "/a.pdf#page=2"),
            ("De steun groeit.", "/nl/x/#limits", ""),
        ],
    )
    def test_a_pdf_opens_at_the_page_and_looks_there(
        self, text: str, url: str, expected: str
    ) -> None:
        assert passage_view(place(text, url=url), marker("steun"), "nl").pdf_url == expected

    def test_what_matched_cannot_break_the_address(self) -> None:
        found = passage_view(place("Zij's & co"), marker('"zij s co"'), "nl").pdf_url
        assert "&" not in found.partition("&search=")[2]

    def test_more_places_lead_to_a_search_in_the_page(self) -> None:
        places = tuple(place(f"steun {number}") for number in range(3))
        assert shown("steun", passages=places).within == 7
        assert shown("steun", passages=places[:2]).within is None
        assert len(shown("steun", passages=places).also) == 2

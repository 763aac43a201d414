"""What every search engine must do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.analysis import forms
from search.engines.base import Engine, Filters, SearchUnavailable
from search.thesaurus import Entry, Thesaurus
from tests.search.documents import ask, document, keys, library
from tests.search.engines import ENGINES, fresh_engine
from tests.search.test_query import HOSTILE


@pytest.fixture(params=ENGINES)
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with fresh_engine(request.param, tmp_path) as engine:
        yield engine


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    empty_engine.put(library())
    return empty_engine


def test_without_an_index_it_says_so(empty_engine: Engine) -> None:
    assert not empty_engine.is_ready()
    with pytest.raises(SearchUnavailable):
        ask(empty_engine, "draagvlak")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("draagvlak", "steun-nl"),
        ("vluchteling", "steun-nl"),
        ("Hoe praten kranten over woorden?", "frame"),
        ("wat kost deelnemen", "vraag"),
        ("refugee stories", "narratives"),
        ("framing onbestaandwoord", "frame"),
        ("DRÁAGVLAK opvang", "steun-nl"),
    ],
)
def test_the_right_one_comes_first(engine: Engine, question: str, first: str) -> None:
    assert keys(ask(engine, question))[0] == first


def test_languages_do_not_mix(engine: Engine) -> None:
    assert keys(ask(engine, "support", "nl")) == ["steun-nl", "narratives"]
    assert not ask(engine, "kust").hits


def test_a_work_shows_once_in_the_readers_language(engine: Engine) -> None:
    assert keys(ask(engine, "reception", "en")) == ["steun-en"]
    assert keys(ask(engine, "reception", "nl")) == ["steun-nl"]
    assert ask(engine, "reception").total == 1


def test_best_passages_come_with_the_hit(engine: Engine) -> None:
    hit = ask(engine, "vluchtelingen azc").hits[0]
    assert {passage.label for passage in hit.passages} == {"p. 2", "p. 3"}
    assert hit.passages[0].url.startswith("/steun-nl#page=")


def test_at_most_three_passages(empty_engine: Engine) -> None:
    empty_engine.put([document("a", "A", passages=["opvang"] * 9 + ["opvang opvang azc"])])
    hit = ask(empty_engine, "opvang azc").hits[0]
    assert len(hit.passages) == 3
    assert hit.passages[0].label == "p. 10"


def test_holding_all_words_beats_holding_one(empty_engine: Engine) -> None:
    filler = [document(f"f{n}", "Iets anders", "opvang" if n % 2 else "steun") for n in range(20)]
    both = document("both", "Een tekst", "over steun en ook over opvang en nog veel meer woorden")
    empty_engine.put([*filler, both])
    results = ask(empty_engine, "steun opvang")
    assert keys(results)[0] == "both"
    assert results.total == 21


def test_words_of_one_study_may_stand_on_different_pages(empty_engine: Engine) -> None:
    empty_engine.put(
        [
            document("one", "Rapport", passages=("alleen steun",)),
            document("all", "Rapport", passages=("alleen steun", "alleen opvang")),
        ]
    )
    assert keys(ask(empty_engine, "steun opvang")) == ["all", "one"]


class TestOperators:
    """Phrases and exclusions."""

    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ('"opvang in de buurt"', {"steun-nl"}),
            ('"opvang de buurt"', set()),
            ('"Framing in DE media"', {"frame"}),
            ('"media kranten"', set()),
            ('"opvang wat"', set()),
            ('"vluchteling"', set()),
            ('"vluchtelingen"', {"steun-nl"}),
            ('"is gratis" deelname', {"vraag"}),
            ("draagvlak -framing", {"steun-nl", "over"}),
            ("draagvlak -kranten", {"steun-nl", "over"}),
            ("draagvlak -azc", {"frame", "over"}),
            ("draagvlak -krant", {"steun-nl", "over"}),
            ('draagvlak -"over ons"', {"steun-nl", "frame"}),
            ("draagvlak -zoekt -framing", {"steun-nl"}),
        ],
    )
    def test_results(self, engine: Engine, question: str, expected: set[str]) -> None:
        assert set(keys(ask(engine, question))) == expected

    def test_a_phrase_does_not_cross_the_edge_of_a_field(self, empty_engine: Engine) -> None:
        empty_engine.put([document("a", "open", "brief", summary="x")])
        assert not ask(empty_engine, '"open brief"').hits
        assert not ask(empty_engine, '"open x"').hits

    def test_the_passage_with_the_phrase_comes_first(self, empty_engine: Engine) -> None:
        texts = ("brief open brief open brief", "een open brief aan allen", "open open")
        empty_engine.put([document("a", "Titel", passages=texts)])
        assert "open brief" in ask(empty_engine, '"een open brief"').hits[0].passages[0].text


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_are_answered(engine: Engine, question: str) -> None:
    assert ask(engine, question).total >= 0


def test_only_stop_words_still_find(engine: Engine) -> None:
    assert "vraag" in keys(ask(engine, "wat is de"))


class TestFacets:
    """Counts and filters."""

    def test_counts_are_of_works(self, engine: Engine) -> None:
        facets = ask(engine, "draagvlak support").facets
        assert facets["kind"] == {"research": 3, "page": 1}
        assert facets["language"] == {"nl": 3, "en": 2}
        assert facets["theme"] == {"draagvlak": 1, "opvang": 1, "framing": 2}
        assert facets["year"] == {2020: 1, 2018: 2}

    def test_a_choice_does_not_limit_its_own_counts(self, engine: Engine) -> None:
        chosen = Filters(kind=("research",), year=(2018,))
        results = ask(engine, "draagvlak support", filters=chosen)
        assert set(keys(results)) == {"frame", "narratives"}
        assert results.facets["year"] == {2020: 1, 2018: 2}
        assert results.facets["kind"] == {"research": 2}
        assert results.facets["theme"] == {"framing": 2}

    def test_values_of_one_facet_add_up(self, engine: Engine) -> None:
        chosen = Filters(kind=("page", "answer"))
        assert set(keys(ask(engine, "draagvlak deelname", filters=chosen))) == {"vraag", "over"}

    def test_language_is_strict(self, engine: Engine) -> None:
        results = ask(engine, "support", "nl", filters=Filters(language=("en",)))
        assert set(keys(results)) == {"steun-en", "narratives"}

    def test_an_unknown_value_finds_nothing_and_keeps_counts(self, engine: Engine) -> None:
        results = ask(engine, "draagvlak", filters=Filters(theme=("geen",)))
        assert results.total == 0
        assert results.facets["theme"] == {"draagvlak": 1, "opvang": 1, "framing": 1}


class TestOrderAndPages:
    """Sorting and paging."""

    def test_newest_first(self, engine: Engine) -> None:
        assert keys(ask(engine, "draagvlak", sort="date")) == ["over", "steun-nl", "frame"]

    def test_kind_counts_in_the_ranking(self, engine: Engine) -> None:
        results = ask(engine, "draagvlak", kind_weights={"page": 100.0})
        assert keys(results)[0] == "over"

    def test_pages_hold_every_work_once(self, empty_engine: Engine) -> None:
        empty_engine.put(document(f"d{n}", "Opvang", "steun") for n in range(25))
        pages = [ask(empty_engine, "opvang", page=page) for page in (1, 2, 3)]
        assert [len(page.hits) for page in pages] == [10, 10, 5]
        assert len({key for page in pages for key in keys(page)}) == 25
        assert {page.total for page in pages} == {25}

    def test_a_page_too_far_gives_the_last(self, engine: Engine) -> None:
        results = ask(engine, "draagvlak", page=99)
        assert results.page == results.pages == 1
        assert results.hits


class TestChanges:
    """Putting, replacing, taking out, rebuilding."""

    def test_putting_again_replaces(self, engine: Engine) -> None:
        engine.put([document("frame", "Iets heel anders", passages=("zonder media",))])
        assert "frame" not in keys(ask(engine, "draagvlak kranten"))
        assert keys(ask(engine, "zonder")) == ["frame"]
        assert engine.count() == 6

    def test_deleting(self, engine: Engine) -> None:
        engine.delete(["steun-nl", "unknown"])
        assert keys(ask(engine, "azc vluchtelingen")) == []
        assert engine.count() == 5

    def test_a_rebuild_replaces_everything(self, engine: Engine) -> None:
        assert engine.rebuild([document("new", "Nieuw begin")], lambda key: None) == 1
        assert keys(ask(engine, "nieuw")) == ["new"]
        assert not ask(engine, "draagvlak").hits

    def test_readers_keep_the_old_index_while_it_is_rebuilt(self, engine: Engine) -> None:
        seen = []

        def documents():
            yield document("new", "Nieuw begin")
            seen.append(keys(ask(engine, "draagvlak")))

        engine.rebuild(documents(), lambda key: None)
        assert set(seen[0]) == {"steun-nl", "frame", "over"}

    def test_changes_during_a_rebuild_are_not_lost(self, engine: Engine) -> None:
        truth = {found.key: found for found in library()}

        def documents():
            yield from truth.copy().values()
            truth["late"] = document("late", "Nagekomen bericht")
            truth["frame"] = document("frame", "Verbeterde versie")
            del truth["over"]
            engine.put([truth["late"], truth["frame"]])
            engine.delete(["over"])

        assert engine.rebuild(documents(), truth.get) == 6
        assert keys(ask(engine, "nagekomen")) == ["late"]
        assert keys(ask(engine, "verbeterde")) == ["frame"]
        assert "over" not in keys(ask(engine, "draagvlak"))

    def test_a_failed_rebuild_leaves_the_old_index(self, engine: Engine) -> None:
        def documents():
            yield document("new", "Nieuw begin")
            raise RuntimeError("database went away")

        with pytest.raises(RuntimeError):
            engine.rebuild(documents(), lambda key: None)
        assert keys(ask(engine, "draagvlak"))[0] == "steun-nl"

    def test_texts_that_cannot_be_stored_are_stored_almost(self, empty_engine: Engine) -> None:
        odd = "steun \ud800 \x00 opvang"
        empty_engine.put([document("odd", odd, odd, passages=(odd,))])
        assert keys(ask(empty_engine, "steun opvang")) == ["odd"]


class TestCompounds:
    """Dutch words that are written as one."""

    @pytest.fixture
    def whole(self, empty_engine: Engine) -> Engine:
        documents = [
            document("compound", "Een rapport", "Het migratiebeleid van toen."),
            document("apart", "Een rapport", "Beleid over migratie; later kwam migratie beleid."),
            document("spread", "Een rapport", "Beleid. Iets anders. En dan migratie."),
            document("part", "Een rapport", "Beleid."),
            document("letters", "Een rapport", "Een onbeleidbaarheid."),
        ]
        empty_engine.rebuild(documents, lambda key: None)
        return empty_engine

    def test_a_part_finds_the_whole_after_the_word_itself(self, whole: Engine) -> None:
        found = keys(ask(whole, "beleid"))
        assert set(found) == {"part", "apart", "spread", "compound"}
        assert found[-1] == "compound"

    def test_the_whole_finds_its_parts(self, whole: Engine) -> None:
        assert keys(ask(whole, "migratiebeleid")) == ["compound", "apart", "spread"]

    def test_a_minus_does_not_reach_into_compounds(self, whole: Engine) -> None:
        assert keys(ask(whole, "rapport migratiebeleid -beleid")) == ["compound", "letters"]

    def test_quotation_marks_do_not_either(self, whole: Engine) -> None:
        assert "compound" not in keys(ask(whole, '"beleid"'))

    def test_what_comes_in_later_is_split_and_goes_again(self, whole: Engine) -> None:
        whole.put([document("late", "Een rapport", "Beleidsmigratie.")])
        assert "late" in keys(ask(whole, "migratie"))
        whole.put([document("late", "Een rapport", "Niets.")])
        assert "late" not in keys(ask(whole, "migratie"))


def test_words_are_counted_by_term(engine: Engine) -> None:
    assert engine.frequency("draagvlak", "nl") == 3
    assert engine.frequency("draagvlak", "en") == 0
    engine.delete(["over"])
    assert engine.frequency("draagvlak", "nl") == 2


def test_similar_words_come_with_their_counts(engine: Engine) -> None:
    assert ("draagvlak", 3) in engine.similar("draagvalk", "nl")
    assert engine.similar('"', "nl") == []


class TestSynonyms:
    """Other words beside those of the question."""

    @pytest.fixture
    def thesaurus(self) -> Thesaurus:
        thesaurus = Thesaurus()
        entries = [Entry("nl", "draagvlak"), Entry("nl", "deelname"), Entry("en", "shift support")]
        thesaurus.add(entries, entries)
        return thesaurus

    def test_the_word_itself_comes_first(self, engine: Engine, thesaurus: Thesaurus) -> None:
        assert "narratives" in keys(ask(engine, "draagvlak", thesaurus=thesaurus))
        documents = [document(f"d{n}", "Verslag", "over draagvlak hier") for n in range(4)]
        engine.rebuild(
            [document("other", "Verslag", "over deelname hier"), *documents], lambda key: None
        )
        found = keys(ask(engine, "draagvlak", thesaurus=thesaurus))
        assert len(found) == 5
        assert found[-1] == "other"

    def test_several_words_are_a_phrase(self, engine: Engine, thesaurus: Thesaurus) -> None:
        engine.put([document("loose", "Support can shift", language="en")])
        assert "loose" not in keys(ask(engine, "draagvlak", thesaurus=thesaurus))


class TestWithin:
    """Searching in one work."""

    def test_only_its_own_documents(self, engine: Engine) -> None:
        assert keys(ask(engine, "draagvlak", within="over")) == ["over"]
        assert ask(engine, "draagvlak", within="over").total == 1
        assert keys(ask(engine, "reception", within="steun")) == ["steun-nl"]
        assert keys(ask(engine, "reception", "en", within="steun")) == ["steun-en"]

    @pytest.mark.parametrize("work", ["bestaat-niet", "steun' OR 1", "\x00"])
    def test_an_unknown_work_holds_nothing(self, engine: Engine, work: str) -> None:
        assert ask(engine, "draagvlak", within=work).total == 0

    def test_all_its_places_also_of_common_words(self, empty_engine: Engine) -> None:
        crowd = (document(str(n), "Steun", "opvang", passages=["opvang"] * 20) for n in range(200))
        few = document("few", "Rapport", passages=[f"opvang {n}" for n in range(9)] + ["niets"])
        empty_engine.rebuild([*crowd, few], lambda key: None)
        found = ask(empty_engine, "steun opvang", within="few", passages=50).hits[0]
        assert {passage.locator for passage in found.passages} == {str(n) for n in range(1, 10)}
        assert len(ask(empty_engine, "opvang", within="few", passages=4).hits[0].passages) == 4

    def test_operators_work_as_elsewhere(self, engine: Engine) -> None:
        assert ask(engine, '"opvang in de buurt"', within="steun").total == 1
        assert ask(engine, "opvang -azc", within="steun", language="nl").total == 0


class TestCompletions:
    """What may be meant by a word that is still being typed."""

    @staticmethod
    def titles(engine: Engine, *beginnings: str, language: str = "nl", limit: int = 9) -> list[str]:
        return [found.key for found in engine.complete(beginnings, language, limit).titles]

    @pytest.mark.parametrize(
        ("beginnings", "expected"),
        [
            (("fra",), ["frame"]),
            (("med", "fram"), ["frame"]),
            (("ons",), ["over"]),
            (("rec",), ["steun-en"]),
            (("edia",), []),
            (("fra", "bestaatniet"), []),
            (("c++",), []),
        ],
    )
    def test_each_beginning_begins_a_word_of_the_title(
        self, engine: Engine, beginnings: tuple[str, ...], expected: list[str]
    ) -> None:
        assert self.titles(engine, *beginnings) == expected

    def test_a_part_of_a_compound_counts_after_whole_words(self, empty_engine: Engine) -> None:
        words = "opvang buurt steun"
        empty_engine.put([document("w", words), document("p", "De buurtopvang", words)])
        empty_engine.put([document("p", "De buurtopvang", words)])
        assert self.titles(empty_engine, "opv") == ["w", "p"]

    def test_the_readers_language_and_the_first_word_come_first(self, empty_engine: Engine) -> None:
        empty_engine.put(
            [
                document("en", "Support", language="en"),
                document("late", "Over supporters"),
                document("nl", "Supporters van ver weg en dichtbij"),
            ]
        )
        assert self.titles(empty_engine, "supp") == ["nl", "late", "en"]
        assert self.titles(empty_engine, "supp", language="en")[0] == "en"

    def test_a_work_comes_once(self, empty_engine: Engine) -> None:
        for language in ("nl", "en"):
            empty_engine.put([document(language, "Framing", work="one", language=language)])
        assert self.titles(empty_engine, "fram") == ["nl"]
        assert self.titles(empty_engine, "fram", language="en") == ["en"]

    def test_no_more_than_asked_for(self, empty_engine: Engine) -> None:
        empty_engine.put([document(str(n), f"Steun {n}") for n in range(9)])
        assert len(self.titles(empty_engine, "st", limit=4)) == 4

    def test_what_went_or_changed_is_not_completed(self, engine: Engine) -> None:
        engine.delete(["frame"])
        engine.put([document("over", "Wie wij zijn")])
        assert self.titles(engine, "fra") == self.titles(engine, "ons") == []
        assert self.titles(engine, "wie") == ["over"]

    def test_a_rebuilt_index_completes_too(self, empty_engine: Engine) -> None:
        empty_engine.rebuild(library(), lambda key: None)
        assert self.titles(empty_engine, "fra") == ["frame"]

    def test_words_go_on_most_used_first_one_of_each_stem(self, empty_engine: Engine) -> None:
        text = "steunbetuiging steunbetuigingen steunbetuiging steunend steunfonds de den"
        empty_engine.put([document("a", "A", f"{text} steunfonds steunfonds")])
        empty_engine.put([document("b", "B", "steunfonds steunbetuiging", language="en")])
        found = empty_engine.complete(["steun"], "nl", 9).words
        assert found[:2] == [("steunfonds", "nl"), ("steunbetuiging", "nl")]
        assert len(found) == 2
        assert empty_engine.complete(["steun"], "en", 1).words[0][1] == "en"
        assert ("de", "nl") not in empty_engine.complete(["d"], "nl", 9).words

    @pytest.mark.parametrize("question", HOSTILE)
    def test_hostile_beginnings_are_answered(self, engine: Engine, question: str) -> None:
        beginnings = forms(question)[:32]
        if beginnings:
            assert engine.complete(beginnings, "nl", 3) is not None

    def test_without_an_index_it_says_so(self, empty_engine: Engine) -> None:
        with pytest.raises(SearchUnavailable):
            empty_engine.complete(["a"], "nl", 3)

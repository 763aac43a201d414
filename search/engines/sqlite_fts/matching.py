"""Which rows match a plan, and how well.

Every term is looked up by itself, so that each has its own weight, its rarity
is counted among the texts of its language, and we know which documents hold
all words of a question. The commonest terms of a long question only order
what the rarer ones found: that bounds the time, whatever is asked.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest

from search.analysis import is_stopword, term_of
from search.engines.sqlite_fts.schema import PASSAGE_BITS, TABLES, rows_of
from search.plan import PAIR_WEIGHT, Instead, Plan, Reading
from search.weights import FIELDS, PHRASE

MOST_ROWS = 3_000
"""Rows fetched before the terms that are left may only order what was found."""

MOST_ORDERED = 1_000
"""Best rows so far that such common terms may still move up."""

_FIELDS = "{title}, {summary}, {body}, 0.0, {parts}".format_map(FIELDS)
_EXACT = "0.0, 0.0, 0.0, 1.0, 0.0"
_WHOLE = "{title summary body} : "
"""Leaves out the parts of compounds, which have no order."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One term, pair or phrase in one language table, with the number of rows holding it.

    `bits` marks words in the set of words that a document holds; 0 for pairs and phrases.
    Of the lookups of one `concept` only the best counts in a row.
    """

    table: str
    match: str
    weight: float
    rows: int
    rarity: float
    correction: float
    columns: str = _FIELDS
    bits: int = 0
    concept: str = ""


@dataclass(slots=True)
class Matches:
    """Scores of rows, and per document the words it holds.

    `complete` are the sets of bits that mean: every word of the question. `concepts` holds
    what each row has of a concept so far.
    """

    scores: dict[int, float] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    complete: list[int] = field(default_factory=list)
    concepts: dict[str, dict[int, float]] = field(default_factory=dict)

    def holding_all(self) -> set[int]:
        """Return the documents that hold all words of the question, in one language."""
        several = [bits for bits in self.complete if bits.bit_count() > 1]
        return {
            document
            for bits in several
            for document, held in self.held.items()
            if held & bits == bits
        }


def match(
    connection: sqlite3.Connection,
    plan: Plan,
    sizes: Mapping[str, int],
    within: Sequence[int] | None = None,
) -> Matches:
    """Return every row that matches; `sizes` is the number of rows per language.

    With `within` only the rows of these documents.
    """
    found = Matches()
    lookups: list[Lookup] = []
    for language, reading in plan.readings.items():
        if sizes.get(language) and reading.terms:
            lookups += _lookups(connection, reading, sizes[language], found)
            lookups += _phrase_lookups(connection, plan, language, sizes[language])
    if within is None:
        _collect(connection, lookups, found)
    for document in within or ():
        for lookup in lookups:
            _add(_fetch_in(connection, lookup, document), lookup, found)
    return found


def documents_with_phrase(connection: sqlite3.Connection, phrase: tuple[str, ...]) -> set[int]:
    """Return the documents in which these folded words stand in this order."""
    return set(_documents(connection, ((table, _exactly(phrase)) for table in TABLES.values())))


def documents_with_word(connection: sqlite3.Connection, word: str) -> set[int]:
    """Return the documents that hold a word in any of its forms."""
    asked = []
    for language, table in TABLES.items():
        plain = is_stopword(word, language)
        asked.append((table, _exactly((word,)) if plain else _whole((term_of(word, language),))))
    return set(_documents(connection, asked))


def _documents(connection: sqlite3.Connection, asked: Iterable[tuple[str, str]]) -> Iterator[int]:
    for table, match in asked:
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - our own names
        yield from (row >> PASSAGE_BITS for (row,) in connection.execute(sql, (match,)))


def _lookups(
    connection: sqlite3.Connection, reading: Reading, size: int, found: Matches
) -> Iterator[Lookup]:
    """Yield the lookups of one reading and note which bits make it complete."""
    shift = sum(bits.bit_count() for bits in found.complete)
    found.complete.append(((1 << len(reading.terms)) - 1) << shift)
    table = TABLES[reading.language]
    columns = _EXACT if reading.exact else _FIELDS
    present: dict[str, float] = {}
    for place, (term, weight) in enumerate(reading.terms.items()):
        asked = _exactly((term,)) if reading.exact else _quoted(term)
        lookup = _lookup(connection, table, asked, weight, size, columns, 1 << (shift + place))
        if lookup is not None:
            present[term] = lookup.rarity
            yield lookup
    for pair in reading.pairs:
        if pair[0] in present and pair[1] in present:
            lookup = _lookup(connection, table, _whole(pair), PAIR_WEIGHT, size, columns)
            if lookup is not None:
                yield lookup
    order = {term: 1 << (shift + place) for place, term in enumerate(reading.terms)}
    for instead in reading.instead:
        bits = sum(order.get(term, 0) for term in set(instead.holds))
        lookup = _instead(connection, table, instead, size, bits)
        if lookup is not None:
            # What stands for a common word is no better a sign than that word.
            rarest = max((present.get(term, 0.0) for term in instead.holds), default=0.0)
            yield replace(lookup, rarity=min(lookup.rarity, rarest or 1.0))


def _instead(
    connection: sqlite3.Connection, table: str, instead: Instead, size: int, bits: int
) -> Lookup | None:
    """Return the lookup of a synonym, or of the parts of a compound."""
    terms, concept = instead.terms, f"{table} {instead.concept}"
    if len(terms) == 1 or instead.together:
        asked = _quoted(terms[0]) if len(terms) == 1 else _whole(terms)
        found = _lookup(connection, table, asked, instead.weight, size, bits=bits)
        return replace(found, concept=concept) if found else None
    asked = " AND ".join(map(_quoted, terms))
    found = _lookup(connection, table, asked, instead.weight, size, bits=bits)
    each = [_lookup(connection, table, _quoted(term), 1.0, size) for term in terms]
    if found is None:
        return None
    # FTS5 adds up the parts, each times its own rarity.
    built_in = sum(part.correction for part in each if part)
    return replace(found, concept=concept, correction=built_in)


def _phrase_lookups(
    connection: sqlite3.Connection, plan: Plan, language: str, size: int
) -> Iterator[Lookup]:
    """Yield the phrases as lookups, so that the places that hold them come first."""
    for phrase in plan.phrases:
        lookup = _lookup(connection, TABLES[language], _exactly(phrase), PHRASE, size, _EXACT)
        if lookup is not None:
            yield lookup


def _lookup(
    connection: sqlite3.Connection,
    table: str,
    asked: str,
    weight: float,
    size: int,
    columns: str = _FIELDS,
    bits: int = 0,
) -> Lookup | None:
    sql = f"SELECT count(*) FROM {table} WHERE {table} MATCH ?"  # noqa: S608 - our own names
    rows = connection.execute(sql, (asked,)).fetchone()[0]
    if not rows:
        return None
    rarity, correction = _rarity(rows, size)
    return Lookup(table, asked, weight, rows, rarity, correction, columns, bits)


def _rarity(rows: int, size: int) -> tuple[float, float]:
    """Return how rare a term is (0..1), and what FTS5 has already multiplied by.

    FTS5's own figure turns nothing for what half of the rows hold, and grows with
    the size of the table. Ours stays positive and is a share of the highest
    possible, so that scores of a large and a small language can be compared.
    """
    share = (size - rows + 0.5) / (rows + 0.5)
    highest = math.log1p((size - 0.5) / 1.5)
    built_in = math.log(share) if share > 1.0 else 0.0
    return math.log1p(share) / highest, max(built_in, 1e-6)


def _collect(connection: sqlite3.Connection, lookups: list[Lookup], found: Matches) -> None:
    fetched = 0
    best = ""
    for lookup in sorted(lookups, key=lambda lookup: lookup.rows):
        fetched += lookup.rows
        if found.scores and fetched > MOST_ROWS:
            best = best or json.dumps(
                nlargest(MOST_ORDERED, found.scores, found.scores.__getitem__)
            )
            _add(_order(connection, lookup, best), lookup, found)
        else:
            _add(_fetch(connection, lookup), lookup, found)


def _fetch(connection: sqlite3.Connection, lookup: Lookup) -> list[tuple[int, float]]:
    return connection.execute(
        f"SELECT rowid, bm25({lookup.table}, {lookup.columns}) FROM {lookup.table}"  # noqa: S608
        f" WHERE {lookup.table} MATCH ?",
        (lookup.match,),
    ).fetchall()


def _fetch_in(
    connection: sqlite3.Connection, lookup: Lookup, document: int
) -> list[tuple[int, float]]:
    return connection.execute(
        f"SELECT rowid, bm25({lookup.table}, {lookup.columns}) FROM {lookup.table}"  # noqa: S608
        f" WHERE {lookup.table} MATCH ? AND rowid BETWEEN ? AND ?",
        (lookup.match, *rows_of(document)),
    ).fetchall()


def _order(connection: sqlite3.Connection, lookup: Lookup, rows: str) -> list[tuple[int, float]]:
    # The plus keeps SQLite from starting a search of its own for every row.
    return connection.execute(
        f"SELECT rowid, bm25({lookup.table}, {lookup.columns}) FROM {lookup.table}"  # noqa: S608
        f" WHERE {lookup.table} MATCH ? AND +rowid IN (SELECT value FROM json_each(?))",
        (lookup.match, rows),
    ).fetchall()


def _add(rows: list[tuple[int, float]], lookup: Lookup, found: Matches) -> None:
    """Add a term's part to the rows' scores. FTS5 gives better matches lower numbers."""
    scores, held, bits = found.scores, found.held, lookup.bits
    factor = -lookup.weight * lookup.rarity / lookup.correction
    if lookup.concept:
        rows = _gained(rows, factor, found.concepts.setdefault(lookup.concept, {}))
        factor = 1.0
    for row, score in rows:
        scores[row] = scores.get(row, 0.0) + score * factor
    if bits:
        for row, _ in rows:
            document = row >> PASSAGE_BITS
            held[document] = held.get(document, 0) | bits


def _gained(
    rows: Iterable[tuple[int, float]], factor: float, best: dict[int, float]
) -> list[tuple[int, float]]:
    """Return by how much each row's best of a concept grows."""
    gained = []
    for row, score in rows:
        before = best.get(row, 0.0)
        best[row] = max(before, score * factor)
        gained.append((row, best[row] - before))
    return gained


def _whole(words: tuple[str, ...]) -> str:
    """Ask for words side by side as they were written, not as parts of compounds."""
    return _WHOLE + _quoted(" ".join(words))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', "") + '"'


def _exactly(phrase: tuple[str, ...]) -> str:
    return _quoted(" ".join("=" + word for word in phrase))

"""A library of any size for measurements, made with a fixed seed from the sentences of a small one.

Sentences come from a file of JSON lines with `text`, or from the demo content. They are
shuffled over studies of twenty passages of at least eighty words, so that words keep the
frequencies and neighbours of real text while no two passages are the same.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.contracts import SearchDocument, SearchPassage

DEMO = Path(__file__).resolve().parent.parent / "home" / "demo" / "content"
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
QUOTED = re.compile(r'"""(.+?)"""|"([^"\n]{30,})"', re.DOTALL)
WORD = re.compile(r"[^\W\d_]{4,30}")
SEED = 1948
PASSAGES = 20
WORDS = 80
QUESTIONS = 60


@dataclass(frozen=True)
class Corpus:
    """Sentences, and their words from common to rare."""

    sentences: list[str]
    words: list[str]

    def documents(self, passages: int) -> Iterator[SearchDocument]:
        """Yield studies that hold so many passages together."""
        chance = random.Random(SEED)
        texts = (self._passage(chance) for _ in range(passages))
        for number in range(-(-passages // PASSAGES)):
            yield self._study(number, list(islice(texts, PASSAGES)), chance)

    def _passage(self, chance: random.Random) -> str:
        text: list[str] = []
        while sum(len(sentence.split()) for sentence in text) < WORDS:
            text.append(chance.choice(self.sentences))
        return " ".join(text)

    def _study(self, number: int, texts: list[str], chance: random.Random) -> SearchDocument:
        title = " ".join(chance.choice(self.sentences).split()[:9])
        return SearchDocument(
            key=f"page:{number}",
            work=f"work-{number}",
            kind="research",
            language="nl",
            title=title,
            url=f"/nl/kenniskamer/{number}/",
            summary=chance.choice(self.sentences),
            themes=(f"thema-{number % 40}",),
            year=1980 + number % 45,
            passages=tuple(
                SearchPassage(str(page), f"p. {page}", text, "nl", f"/{number}.pdf#page={page}")
                for page, text in enumerate(texts, start=1)
            ),
        )

    def questions(self) -> dict[str, list[str]]:
        """Return questions by their kind, the same every time."""
        chance = random.Random(SEED + 1)
        common, rare = self.words[: len(self.words) // 20], self.words[len(self.words) // 3 :]
        long = [word for word in rare if len(word) > 12] or rare
        kinds = {
            "one common word": lambda: chance.choice(common),
            "one rare word": lambda: chance.choice(rare),
            "two words": lambda: f"{chance.choice(common)} {chance.choice(rare)}",
            "a question": lambda: " ".join(chance.choice(self.sentences).split()[:9]),
            "a long word": lambda: chance.choice(long),
            "in quotation marks": lambda: (
                f'"{" ".join(chance.choice(self.sentences).split()[:3])}"'
            ),
            "misspelt": lambda: misspelt(chance.choice(long), chance),
            "without a word": lambda: f"{chance.choice(common)} -{chance.choice(common)}",
        }
        return {kind: [make() for _ in range(QUESTIONS)] for kind, make in kinds.items()}


def misspelt(word: str, chance: random.Random) -> str:
    """Return a word with two neighbouring letters swapped."""
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def read(path: Path | None) -> Corpus:
    """Read the sentences of a file of JSON lines, or those of the demo content."""
    texts = _lines(path) if path else _demo()
    sentences = [
        sentence
        for text in texts
        for sentence in SENTENCE_END.split(text)
        if 4 <= len(sentence.split()) <= 60
    ]
    counts = Counter(word for sentence in sentences for word in WORD.findall(sentence.lower()))
    return Corpus(sentences, [word for word, _ in counts.most_common()])


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def _demo() -> Iterator[str]:
    for path in sorted(DEMO.rglob("*.toml")):
        for match in QUOTED.finditer(path.read_text(encoding="utf-8")):
            yield match[1] or match[2]

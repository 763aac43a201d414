"""The halves in which questions are measured."""

from __future__ import annotations

import hashlib

from benchmarks.halves import ALL, TEST, TUNE, half_of, is_in

QUESTIONS = [f"vraag {number}" for number in range(400)]


def test_each_question_is_in_one_half() -> None:
    for text in QUESTIONS:
        assert is_in(text, ALL)
        assert is_in(text, TUNE) is not is_in(text, TEST)


def test_the_hash_decides() -> None:
    digest = hashlib.sha256(b"draagvlak").hexdigest()
    assert half_of("draagvlak") == (TEST if int(digest, 16) % 2 else TUNE)
    assert 150 < sum(half_of(text) == TUNE for text in QUESTIONS) < 250

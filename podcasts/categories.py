"""Apple's list of podcast categories (itunes:category), with their names for editors.

A category with a parent is written `Parent > Child` in the database; `parts` gives the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

SEPARATOR = " > "

TREE: tuple[tuple[str, Any, tuple[tuple[str, Any], ...]], ...] = (
    (
        "Arts",
        _("Arts"),
        (
            ("Books", _("Books")),
            ("Design", _("Design")),
            ("Fashion & Beauty", _("Fashion and beauty")),
            ("Food", _("Food")),
            ("Performing Arts", _("Performing arts")),
            ("Visual Arts", _("Visual arts")),
        ),
    ),
    (
        "Business",
        _("Business"),
        (
            ("Careers", _("Careers")),
            ("Entrepreneurship", _("Entrepreneurship")),
            ("Investing", _("Investing")),
            ("Management", _("Management")),
            ("Marketing", _("Marketing")),
            ("Non-Profit", _("Non-profit")),
        ),
    ),
    (
        "Comedy",
        _("Comedy"),
        (
            ("Comedy Interviews", _("Comedy interviews")),
            ("Improv", _("Improvisation")),
            ("Stand-Up", _("Stand-up")),
        ),
    ),
    (
        "Education",
        _("Education"),
        (
            ("Courses", _("Courses")),
            ("How To", _("How to")),
            ("Language Learning", _("Language learning")),
            ("Self-Improvement", _("Self-improvement")),
        ),
    ),
    (
        "Fiction",
        _("Fiction"),
        (
            ("Comedy Fiction", _("Comedy fiction")),
            ("Drama", _("Drama")),
            ("Science Fiction", _("Science fiction")),
        ),
    ),
    ("Government", _("Government"), ()),
    (
        "Health & Fitness",
        _("Health and fitness"),
        (
            ("Alternative Health", _("Alternative health")),
            ("Fitness", _("Fitness")),
            ("Medicine", _("Medicine")),
            ("Mental Health", _("Mental health")),
            ("Nutrition", _("Nutrition")),
            ("Sexuality", _("Sexuality")),
        ),
    ),
    ("History", _("History"), ()),
    (
        "Kids & Family",
        _("Kids and family"),
        (
            ("Education for Kids", _("Education for kids")),
            ("Parenting", _("Parenting")),
            ("Pets & Animals", _("Pets and animals")),
            ("Stories for Kids", _("Stories for kids")),
        ),
    ),
    (
        "Leisure",
        _("Leisure"),
        (
            ("Animation & Manga", _("Animation and manga")),
            ("Automotive", _("Automotive")),
            ("Aviation", _("Aviation")),
            ("Crafts", _("Crafts")),
            ("Games", _("Games")),
            ("Hobbies", _("Hobbies")),
            ("Home & Garden", _("Home and garden")),
            ("Video Games", _("Video games")),
        ),
    ),
    (
        "Music",
        _("Music"),
        (
            ("Music Commentary", _("Music commentary")),
            ("Music History", _("Music history")),
            ("Music Interviews", _("Music interviews")),
        ),
    ),
    (
        "News",
        _("News"),
        (
            ("Business News", _("Business news")),
            ("Daily News", _("Daily news")),
            ("Entertainment News", _("Entertainment news")),
            ("News Commentary", _("News commentary")),
            ("Politics", _("Politics")),
            ("Sports News", _("Sports news")),
            ("Tech News", _("Tech news")),
        ),
    ),
    (
        "Religion & Spirituality",
        _("Religion and spirituality"),
        (
            ("Buddhism", _("Buddhism")),
            ("Christianity", _("Christianity")),
            ("Hinduism", _("Hinduism")),
            ("Islam", _("Islam")),
            ("Judaism", _("Judaism")),
            ("Religion", _("Religion")),
            ("Spirituality", _("Spirituality")),
        ),
    ),
    (
        "Science",
        _("Science"),
        (
            ("Astronomy", _("Astronomy")),
            ("Chemistry", _("Chemistry")),
            ("Earth Sciences", _("Earth sciences")),
            ("Life Sciences", _("Life sciences")),
            ("Mathematics", _("Mathematics")),
            ("Natural Sciences", _("Natural sciences")),
            ("Nature", _("Nature")),
            ("Physics", _("Physics")),
            ("Social Sciences", _("Social sciences")),
        ),
    ),
    (
        "Society & Culture",
        _("Society and culture"),
        (
            ("Documentary", _("Documentary")),
            ("Personal Journals", _("Personal journals")),
            ("Philosophy", _("Philosophy")),
            ("Places & Travel", _("Places and travel")),
            ("Relationships", _("Relationships")),
        ),
    ),
    (
        "Sports",
        _("Sports"),
        (
            ("Baseball", _("Baseball")),
            ("Basketball", _("Basketball")),
            ("Cricket", _("Cricket")),
            ("Fantasy Sports", _("Fantasy sports")),
            ("Football", _("American football")),
            ("Golf", _("Golf")),
            ("Hockey", _("Ice hockey")),
            ("Rugby", _("Rugby")),
            ("Running", _("Running")),
            ("Soccer", _("Football")),
            ("Swimming", _("Swimming")),
            ("Tennis", _("Tennis")),
            ("Volleyball", _("Volleyball")),
            ("Wilderness", _("Wilderness")),
            ("Wrestling", _("Wrestling")),
        ),
    ),
    ("Technology", _("Technology"), ()),
    ("True Crime", _("True crime"), ()),
    (
        "TV & Film",
        _("Television and film"),
        (
            ("After Shows", _("After shows")),
            ("Film History", _("Film history")),
            ("Film Interviews", _("Film interviews")),
            ("Film Reviews", _("Film reviews")),
            ("TV Reviews", _("Television reviews")),
        ),
    ),
)


def _rows() -> Iterator[tuple[Any, list[tuple[str, Any]]]]:
    for name, label, children in TREE:
        below = [(f"{name}{SEPARATOR}{child}", child_label) for child, child_label in children]
        yield label, [(name, label), *below]


CHOICES = list(_rows())
"""Choices grouped per main category, for a form field."""

NAMES = frozenset(value for _label, rows in CHOICES for value, _name in rows)


def parts(category: str) -> tuple[str, ...]:
    """Return Apple's names of a category: one, or its parent and itself; () for none."""
    return tuple(category.split(SEPARATOR)) if category in NAMES else ()

"""What was looked up is looked up once, and no more of it is kept than may be."""

from __future__ import annotations

from collections.abc import Collection

from rag.remembered import Remembered


class Asked:
    """Gives each report's length but for empty names, and takes down who was asked about."""

    def __init__(self) -> None:
        self.about: list[str] = []

    def __call__(self, names: Collection[str]) -> dict[str, int]:
        self.about += names
        return {name: len(name) for name in names if name != "silent"}


def test_only_reports_that_were_not_asked_about_are_looked_up() -> None:
    remembered, find = Remembered(10), Asked()
    assert remembered.of("length", ["one", "silent"], find) == {"one": 3}
    assert remembered.of("length", ["three", "silent", "one"], find) == {"three": 5, "one": 3}
    assert find.about == ["one", "silent", "three"]


def test_each_question_has_its_own_answers() -> None:
    remembered, find = Remembered(10), Asked()
    remembered.of("length", ["one"], find)
    assert remembered.of("other", ["one"], lambda names: dict.fromkeys(names, 0)) == {"one": 0}
    assert remembered.of("length", ["one"], find) == {"one": 3}
    assert find.about == ["one"]


def test_the_question_that_was_not_asked_for_longest_is_forgotten_first() -> None:
    remembered, find = Remembered(4), Asked()
    remembered.of("first", ["a", "bb"], find)
    remembered.of("second", ["a", "bb"], find)
    remembered.of("first", ["a"], find)
    remembered.of("third", ["a"], find)
    find.about.clear()
    remembered.of("first", ["a", "bb"], find)
    assert find.about == []
    remembered.of("second", ["a"], find)
    assert find.about == ["a"]


def test_more_than_may_be_kept_is_given_and_the_oldest_of_it_forgotten() -> None:
    remembered, find = Remembered(2), Asked()
    assert remembered.of("length", ["a", "bb", "ccc"], find) == {"a": 1, "bb": 2, "ccc": 3}
    find.about.clear()
    assert remembered.of("length", ["ccc", "bb", "a"], find) == {"ccc": 3, "bb": 2, "a": 1}
    assert find.about == ["a"]

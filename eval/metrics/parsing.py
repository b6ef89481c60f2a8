"""Is a report taken for what it is: its title, place and year, and the headings it is divided by?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

Named = tuple[str, str]  # what it is ("town", "year", "heading"), and what it reads


@dataclass(frozen=True)
class ParsingScore:
    """Each between 0 and 1; counts are of items, so that reports can be added up."""

    right: int
    given: int
    gold: int
    missed: tuple[Named, ...]
    wrong: tuple[Named, ...]

    @property
    def precision(self) -> float:
        """Of what was read, the share that is so; of nothing read, 1."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Of what is so, the share that was read; of nothing to read, 1."""
        return self.right / self.gold if self.gold else 1.0


def score_parsing(given: Iterable[Named], gold: Iterable[Named]) -> ParsingScore:
    """Precision and recall of what was read of a report, white space aside.

    Each item counts as often as it is there: a heading found twice is once too many.

    Example: gold town 马武镇, year 2024, heading 一、成效; given town 马武镇, year 2023,
    heading 一、成效: 2 of 3 read are so, and 2 of 3 are read.
    """
    read, known = _counted(given), _counted(gold)
    return ParsingScore(
        right=sum((read & known).values()),
        given=sum(read.values()),
        gold=sum(known.values()),
        missed=tuple(sorted((known - read).elements())),
        wrong=tuple(sorted((read - known).elements())),
    )


def add_up(scores: Collection[ParsingScore]) -> ParsingScore:
    """The score of many reports together."""
    return ParsingScore(
        right=sum(score.right for score in scores),
        given=sum(score.given for score in scores),
        gold=sum(score.gold for score in scores),
        missed=tuple(item for score in scores for item in score.missed),
        wrong=tuple(item for score in scores for item in score.wrong),
    )


def _counted(items: Iterable[Named]) -> Counter[Named]:
    return Counter((name, "".join(value.split())) for name, value in items)

"""Decide whether a sentence of a chat model may be said: the reasons why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.indicators import Register
from rag.injections import speaks_to_model
from rag.models import Citation, Finding, Language, Place
from rag.places import find_places
from rag.words import fold
from rag.write.claim import Claim
from rag.write.figures import digits_for_words, mislabelled, unread_numbers
from rag.write.names import strange_names
from rag.write.tone import ranked, told_as_done, turned_round, ungrounded

LONGEST = 300
_SHORTEST = 6
_NO_PROSE = re.compile(r"https?:|[<>|`{}\\]|\*\*|^\s*#|={3}|-{3}|_{3}")
_ECHO = re.compile(
    r"^(?:材料|问题|答案|回答|直接答案|问题的理解|请写|notes?|question|answer|direct answer|understood as)\s*[:：]",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2}(?:村|社区)")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True)
class SentenceCheck:
    """The checks of one answer.

    Attributes:
        citations: the evidence by mark.
        supported: what the check of every answer finds wrong with a sentence.
        known: the places of all stored reports.
        told: what the model was told to do, which it may not say.
        near: whether a sentence is near in meaning to the quotes of its marks.
    """

    language: Language
    citations: Mapping[int, Citation]
    findings: tuple[Finding, ...]
    supported: Callable[[str], str | None]
    known: Sequence[Place]
    register: Register
    near: Callable[[str, Collection[int]], bool]
    told: str = ""

    def fault(self, sentence: str) -> str | None:
        """Why a sentence may not be said; None where every check passes."""
        return next(self._faults(sentence), None)

    def _faults(self, sentence: str) -> Iterator[str]:
        if self.language == "en":
            sentence = digits_for_words(sentence)
        claim = Claim(sentence, self.language, self.citations, self.findings)
        yield from _form(claim)
        if claim.plain.strip(" .。") in fold(self.told):
            yield "words of the prompt"
        if not claim.marks:
            yield "no mark"
            return
        unsupported = self.supported(sentence)
        if unsupported:
            yield unsupported
            return
        for check in (unread_numbers, mislabelled, _mixed, turned_round, told_as_done, ranked):
            yield from check(claim)
        yield from self._places(claim)
        yield from self._indicators(claim)
        yield from ungrounded(claim)
        if self.language == "en" and not self.near(claim.plain, claim.marks):
            yield "not in the evidence"

    def _places(self, claim: Claim) -> Iterator[str]:
        """Places that are none of the cited reports' and stand in no cited quote."""
        for mention in find_places(claim.plain, self.known):
            own = mention.name in claim.places
            if not own and mention.level != "region" and mention.text not in claim.words:
                yield f"place: {mention.text}"
        if self.language == "en":
            yield from strange_names(claim)
        for match in _VILLAGE.finditer(claim.plain):
            if match[0] not in claim.words:
                yield f"place: {match[0]}"

    def _indicators(self, claim: Claim) -> Iterator[str]:
        """What a sentence with figures measures, where no cited quote speaks of it."""
        if not _FIGURE.search(claim.plain):
            return
        stated = {m.indicator.name for m in self.register.find(claim.words, language="zh")}
        cited = set(claim.marks)
        stated |= {f.indicator for f in self.findings if f.indicator and cited & set(f.citations)}
        families = {self.register.get(name).family for name in stated if name in self.register}
        for mention in self.register.find(claim.plain, language=self.language):
            found = mention.indicator
            if mention.how == "homophone" or found.name in stated:
                continue
            if not (found.family and found.family in families):
                yield f"indicator: {mention.text}"


def _form(claim: Claim) -> Iterator[str]:
    chinese, latin = len(_CHINESE.findall(claim.plain)), len(_LATIN.findall(claim.plain))
    if len(claim.plain.strip()) < _SHORTEST or len(claim.sentence) > LONGEST:
        yield "not a sentence"
    elif _NO_PROSE.search(claim.sentence) or _ECHO.search(claim.sentence):
        yield "not prose"
    elif speaks_to_model(claim.plain):
        yield "words to a program"
    elif (claim.language == "zh" and latin > chinese) or (
        claim.language == "en" and 3 * chinese > latin
    ):
        yield "another language"


def _mixed(claim: Claim) -> Iterator[str]:
    """Figures that could be of one report or of another."""
    if len({citation.report_id for citation in claim.cited}) < 2:
        return
    if not _FIGURE.search(claim.plain):
        return
    start = 0
    for row_start, row_end, reports in claim.rows:
        stretch = claim.plain[start:row_start]
        if len(reports) > 1 and _FIGURE.search(stretch):
            yield "figures of several reports under one row of marks"
        towns = {c.town for c in claim.citations.values() if c.report_id in reports}
        others = {c.town for c in claim.citations.values() if c.town} - towns
        if any(other and fold(other) in stretch for other in others):
            yield "a town before another town's mark"
        start = row_end

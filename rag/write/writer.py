"""Have a chat model put an answer into prose, and let through what passes the checks."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rag.chat_model import Usage
from rag.errors import ModelFailed
from rag.indicators import Register
from rag.injections import speaks_to_model
from rag.models import Answer, Place
from rag.models.events import AnswerEvent, Begun, Finished, Writing
from rag.write.assemble import with_prose
from rag.write.checks import SentenceCheck
from rag.write.likeness import Embeds, Likeness
from rag.write.material import Material
from rag.write.prompts import MOST_SENTENCES, fitted, notes, to_rewrite, to_write, told
from rag.write.sentences import Cutter

if TYPE_CHECKING:
    from rag.chat_model import ChatModel, Message

log = logging.getLogger(__name__)

_HOPELESS = 3  # sentences that failed with none that passed: no more are asked for
_MARK = re.compile(r"\s*\[\d+\]")

Fault = Callable[[str], str | None]


@dataclass
class _Sentence:
    text: str
    reason: str | None  # why it may not be said
    rewritten: bool = False


@dataclass
class _Session:
    """One answer while a model writes it."""

    rules: Answer
    material: Material
    model: ChatModel
    fault: Fault
    deadline: float
    usage: Usage = field(default_factory=Usage)
    sentences: list[_Sentence] = field(default_factory=list)

    @property
    def kept(self) -> list[str]:
        return [sentence.text for sentence in self.sentences if sentence.reason is None]

    @property
    def prose(self) -> str:
        return ("" if self.rules.language == "zh" else " ").join(self.kept)

    def draft(self) -> Iterator[Writing]:
        """Let the model write; what it has written after each piece. Raises ModelFailed."""
        cutter = Cutter()
        asked = to_write(self.rules, self.material)
        pieces = self.model.stream(asked, deadline=self.deadline, usage=self.usage)
        try:
            for piece in pieces:
                for sentence in cutter.feed(piece):
                    self._take(sentence)
                yield self._writing(cutter.rest)
                if self._enough():
                    break
            else:
                for sentence in cutter.end():
                    self._take(sentence)
        finally:
            pieces.close()

    def mend(self) -> Iterator[Writing]:
        """Have each failed sentence rewritten once. Raises ModelFailed."""
        for sentence in self.sentences:
            if sentence.reason is None:
                continue
            asked = to_rewrite(self.rules, self.material, sentence.text, sentence.reason)
            again = yield from self._first_sentence(asked)
            if again and not self._repeats(again) and self.fault(again) is None:
                sentence.text, sentence.reason, sentence.rewritten = again, None, True
                yield self._writing("")

    def _first_sentence(self, asked: Sequence[Message]) -> Generator[Writing, None, str | None]:
        """The sentence that the model says first; what stands so far while it is waited for."""
        cutter = Cutter()
        pieces = self.model.stream(asked, deadline=self.deadline, usage=self.usage)
        try:
            for piece in pieces:
                if found := cutter.feed(piece):
                    return found[0]
                yield self._writing("")
        finally:
            pieces.close()
        return next(iter(cutter.end()), None)

    def _take(self, text: str) -> None:
        if not self._enough():
            reason = "said before" if self._repeats(text) else self.fault(text)
            self.sentences.append(_Sentence(text, reason))

    def _repeats(self, text: str) -> bool:
        said = {_MARK.sub("", sentence.text) for sentence in self.sentences}
        return _MARK.sub("", text) in said

    def _enough(self) -> bool:
        most = MOST_SENTENCES.get(self.rules.plan.kind, 3)
        repeated = any(sentence.reason == "said before" for sentence in self.sentences)
        hopeless = len(self.sentences) >= _HOPELESS and not self.kept
        return len(self.sentences) >= most or repeated or hopeless

    def _writing(self, unverified: str) -> Writing:
        return Writing(self.prose, unverified, self.material.citations)


def is_prose(rules: Answer) -> bool:
    """Whether words help an answer: other kinds are lists and numbers, the rules' alone.

    A question that speaks to the model is not passed on to it.
    """
    plans = rules.plan.parts or (rules.plan,)
    if speaks_to_model(rules.question):
        return False
    return rules.status == "answered" and all(plan.kind in MOST_SENTENCES for plan in plans)


def check_of(
    rules: Answer,
    material: Material,
    supported: Fault,
    known: Sequence[Place],
    register: Register,
    embedder: Embeds,
) -> SentenceCheck:
    """The checks of the sentences of one answer.

    Args:
        supported: what the check of every answer finds wrong with a sentence.
        known: the places of all stored reports.
    """
    citations = {citation.mark: citation for citation in material.citations}
    return SentenceCheck(
        rules.language,
        citations,
        rules.findings,
        supported,
        known,
        register,
        near=Likeness(citations, embedder).rests_on,
        told=told(rules.language),
    )


def write(
    rules: Answer, material: Material, *, model: ChatModel, fault: Fault
) -> Iterator[AnswerEvent]:
    """The rules' answer, then the model's prose as it comes, then the whole answer.

    Args:
        rules: the rules' answer, verified; it stands wherever the model fails.
        fault: why a sentence may not be said, or None.
    """
    yield Begun(rules)
    started = time.monotonic()
    whole = len(material.citations)
    material = fitted(rules, material, model.context - model.tokens)
    session = _Session(rules, material, model, fault, started + model.timeout)
    failed: ModelFailed | None = None
    try:
        yield from _drafted(session)
        yield from session.mend()
    except ModelFailed as failure:
        failed = failure
    finished = _finished(session, failed, whole)
    _log(session, finished, failed, time.monotonic() - started)
    yield Finished(finished)


def _drafted(session: _Session) -> Iterator[Writing]:
    """The draft; a provider to which it is too long gets half the evidence, once."""
    try:
        yield from session.draft()
    except ModelFailed as failed:
        if failed.cause != "context" or session.sentences:
            raise
        half = len(session.material.citations) // 2 or 1
        material = session.material
        session.material = replace(material, citations=material.citations[:half])
        yield from session.draft()


def _finished(session: _Session, failed: ModelFailed | None, whole: int) -> Answer:
    """The answer with the model's prose where enough of it passed, and notes on what came of it."""
    rules, material = session.rules, session.material
    made, kept = len(session.sentences), len(session.kept)
    said = notes(rules.language)
    counts = {
        "model": session.model.name,
        "made": made,
        "kept": kept,
        "rewritten": sum(sentence.rewritten for sentence in session.sentences),
        "dropped": made - kept,
    }
    if not kept or 2 * kept < made:
        note = said["failed"].format(**counts)
        if failed and not made:
            note = said["down"].format(why=failed)
        return replace(rules, notes=(*rules.notes, note))
    answer = with_prose(rules, session.prose, material.citations)
    added = [said["written"].format(**counts)]
    if len(material.citations) < whole:
        added.append(said["cut"].format(kept=len(material.citations), all=whole))
    if material.withheld:
        added.append(said["withheld"].format(withheld=material.withheld))
    return replace(answer, notes=(*answer.notes, *added))


def _log(session: _Session, answer: Answer, failed: ModelFailed | None, seconds: float) -> None:
    """One line an answer: what it cost and what came of it; none of its words."""
    usage = session.usage
    first = f"{usage.first_word * 1000:.0f}" if usage.first_word is not None else "-"
    rewritten = sum(sentence.rewritten for sentence in session.sentences)
    log.info(
        "writing %s writer=%s sentences=%d kept=%d rewritten=%d failure=%s seconds=%.1f first_word_ms=%s",
        usage.line(session.model.name, session.model.price), answer.writer,
        len(session.sentences), len(session.kept), rewritten, failed.cause if failed else "-",
        seconds, first,
        extra={"dropped": len(session.sentences) - len(session.kept)},
    )  # fmt: skip

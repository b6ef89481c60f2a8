"""What is wrong with an answer of a run, line by line in the page's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.metrics.given import matched_sources
from ui.texts import Texts

Saved = Mapping[str, Any]  # an outcome as run.json has it


def faults_of(outcome: Saved, texts: Texts) -> Iterator[str]:
    """The lines; the words of reports and of the answer stand in them as they are."""
    question, score = outcome["question"], outcome["score"]
    if score["status"] != question["status"]:
        yield texts(
            "wrong_status",
            expected=texts(f"status_{question['status']}"),
            given=_status(score["status"], texts),
        )
    yield from _wrong_set(outcome, texts)
    for source, state, shown in (score["census"] or {}).get("pairs", ()):
        if state != shown:
            expected, given = (_state(one, texts) for one in (state, shown))
            yield texts("wrong_state", source=source, expected=expected, given=given)
    if score["census"] and not score["census"]["consistent"]:
        yield texts("wrong_sum")
    for kind, key, found in (
        ("values", "missed", "wrong_value_missed"),
        ("values", "extra", "wrong_value_extra"),
        ("citations", "missed", "wrong_span_missed"),
    ):
        lines = (score[kind] or {}).get(key, ())
        if lines:
            yield texts(found, what=_listed(lines, texts))
    yield from _wrong_words(question, score, texts)


def _wrong_set(outcome: Saved, texts: Texts) -> Iterator[str]:
    score = outcome["score"]["sets"]
    if not score or score["exact"]:
        return
    given = matched_sources(outcome["answer"])
    gold = set(outcome["question"].get("reports") or ())
    for key, sources in (
        ("wrong_report_missed", gold - given),
        ("wrong_report_extra", given - gold),
    ):
        if sources:
            yield texts(key, what=_listed(sorted(sources), texts))


def _wrong_words(question: Saved, score: Saved, texts: Texts) -> Iterator[str]:
    if score["citations_exact"] < 1:
        yield texts("wrong_citation")
    if score["yes_no"] == 0:
        yield texts("wrong_yes_no", expected=said(question.get("yes_no"), texts))
    for key, found in (("unsupported", "wrong_unsupported"), ("forbidden", "wrong_forbidden")):
        if score[key]:
            yield texts(found, what=_listed(score[key], texts))
    for words in score["missing"]:
        yield texts("wrong_missing", what=_listed(words, texts))


def said(yes_no: bool | None, texts: Texts) -> str:
    """What a yes-or-no question has to be answered with."""
    return texts({True: "said_yes", False: "said_no", None: "said_neither"}[yes_no])


def _status(status: str, texts: Texts) -> str:
    key = f"status_{status}"
    return texts(key) if key in texts.words else status


def _state(state: str, texts: Texts) -> str:
    key = f"state_{state}"
    return texts(key) if key in texts.words else texts("state_missing")


def _listed(items: Any, texts: Texts) -> str:
    return texts("list_separator").join(str(item) for item in items)

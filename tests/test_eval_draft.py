"""Questions drafted from the ledger and from feedback stand in the reports they are about."""

import json
from pathlib import Path

import pytest

from eval.dataset import lint
from eval.draft import draft_questions, from_feedback
from eval.run import stored_texts
from rag.errors import BadQuestionFile
from rag.stores import Stores

APPEARANCE = "哪些镇的行政诉讼应诉率达到100%？"


def test_every_draft_is_tagged_and_its_gold_stands_in_the_reports(sample_stores: Stores) -> None:
    drafts = draft_questions(sample_stores, 20)
    assert len(drafts) == len({draft.id for draft in drafts}) == 20
    assert all("draft" in draft.tags and draft.note for draft in drafts)
    assert {draft.kind for draft in drafts} == {"census", "lookup"}
    assert lint(drafts, stored_texts(sample_stores)) == ()
    for draft in drafts:
        for value, span in zip(draft.values, draft.spans, strict=False):
            assert value.source == span.source


def test_the_same_reports_give_the_same_drafts(sample_stores: Stores) -> None:
    assert draft_questions(sample_stores, 8) == draft_questions(sample_stores, 8)


def feedback(path: Path, *lines: dict[str, object]) -> Path:
    common = {"time": "2025-01-02T03:04:05Z", "history": [], "answer_id": "x", "status": "answered"}
    text = "".join(json.dumps(common | line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_liked_answer_proposes_its_gold_and_a_disliked_one_only_the_question(
    sample_stores: Stores, tmp_path: Path
) -> None:
    path = feedback(
        tmp_path / "feedback.jsonl",
        {"question": APPEARANCE, "thumb": "up", "comment": ""},
        {"question": "马武镇有多少名调解员？", "thumb": "down", "comment": "应为31名"},
    )
    liked, disliked = from_feedback(path, sample_stores)
    assert liked.reports == ("mawu-2024.txt",)
    assert liked.in_scope == 5
    assert [value.value for value in liked.values] == [100]
    assert lint([liked], stored_texts(sample_stores)) == ()
    assert disliked.tags == ("draft", "feedback", "down")
    assert disliked.note == "应为31名"
    assert (disliked.reports, disliked.values, disliked.spans) == (None, (), ())


def test_the_last_judgement_of_a_question_counts(sample_stores: Stores, tmp_path: Path) -> None:
    path = feedback(
        tmp_path / "feedback.jsonl",
        {"question": APPEARANCE, "thumb": "down", "comment": "错"},
        {"question": APPEARANCE, "thumb": "up", "comment": None},
    )
    assert [item.tags[-1] for item in from_feedback(path, sample_stores)] == ["up"]


def test_a_line_that_is_no_feedback_is_named(sample_stores: Stores, tmp_path: Path) -> None:
    path = feedback(tmp_path / "feedback.jsonl", {"question": "？", "thumb": "sideways"})
    with pytest.raises(BadQuestionFile, match=r"feedback\.jsonl:1"):
        from_feedback(path, sample_stores)

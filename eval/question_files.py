"""Question files of either sort: JSONL, and sheets for people who use a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from eval.dataset import Question, lint_file, read_questions
from eval.sheet import lint_sheet, read_sheet, write_sheet

SHEETS = frozenset({".csv", ".xlsx"})
# One question of each kind that a beginner asks first, to be written over.
EXAMPLES = (
    {
        "id": "example-lookup",
        "question": "甲镇2024年矛盾纠纷调解成功率是多少？",
        "kind": "lookup",
        "status": "answered",
        "reports": ["jia-2024.docx"],
        "values": [{"source": "jia-2024.docx", "value": 98.5, "unit": "%"}],
        "spans": [{"source": "jia-2024.docx", "text": "调解成功率98.5%"}],
    },
    {
        "id": "example-set",
        "question": "哪些镇的矛盾纠纷调解成功率达到95%？",
        "kind": "census",
        "status": "answered",
        "reports": ["jia-2024.docx", "yi-2024.docx"],
        "in_scope": 3,
    },
    {
        "id": "example-none",
        "question": "甲镇2024年有多少名人民调解员？",
        "kind": "lookup",
        "status": "not_found",
        "reports": [],
    },
)


def read_question_file(path: Path) -> tuple[Question, ...]:
    """The questions of a JSONL, CSV or XLSX file; raises BadQuestionFile."""
    return read_sheet(path) if path.suffix.lower() in SHEETS else read_questions(path)


def lint_question_file(path: Path) -> tuple[str, ...]:
    """Everything wrong with the file by itself, a line each; raises BadQuestionFile."""
    return lint_sheet(path) if path.suffix.lower() in SHEETS else lint_file(path)


def write_question_file(questions: Sequence[Question], path: Path) -> None:
    """The questions as the ending of the file has it: .csv, .xlsx, or else JSONL."""
    if path.suffix.lower() in SHEETS:
        write_sheet(questions, path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [question.model_dump(mode="json", exclude_defaults=True) for question in questions]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def write_template(path: Path) -> None:
    """A question file to begin with: three examples, and in a sheet a row that explains."""
    examples = [Question.model_validate(example) for example in EXAMPLES]
    if path.suffix.lower() in SHEETS:
        write_sheet(examples, path, help_row=True)
    else:
        write_question_file(examples, path)

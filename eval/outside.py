"""Files of public benchmarks as documents and questions that `fazhi eval` can ask.

The user brings the files; nothing is fetched. Two formats, as their repositories document
them (as of 2024):

* Loong, Chinese financial part (MozerWang/Loong, `loong.jsonl`): a line holds `id`, `set`,
  `type` ("financial"), `level`, `question`, `instruction`, `doc` (names of companies or
  reports; the file is the one of the financial folder with "2024-" and the name in its own
  name, at level 4 with the name alone) and `answer`. A document's title is what stands after
  the last "-" of its file name; those that the answer names are the gold set.
* RGB, Chinese files `zh.json`, `zh_refine.json`, `zh_int.json` (chen700564/RGB): a line holds
  `id`, `query`, `answer` (a string, or lists of alternatives), `positive` and `negative`
  (passages; in the integration file `positive` is a list of lists).

Their questions are about other things than township reports, so this program answers few of
them; the adapter is for retrieval (`fazhi eval peers`) and for other programs' answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from eval.dataset import GoldSpan, Question
from eval.question_files import write_question_file
from rag.errors import BadQuestionFile

Format = Literal["loong", "rgb"]
DOCUMENTS, QUESTIONS = "reports", "questions.jsonl"
_UNSAFE = re.compile(r"[^\w.\-]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Converted:
    questions: int
    documents: int


def convert(
    source: Path, folder: Path, *, form: Format, documents: Path | None = None
) -> Converted:
    """Write the documents and the questions of a benchmark file into a new folder.

    Args:
        documents: where the files are that a Loong file names.

    Raises:
        BadQuestionFile: the file is not of that format, a document is not there, or the
            folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BadQuestionFile(f"{folder} is not empty; name a new folder")
    lines = list(_lines(source))
    try:
        if form == "loong":
            texts, questions = _loong(lines, source, documents)
        else:
            texts, questions = _rgb(lines)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadQuestionFile(f"{source}: not in the {form} format: {error!r}") from error
    if not questions:
        raise BadQuestionFile(f"{source}: no Chinese question of the {form} format in it")
    target = folder / DOCUMENTS
    target.mkdir(parents=True)
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")
    write_question_file(questions, folder / QUESTIONS)
    return Converted(len(questions), len(texts))


def _lines(source: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestionFile(f"{source}: {error}; give the benchmark's JSONL file") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise BadQuestionFile(f"{source}:{number}: not JSON; one object a line") from error


def _loong(
    lines: Sequence[tuple[int, Mapping[str, Any]]], source: Path, documents: Path | None
) -> tuple[dict[str, str], list[Question]]:
    """The Chinese financial questions; their documents are found by name, ending aside."""
    if documents is None:
        raise BadQuestionFile(f"{source}: Loong needs --documents, the folder of its documents")
    there = sorted(documents.rglob("*.txt"))
    texts: dict[str, str] = {}
    questions = []
    for number, line in lines:
        words = f"{line['question']}{line.get('instruction') or ''}".strip()
        if line["type"] != "financial" or not _CHINESE.search(words):
            continue
        answer = json.dumps(line["answer"], ensure_ascii=False)
        meant = []
        for name in line["doc"]:
            path = _named(str(name), str(line["level"]), there)
            if path is None:
                raise BadQuestionFile(f"{source}:{number}: no document {name} in {documents}")
            texts[_file_name(path.stem)] = path.read_text(encoding="utf-8")
            if path.stem.rpartition("-")[2] in answer:
                meant.append(_file_name(path.stem))
        questions.append(
            Question(
                id=f"loong-{line['id']}",
                question=words,
                kind="describe",
                status="answered",
                reports=tuple(dict.fromkeys(meant)) or None,
                tags=("loong", f"level-{line['level']}", f"set-{line['set']}"),
                note=answer,
            )
        )
    return texts, questions


def _named(name: str, level: str, there: Sequence[Path]) -> Path | None:
    """The file a line means by a name."""
    wanted = name if level.strip() == "4" else f"2024-{name}"
    return next((path for path in there if wanted in path.name), None)


def _rgb(
    lines: Sequence[tuple[int, Mapping[str, Any]]],
) -> tuple[dict[str, str], list[Question]]:
    """Each passage is a document; those that hold an answer are the ones to be found."""
    texts: dict[str, str] = {}
    questions = []
    for _, line in lines:
        name = f"rgb-{line['id']}"
        answers = _alternatives(line["answer"])
        positive = [f"{name}-p{number}.txt" for number in range(len(_flat(line["positive"])))]
        texts |= dict(zip(positive, _flat(line["positive"]), strict=True))
        for number, passage in enumerate(_flat(line["negative"])):
            texts[f"{name}-n{number}.txt"] = passage
        spans = [
            GoldSpan(source=source, text=words, occurrence=1, required=True, group=str(group))
            for source in positive
            for group, alternatives in enumerate(answers)
            for words in alternatives
            if len(words) > 1 and words in texts[source]
        ]
        questions.append(
            Question(
                id=name,
                question=line["query"],
                kind="describe",
                status="answered",
                spans=tuple(spans),
                tags=("rgb",),
                note=json.dumps(line["answer"], ensure_ascii=False),
            )
        )
    return texts, questions


def _alternatives(answer: Any) -> list[list[str]]:
    """The parts of an answer, each with the ways to say it.

    >>> _alternatives("李白"), _alternatives(["李白", ["杜甫", "杜子美"]])
    ([['李白']], [['李白'], ['杜甫', '杜子美']])
    """
    if isinstance(answer, str):
        return [[answer]]
    return [[part] if isinstance(part, str) else [str(way) for way in part] for part in answer]


def _flat(passages: Sequence[Any]) -> list[str]:
    """The passages of a list, or of a list of lists."""
    nested = ([item] if isinstance(item, str) else item for item in passages)
    return [str(passage) for passage in chain.from_iterable(nested)]


def _file_name(name: str) -> str:
    return _UNSAFE.sub("_", name) + ".txt"

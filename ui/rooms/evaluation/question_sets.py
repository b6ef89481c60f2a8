"""The question sets that can be asked: those that came along, and those that were uploaded."""

from __future__ import annotations

import os
import secrets
import zipfile
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import lint
from eval.question_files import SHEETS, lint_question_file, read_question_file
from eval.run import SAMPLE_QUESTIONS, stored_texts
from rag.errors import BadQuestionFile, FazhiError
from rag.stores import Stores
from ui.rooms.reports.file_names import safe_name, unused_name

ENDINGS = (".jsonl", *sorted(SHEETS))
LARGEST = 4 * 2**20  # bytes of a file
LARGEST_UNPACKED = 40 * 2**20  # bytes of what an Excel file holds
MOST_KEPT = 50  # files
OWN = "own:"  # before the name of an uploaded file
_MADE_UP = SAMPLE_QUESTIONS.parent.parent / "corpora" / "dev"


@dataclass(frozen=True)
class QuestionSet:
    """A file of questions, and what it is asked of."""

    id: str
    path: Path
    corpus: Path | None = None  # a folder of reports; None: those that came along or are stored
    stored: bool = False  # asked of the stored reports

    @property
    def uploaded(self) -> bool:
        return self.id.startswith(OWN)


BUILT_IN = (
    QuestionSet("samples", SAMPLE_QUESTIONS),
    QuestionSet("dev", SAMPLE_QUESTIONS.with_name("dev.jsonl"), _MADE_UP),
    QuestionSet("held_out", SAMPLE_QUESTIONS.with_name("dev-held-out.jsonl"), _MADE_UP),
)


class QuestionsRefused(FazhiError):
    """A file is not taken; `reason` is a key of texts.yaml."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(f"{reason} {values}")
        self.reason = reason
        self.values = values


class QuestionSets:
    """The sets, and the folder of the data folder that uploaded files are kept in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[QuestionSet, ...]:
        """Those that came along first, then uploaded files by name."""
        files = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        own = (
            QuestionSet(OWN + file.name, file, stored=True)
            for file in files
            if file.suffix in ENDINGS and not file.name.startswith(".")
        )
        return (*BUILT_IN, *own)

    def named(self, name: str) -> QuestionSet | None:
        return next((one for one in self.all() if one.id == name), None)

    def add(
        self, name: str, content: bytes, stores: Stores
    ) -> tuple[QuestionSet | None, list[str]]:
        """Keep a file that has nothing wrong; else none, with a line for each thing wrong.

        Raises:
            QuestionsRefused: it is too large, no question file, or there are too many.
        """
        safe = safe_name(name)
        ending = Path(safe).suffix.lower()
        if ending not in ENDINGS:
            raise QuestionsRefused("questions_type", name=safe, endings=" ".join(ENDINGS))
        if len(content) > LARGEST:
            raise QuestionsRefused("questions_too_large", name=safe, most=LARGEST >> 20)
        kept = [one.path.name for one in self.all() if one.uploaded]
        if len(kept) >= MOST_KEPT:
            raise QuestionsRefused("questions_too_many", most=MOST_KEPT)
        self._folder.mkdir(parents=True, exist_ok=True)
        coming = self._folder / f".{secrets.token_hex(8)}{ending}"
        try:
            coming.write_bytes(content)
            problems = [problem.replace(str(coming), safe) for problem in _problems(coming, stores)]
            if problems:
                return None, problems
            final = self._folder / unused_name(str(Path(safe).with_suffix(ending)), kept)
            os.link(coming, final)  # unlike a rename this never replaces a file
            return QuestionSet(OWN + final.name, final, stored=True), []
        finally:
            coming.unlink(missing_ok=True)

    def remove(self, name: str) -> bool:
        """Delete an uploaded file; whether there was one."""
        found = self.named(name)
        if found is None or not found.uploaded:
            return False
        found.path.unlink(missing_ok=True)
        return True


def _problems(path: Path, stores: Stores) -> list[str]:
    """All that is wrong with a file by itself, else with its gold in the stored reports."""
    try:
        _refuse_bombs(path)
        problems = list(lint_question_file(path))
        if problems:
            return problems
        return list(lint(read_question_file(path), stored_texts(stores)))
    except BadQuestionFile as error:
        return [str(error)]


def _refuse_bombs(path: Path) -> None:
    """Raises BadQuestionFile for an Excel file that unpacks to too much."""
    if path.suffix != ".xlsx":
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise BadQuestionFile(f"{path}: not an Excel file; save it as .xlsx") from error
    if unpacked > LARGEST_UNPACKED:
        raise BadQuestionFile(f"{path}: holds more than {LARGEST_UNPACKED >> 20} MB unpacked")

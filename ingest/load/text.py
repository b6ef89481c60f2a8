"""Plain text and Markdown: which encoding the bytes are in, decided over the whole file."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.models import Loaded
from rag.errors import UnreadableFile

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Characters that stand in every Chinese text of some length, whatever it is about.
COMMON = re.compile(
    r"[的一是在了不和有大这中人上为们地个用工时要动国政法行治府建设年月日,，。、；：]"
)
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Controls that no text holds (tab, line and page breaks, escape of terminals aside).
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
OF_TEXT = (".txt", ".md", ".markdown", ".text")
# Text that programs read; a folder of saved pages is full of it.
OF_PROGRAMS = (".css", ".js", ".json", ".csv", ".xml", ".yaml", ".yml", ".toml", ".py", ".svg")
LEAST_COMMON = 0.08  # share of COMMON among the non-ASCII characters of real Chinese text


def load_text(data: bytes, name: str) -> Loaded:
    """The decoded text, byte order mark left out, line ends as they are.

    Raises:
        UnreadableFile: the file is empty, is not text, is in no encoding that decodes it
            strictly, or is text of another kind than a report.
    """
    text, encoding = decode(data, name)
    if not text.strip("\ufeff \t\r\n\f\v\u3000"):
        raise UnreadableFile(f"{name}: holds no text; export the report again")
    suffix = PurePath(name).suffix.lower()
    if suffix in OF_PROGRAMS or (suffix not in OF_TEXT and not CHINESE.search(text)):
        raise UnreadableFile(
            f"{name}: unknown format {suffix or '(no ending)'}; save it as .txt, .docx, .pdf or "
            ".html and ingest that"
        )
    warnings = ("replacement_characters: the file was already damaged when it was saved",)
    return Loaded(text, encoding, None, warnings if "\ufffd" in text else ())


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding's name: a mark decides, else the candidate that reads best.

    Strict UTF-8 that holds non-ASCII text is practically never anything else; among
    UTF-16 without a mark, GB18030 and Big5 the share of common Chinese characters decides.

    >>> decode("法治政府建设情况的报告".encode("gb18030"), "a.txt")
    ('法治政府建设情况的报告', 'gb18030')
    """
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            text = strict(data, encoding)
            if text is None or CONTROL.search(text):
                raise UnreadableFile(
                    f"{name}: begins as {encoding} but does not go on so; save it as UTF-8"
                )
            return text, encoding
    text = strict(data, "utf-8")
    if text is not None and not CONTROL.search(text):
        return text, "utf-8"
    damaged = data.decode("utf-8", errors="replace")
    if len(CHINESE.findall(damaged)) > 4 * damaged.count("\ufffd"):
        place = damaged.index("\ufffd") if "\ufffd" in damaged else 0
        raise UnreadableFile(
            f"{name}: is UTF-8 with damaged or binary bytes, the first after {place} characters; "
            "get an undamaged copy of the file"
        )
    readings = []
    for encoding in ("gb18030", "utf-16-le", "utf-16-be", "big5", "big5hkscs"):
        text = strict(data, encoding)
        if text and not CONTROL.search(text) and commonness(text) >= LEAST_COMMON:
            readings.append((commonness(text), text, encoding))
    if not readings:
        raise UnreadableFile(
            f"{name}: neither UTF-8, UTF-16, GB18030 nor Big5 text; if it is an office or PDF "
            "file, give it its own ending, else save it as UTF-8"
        )
    _, text, encoding = max(readings, key=lambda reading: reading[0])
    return text, encoding


def strict(data: bytes, encoding: str) -> str | None:
    """The text, or None where the bytes are not of this encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def commonness(text: str) -> float:
    """The share of everyday Chinese characters among all non-ASCII ones, 0 to 1."""
    other = sum(1 for character in text if ord(character) > 0x7F)
    chinese = len(CHINESE.findall(text))
    if not other or chinese < other / 2:
        return 0.0
    return len(COMMON.findall(text)) / other

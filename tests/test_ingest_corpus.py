"""The corpus of tests/data parsed, compared with outlines that were read against it.

FAZHI_REWRITE_GOLDEN=1 writes them anew (refused under CI); read the difference before
committing it. What needs LibreOffice or OCR is tested in the files of these loaders.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.identify import identify
from ingest.load import load, members, source_of
from ingest.outline import outline
from ingest.repair import repair

TESTS = Path(__file__).parent
REPORTS = TESTS / "data" / "reports"
ELSEWHERE = (".doc", ".wps", ".rtf", ".png")
LEFT = ("locked.pdf", "scanned.pdf")


def formats() -> Iterator[Path]:
    """One report in every format."""
    for path in sorted(REPORTS.iterdir()):
        if path.suffix not in ELSEWHERE and path.name not in LEFT:
            yield from members(path) or (path,)


def corpus() -> Iterator[Path]:
    """The same with the damaged copies, and the texts written for outline and identity."""
    yield from formats()
    for folder in ("damaged", "written"):
        yield from sorted((TESTS / "data" / folder).iterdir())


def parsed(path: Path) -> dict[str, object]:
    """Identity and outline of a file, with the printed words."""
    loaded = load(path)
    repaired = repair(loaded.text)
    found = outline(repaired, report_id="r", pages=loaded.pages)
    identity = identify(source_of(path), repaired, found)
    kept = [r for r in repaired.removals if r.reason != "line_break"]
    return {
        "encoding": loaded.encoding,
        "pages": loaded.pages,
        "title": identity.title,
        "issuers": identity.issuers,
        "town": identity.place.town,
        "county": identity.place.county,
        "year": identity.year,
        "published": identity.published,
        "type": identity.type,
        "warnings": [*loaded.warnings, *repaired.warnings, *identity.warnings],
        "removals": [[r.reason, loaded.text[r.start : r.end]] for r in kept],
        "sections": [[s.role, *s.headings] for s in found.sections],
        "paragraphs": [[p.role, p.page, p.text] for p in found.paragraphs],
    }


@pytest.mark.parametrize("path", list(corpus()), ids=source_of)
def test_a_file_of_the_corpus_is_parsed_as_it_was_read(path: Path) -> None:
    golden = TESTS / "golden" / "corpus" / f"{source_of(path).replace('/', '-')}.json"
    text = json.dumps(parsed(path), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("FAZHI_REWRITE_GOLDEN"):
        assert not os.environ.get("CI"), "golden files are not rewritten under CI"
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", list(corpus()), ids=source_of)
def test_every_character_of_the_corpus_stands_somewhere_once(path: Path) -> None:
    text = load(path).text
    repaired = repair(text)
    found = outline(repaired, report_id="r")
    covered = [0] * len(text)
    spans = [(p.start, p.end) for p in found.paragraphs] + list(found.heading_spans)
    for start, end in [*spans, found.title_span or (0, 0)]:
        for offset in repaired.kept(start, end):
            covered[offset] += 1
    for removal in repaired.removals:
        for offset in range(removal.start, removal.end):
            covered[offset] += 1
    wrong = [at for at, count in enumerate(covered) if count != 1 and not text[at].isspace()]
    assert wrong == []


def test_the_same_report_has_the_same_sections_in_every_format() -> None:
    whole = [path for path in formats() if path.name not in ("extras.docx", "plain-table.pdf")]
    first = parsed(whole[0])["sections"]
    different = [
        source_of(path)
        for path in whole
        if path.name != "page-gb2312.html" and parsed(path)["sections"] != first
    ]
    assert different == []

"""The five samples parsed, compared with outlines that were read against the files.

FAZHI_REWRITE_GOLDEN=1 writes them anew (refused under CI); read the difference before
committing it.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from ingest.identify import identify
from ingest.load import load
from ingest.outline import outline
from ingest.repair import repair

TESTS = Path(__file__).parent
SAMPLES = sorted((TESTS.parent / "ingest" / "samples").glob("*.txt"))


def parsed(path: Path) -> dict[str, object]:
    """Everything the front of ingest finds, with the printed words beside the offsets."""
    loaded = load(path)
    repaired = repair(loaded.text)
    found = outline(repaired, report_id="r")
    return {
        "encoding": loaded.encoding,
        "identity": asdict(identify(path.name, repaired, found)),
        "repair_warnings": list(repaired.warnings),
        "removals": [
            [r.start, r.end, r.reason, loaded.text[r.start : r.end]] for r in repaired.removals
        ],
        "title_span": found.title_span,
        "sections": [
            {"headings": s.headings, "role": s.role, "start": s.start, "end": s.end}
            for s in found.sections
        ],
        "paragraphs": [
            {
                "number": p.number,
                "section": p.section[-1] if p.section else None,
                "role": p.role,
                "start": p.start,
                "end": p.end,
                "text": p.text,
                "read_otherwise": differences(p.text, p.reading),
            }
            for p in found.paragraphs
        ],
    }


def differences(printed: str, reading: str) -> list[list[object]]:
    """Chinese characters that are read as others: offset, printed, meant."""
    return [
        [at, one, other]
        for at, (one, other) in enumerate(zip(printed, reading, strict=True))
        if one != other and "\u4e00" <= one <= "\u9fff"
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_parsed_as_it_was_read(path: Path) -> None:
    golden = TESTS / "golden" / f"{path.stem}.json"
    text = json.dumps(parsed(path), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("FAZHI_REWRITE_GOLDEN"):
        assert not os.environ.get("CI"), "golden files are not rewritten under CI"
        golden.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(golden.read_text(encoding="utf-8"))


def test_there_is_a_golden_file_for_each_sample() -> None:
    assert len(SAMPLES) == 5
    assert {path.stem for path in SAMPLES} <= {
        path.stem for path in (TESTS / "golden").glob("*.json")
    }

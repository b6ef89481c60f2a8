"""A damaged copy is read as the undamaged report, and no damage loses a character."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.identify import identify
from ingest.load import load
from ingest.models import Outline, Repaired
from ingest.outline import outline
from ingest.repair import repair
from rag.words import fold
from tests.data.damages import DAMAGES, PLAIN

DAMAGED = Path(__file__).parent / "data" / "damaged"
WRITTEN = Path(__file__).parent / "data" / "written"
FILES = sorted(DAMAGED.iterdir())
# What the damage takes away and no repair can give back.
LOST = {"title-missing.txt": ("title",)}


def read(path: Path) -> dict[str, object]:
    """What is understood of a file, without white space and with plain characters."""
    repaired = repair(load(path).text)
    found = outline(repaired, report_id="r")
    identity = identify(path.name, repaired, found)
    return {
        "title": plain(identity.title or ""),
        "place": identity.place,
        "year": identity.year,
        "published": identity.published,
        "type": identity.type,
        "sections": [(s.role, *map(plain, s.headings)) for s in found.sections],
        "paragraphs": [(p.role, plain(p.reading)) for p in found.paragraphs],
    }


def plain(text: str) -> str:
    return fold(re.sub(r"\s", "", text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_damaged_copy_is_read_as_the_undamaged_report(path: Path) -> None:
    whole, found = read(DAMAGED / "plain.txt"), read(path)
    if path.name == "shared.txt":  # headings are given as printed
        swapped = {"标准": "规范", "存在的缺乏": "存在的不足"}
        for printed, meant in swapped.items():
            found["sections"] = [
                tuple(part.replace(printed, meant) for part in section)
                for section in found["sections"]  # type: ignore[attr-defined]
            ]
    lost = LOST.get(path.name, ())
    assert {key: value for key, value in found.items() if key not in lost} == {
        key: value for key, value in whole.items() if key not in lost
    }


def test_there_is_a_file_for_each_damage_and_it_is_damaged() -> None:
    stems = {path.stem for path in FILES}
    assert set(DAMAGES) <= stems
    assert len({path.read_bytes() for path in FILES}) == len(FILES)


def uncovered(text: str, repaired: Repaired, found: Outline) -> list[int]:
    """The offsets of printed characters that do not stand in exactly one place."""
    covered = [0] * len(text)
    spans = [(p.start, p.end) for p in found.paragraphs] + list(found.heading_spans)
    for start, end in [*spans, found.title_span or (0, 0)]:
        for offset in repaired.kept(start, end):
            covered[offset] += 1
    for removal in repaired.removals:
        for offset in range(removal.start, removal.end):
            covered[offset] += 1
    return [at for at, count in enumerate(covered) if count != 1 and not text[at].isspace()]


TEXTS = [PLAIN, *(path.read_text(encoding="utf-8") for path in sorted(WRITTEN.glob("*.txt")))]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(TEXTS),
    st.lists(st.sampled_from(sorted(DAMAGES)), max_size=4),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_no_damage_upon_damage_loses_or_doubles_a_character(
    text: str, damages: list[str], before: int, after: int
) -> None:
    for name in damages:
        text = DAMAGES[name](text) if can_befall(name, text) else text
    text = text[before : len(text) - after] if before + after < len(text) else text
    repaired = repair(text)
    found = outline(repaired, report_id="r")
    assert uncovered(text, repaired, found) == []
    assert len(repaired.reading) == len(text)
    assert list(repaired.breaks) == sorted(repaired.breaks)
    assert all(one.end <= other.start for one, other in pairwise(repaired.removals))


def can_befall(name: str, text: str) -> bool:
    """Whether the damage can be done to this text: some are of a place in the undamaged one."""
    if name == "title-after-salutation":
        return text.count("\n") >= 2
    return name != "split-over-pages" or ("有部署" in text and "06件" in text)

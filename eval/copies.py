"""As many reports as are wanted: the five samples, and copies of them from other towns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path

from rag.models import Place
from rag.register import register

SAMPLES = Path(str(files("ingest.samples")))
NAME_LENGTH = 3  # characters of a town's name, as in the samples: a copy is as long as they are


def write_reports(count: int, folder: Path) -> list[Path]:
    """Write so many report files: the samples first, then copies that name another place.

    Raises:
        ValueError: there are not so many towns.
    """
    samples = {path: path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))}
    written = []
    for path, content in islice(samples.items(), count):
        written.append(folder / path.name)
        written[-1].write_bytes(content)
    wanted = max(count - len(samples), 0)
    towns = list(islice(_other_towns(), wanted))
    if len(towns) < wanted:
        raise ValueError(f"{count} reports are too many: at most {len(samples) + len(towns)}")
    for number, (town, (path, content)) in enumerate(
        zip(towns, cycle(samples.items()), strict=False)
    ):
        written.append(folder / f"{number:05}-{path.name}")
        written[-1].write_bytes(_moved(content.decode("utf-8"), town).encode("utf-8"))
    return written


def _other_towns() -> Iterator[Place]:
    """Towns whose name no other place in the country bears."""
    for name, places in register().towns.items():
        if len(places) == 1 and len(name) == NAME_LENGTH and name.endswith("镇"):
            yield places[0]


def _moved(text: str, place: Place) -> str:
    """The text with the town, county, city and province it names most exchanged for these."""
    known = register()
    for spans, name in (
        (known.towns_in(text), place.town),
        (known.counties_in(text), place.county),
        (known.cities_in(text), place.city),
        (known.provinces_in(text), place.province),
    ):
        named = Counter(text[start:end] for start, end in spans)
        if named and name:
            text = text.replace(named.most_common(1)[0][0], name)
    return text

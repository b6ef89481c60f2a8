"""As many reports as are wanted: the five samples, and copies of them from other towns."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path

from rag.models import Place
from rag.register import register

SAMPLES = Path(str(files("ingest.samples")))
NAME_LENGTH = 3  # characters of a town's name, as in the samples: a copy is as long as they are


def write_reports(count: int, folder: Path) -> list[Path]:
    """Write so many report files: the samples first, then copies that name another town.

    Raises:
        ValueError: there are not so many towns.
    """
    samples = sorted(SAMPLES.glob("*.txt"))
    texts = {path: path.read_bytes() for path in samples}
    written = []
    for path in samples[:count]:
        written.append(folder / path.name)
        written[-1].write_bytes(texts[path])
    wanted = max(count - len(samples), 0)
    towns = list(islice(_other_towns(), wanted))
    if len(towns) < wanted:
        raise ValueError(f"{count} reports are too many: at most {len(samples) + len(towns)}")
    for number, town in enumerate(towns):
        sample = samples[number % len(samples)]
        own = _town_of(texts[sample].decode("utf-8"))
        written.append(folder / f"{number:05}-{sample.name}")
        copy = texts[sample].decode("utf-8").replace(own, town)
        written[-1].write_bytes(copy.encode("utf-8"))
    return written


def _other_towns() -> Iterator[str]:
    """Towns whose name no other place in the country bears."""
    towns: dict[str, tuple[Place, ...]] = register().towns
    for name, places in towns.items():
        if len(places) == 1 and len(name) == NAME_LENGTH and name.endswith("镇"):
            yield name


def _town_of(text: str) -> str:
    """The town a sample names most."""
    found = [text[start:end] for start, end in register().towns_in(text)]
    return max(found, key=found.count)

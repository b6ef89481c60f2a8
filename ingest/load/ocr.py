"""Text in pictures, read by RapidOCR (the extra "ocr"), whose wheel carries its models.

PP-OCRv6 small, Chinese and English, on the processor; nothing is downloaded.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ingest.load.aligned_tables import with_tables
from ingest.load.layout import Piece, page_text
from ingest.load.pulse import beat

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "install the reader of scanned pages with: pip install 'fazhi[ocr]'"
PIXELS_PER_INCH = 200
MOST_SIDE = 4000  # pixels of a rendered page
SEEN_SIDE = 1600  # pixels of the picture in which lines are looked for; decides the memory
MOST_THREADS = 4
ENGINE = "EngineConfig.onnxruntime"
LEAST_CERTAIN = 0.3  # below it a line is a stain


def is_installed() -> bool:
    return find_spec("rapidocr") is not None


def read_picture(picture: Image) -> tuple[str, float]:
    """The text of a page in reading order, and how certain the least certain line is (0 to 1)."""
    found = engine()(picture.convert("RGB"))
    beat()
    if found.boxes is None or not found.txts:
        return "", 0.0
    pieces = []
    for box, text in zip(found.boxes, found.txts, strict=True):
        across, down = [float(point[0]) for point in box], [float(point[1]) for point in box]
        em = 0.8 * (max(down) - min(down))
        pieces.append(Piece(text, min(across), min(down), max(across), max(down), em))
    return page_text(with_tables(pieces)), float(min(found.scores))


@cache
def engine() -> Any:
    """The recogniser with its models loaded, once for the process."""
    from rapidocr import RapidOCR  # noqa: PLC0415

    wanted = {"log_level": "error", "max_side_len": SEEN_SIDE, "text_score": LEAST_CERTAIN}
    params: dict[str, Any] = {f"Global.{key}": value for key, value in wanted.items()}
    # Each thread holds memory, and this process may have only so much.
    params[f"{ENGINE}.intra_op_num_threads"] = min(MOST_THREADS, os.cpu_count() or 1)
    return RapidOCR(params=params)

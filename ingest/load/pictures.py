"""Pictures of pages (.png, .jpg, .tif …), read by OCR."""

from __future__ import annotations

from io import BytesIO

from ingest.load.ocr import INSTALL, MOST_SIDE, is_installed, read_picture
from ingest.models import Loaded
from rag.errors import UnreadableFile

MOST_PIXELS = 80_000_000
MOST_PAGES = 200


def load_image(data: bytes, name: str) -> Loaded:
    """The text in a picture, or in each picture of a TIFF file, set apart by form feeds.

    Raises:
        UnreadableFile: the extra "ocr" is not installed, the picture is damaged or too
            large, or no text is seen in it.
    """
    if not is_installed():
        raise UnreadableFile(f"{name}: no text layer, it is a picture; {INSTALL}")
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError  # noqa: PLC0415

    texts, scores = [], []
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadableFile(
                    f"{name}: has {picture.width}x{picture.height} points, more than a page "
                    "needs; scan it at 300 dots per inch"
                )
            frames = 1 if picture.format == "GIF" else getattr(picture, "n_frames", 1)
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= min(frames, MOST_PAGES):
                    break
                page = ImageOps.exif_transpose(frame).convert("L")
                page.thumbnail((MOST_SIDE, MOST_SIDE))
                text, score = read_picture(page)
                texts.append(text)
                scores += [score] if text else []
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableFile(
            f"{name}: is a damaged picture ({error}); get the file again"
        ) from error
    if not scores:
        raise UnreadableFile(f"{name}: is a picture in which no text is seen; scan it again")
    starts = [sum(len(text) + 1 for text in texts[:number]) for number in range(len(texts))]
    told = f"ocr: read from {len(texts)} pictures, certainty {min(scores):.2f} or more"
    return Loaded("\f".join(texts), "image (ocr)", tuple(starts), (told,))

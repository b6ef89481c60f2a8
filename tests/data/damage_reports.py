"""Loads damaged, renamed and malicious files and tells what came of it, as JSON.

Run by tests/test_ingest_load_fuzz.py in a process of its own, without LibreOffice and OCR on
the way: python damage_reports.py SEED FOLDER
"""

from __future__ import annotations

import json
import random
import re
import resource
import signal
import sys
import time
import traceback
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import FrameType
from zipfile import ZIP_DEFLATED, ZipFile

from ingest.load import load, members
from ingest.load.apart import reader
from rag.errors import UnreadableFile

REPORTS = Path(__file__).parent / "reports"
NAMES = ("a.txt", "a.docx", "a.pdf", "a.html", "a.mhtml", "a.zip", "a.ofd", "a.doc", "a.png", "a")
SECONDS = 60
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class TooSlow(BaseException):
    """Raised in a load that takes longer than SECONDS."""


def damaged(seed: int) -> Iterator[tuple[str, bytes]]:
    """Files of the corpus cut off, with bytes changed, and under other names."""
    chance = random.Random(seed)
    for path in sorted(REPORTS.iterdir()):
        if path.name in ("scanned.pdf", "photo.png"):
            continue
        data = path.read_bytes()
        for share in (0.02, 0.3, 0.7, 0.97):
            yield path.name, data[: int(len(data) * share)]
        for changes in (1, 4, 40, 400):
            changed = bytearray(data)
            for _ in range(changes):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield path.name, bytes(changed)
        start = chance.randrange(len(data) // 2)
        yield path.name, data[:start] + bytes(min(4000, len(data) // 4)) + data[start + 4000 :]
        yield chance.choice(NAMES), data
    for name in NAMES:
        yield name, chance.randbytes(chance.choice((1, 7, 600, 20_000)))
        yield name, b""


def malicious() -> Iterator[tuple[str, bytes]]:
    """Bombs, mazes, and headers that lie."""
    deep = "<w:p>" * 30_000
    laughs = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12)
    )
    for body in (
        f'<w:document xmlns:w="{WORD}"><w:body>{deep}',
        f'<w:document xmlns:w="{WORD}"><w:body>{"<w:tbl><w:tr><w:tc>" * 60}{"</w:tc></w:tr></w:tbl>" * 60}'
        "</w:body></w:document>",
        f"<!DOCTYPE d [{laughs}]><d>&a11;</d>",
        f'<w:document xmlns:w="{WORD}">{"<w:p/>" * 2_000_000}</w:document>',
        f'<w:document xmlns:w="{WORD}"><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>'
        "<w:p><w:r><w:t>法治</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:document>",
    ):
        yield "bomb.docx", zipped({"word/document.xml": body.encode()})
    yield "zeros.docx", zipped({"word/document.xml": bytes(300 * 2**20)})
    yield "zeros.zip", zipped({"a.txt": bytes(300 * 2**20)})
    yield "many.zip", zipped({f"{n}.txt": b"x" for n in range(6000)})
    inner = zipped({"a.txt": "法治政府建设情况报告。".encode()})
    for _ in range(40):
        inner = zipped({"inner.zip": inner})
    yield "nested.zip", inner
    yield "way-out.zip", zipped({"../../etc/报告.txt": "法治政府建设".encode(), "/x/y.txt": b"x"})
    yield "lying.zip", lying()
    yield "deep.html", ("<div>" * 100_000 + "法治政府建设" + "</div>" * 100_000).encode()
    yield (
        "spans.html",
        (
            "<table>" + "<tr><td rowspan=99999 colspan=99999>法治，政府</td><td>1</td></tr>" * 3000
        ).encode(),
    )
    yield "long.html", ("<p>" + "法治政府建设，" * 400_000).encode()
    yield "tags.html", ("<b>法<i>治，" * 60_000).encode()
    yield "parts.mhtml", mail_maze()
    yield (
        "pages.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + (b"2 0 obj<</Type/Pages/Count 99999999/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>"),
    )
    yield "stream.pdf", pdf_bomb()
    yield "line.txt", ("法治政府建设，" * 2_000_000).encode()
    yield "steps.ofd", zipped({
        "OFD.xml": b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
        "D.xml": b'<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>',
        "P.xml": b'<Page><TextObject Boundary="nan inf 1e308 -1" Size="0">'
        b'<TextCode X="inf" DeltaX="g 999999999 1">\xe6\xb3\x95\xe6\xb2\xbb</TextCode></TextObject></Page>',
    })  # fmt: skip


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def lying() -> bytes:
    """An archive whose file is longer than its header says."""
    data = zipped({"a.txt": b"x" * 5_000_000})
    size = (5_000_000).to_bytes(4, "little")
    return data.replace(size, (10).to_bytes(4, "little"))


def mail_maze() -> bytes:
    """A message of parts inside one another."""
    head = b"MIME-Version: 1.0\r\n"
    for number in range(300):
        head += b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (
            number,
            number,
        )
    return head + b"Content-Type: text/html\r\n\r\n<p>x</p>"


def pdf_bomb() -> bytes:
    """A page whose content unpacks to 200 MB of drawing."""
    stream = zlib.compress(b"0 0 m 9 9 l S\n" * 15_000_000, 9)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9e9 9e9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>" % (len(stream), stream)
    )


def outcome(path: Path) -> str:
    """What loading the file, or each file in it, came to: loaded, refused, or a failure."""
    signal.alarm(SECONDS)
    try:
        for one in (members(path) or (path,))[:50]:
            load(one)
    except UnreadableFile:
        return "refused"
    except TooSlow:
        reader.close()
        return f"failed: not done in {SECONDS} seconds"
    except Exception:  # noqa: BLE001 (a traceback is what is looked for)
        return "failed: " + traceback.format_exc()
    finally:
        signal.alarm(0)
    return "loaded"


def slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def main() -> None:
    seed, folder = int(sys.argv[1]), Path(sys.argv[2])
    signal.signal(signal.SIGALRM, slow)
    results = []
    cases = [*damaged(seed)] if seed else malicious()
    for number, (name, data) in enumerate(cases):
        path = folder / str(number) / name
        path.parent.mkdir()
        path.write_bytes(data)
        del data
        started = time.perf_counter()
        results.append([f"{number} {name}", outcome(path), round(time.perf_counter() - started, 1)])
    # Not the resource module for this process: that tells of the one that started it too.
    most = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    reader.close()  # only what has ended is told of
    apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    own = int(most[1]) // 1024 if most else None
    told = {"megabytes": own, "megabytes_apart": apart, "results": results}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()

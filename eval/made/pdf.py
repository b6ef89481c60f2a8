"""A plain PDF with a text layer, in a font that every reader of Chinese PDFs knows.

Written by hand because it is forty lines, and a library would embed a font per file.
The font is named, not embedded (Adobe's STSong-Light with the encoding UniGB-UCS2-H:
two bytes a character, UTF-16): ISO 32000-1, 9.7.5.2.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 36  # characters of a line
ROWS = 40  # lines of a page
_SIZE, _LEADING, _LEFT, _TOP = 12, 18, 72, 780


def write_pdf(lines: Sequence[str]) -> bytes:
    """The lines, broken off at the margin, on as many A4 pages as they need."""
    rows = [line[start : start + WIDTH] for line in lines for start in range(0, len(line), WIDTH)]
    pages = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/FontDescriptor<</Type/FontDescriptor"
        b"/FontName/STSong-Light/Flags 6/Ascent 880/Descent -120/CapHeight 700/ItalicAngle 0"
        b"/StemV 90/FontBBox[0 -120 1000 880]>>>>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * number} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        content = _content(page)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _joined(objects)


def _content(page: Sequence[str]) -> bytes:
    shown = [f"<{row.encode('utf-16-be').hex()}>Tj T*" for row in page]
    start = f"BT /F1 {_SIZE} Tf {_LEADING} TL {_LEFT} {_TOP} Td"
    return "\n".join([start, *shown, "ET"]).encode()


def _joined(objects: Sequence[bytes]) -> bytes:
    """The objects one after another, with the table of where each begins."""
    file = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(file))
        file += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for start in starts:
        file += b"%010d 00000 n \n" % start
    file += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(file)

"""Reports that are known though their text is not: by a file's name, where the file is a scan,
locked or damaged. A census counts them as unreadable, not as reporting nothing.
"""

from __future__ import annotations

from pathlib import PurePath

from ingest.identify import identify
from ingest.outline import outline
from ingest.repair import repair
from rag.errors import UnreadableFile
from rag.models import Report, ReportCard

CODE = "unreadable"


def known_by_name(
    source: str, error: UnreadableFile, *, sha256: str, report_id: str, sample: bool = False
) -> Report | None:
    """The report that a file's name tells of, with no text; None where it names none.

    The name has to say what the document is, and its town and year:
    石柱县马武镇2024年法治政府建设情况报告.pdf.
    """
    path = PurePath(source)
    repaired = repair(path.stem)
    identity = identify(source, repaired, outline(repaired, report_id=report_id))
    if identity.type != "report" or identity.place.town is None or identity.year is None:
        return None
    card = ReportCard(
        id=report_id,
        source=source,
        sha256=sha256,
        title=path.stem,
        type="report",
        place=identity.place,
        year=identity.year,
        year_doubtful=False,
        published=None,
        issuers=identity.issuers,
        encoding=path.suffix.removeprefix(".").lower(),
        pages=None,
        warnings=(f"{CODE}: {error}", *identity.warnings),
        sections=0,
        paragraphs=0,
        facts=0,
        sample=sample,
        unreadable=True,
    )
    return Report(card, "", (), (), (), ())

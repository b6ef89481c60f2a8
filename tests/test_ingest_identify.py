"""What a document is, and where and when it comes from."""

import pytest

from ingest.identify import identify
from ingest.models import Identity
from ingest.outline import outline
from ingest.repair import repair
from ingest.years import doubts, report_year
from rag.models import Place

BODY = "\n现将情况报告如下：\n一、主要做法\n我镇全年调解纠纷66件。\n"


def identified(text: str, source: str = "a.txt") -> Identity:
    repaired = repair(text)
    return identify(source, repaired, outline(repaired, report_id="r"))


def report(title: str, *, tail: str = "", body: str = "") -> str:
    return f"{title}{BODY}{body}\n{tail}\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            report("重庆市万州区李河镇人民政府\n关于2023年法治政府建设情况的报告"),
            Place("李河镇", "万州区", "重庆市", "重庆市", "500101143"),
        ),
        # one of several towns of this name, told by the county in title, text or signature
        (
            report("马武镇2023年法治政府建设工作报告", tail="涪陵区马武镇人民政府"),
            Place("马武镇", "涪陵区", "重庆市", "重庆市", "500102122"),
        ),
        (
            report("小江镇2023年法治政府建设工作报告", body="承接信丰县下放事项12项。"),
            Place("小江镇", "信丰县", "赣州市", "江西省", "360722106"),
        ),
        # a name there is once
        (
            report("商家镇2023年法治政府建设工作报告"),
            Place("商家镇", "周村区", "淄博市", "山东省", "370306104"),
        ),
        # a city without counties
        (
            report("东莞市石碣镇2023年法治政府建设工作报告"),
            Place("石碣镇", "东莞市", "东莞市", "广东省", "441900101"),
        ),
        # a county the register does not have is kept as printed
        (
            report("云梦泽县石桥镇人民政府2023年法治政府建设工作报告"),
            Place("石桥镇", "云梦泽县"),
        ),
    ],
)
def test_the_place_is_what_register_and_text_determine(text: str, place: Place) -> None:
    assert identified(text).place == place


def test_a_file_name_tells_towns_of_one_name_apart() -> None:
    text = report("小江镇2023年法治政府建设工作报告")
    assert identified(text, "阳山县小江镇2023.txt").place.city == "清远市"


def test_an_ambiguous_town_is_left_open_but_for_what_all_share() -> None:
    found = identified(report("马武镇2023年法治政府建设工作报告"))
    assert found.place == Place("马武镇", None, "重庆市", "重庆市")
    assert found.warnings[0].startswith("place_ambiguous: 马武镇")


def test_a_unique_name_is_not_taken_against_the_text() -> None:
    found = identified(
        report("商家镇2023年法治政府建设工作报告", body="县委、县政府高度重视，我县先行。")
    )
    assert found.place == Place("商家镇")
    assert found.warnings[0].startswith("place_ambiguous")


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("石桥镇人民政府关于2023年法治政府建设情况的报告", "report"),
        ("中共石桥镇委员会 石桥镇人民政府2023年法治建设工作总结", "report"),
        ("城关街道办事处2023年依法行政工作总结及2024年工作计划", "report"),
        ("高新技术产业开发区管委会2023年法治政府建设年度报告", "report"),
        ("新寨民族乡2023年法治政府建设工作报告", "report"),
        ("石桥镇人民政府关于2023年度法治政府建设情况的函", "report"),
        ("石桥镇人民政府关于报送2023年法治政府建设情况的函", "other"),
        ("青山县人民政府关于2023年法治政府建设情况的报告", "other"),
        ("青山县司法局2023年法治政府建设年度报告", "other"),
        ("石桥镇人民政府关于做好2023年法治政府建设工作的通知", "other"),
        ("石桥镇2023年法治政府建设工作方案", "other"),
        ("石桥镇2023年政府信息公开工作年度报告", "other"),
        ("红烧肉的做法", "other"),
    ],
)
def test_only_a_township_report_on_law_based_government_is_a_report(title: str, type_: str) -> None:
    assert identified(f"{title}\n各村、各单位：\n有关情况如下。\n").type == type_


def test_a_years_account_under_a_name_of_its_own_is_a_report() -> None:
    title = "青山县石桥镇2023年度法治政府建设清单式答卷\n"
    account = f"{title}石桥镇人民政府向社会公布2023年法治政府建设情况。\n"
    news = f"{title}石桥镇人民政府昨天举办了一场宣传活动。\n"
    assert identified(account).type == "report"
    assert identified(news).type == "other"


def test_a_report_without_title_and_issuer_is_told_by_its_opening() -> None:
    found = identified(
        "2023年,云上镇在青山县委的领导下推进法治建设。现将有关情况报告如下:\n一、主要做法\n"
        "调解纠纷66件。\n二、2024年打算\n2024年,继续调解。"
    )
    assert (found.type, found.place.town, found.year) == ("report", "云上镇", 2023)


def test_a_sentence_that_ends_in_an_office_is_no_issuer() -> None:
    found = identified(
        report("石桥镇2023年法治政府建设工作报告", body="在县政府领导下,乡党委、政府努力。")
    )
    assert found.issuers == ()


def test_issuers_are_named_once_and_in_full() -> None:
    found = identified(
        "中共青山县石桥镇委员会\n青山县石桥镇人民政府\n关于2023年法治政府建设情况的报告"
        f"{BODY}\n石桥镇人民政府\n2024年1月8日"
    )
    assert found.issuers == ("中共青山县石桥镇委员会", "青山县石桥镇人民政府")
    assert (
        found.title
        == "中共青山县石桥镇委员会 青山县石桥镇人民政府 关于2023年法治政府建设情况的报告"
    )
    assert found.published == "2024-01-08"


@pytest.mark.parametrize(
    ("title", "name", "body", "year"),
    [
        ("关于2024年法治政府建设情况的报告", "a", "", 2024),
        ("2022年依法行政工作总结及2023年工作计划", "a", "", 2022),
        ("二〇二一年法治政府建设工作报告", "a", "", 2021),
        ("法治政府建设情况报告", "a", "现将我镇2023年度法治建设情况报告如下", 2023),
        ("法治政府建设情况报告", "石桥镇2020", "全年调解66件", 2020),
        (
            "法治政府建设情况报告",
            "a",
            "2019年以来,我镇调解66件。2019年,立案2件。2020年,将加强",
            2019,
        ),
        ("法治政府建设情况报告", "a", "全年调解66件。", None),
    ],
)
def test_the_year_is_the_one_reported_on(
    title: str, name: str, body: str, year: int | None
) -> None:
    assert report_year(title, name, body) == year


@pytest.mark.parametrize(
    ("year", "text", "published", "doubtful"),
    [
        (2023, "深入学习党的二十大精神,落实法治政府建设实施纲要(2021-2025年)", "2024-01-08", False),
        (2023, "落实法治政府建设实施纲要(2023-2023)", None, True),
        (2021, "深入学习贯彻党的二十大精神", None, True),
        (2023, "党的十九大精神,有效应对新冠肺炎疫情,推动复工复产", None, True),
        (2020, "党的十九大精神,有效应对新冠肺炎疫情,推动复工复产", None, False),
        (2023, "有效应对新冠肺炎疫情", None, False),
        (2023, "全年调解66件", "2021-01-08", True),
        (2016, "习近平法治思想", None, True),
    ],
)
def test_a_year_against_the_text_is_doubtful(
    year: int, text: str, published: str | None, doubtful: bool
) -> None:
    assert bool(doubts(year, text, published)) is doubtful


def test_a_doubtful_year_is_kept_flagged_and_explained() -> None:
    found = identified(
        report("石桥镇2023年法治政府建设工作报告", body="民法典表决通过后，第一时间开展宣讲。")
    )
    assert (found.year, found.year_doubtful) == (2023, True)
    assert any("民法典" in warning for warning in found.warnings)

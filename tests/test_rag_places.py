"""Places that questions name."""

import pytest

from rag.models import Place
from rag.place_names import bare_name
from rag.places import find_places
from rag.register import register

KNOWN = (
    Place("马武镇", "石柱土家族自治县", "重庆市", "重庆市", "500240106"),
    Place("李河镇", "万州区", "重庆市", "重庆市", "500101143"),
    Place("长征镇", "普陀区", "上海市", "上海市", "310107102"),
    Place("小江镇", "阳山县", "清远市", "广东省", "441823111"),
    Place("商家镇", "周村区", "淄博市", "山东省", "370306104"),
)


def mentions(question: str) -> list[tuple[str, str, list[str | None]]]:
    return [
        (mention.text, mention.level, [place.town for place in mention.places])
        for mention in find_places(question, KNOWN)
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("马武镇的调解成功率", [("马武镇", "town", ["马武镇"])]),
        ("小江 的人民调解", [("小江", "town", ["小江镇"])]),
        ("石柱马武有多少件纠纷", [("石柱马武", "town", ["马武镇"])]),
        ("石柱县的马武镇", [("石柱县的马武镇", "town", ["马武镇"])]),
        ("重庆市万州区李河镇", [("重庆市万州区李河镇", "town", ["李河镇"])]),
        ("重庆的镇有哪些", [("重庆", "province", ["马武镇", "李河镇"])]),
        ("石柱的情况", [("石柱", "county", ["马武镇"])]),
        ("清远市各镇", [("清远市", "city", ["小江镇"])]),
        ("西南地区各镇", [("西南地区", "region", ["马武镇", "李河镇"])]),
        ("towns in southwest China", [("southwest China", "region", ["马武镇", "李河镇"])]),
        ("Mawu mediation", [("Mawu", "town", ["马武镇"])]),
        ("Ma Wu town vs Lihe", [("Ma Wu town", "town", ["马武镇"]), ("Lihe", "town", ["李河镇"])]),
        ("town of Xiaojiang", [("Xiaojiang", "town", ["小江镇"])]),
        ("Mawuzhen fines", [("Mawuzhen", "town", ["马武镇"])]),
        ("towns of Chongqing", [("Chongqing", "province", ["马武镇", "李河镇"])]),
        ("馬武鎮的調解", [("馬武鎮", "town", ["马武镇"])]),
    ],
)
def test_stored_places_are_found_under_any_name(
    question: str, expected: list[tuple[str, str, list[str | None]]]
) -> None:
    assert mentions(question) == expected


@pytest.mark.parametrize(
    ("question", "text", "level"),
    [
        ("龙泉镇的调解率", "龙泉镇", "town"),
        ("请问云隐镇2023年的案件", "云隐镇", "town"),
        ("Longquan town", "Longquan town", "town"),
        ("小江乡的纠纷", "小江乡", "town"),
        ("成都市各镇", "成都市", "city"),
        ("幻月县有哪些镇", "幻月县", "county"),
        ("云南的镇", "云南", "province"),
        ("towns in Anhui", "Anhui", "province"),
        ("四川省成都市马武镇", "四川省成都市马武镇", "town"),
    ],
)
def test_places_without_a_stored_report_are_told(question: str, text: str, level: str) -> None:
    assert mentions(question) == [(text, level, [])]


@pytest.mark.parametrize(
    "question",
    [
        "哪些镇的行政诉讼应诉率达到100%？",
        "which towns reported 100% litigation appearance rates",
        "各乡镇、各街道的不足",
        "哪个区县最多",
        "全区社区矫正人数",
        "是否有镇提到长征精神",
        "确保社会长治久安的做法",
        "乡镇综合行政执法改革",
        "Which Town has the highest rate?",
        "List the shortcomings of every township in the county",
        "列出所有开展枫桥经验的乡镇",
    ],
)
def test_questions_about_all_places_name_none(question: str) -> None:
    assert mentions(question) == []


def test_offsets_are_those_of_the_question() -> None:
    question = "请比较马武镇和Li He town"
    for mention in find_places(question, KNOWN):
        assert question[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("石柱土家族自治县", "石柱"),
        ("马武镇", "马武"),
        ("赵县", "赵县"),
        ("广西壮族自治区", "广西"),
    ],
)
def test_a_bare_name_leaves_level_and_people_off(name: str, short: str) -> None:
    assert bare_name(name) == short


def test_the_register_knows_unique_and_ambiguous_towns() -> None:
    towns = register().towns
    assert [place.county for place in towns["商家镇"]] == ["周村区"]
    assert {place.county for place in towns["马武镇"]} == {"石柱土家族自治县", "涪陵区"}
    assert len(towns) > 35_000


def test_a_county_does_not_begin_inside_a_word_for_towns() -> None:
    zhenan = Place("云盖寺镇", "镇安县", "商洛市", "陕西省", None)
    assert not find_places("哪些乡镇安全隐患整改率为100%", (zhenan,))
    assert [m.name for m in find_places("镇安县的安全隐患整改率", (zhenan,))] == ["镇安县"]


@pytest.mark.parametrize(
    "question",
    ["fines of Shahe Town in Gao County", "fines of Shahe Town (Gao County)", "高县沙河镇的罚款"],
)
def test_a_county_of_one_syllable_tells_namesakes_apart(question: str) -> None:
    known = (
        Place("沙河镇", "高县", "宜宾市", "四川省"),
        Place("沙河镇", "赣榆区", "连云港市", "江苏省"),
    )
    (mention,) = find_places(question, known)
    assert [place.county for place in mention.places] == ["高县"]
    assert not find_places("high prices in the county", known)

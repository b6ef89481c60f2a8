"""Town, county and year of each file that was written for it, or a flag where the text is open."""

from pathlib import Path

import pytest
import yaml

from ingest.identify import identify
from ingest.load import load, source_of
from ingest.load.page_address import address_of
from ingest.outline import outline
from ingest.repair import repair
from ingest.site_address import hosts_in, is_site_of
from ingest.town_names import town_in
from rag.register import register

DATA = Path(__file__).parent / "data"
EXPECTED = yaml.safe_load((DATA / "identities.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_place_year_and_type_are_what_the_text_determines(name: str) -> None:
    path = DATA / "written" / name
    repaired = repair(load(path).text)
    found = identify(source_of(path), repaired, outline(repaired, report_id="r"))
    expected = EXPECTED[name]
    told = {"town": found.place.town, "county": found.place.county, "year": found.year}
    assert told | {"type": found.type} == {key: expected[key] for key in (*told, "type")}
    codes = [warning.partition(":")[0] for warning in found.warnings]
    assert codes == ([expected["flag"]] if "flag" in expected else [])
    assert found.year_doubtful == ("year_doubtful" in codes)


def test_every_written_file_is_expected_to_be_something() -> None:
    assert {path.name for path in (DATA / "written").iterdir()} == set(EXPECTED)


@pytest.mark.parametrize(
    ("host", "county", "upper"),
    [
        ("www.baode.gov.cn", "保德县", "忻州市"),
        ("baodexian.gov.cn", "保德县", "忻州市"),
        ("www.cqszx.gov.cn", "石柱土家族自治县", "重庆市"),
        ("www.zgshizhu.gov.cn", "石柱土家族自治县", "重庆市"),
        ("xxgk.bd.xinzhou.gov.cn", "保德县", "忻州市"),
    ],
)
def test_a_site_is_known_by_the_pinyin_of_its_place(host: str, county: str, upper: str) -> None:
    assert is_site_of(host, county, upper)


@pytest.mark.parametrize("host", ["www.gov.cn", "www.example.gov.cn", "www.fl.gov.cn", "zwgk.cn"])
def test_other_sites_are_not_taken_for_it(host: str) -> None:
    assert not is_site_of(host, "石柱土家族自治县", "重庆市")


def test_addresses_are_found_where_sites_and_browsers_put_them() -> None:
    assert hosts_in("网址:HTTP://WWW.Shizhu.gov.cn/a.html 邮箱 a@b.cn") == ("www.shizhu.gov.cn",)
    assert address_of("<!--\n Page saved with SingleFile \n url: https://x.gov.cn/a \n-->") == (
        "https://x.gov.cn/a"
    )
    links = "".join(f'<a href="http://www.y.gov.cn/{n}">' for n in range(9))
    assert address_of(links + '<a href="http://www.gov.cn/">') == "http://www.y.gov.cn/"
    assert address_of('<a href="http://www.y.gov.cn/1">') is None


@pytest.mark.parametrize(
    ("issuer", "town"),
    [
        ("平江县青石桥镇人民政府", "青石桥镇"),  # 石桥镇 is another
        ("龙汐街道办事处", "龙汐街道"),
        ("石柱马武镇人民政府", "马武镇"),  # its county in front
        ("中共重庆市万州区李河镇委员会", "李河镇"),
    ],
)
def test_a_town_that_no_register_has_keeps_its_whole_name(issuer: str, town: str) -> None:
    text = f"{town}坚持依法行政。{town}全年调解纠纷12件。"
    assert town_in(issuer, register(), text) == town

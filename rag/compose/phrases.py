"""Put figures, towns and conditions into words, in Chinese or English."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from rag.indicators import Indicator
from rag.models import Condition, Fact, Language, Number, Qualifier
from rag.place_names import pinyin

_UNITS_EN = {
    "件": "cases",
    "起": "cases",
    "宗": "cases",
    "次": "times",
    "场": "sessions",
    "场次": "sessions",
    "人": "people",
    "名": "people",
    "人次": "person-times",
    "份": "copies",
    "册": "copies",
    "条": "items",
    "项": "items",
    "个": "",
    "家": "",
    "元": "yuan",
    "万元": "ten thousand yuan",
    "亿元": "hundred million yuan",
    "户": "households",
    "处": "places",
    "辆次": "vehicle trips",
    "台": "devices",
    "套": "sets",
}
_SUFFIXES = tuple("街道办事处 民族乡 街道 镇 乡 自治县 自治州 自治旗 县 区 市 旗".split())
_OPS = {
    "zh": {"==": "为", ">=": "不低于", ">": "超过", "<=": "不超过", "<": "不到"},
    "en": {
        "==": "of",
        ">=": "of at least",
        ">": "of more than",
        "<=": "of at most",
        "<": "of less than",
    },
}
_THAN = {
    "zh": {"==": "等于", ">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于"},
    "en": {
        "==": "equal to",
        ">=": "at least as high as",
        ">": "higher than",
        "<=": "at most as high as",
        "<": "lower than",
    },
}


@cache
def texts(language: Language) -> dict[str, str]:
    """The sentences of a language, from `texts.yaml`."""
    content = yaml.safe_load(files("rag.compose").joinpath("texts.yaml").read_text("utf-8"))
    return dict(content[language])


def romanised(town: str) -> str:
    """A place's name in pinyin, without its kind.

    >>> romanised("长征镇")
    'Changzheng'
    """
    for suffix in _SUFFIXES:
        if town.endswith(suffix) and len(town) > len(suffix):
            town = town[: -len(suffix)]
            break
    return pinyin(town).capitalize()


def figure(fact: Fact, language: Language) -> str:
    """A figure in digits with its qualifier and printed unit."""
    if fact.value is None:
        return f"{fact.low}—{fact.high}{unit(fact.unit, language)}"
    value = f"{fact.value}"
    if fact.qualifier == "exact":
        return value + unit(fact.unit, language)
    if language == "en":
        word = {"at_least": "at least ", "about": "about ", "less_than": "less than "}
        return word.get(fact.qualifier, "") + value + unit(fact.unit, language)
    printed = fact.printed
    if fact.qualifier == "at_least" and ("余" in printed or "多" in printed):
        return f"{value}余{fact.unit}"
    word = {"at_least": "超过", "about": "约", "less_than": "不到"}
    if fact.qualifier == "at_least" and "超" not in printed and "逾" not in printed:
        word["at_least"] = "至少"
    return word.get(fact.qualifier, "") + value + fact.unit


def value_words(fact: Fact, language: Language) -> str:
    """A figure in digits; of what did not happen, the report's own words."""
    return f"“{fact.quote.strip()}”" if fact.rule.startswith("no_event") else figure(fact, language)


def bounded(value: Number, printed_unit: str, qualifier: Qualifier, language: Language) -> str:
    """A computed value with the bound that its parts leave it: 42000余份.

    >>> bounded(42000, "份", "at_least", "zh"), bounded(42000, "份", "at_least", "en")
    ('42000余份', 'at least 42000份 (copies)')
    """
    shown = number(value, printed_unit, language)
    if qualifier == "exact":
        return shown
    if language == "zh":
        whole = qualifier == "at_least" and isinstance(value, int)
        return f"{value}余{printed_unit}" if whole else f"约{shown}"
    return f"at least {shown}" if qualifier == "at_least" else f"about {shown}"


def number(value: Number, printed_unit: str, language: Language) -> str:
    """A computed value with its unit."""
    return f"{value}{unit(printed_unit, language)}"


def unit(printed: str, language: Language) -> str:
    """A unit as printed; in English with its meaning in brackets."""
    meaning = _UNITS_EN.get(printed, "")
    return f"{printed} ({meaning})" if language == "en" and meaning else printed


def label(fact: Fact, indicator: Indicator | None, language: Language) -> str:
    """The label as printed; in English behind the indicator's English name."""
    if language == "zh":
        return fact.label
    if indicator and not fact.label:
        return indicator.en
    return f"{indicator.en} ({fact.label})" if indicator else fact.label


def indicator_name(name: str, names: dict[str, Indicator], language: Language) -> str:
    """An indicator's name in the reader's language; a phrase that is none, as it is."""
    shown = " ".join(phrase.partition("|")[0] for phrase in name.split())
    if language == "zh" or name not in names:
        return shown
    return f"{names[name].en} ({name})"


def earlier_year(condition: Condition, language: Language) -> str:
    """The year that a condition compares with, as a reader is told it."""
    if condition.than_year == "before":
        return texts(language)["year_before"]
    return f"{condition.than_year}年" if language == "zh" else f"{condition.than_year}"


def condition_phrase(condition: Condition, names: dict[str, Indicator], language: Language) -> str:
    """A condition in words: 行政诉讼应诉率为100%."""
    name = indicator_name(condition.indicator, names, language)
    space = "" if language == "zh" else " "
    other = condition.than_place
    if condition.than_indicator:
        other = indicator_name(condition.than_indicator, names, language)
    if condition.than_wider:
        other = texts(language)["wider"]
    if condition.than_year:
        other = earlier_year(condition, language)
    if other:
        than = _THAN[language].get(condition.op, "")
        what = (
            other
            if language == "zh" or condition.than_indicator or condition.than_wider
            else f"that of {other}"
        )
        return f"{name}{space}{than}{space}{what}" if than else name
    if condition.op in ("mentions", "no_case") or condition.value is None:
        return name
    if condition.op == ">" and condition.value == 0:
        return texts(language)["having"].format(name=name.removesuffix("数"))
    shown = f"{condition.value}{condition.unit or ''}"
    if condition.op == "between":
        high = f"{condition.value2}{condition.unit or ''}"
        return (
            f"{name}在{shown}至{high}之间"
            if language == "zh"
            else f"{name} between {shown} and {high}"
        )
    return f"{name}{space}{_OPS[language][condition.op]}{space}{shown}"

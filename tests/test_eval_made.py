"""Made reports: their files read back as they were written, and their gold is what they say."""

import json
from pathlib import Path
from random import Random

import pytest

from eval.dataset import read_questions
from eval.made.amounts import Hand, print_count, print_rate, spell
from eval.made.corpus import MadeCorpus, make_corpus, read_corpus_gold
from eval.made.files import FORMATS, as_bytes
from eval.made.gold import MadeFact, MadeGold, holds, state_of
from eval.made.layout import Layout
from eval.made.report import write_report
from eval.made.telling import tell
from eval.made.templates import Topic, templates
from ingest.load import load
from rag.models import Place

PLACE = Place("甲子镇", "乙丑县", "丙寅市", "丁卯省", "000000000")
PLAIN = Layout(indent="", apart="\n", numbering=0, width=None, page_mark=None)
RATE = "热线办结率"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> MadeCorpus:
    return make_corpus(tmp_path_factory.mktemp("made") / "corpus", reports=120, seed=5)


def gold(
    *facts: MadeFact, no_case: tuple[str, ...] = (), counted: tuple[str, ...] = ()
) -> MadeGold:
    return MadeGold("a.txt", PLACE, 2023, facts, frozenset(no_case), frozenset(counted))


def fact(value: float, *, at_least: bool = False, way: str = "stated") -> MadeFact:
    return MadeFact(RATE, value, "%", at_least, way, "…")  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_files_and_another_seed_others(
    corpus: MadeCorpus, tmp_path: Path
) -> None:
    again = make_corpus(tmp_path / "again", reports=120, seed=5)
    other = make_corpus(tmp_path / "other", reports=120, seed=6)

    def content(made: MadeCorpus) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in made.reports.iterdir()}

    assert content(again) == content(corpus)
    assert again.asked.read_bytes() == corpus.asked.read_bytes()
    assert content(other) != content(corpus)


def test_every_report_has_a_file_a_town_and_year_of_its_own(corpus: MadeCorpus) -> None:
    assert len(list(corpus.reports.iterdir())) == len(corpus.golds) == 120
    assert len({(known.place.town, known.year) for known in corpus.golds}) == 120
    assert {path.suffix for path in corpus.reports.iterdir()} >= {".txt", ".html", ".docx"}


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_read_back_with_every_sentence(form: str, tmp_path: Path) -> None:
    report = write_report("a", PLACE, 2023, templates=templates(), random=Random("format"))
    path = tmp_path / f"a.{form}"
    path.write_bytes(as_bytes(report, PLAIN, form, Random("format")))
    text = "".join(load(path).text.split())
    assert report.gold.facts
    for known in report.gold.facts:
        assert "".join(known.sentence.split()) in text
    assert "".join(report.title.split()) in text


def test_broken_lines_and_page_marks_lose_no_character() -> None:
    report = write_report("a", PLACE, 2023, templates=templates(), random=Random("broken"))
    broken = Layout(indent="", apart="\n", numbering=0, width=30, page_mark="— {page} —")
    lines = as_bytes(report, broken, "txt", Random(3)).decode("utf-8-sig").split()
    assert max(map(len, lines)) <= 30
    assert "—" in lines
    text = "".join(line for line in lines if line != "—" and not line.isdigit())
    for known in report.gold.facts:
        assert len(known.sentence) > 10
        assert "".join(known.sentence[:8].split()) in text


def test_part_whole_and_rate_of_a_sentence_agree() -> None:
    topic = Topic(
        "t", "disputes", (10, 900), 0.2, {"n": "受理", "m": "成功", "r": "成功率"},
        {"stated": ("受理{n}件，成功{m}件，成功率{r}。",)},
    )  # fmt: skip
    hand = Hand("digits", "%", False, 0)
    told = [tell(topic, hand, Random(seed)) for seed in range(200)]
    stated = [{item.indicator: item.value for item in one.facts} for one in told if one]
    assert len(stated) > 100
    for values in stated:
        assert values["成功率"] == pytest.approx(100 * values["成功"] / values["受理"], abs=0.051)
        assert (values["成功率"] == 100) == (values["成功"] == values["受理"])


def test_figures_are_printed_in_each_script() -> None:
    assert print_count(1234, Hand("wide", "%", False, 0)) == "１２３４"
    assert print_count(1234, Hand("grouped", "%", False, 0)) == "1,234"
    assert print_count(21, Hand("chinese", "%", False, 0)) == "二十一"
    assert print_rate(98, Hand("digits", "%", True, 0)) == "百分之九十八"
    assert [spell(number) for number in (0, 7, 10, 19, 20, 99)] == ["零", "七", "十", "十九", "二十", "九十九"]  # fmt: skip


@pytest.mark.parametrize(
    ("op", "value", "exact", "at_least"),
    [
        ("==", 98, True, False), (">=", 98, True, True), (">=", 97, True, True),
        (">=", 99, False, False), (">", 98, False, True), (">", 99, False, False),
        ("<", 99, True, False), ("<", 98, False, False), ("<=", 98, True, False),
    ],
)  # fmt: skip
def test_a_condition_holds_by_the_counting_rules(
    op: str, value: int, exact: bool, at_least: bool
) -> None:
    assert holds(fact(98), op, value) is exact
    assert holds(fact(98, at_least=True), op, value) is at_least


def test_the_state_of_a_report_is_what_was_put_in() -> None:
    names = [RATE, "热线工单数"]
    assert state_of(gold(fact(100)), names, "==", 100) == "match"
    assert state_of(gold(fact(97)), names, "==", 100) == "other_value"
    assert state_of(gold(fact(100, way="target")), names, "==", 100) == "mentioned"
    assert state_of(gold(fact(100, way="other")), names, "==", 100) == "mentioned"
    assert state_of(gold(counted=(RATE,)), names, "==", 100) == "implied"
    assert state_of(gold(no_case=("热线工单数",)), names, "==", 100) == "no_case"
    assert state_of(gold(no_case=("热线工单数",)), ["热线工单数"], ">", 5) == "other_value"
    assert state_of(gold(), names, "==", 100) is None


def test_the_questions_have_gold_that_the_reports_bear_out(corpus: MadeCorpus) -> None:
    questions = read_questions(corpus.asked)
    known = {item.source: item for item in read_corpus_gold(corpus.folder)}
    assert len(questions) == len({item.question for item in questions}) == 50
    assert tuple(known.values()) == corpus.golds
    assert {tag for item in questions for tag in item.tags} >= {"rate", "count", "practice", "both"}
    assert {item.language for item in questions} == {"zh", "en"}
    for question in questions:
        assert set(question.reports or ()) <= set(known)
        assert (question.in_scope or 0) >= len(question.reports or ())
        matched = {source for source, state in question.census.items() if state == "match"}
        assert matched <= set(question.reports or ())
        if "both" in question.tags:
            first, second = question.tags[0].split("+")
            assert {s for s, item in known.items() if is_full(item, first) and is_full(item, second)} == set(question.reports or ())  # fmt: skip


def is_full(item: MadeGold, indicator: str) -> bool:
    return any(
        known.indicator == indicator and known.value == 100 and known.way == "stated"
        for known in item.facts
    )


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("…", encoding="utf-8")
    with pytest.raises(ValueError, match="not empty"):
        make_corpus(tmp_path, reports=5)


def test_the_gold_lines_say_where_the_report_comes_from(corpus: MadeCorpus) -> None:
    line = json.loads((corpus.folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert line["source"].startswith("made-00000.")
    assert line["town"].endswith("镇") and line["province"] and line["year"] in range(2021, 2025)

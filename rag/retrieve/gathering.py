"""What is gathered from the stores for a question: paragraphs for an open one, figures near one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rag.judgements import CensusTable
from rag.ledger import Ledger
from rag.models import Fact, Paragraph, Plan, ReportCard
from rag.places import find_places
from rag.relevance import nearest_facts
from rag.retrieve.hybrid import retrieve
from rag.stores import Stores
from rag.wording import wording

_RETRIEVED = 30  # paragraphs retrieved for an open question that no paragraph holds in its words
_HOLDING = 300  # paragraphs that hold the topic; of more, the best are retrieved
_SEARCHED = 20  # reports whose figures are compared with what was asked
_BY_NAME = 100  # reports that the indexes are asked about by name; of more, all are searched


def containing(phrase: str, report_ids: Sequence[str], stores: Stores) -> Collection[str]:
    """The ids of the paragraphs of these reports that hold a phrase, or all parts of it."""
    within = report_ids if len(report_ids) <= _BY_NAME else None
    found: dict[str, None] = {}
    for parts in wording(phrase).needed or ((phrase,),):
        holding = [stores.lexical.containing(part, report_ids=within) for part in parts]
        shared = set.intersection(*map(set, holding))
        found |= dict.fromkeys(name for name in holding[0] if name in shared)
    wanted = set(report_ids)
    return [name for name in found if name.rpartition("#")[0] in wanted]


def evidence_for(
    question: str, plan: Plan, report_ids: Sequence[str], ledger: Ledger, stores: Stores
) -> tuple[Paragraph, ...]:
    """Paragraphs for an open question: those that hold its topic, else the nearest ones."""
    topic = plan.sought.of if plan.sought else plan.topic if plan.kind == "describe" else ""
    if not topic or plan.out_of_scope or not report_ids:
        return ()
    phrases = [alternative for phrase in topic.split() for alternative in phrase.split("|")]
    ids = dict.fromkeys(
        name for phrase in phrases for name in containing(phrase, report_ids, stores)
    )
    if len(report_ids) == 1:  # what holds the words first, then what is near in meaning
        asked = _without_places(question, ledger.cards(places=plan.places, years=plan.years))
        hits = stores.meaning.search(asked, k=_RETRIEVED, report_ids=report_ids)
        nearest = [name for name, _ in hits]
        held = [name for name in nearest if name in ids]
        return _in_order([*dict.fromkeys((*held, *ids, *nearest))], ledger)
    if 0 < len(ids) <= _HOLDING:
        return ledger.paragraphs(ids=list(ids))
    found = retrieve(
        f"{question} {' '.join(phrases)}",
        vectors=stores.meaning,
        lexical=stores.lexical,
        k=_HOLDING if ids else _RETRIEVED,
        report_ids=report_ids,
        unseen=stores.meaning.unseen,
    )
    return _in_order([evidence.paragraph_id for evidence in found], ledger)


def _without_places(question: str, cards: Sequence[ReportCard]) -> str:
    """The question without its town, which every paragraph of the town's report is about."""
    for mention in reversed(find_places(question, [card.place for card in cards])):
        question = question[: mention.start] + question[mention.end :]
    return question


def _in_order(ids: Sequence[str], ledger: Ledger) -> tuple[Paragraph, ...]:
    by_id = {paragraph.id: paragraph for paragraph in ledger.paragraphs(ids=ids)}
    return tuple(by_id[name] for name in ids if name in by_id)


def nearest_reported(
    plan: Plan, table: CensusTable, ledger: Ledger, stores: Stores
) -> tuple[tuple[ReportCard, Fact], ...]:
    """What is reported nearest to a question that may go unanswered."""
    if plan.kind in ("describe", "corpus") or table.in_state("match", "other_value", "implied"):
        return ()
    cards = {row.card.id: row.card for row in table.rows}
    subjects = [*plan.indicators, *plan.topic.replace("|", " ").split()]
    near = list(cards)
    if len(cards) > _SEARCHED:
        found = stores.lexical.search(" ".join(subjects), k=5 * _SEARCHED)
        reports = dict.fromkeys(name.rpartition("#")[0] for name, _ in found)
        near = [report_id for report_id in reports if report_id in cards][:_SEARCHED]
    facts = nearest_facts(subjects, ledger.facts(near), most=3)
    return tuple((cards[fact.report_id], fact) for fact in facts)

"""Recurring clusters of open labels: what reports count and the register does not know yet."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.models import Fact

_ASIDE = re.compile(r"\([^()]*\)|[\s“”\"'‘’「」《》]")
_SAYS_LITTLE = re.compile(  # at the beginning: when, how far and that it was done
    r"^(?:全年|今年|本年度?|目前|截至目前|全[镇乡]|我[镇乡]|本[镇乡]|街道|各类|各级|各|共计|累计|合计|总计|共|"
    r"已|新增?|成功|先后|组织|开展|举办|召开|完成|实施|进行|建成|建立|设立|成立|配备|拥有|现有|有|均|达到|达|为|了)+"
)
_SHORTEST_HEAD = 3  # characters of a label that longer labels can end with
_EXAMPLES = 3


@dataclass(frozen=True)
class Cluster:
    """Open labels of one unit that end in the same words."""

    name: str  # the shortest of them, or that which stands there most often
    unit: str
    labels: tuple[str, ...]  # as printed, most frequent first
    figures: int
    reports: int
    examples: tuple[Fact, ...]  # each of another report


def open_clusters(facts: Iterable[Fact], *, fewest_reports: int = 2) -> tuple[Cluster, ...]:
    """The clusters that recur, those of most reports first.

    Args:
        facts: of any reports; those with an indicator and changes are passed over.
        fewest_reports: in how many reports a cluster has to stand.
    """
    by_name: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        name = _plain(fact.label) if fact.indicator is None and fact.kind != "change" else ""
        if name:
            by_name[fact.unit, name].append(fact)
    together: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for (unit, name), found in by_name.items():
        together[unit, _head(unit, name, by_name)] += found
    clusters = (_cluster(name, unit, found) for (unit, name), found in together.items())
    recurring = [one for one in clusters if one.reports >= fewest_reports]
    return tuple(sorted(recurring, key=lambda c: (-c.reports, -c.figures, c.name, c.unit)))


def _plain(label: str) -> str:
    """A label without asides and without what says only that something was done.

    >>> _plain("全年共开展“敲门行动”")
    '敲门行动'
    """
    return _SAYS_LITTLE.sub("", _ASIDE.sub("", unicodedata.normalize("NFKC", label)))


def _head(unit: str, name: str, known: Mapping[tuple[str, str], Sequence[Fact]]) -> str:
    """The shortest known label that this one ends with: what a noun phrase is about ends it."""
    for start in range(len(name) - _SHORTEST_HEAD, 0, -1):
        if (unit, name[start:]) in known:
            return name[start:]
    return name


def _cluster(name: str, unit: str, facts: Sequence[Fact]) -> Cluster:
    labels = Counter(fact.label for fact in facts)
    by_report = {fact.report_id: fact for fact in reversed(facts)}
    ordered = tuple(label for label, _ in sorted(labels.items(), key=lambda item: (-item[1], item)))
    examples = tuple(by_report[name] for name in sorted(by_report)[:_EXAMPLES])
    return Cluster(name, unit, ordered, len(facts), len(by_report), examples)

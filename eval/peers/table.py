"""The comparison with peers as tables for the terminal."""

from __future__ import annotations

from rich.console import Group
from rich.table import Table

from eval.groups import percent
from eval.metrics.ranking import CUTS
from eval.peers.run import PeerRun


def render_peers(run: PeerRun) -> Group:
    """One program a line: how it ranks what answers, and what a reader could see in it."""
    table = Table(title=f"{run.questions_from}: retrieval over {run.reports} reports")
    table.add_column("Program")
    ranked = [f"recall@{cut}" for cut in CUTS]
    best = [f"best set F1@{cut}" for cut in CUTS]
    for label in (*ranked, "MRR", "nDCG@10", *best, "p50 ms", "take in s"):
        table.add_column(label, justify="right")
    for score in run.scores:
        table.add_row(
            score.name,
            *(percent(score.ranking.recall[cut]) for cut in CUTS),
            f"{score.ranking.reciprocal_rank:.3f}",
            f"{score.ranking.ndcg:.3f}",
            *(f"{score.set_f1[cut]:.3f}" for cut in CUTS),
            f"{score.p50_ms:.1f}",
            f"{score.seconds:.1f}",
        )
    first = run.scores[0]
    table.caption = f"{first.questions} questions with gold spans, {first.set_questions} of sets"
    answers = Table(title="Whole answers to the set questions")
    for label in ("Program", "Set F1", "Set exact", "Questions"):
        answers.add_column(label, justify="left" if label == "Program" else "right")
    for item in run.answers:
        answers.add_row(
            item.name, f"{item.set_f1:.3f}", percent(item.set_exact), str(item.set_questions)
        )
    return Group(table, answers)

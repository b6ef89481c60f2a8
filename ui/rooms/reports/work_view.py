"""The work that was ordered and what came of it, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ui.reasons import reason_in
from ui.rooms.reports.addresses import report_link
from ui.rooms.reports.figures import told, told_value
from ui.rooms.reports.work import MOST_FILES, Piece
from ui.texts import Texts

SHOWN = 10  # pieces of work


def render_work(pieces: Sequence[Piece], texts: Texts) -> str:
    """The latest pieces of work; `data-active` says whether any goes on."""
    active = any(not piece.finished for piece in pieces)
    items = "".join(_piece(piece, texts) for piece in pieces[:SHOWN])
    title = f"<h3>{escape(texts('work_title'))}</h3>" if items else ""
    return f'<div data-active="{int(active)}">{title}{items}</div>'


def _piece(piece: Piece, texts: Texts) -> str:
    """What is over is folded away; the page's script keeps open what its reader has ordered."""
    status = escape(_status(piece, texts))
    title = escape(texts(f"work_{piece.kind}", name=piece.name, count=piece.count))
    return (
        f'<details class="piece is-{piece.status}" id="work-{escape(piece.id)}"'
        f'{"" if piece.finished else " open"}><summary><b>{title}</b> <span role="status">{status}</span>'
        f"</summary>{_progress(piece, texts)}{_failure(piece, texts)}{_files(piece, texts)}"
        f"{_changes(piece, texts)}</details>"
    )


def _status(piece: Piece, texts: Texts) -> str:
    if piece.status == "running":
        stage = texts(f"stage_{piece.stage or 'starting'}")
        return f"{stage} {piece.done}/{piece.total}" if piece.total else stage
    if piece.status != "done":
        return texts(f"work_{piece.status}")
    verdicts = (
        f"{texts(f'verdict_{verdict}')} {count}" for verdict, count in piece.verdicts.items()
    )
    return texts("list_separator").join(verdicts) or texts("work_done")


def _progress(piece: Piece, texts: Texts) -> str:
    if piece.finished:
        return ""
    label = escape(texts("work_progress"))
    known = f' value="{piece.done}" max="{piece.total}"' if piece.total else ""
    stop = (
        f'<button type="button" data-stop="{escape(piece.id)}" id="stop-{escape(piece.id)}">'
        f"{escape(texts('stop'))}</button>"
    )
    return f'<p class="progress"><progress aria-label="{label}"{known}></progress>{stop}</p>'


def _failure(piece: Piece, texts: Texts) -> str:
    if not piece.error:
        return ""
    return (
        f'<div class="failure" role="alert"><strong>{escape(texts("error_title"))}</strong>'
        f"<p>{escape(reason_in(texts.language, piece.error))}</p></div>"
    )


def _files(piece: Piece, texts: Texts) -> str:
    if not piece.files:
        return ""
    items = "".join(_file(file, texts) for file in piece.files)
    left = sum(piece.verdicts.values()) - len(piece.files)
    more = f"<li>{escape(texts('work_more_files', count=left))}</li>" if left > 0 else ""
    return f'<ul class="files-taken" data-most="{MOST_FILES}">{items}{more}</ul>'


def _file(file: Mapping[str, Any], texts: Texts) -> str:
    verdict = str(file["verdict"])
    report_id = file.get("report_id")
    name = escape(str(file["source"]))
    if report_id and verdict != "removed":
        name = f'<a href="{escape(report_link(str(report_id)))}">{name}</a>'
    counts = (
        texts("report_counts", paragraphs=file["paragraphs"], facts=file["facts"])
        if file.get("paragraphs")
        else ""
    )
    error = reason_in(texts.language, file.get("error") or "")
    told_of = [counts, *file.get("warnings", ()), error]
    details = "".join(f'<span class="sub">{escape(line)}</span>' for line in told_of if line)
    return (
        f'<li class="verdict-{escape(verdict)}"><b>{escape(texts(f"verdict_{verdict}"))}</b> '
        f"{name}{details}</li>"
    )


def _changes(piece: Piece, texts: Texts) -> str:
    """What the work made appear, change and vanish in the ledger, town by town."""
    if piece.kind == "remove" or not piece.told:
        return ""
    towns: Sequence[Mapping[str, Any]] = piece.told["changes"]
    if not towns:
        return f'<p class="sub">{escape(texts("changes_none"))}</p>'
    items = "".join(_town(town, texts) for town in towns)
    left = int(piece.told["towns"]) - len(towns)
    more = f"<li>{escape(texts('more_rows', count=left))}</li>" if left > 0 else ""
    title = escape(texts("changes_title", count=piece.told["towns"]))
    return f'<details class="changes"><summary>{title}</summary><ul>{items}{more}</ul></details>'


def _town(town: Mapping[str, Any], texts: Texts) -> str:
    name = escape(f"{town['town'] or town['source'] or texts('unknown')} {town['year'] or ''}")
    if town["report_id"]:
        name = f'<a href="{escape(report_link(str(town["report_id"])))}">{name}</a>'
    appeared, changed, vanished = town["counts"]
    counts = texts("changes_counts", appeared=appeared, changed=changed, vanished=vanished)
    lines = [f"+ {told(figure, texts)}" for figure in town["appeared"]]
    lines += [
        f"~ {told(before, texts)} → {told_value(after, texts)}" for before, after in town["changed"]
    ]
    lines += [f"− {told(figure, texts)}" for figure in town["vanished"]]
    left = sum(town["counts"]) - len(lines)
    if left > 0:
        lines.append(texts("more_rows", count=left))
    figures = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<li>{name} <span class="sub">{escape(counts)}</span><ul>{figures}</ul></li>'

"""What the Reports room shows, as HTML: a list or a report, and how to take more in."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ingest.load.archive import MOST_BYTES
from rag.errors import FazhiError
from rag.stores import Stores
from ui.render import render_error
from ui.rooms.reports.list_view import render_list
from ui.rooms.reports.report_view import render_report
from ui.rooms.reports.stored import entries_of, listing_of, listing_query, turn
from ui.rooms.reports.uploads import ENDINGS, MOST_FILES
from ui.source_view import parse_query
from ui.texts import Texts

MOST_FOLDERS = 50  # that are offered


def show_content(query: str, *, stores: Stores, texts: Texts) -> str:
    """The report that an address query names, else the list it wants."""
    try:
        link = parse_query(query)
        if link is None:
            return render_list(turn(entries_of(stores.database), listing_of(query)), texts)
        with stores.database.snapshot() as database:
            report = database.report(link.report_id)
        kept = stores.originals.holds(report.card.sha256)
        back = listing_query(listing_of(query))
        return render_report(report, link, texts, original=kept, back=back)
    except FazhiError as error:
        return render_error(str(error), texts)


def render_room(content: str, texts: Texts, *, leave: str, named: bool, folders: list[str]) -> str:
    """The whole room around its content.

    Args:
        leave: the button that ends a session, or nothing.
        named: whether any folder may be named, or only those in `folders`.
    """
    return (
        f'<div class="room reports" data-lang="{texts.language}"><div class="room-head">'
        f"<h2>{escape(texts('room_reports'))}</h2>{leave}</div>"
        f"{_taking_in(texts, named, folders)}"
        '<div id="work" aria-live="polite"></div>'
        f'<div id="content">{content}</div>{_confirming(texts)}</div>'
    )


def folders_of(stores: Stores) -> list[str]:
    """The folders that reports were ingested from and that are there; those uploaded not."""
    own = stores.settings.data.resolve()
    samples = {card.id for card in stores.database.cards() if card.sample}
    records = stores.database.file_records()
    folders = {Path(record.path).parent for record in records if record.report_id not in samples}
    found = (folder for folder in folders if not folder.is_relative_to(own) and folder.is_dir())
    return sorted(str(folder) for folder in found)[:MOST_FOLDERS]


def _taking_in(texts: Texts, named: bool, folders: list[str]) -> str:
    """Upload and folder, folded away until they are wanted."""
    accepted = ",".join(ENDINGS)
    hint = escape(texts("upload_hint", most=MOST_FILES, largest=MOST_BYTES >> 20))
    return (
        f'<details class="taking-in" id="taking-in"><summary>{escape(texts("taking_in"))}</summary>'
        f'<div class="drop" id="drop"><label for="files">{escape(texts("upload_choose"))}</label>'
        f'<input type="file" id="files" multiple accept="{accepted}">'
        f'<p class="sub">{hint}</p>'
        f'<p id="sending" role="status" data-sending="{escape(texts("upload_sending"))}"></p>'
        f'<ul id="refused" class="refused" aria-label="{escape(texts("upload_refused"))}"></ul>'
        f"</div>{_folder(texts, named, folders)}</details>"
    )


def _folder(texts: Texts, named: bool, folders: list[str]) -> str:
    label = escape(texts("folder_label"))
    options = "".join(f'<option value="{escape(folder)}"></option>' for folder in folders)
    if named:
        field = (
            f'<input name="folder" id="folder" list="folders" autocomplete="off" required '
            f'placeholder="{escape(texts("folder_example"))}">'
            f'<datalist id="folders">{options}</datalist>'
        )
    elif folders:
        items = "".join(
            f'<option value="{escape(folder)}">{escape(folder)}</option>' for folder in folders
        )
        field = f'<select name="folder" id="folder">{items}</select>'
    else:
        return ""
    return (
        f'<form id="from-folder"><label for="folder">{label}</label>{field}'
        f"<button>{escape(texts('folder_go'))}</button>"
        f'<p class="sub">{escape(texts("folder_hint"))}</p></form>'
    )


def _confirming(texts: Texts) -> str:
    """The question before anything is removed."""
    return (
        f'<dialog id="confirm" aria-labelledby="confirm-title"><h3 id="confirm-title">'
        f"{escape(texts('remove_title'))}</h3><p>{escape(texts('remove_hint'))}</p>"
        '<ul id="confirm-names"></ul><form method="dialog">'
        f'<button value="no" id="confirm-no">{escape(texts("remove_no"))}</button>'
        f'<button value="yes" id="confirm-yes" class="danger">{escape(texts("remove_yes"))}'
        "</button></form></dialog>"
    )

"""What the Evaluation room shows, as HTML: the runs or one of them, and how to start another."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs

from rag.stores import Stores
from ui.render import render_error
from ui.rooms.evaluation.list_page import render_list
from ui.rooms.evaluation.places import Places
from ui.rooms.evaluation.question_sets import ENDINGS, LARGEST, QuestionSet
from ui.rooms.evaluation.run_page import render_run, run_link
from ui.rooms.evaluation.runs import Going, Runs
from ui.texts import Texts


def show_content(query: str, *, runs: Runs, stores: Stores, texts: Texts) -> str:
    """The run that an address query names, else the list of runs."""
    named = parse_qs(query.removeprefix("?")).get("run", [""])[0]
    found = runs.all()
    if not named:
        return render_list(found, texts)
    run = next((one for one in found if one.name == named), None)
    raw = runs.raw(named)
    if run is None or raw is None:
        return render_error(texts("run_gone"), texts) + render_list(found, texts)
    earlier = next(
        (
            one
            for one in found
            if one.questions_from == run.questions_from and one.started < run.started
        ),
        None,
    )
    with stores.database.snapshot() as database:
        return render_run(run, raw, earlier, Places(database), texts)


def render_room(content: str, texts: Texts, *, starting: str, leave: str) -> str:
    """The whole room around its content.

    Args:
        starting: `render_starting` for administrators, else why there is none.
        leave: the button that ends a session, or nothing.
    """
    return (
        f'<div class="room evaluation" data-lang="{texts.language}"><div class="room-head">'
        f"<h2>{escape(texts('room_evaluation'))}</h2>{leave}</div>"
        f'<p class="sub">{escape(texts("evaluation_hint"))}</p>{starting}'
        f'<div id="going" aria-live="polite"></div><div id="content">{content}</div></div>'
    )


def render_starting(sets: Sequence[QuestionSet], texts: Texts) -> str:
    """The form that starts a run, and what is done with question files of one's own."""
    return (
        f'<form id="start"><label for="set">{escape(texts("question_set"))}</label>'
        f'<select id="set" name="set">{_options(sets, texts)}</select>'
        f'<button class="primary" id="start-go">{escape(texts("start_run"))}</button></form>'
        f"{_own_questions(sets, texts)}"
    )


def render_not_starting(texts: Texts, *, has_password: bool) -> str:
    """Why nothing can be started here."""
    if has_password:
        link = f'<a href="./reports">{escape(texts("log_in"))}</a>'
        return f'<p class="sub">{escape(texts("refused_log_in"))} {link}</p>'
    return f'<p class="sub">{escape(texts("refused_elsewhere"))}</p>'


def render_going(going: Going | None, sets: Sequence[QuestionSet], texts: Texts) -> str:
    """How far the run is that was started last; `data-active` says whether it goes on."""
    if going is None:
        return '<div data-active="0"></div>'
    asked = next((one for one in sets if one.id == going.questions), None)
    name = set_name(asked, texts) if asked else going.questions
    active = going.status == "running"
    return (
        f'<div data-active="{int(active)}" class="run-going is-{going.status}">'
        f'<p><b>{escape(name)}</b> <span role="status">{escape(_status(going, texts))}</span>'
        f"{_link(going, texts)}</p>{_progress(going, texts) if active else ''}"
        f"{render_error(going.error, texts) if going.error else ''}</div>"
    )


def set_name(one: QuestionSet, texts: Texts) -> str:
    return one.path.name if one.uploaded else texts(f"set_{one.id}")


def _status(going: Going, texts: Texts) -> str:
    if going.status != "running":
        return texts(f"run_{going.status}")
    stage = texts(f"stage_{going.stage or 'starting'}")
    return f"{stage} {going.done}/{going.total}" if going.total else stage


def _link(going: Going, texts: Texts) -> str:
    if going.status != "done":
        return ""
    return (
        f' <a href="{escape(run_link(going.id))}" id="going-open">{escape(texts("run_open"))}</a>'
    )


def _progress(going: Going, texts: Texts) -> str:
    known = f' value="{going.done}" max="{going.total}"' if going.total else ""
    return (
        f'<p class="progress"><progress aria-label="{escape(texts("work_progress"))}"{known}>'
        f'</progress><button type="button" id="stop-run">{escape(texts("stop"))}</button></p>'
    )


def _own_questions(sets: Sequence[QuestionSet], texts: Texts) -> str:
    templates = " ".join(
        f'<a href="./evaluation/template?form={ending[1:]}" download>{ending}</a>'
        for ending in ENDINGS
    )
    hint = escape(texts("questions_hint", largest=LARGEST >> 20))
    return (
        f'<details class="own" id="own"><summary>{escape(texts("own_questions"))}</summary>'
        f'<p class="sub">{hint} {escape(texts("questions_template"))} {templates}</p>'
        f'<p><label for="questions">{escape(texts("questions_choose"))}</label> '
        f'<input type="file" id="questions" accept="{",".join(ENDINGS)}"></p>'
        f'<div id="lint" role="status"></div><div id="kept">{_kept(sets, texts)}</div>'
        "</details>"
    )


def render_choices(sets: Sequence[QuestionSet], texts: Texts) -> str:
    """The parts of the form that change when a file comes or goes."""
    return f'<select>{_options(sets, texts)}</select><div class="files">{_kept(sets, texts)}</div>'


def _options(sets: Sequence[QuestionSet], texts: Texts) -> str:
    return "".join(
        f'<option value="{escape(one.id)}">{escape(set_name(one, texts))}</option>' for one in sets
    )


def _kept(sets: Sequence[QuestionSet], texts: Texts) -> str:
    """The uploaded files, each with a button that removes it."""
    items = "".join(
        f'<li>{escape(one.path.name)} <button type="button" data-forget="{escape(one.id)}" '
        f'aria-label="{escape(texts("remove_yes"))} {escape(one.path.name)}">'
        f"{escape(texts('remove_yes'))}</button></li>"
        for one in sets
        if one.uploaded
    )
    return f'<ul class="kept">{items}</ul>' if items else ""


def render_lint(name: str, problems: Sequence[str], texts: Texts) -> str:
    """What came of an uploaded file."""
    if not problems:
        return f'<p class="fine">{escape(texts("questions_kept", name=name))}</p>'
    items = "".join(f"<li>{escape(problem)}</li>" for problem in problems[:100])
    title = escape(texts("questions_wrong", name=name, count=len(problems)))
    return f'<div class="failure"><strong>{title}</strong><ul>{items}</ul></div>'

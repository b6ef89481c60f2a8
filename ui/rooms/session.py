"""Logging in and out: the form, and the address that it is sent to."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.access import COOKIE, LASTS, Access, NotAllowed, TooManyAttempts, Visit
from ui.rooms.requests import language_of
from ui.texts import Texts, texts_in

PATH = "session"  # relative to the page
LONGEST_BODY = 8192  # bytes


def render_closed(access: Access, texts: Texts) -> str:
    """What stands in place of a room that is for administrators: a form, or why there is none."""
    if not access.has_password:
        return (
            f'<section class="closed"><h2>{escape(texts("closed_title"))}</h2>'
            f"<p>{escape(texts('closed_hint'))}</p></section>"
        )
    label = escape(texts("password"))
    return (
        f'<section class="closed"><h2>{escape(texts("log_in_title"))}</h2>'
        f"<p>{escape(texts('log_in_hint'))}</p>"
        f'<form data-session="{PATH}"><input type="password" name="password" id="password" '
        f'autocomplete="current-password" required aria-label="{label}" placeholder="{label}">'
        f'<button class="primary">{escape(texts("log_in"))}</button></form>'
        '<p class="failure" role="alert" hidden></p></section>'
    )


def render_log_out(access: Access, visit: Visit, texts: Texts) -> str:
    """A button that ends the session; empty for whoever needs none."""
    if not access.has_password or not visit.cookies.get(COOKIE):
        return ""
    return (
        f'<button type="button" data-session="{PATH}" id="log-out">{escape(texts("log_out"))}'
        "</button>"
    )


def session_routes(access: Access) -> list[Route]:
    """Where the password is sent, and a session ended."""

    async def log_in(request: Request) -> Response:
        texts = texts_in(language_of(request))
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                return PlainTextResponse(texts("password_wrong"), status_code=413)
        try:
            token = access.log_in(body.decode("utf-8", "replace"), request)
        except TooManyAttempts:
            return PlainTextResponse(texts("password_too_often"), status_code=429)
        except NotAllowed:
            return PlainTextResponse(texts("password_wrong"), status_code=403)
        response = Response(status_code=204)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(LASTS),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    async def log_out(request: Request) -> Response:
        access.log_out(request)
        response = Response(status_code=204)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    return [
        Route(f"/{PATH}", log_in, methods=["POST"]),
        Route(f"/{PATH}", log_out, methods=["DELETE"]),
    ]

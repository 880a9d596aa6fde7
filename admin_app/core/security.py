"""What protects every page: headers, the write lock, forgery checks, and plain error pages."""

import secrets

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from admin_app.core.conflicts import overtaken_by
from admin_app.core.database import db, writing
from admin_app.core.errors import Overtaken, Refused
from admin_app.core.links import LinkProblem

log = structlog.get_logger(__name__)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def init_security(app: Flask) -> None:
    """Set headers, nonce, error pages and the start of writing requests."""
    app.before_request(_start)
    app.after_request(_headers)
    app.teardown_request(_stop_writing)
    app.jinja_env.globals["csp_nonce"] = lambda: g.get("nonce", "")
    app.extensions["liasse.link_problem"] = link_problem_page
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _forgery)
    app.register_error_handler(Exception, _unforeseen)


def _start() -> None:
    g.nonce = secrets.token_urlsafe(16)
    if request.method not in SAFE:
        g.writing_token = writing.set(True)


def _stop_writing(_error: BaseException | None) -> None:
    token = g.pop("writing_token", None)
    if token is not None:
        writing.reset(token)


def _headers(response: Response) -> Response:
    nonce = g.get("nonce", "")
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}';"
        " img-src 'self' data: blob:; font-src 'self'; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'self'",
    )
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "private, no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def link_problem_page(problem: LinkProblem) -> Response:
    """The page that says why a personal link opens nothing, and what to do."""
    status = 404 if problem.trouble == "unknown" else 410
    return make_response(
        render_template("errors/link.html", trouble=problem.trouble.value, link=problem.link),
        status,
    )


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    db.session.rollback()
    code = error.code if error.code in {400, 403, 404, 405, 413, 429} else 400
    return make_response(render_template("errors/error.html", code=code), error.code)


def _forgery(_error: CSRFError) -> Response:
    db.session.rollback()
    return make_response(render_template("errors/error.html", code="form"), 400)


def _unforeseen(error: Exception) -> Response:
    refused = error if isinstance(error, Refused) else overtaken_by(error)
    if isinstance(refused, Overtaken):
        return _not_done(refused)
    if current_app.testing or current_app.debug:
        raise error
    db.session.rollback()
    if refused is not None:  # an act of a page that foresaw no refusal: its sentence is still read
        log.exception("page.refused", endpoint=request.endpoint)
        return _not_done(refused)
    number = secrets.token_hex(4)
    log.exception("page.failed", number=number, endpoint=request.endpoint)
    return make_response(render_template("errors/error.html", code=500, number=number), 500)


def _not_done(refused: Refused) -> Response:
    """The page that says why an act was not done, when the form itself could not say it."""
    db.session.rollback()
    came_from = request.referrer or ""
    back = came_from if came_from.startswith(request.host_url) else "/"
    said = [problem.message for problem in refused.problems]
    return make_response(
        render_template("errors/error.html", code=409, messages=said, back=back), 409
    )

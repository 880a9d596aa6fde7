"""Handing a document out: the same safe headers in every room (pages only)."""

from flask import Response, make_response, render_template

from admin_app.core.errors import Refused
from admin_app.core.pages import download
from admin_app.documents import queries
from admin_app.documents.models import Document

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def reply(document: Document, *, inline: bool = True) -> Response:
    """The PDF of a document, to open in the page or to keep.

    The caller has made sure that whoever asks may read it. When the stored file is gone or was
    changed, a page says so instead.
    """
    try:
        data = queries.read(document)
    except Refused as refused:
        page = render_template("documents/damaged.html", message=refused.message, document=document)
        return make_response(page, 410)
    return _reply(data, file_name(document), document.mime, inline)


def pdf_reply(data: bytes, name: str, *, inline: bool = True) -> Response:
    """Any PDF of ours, a working paper for instance."""
    return _reply(data, name, "application/pdf", inline)


def _reply(data: bytes, name: str, mime: str, inline: bool) -> Response:
    response = download(data, name, mime, inline=inline)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


def file_name(document: Document) -> str:
    """The name of the file when it is kept: « CONV-2026-0012.pdf »."""
    return document.number + ENDINGS[document.mime]

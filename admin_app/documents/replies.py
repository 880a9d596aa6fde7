"""Handing a document out: the same safe headers in every room (pages only)."""

from flask import Response

from admin_app.core.pages import download
from admin_app.documents import queries
from admin_app.documents.models import Document


def reply(document: Document, *, inline: bool = True) -> Response:
    """The PDF of a document, to open in the page or to keep.

    The caller has made sure that whoever asks may read it.

    Raises:
        Refused: the stored file is gone or was changed.
    """
    data = queries.read(document)
    response = download(data, file_name(document), "application/pdf", inline=inline)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return response


def file_name(document: Document) -> str:
    """The name of the file when it is kept: « CONV-2026-0012.pdf »."""
    return f"{document.number}.pdf"

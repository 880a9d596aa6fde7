"""Pages travel compressed, proxy or not: a list of 25 rows loses five sixths of its weight.

A compressed page that holds both a secret and words chosen by someone else can be made to leak the
secret through its length (BREACH). Each answer is therefore lengthened by chance, in the one field
of gzip that nobody reads: the name of the file (« Heal the Breach », as Django does).
"""

import gzip
import secrets
from io import BytesIO

from flask import Flask, Response, request

WORTH_IT = 1_000  # bytes: below, a compressed answer saves nothing
LEVEL = 3  # half the work of 5, for a page a tenth heavier
LONGEST_NAME = 100
COMPRESSED = frozenset({"text/html", "text/plain", "text/csv", "text/calendar", "application/json"})


def init_compression(app: Flask) -> None:
    """Compress the answers made of text."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in COMPRESSED or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in response.headers:
        return response
    plain = response.get_data()
    if len(plain) < WORTH_IT:
        return response
    response.set_data(compressed(plain))
    response.headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)
    return response


def compressed(plain: bytes) -> bytes:
    """These bytes in gzip, longer by a number of bytes that nobody can foresee."""
    name = "a" * secrets.randbelow(LONGEST_NAME + 1)
    output = BytesIO()
    with gzip.GzipFile(name, "wb", LEVEL, output, mtime=0) as file:
        file.write(plain)
    return output.getvalue()

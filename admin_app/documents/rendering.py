"""Issued documents become PDF here: WeasyPrint, PDF/A-3b with tags, one typeface, nothing fetched.

WeasyPrint costs more than a second to import, so it is imported at the first document. The style
sheets and the typeface are read once a process. Pango is not made for several threads: one
document is made at a time.
"""

import atexit
import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any

from flask import current_app

from admin_app.core import clock
from admin_app.core.config import ROOT
from admin_app.core.storage import store
from admin_app.documents.kinds import FOLDER, Kind, kind_of
from admin_app.documents.packing import digest

DIST = ROOT / "admin_app" / "static" / "dist"
PACKAGE = ROOT / "node_modules" / "source-sans" / "TTF"
FACES = (
    ("regular", "Regular", 400, "normal"),
    ("italic", "It", 400, "italic"),
    ("semibold", "Semibold", 600, "normal"),
    ("bold", "Bold", 700, "normal"),
)
_one_at_a_time = RLock()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the issue itself adds to a document: its number, its version, when, what it replaces."""

    number: str
    version: int
    issued_at: datetime
    replaces: str = ""

    @property
    def issued_on(self) -> date:
        """The civil day of issue, for the organisation."""
        return clock.day_of(self.issued_at)


class ForbiddenURL(ValueError):
    """A document tried to fetch something from outside its own data."""


@dataclass(frozen=True, slots=True)
class Html:
    """A document before it becomes a PDF.

    `identifier` marks the file; `attached` are files that travel within it.
    """

    kind: Kind
    text: str
    identifier: bytes
    attached: tuple["Attached", ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A stored file that travels within a document (`data["attached"]`: name, sha256, words)."""

    name: str
    sha256: str
    words: str
    at: datetime


def render(kind: str, data: dict[str, Any], heading: Heading | None = None) -> bytes:
    """The PDF of a document of that kind.

    Args:
        data: what the template shows; days, instants and Decimal euros as such.
        heading: number and date; None for a draft, which says so across each page.
    """
    return to_pdf(to_html(kind, data, heading))


def to_html(kind: str, data: dict[str, Any], heading: Heading | None = None) -> Html:
    """The text of a document, quickly made; the time zone may be read from the database."""
    about = kind_of(kind)
    template = current_app.jinja_env.get_template(about.template)
    text = template.render(kind=about, data=data, heading=heading)
    number = heading.number if heading else "draft"
    identifier = hashlib.sha256(f"{kind}:{number}:{digest(data)}".encode()).digest()[:16]
    attached = tuple(
        Attached(one["name"], one["sha256"], one.get("words", ""), heading.issued_at)
        for one in data.get("attached", ())
        if heading is not None
    )
    return Html(about, text, identifier, attached)


def to_pdf(html: Html) -> bytes:
    """The PDF of this text: slow, without the database; the same bytes each time."""
    with _one_at_a_time:
        return bytes(
            _page(html.text).write_pdf(
                stylesheets=[_base_style(), _style_of(html.kind.style)],
                font_config=_font_configuration(),
                pdf_variant="pdf/a-3b",
                pdf_tags=True,
                pdf_identifier=html.identifier,
                attachments=[_attachment(one) for one in html.attached],
            )
        )


def _attachment(one: Attached) -> Any:
    from weasyprint import Attachment

    return Attachment(
        file_obj=BytesIO(store.get(one.sha256)),
        name=one.name,
        description=one.words or one.name,
        created=one.at,
        modified=one.at,
        relationship="Source",
        url_fetcher=_fetcher(),
    )


def plain_pdf(text: str) -> bytes:
    """The PDF of a whole page that brings its own style (working papers)."""
    with _one_at_a_time:
        return bytes(
            _page(text).write_pdf(stylesheets=[_typeface()], font_config=_font_configuration())
        )


def _page(text: str) -> Any:
    from weasyprint import HTML

    return HTML(string=text, url_fetcher=_fetcher(), base_url="about:blank")


@cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class DataOnly(URLFetcher):  # type: ignore[misc]
        """Opens `data:` and nothing else: a document holds all that it shows."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.lower().startswith("data:"):
                raise ForbiddenURL(f"not a data: address: {url[:80]}")
            return super().fetch(url, headers)

    return DataOnly(allowed_protocols=["data"], allow_redirects=False)


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_forget)  # before Python itself is taken apart, which it does not survive
    return FontConfiguration()


def _forget() -> None:
    for kept in (_base_style, _style_of, _typeface, _font_configuration):
        kept.cache_clear()


@cache
def _typeface() -> Any:
    return _css(font_faces())


@cache
def _base_style() -> Any:
    return _css(font_faces() + (FOLDER / "print.css").read_text(encoding="utf-8"))


@cache
def _style_of(path: Path) -> Any:
    return _css(path.read_text(encoding="utf-8") if path.is_file() else "")


def _css(text: str) -> Any:
    from weasyprint import CSS

    return CSS(string=text, font_config=_font_configuration(), url_fetcher=_fetcher())


@cache
def font_faces() -> str:
    """The rules that bring the typeface along, as `data:`; empty when it was not built."""
    rules = []
    for name, packaged, weight, style in FACES:
        path = _face(name, packaged)
        if path is None:
            continue  # the style falls back on a typeface of the system
        data = base64.b64encode(path.read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"Liasse Sans";font-weight:{weight};font-style:{style};'
            f"src:url(data:font/ttf;base64,{data})}}"
        )
    return "".join(rules)


def _face(name: str, packaged: str) -> Path | None:
    """The file of a face: built for us, else as its package brings it, else none."""
    manifest = DIST / "manifest.json"
    if manifest.is_file():
        built = json.loads(manifest.read_text(encoding="utf-8")).get(f"source-sans-3-{name}.ttf")
        if built and (DIST / str(built)).is_file():
            return DIST / str(built)
    path = PACKAGE / f"SourceSans3-{packaged}.ttf"
    return path if path.is_file() else None

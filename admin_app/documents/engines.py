"""Working papers: sheets to print and write upon, never issued, never kept.

wkhtmltopdf makes them where the system has it, WeasyPrint elsewhere (Debian 13 no longer brings
wkhtmltopdf). Nobody should see which: a working paper uses plain tables and no running head. Our
typeface is for WeasyPrint alone: given to wkhtmltopdf, it turns words into outlines.
"""

import secrets
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from flask import current_app

from admin_app.documents import rendering

log = structlog.get_logger(__name__)
NOWHERE = "http://127.0.0.1:9"  # a proxy that answers nothing: no address is ever fetched


def working_paper(name: str, **context: Any) -> bytes:
    """The PDF of a working paper.

    Args:
        name: a template of `templates/documents/working/`, without its ending.
        context: what it shows.
    """
    template = current_app.jinja_env.get_template(f"documents/working/{name}.html")
    return render_working(template.render(**context))


def render_working(html: str) -> bytes:
    """The PDF of a whole HTML page, by whichever engine is there.

    Nothing is fetched and no script runs, whatever the page asks for.
    """
    path = wkhtmltopdf_path()
    if path is not None:
        try:
            return _by_wkhtmltopdf(html, path)
        except OSError as error:  # also what pdfkit raises when the program complains
            log.warning("working-paper.fallback", error=type(error).__name__)
    return rendering.plain_pdf(html)


def wkhtmltopdf_path() -> str | None:
    """Where wkhtmltopdf is on this machine, if it is."""
    return shutil.which("wkhtmltopdf")


def options() -> dict[str, str]:
    """What wkhtmltopdf is told: A4, no script, no file, no network."""
    return {
        "page-size": "A4",
        "margin-top": "14mm",
        "margin-bottom": "14mm",
        "margin-left": "14mm",
        "margin-right": "14mm",
        "encoding": "utf-8",
        "disable-javascript": "",
        "disable-local-file-access": "",
        "disable-plugins": "",
        "disable-external-links": "",
        "load-error-handling": "ignore",
        "load-media-error-handling": "ignore",
        "proxy": NOWHERE,
        "quiet": "",
    }


def _by_wkhtmltopdf(html: str, path: str) -> bytes:
    import pdfkit

    # pdfkit takes options from <meta name="pdfkit-…"> in a page given as text (CVE-2025-26240):
    # the page is given as a file, and the prefix is one that nobody can guess.
    configuration = pdfkit.configuration(
        wkhtmltopdf=path, meta_tag_prefix=f"{secrets.token_hex(16)}-"
    )
    with TemporaryDirectory(prefix="liasse-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        return bytes(
            pdfkit.from_file(str(page), False, options=options(), configuration=configuration)
        )

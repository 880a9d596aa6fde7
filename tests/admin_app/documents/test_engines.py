"""Working papers: with wkhtmltopdf where it is, without it elsewhere; nothing gets in or out."""

from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from admin_app.documents import engines
from tests.support.pdf import opened, text_of

HAS_IT = engines.wkhtmltopdf_path() is not None
needs_it = pytest.mark.skipif(not HAS_IT, reason="no wkhtmltopdf on this machine")
ENGINES = [
    pytest.param(True, id="wkhtmltopdf", marks=needs_it),
    pytest.param(False, id="weasyprint"),
]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if not request.param:
        monkeypatch.setattr(engines, "wkhtmltopdf_path", lambda: None)
    return bool(request.param)


def sheet(**changed: Any) -> bytes:
    context: dict[str, Any] = {
        "provider": {"name": "Atelier des Territoires", "activity_number": "75331234567"},
        "action": {"title": "Réseau CTG", "reference": "CTG-2026-01", "place": "Salle Loire"},
        "trainees": [{"name": "Élodie Garnier", "employer": "Ville de Bréval"}],
        "days": [
            {
                "day": date(2026, 9, day),
                "half_days": [
                    {
                        "label": "Matin",
                        "starts_at": datetime(2026, 9, day, 7, tzinfo=UTC),
                        "ends_at": datetime(2026, 9, day, 10, 30, tzinfo=UTC),
                        "trainers": ["Claire Vasseur"],
                    }
                ],
            }
            for day in (17, 18)
        ],
    }
    return engines.working_paper("attendance-sheet", **context | changed)


def test_a_blank_attendance_sheet_has_one_page_a_day(app: Flask, engine: bool) -> None:
    pdf = sheet()
    assert len(opened(pdf).pages) == 2
    text = text_of(pdf)
    assert "Feuille d’émargement du 17 septembre 2026" in text
    assert "9 h – 12 h 30" in text.replace("\u00a0", " ")
    assert "Élodie Garnier" in text
    assert "Claire Vasseur" in text


def test_a_whole_room_fits(app: Flask, engine: bool) -> None:
    trainees = [{"name": f"Personne {rank}", "employer": ""} for rank in range(40)]
    text = text_of(sheet(trainees=trainees))
    assert all(f"Personne {rank}" in text for rank in range(40))


def test_typed_text_stays_text(app: Flask, engine: bool) -> None:
    name = "<script>document.write('dedans')</script><b>x</b>"
    text = text_of(sheet(trainees=[{"name": name, "employer": ""}]))
    assert "<script>" in text
    assert "<b>x</b>" in text


@pytest.mark.parametrize("prefix", ["pdfkit-", "pdfkit"])
def test_options_in_the_page_are_not_obeyed(
    app: Flask, engine: bool, tmp_path: Path, prefix: str
) -> None:
    """CVE-2025-26240: pdfkit takes options from <meta name="pdfkit-…">."""
    stolen = tmp_path / "secret.txt"
    stolen.write_text("un-secret-bien-garde")
    html = (
        f"<html><head><meta name='{prefix}enable-local-file-access' content=''>"
        f'<meta name="{prefix}orientation" content="Landscape">'
        f'<meta name="{prefix}title" content="pris">'
        f"<meta name='{prefix}allow' content='/'></head>"
        f"<body><p>Bonjour</p><iframe src='{stolen.as_uri()}'></iframe></body></html>"
    )
    pdf = engines.render_working(html)
    document = opened(pdf)
    page = document.pages[0].mediabox
    assert page[3] > page[2], "still upright"
    assert "un-secret" not in text_of(pdf)
    assert "pris" not in str(document.docinfo.get("/Title", ""))


def test_no_file_no_script_no_network(app: Flask, engine: bool, tmp_path: Path) -> None:
    stolen = tmp_path / "secret.txt"
    stolen.write_text("un-secret-bien-garde")
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        pdf = engines.render_working(
            f"<body><p>Bonjour<img src='{here}/image.png'><iframe src='{here}/cadre'></iframe>"
            f"<link rel=stylesheet href='{here}/style.css'>"
            f"<iframe src='{stolen.as_uri()}'></iframe>"
            f"<script>document.body.innerHTML = 'ecrit-par-script'; "
            f"new Image().src = '{here}/fuite'</script></body>"
        )
        server.shutdown()
    text = text_of(pdf)
    assert "Bonjour" in text
    assert "un-secret" not in text
    assert "ecrit-par-script" not in text
    assert asked == []


def test_a_broken_program_is_replaced(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "wkhtmltopdf"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(engines, "wkhtmltopdf_path", lambda: str(broken))
    assert "Bonjour" in text_of(engines.render_working("<p>Bonjour"))

"""The PDFs: archivable, tagged, our typeface, nothing fetched, text stays text."""

import io
import re
from datetime import UTC, date, datetime

import pikepdf
import pytest
from flask import Flask

from admin_app.documents import rendering
from admin_app.documents.kinds import all_kinds, kind_of
from admin_app.documents.packing import digest, pack, unpack
from admin_app.documents.rendering import ForbiddenURL, Heading, render, to_html, to_pdf
from tests.admin_app.documents.test_issue import words
from tests.support.pdf import fonts_of, opened, text_of

HEADING = Heading("CONV-2026-0012", 2, datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "CONV-2026-0011")


def test_the_pdf_is_archivable_tagged_and_in_french(app: Flask) -> None:
    pdf = opened(render("convention", words(), HEADING))
    root = pdf.Root
    assert str(root.Lang) == "fr"
    assert bool(root.MarkInfo.Marked)
    assert "/StructTreeRoot" in root
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/OutputIntents" in root
    assert "/JavaScript" not in root.get("/Names", {})
    assert "/OpenAction" not in root
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        assert metadata["dc:title"] == "Convention de formation professionnelle CONV-2026-0012"
        assert metadata["dc:creator"] == ["Atelier des Territoires"]
        assert metadata["xmp:CreateDate"] == "2026-07-01T22:30:00Z"


def test_every_font_is_embedded(app: Flask) -> None:
    fonts = fonts_of(opened(render("convention", words(), HEADING)))
    assert fonts
    assert all(fonts.values())


@pytest.mark.skipif(not rendering.font_faces(), reason="the front end is not built here")
def test_the_typeface_is_ours(app: Flask) -> None:
    fonts = fonts_of(opened(render("convention", words(), HEADING)))
    assert {name.replace("-", " ").split()[0] for name in fonts} <= {"Liasse", "SourceSans3"}


def test_head_and_foot_say_who_and_how_many_pages(app: Flask) -> None:
    text = text_of(render("convention", words(), HEADING))
    pages = len(opened(render("convention", words(), HEADING)).pages)
    assert f"page 1 sur {pages}" in text
    assert f"page {pages} sur {pages}" in text
    assert "enregistrée sous le numéro 75331234567" in text
    assert "auprès du préfet de région Nouvelle-Aquitaine" in text
    assert "Cet enregistrement ne vaut pas agrément de l’État." in text
    assert "établie le 2 juillet 2026" in text, "the day it was in Paris"
    assert "annule et remplace CONV-2026-0011" in text


def test_a_draft_says_so_and_has_no_number(app: Flask) -> None:
    text = text_of(render("convention", words()))
    assert "Projet" in text
    assert "CONV-2026" not in text


def test_the_same_data_give_the_same_bytes(app: Flask) -> None:
    once, twice = (render("convention", words(), HEADING) for _ in range(2))
    assert once == twice
    assert once != render("convention", words(reference="autre"), HEADING)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "https://example.org/x", "ftp://x/y"],
)
def test_nothing_is_fetched(app: Flask, address: str) -> None:
    fetcher = rendering._fetcher()
    with pytest.raises((ForbiddenURL, ValueError)):
        fetcher.fetch(address)


def test_a_file_named_in_a_page_does_not_enter_the_pdf(app: Flask, tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.txt"
    secret.write_text("un-secret-bien-garde")
    page = (
        f"<link rel=attachment href='{secret.as_uri()}'>"
        f"<link rel=stylesheet href='{secret.as_uri()}'>"
        f"<img src='{secret.as_uri()}'><object data='{secret.as_uri()}'></object><p>Bonjour"
    )
    pdf = opened(rendering.plain_pdf(page))
    assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
    assert not pdf.attachments


def test_what_people_type_prints_as_text(app: Flask) -> None:
    data = words()
    data["action"]["place"] = (
        "<script>alert(1)</script></p><style>*{display:none}</style>"
        "<img src=file:///etc/passwd> {{ 7*7 }}"
    )
    data["provider"]["name"] = 'Atelier "A" & <b>Cie</b>'
    text = text_of(render("convention", data, HEADING))
    assert "<script>alert(1)</script>" in text
    assert "<style>*{display:none}</style>" in text
    assert "{{ 7*7 }}" in text
    assert "<b>Cie</b>" in text
    assert "root:" not in text


def test_a_very_long_document_keeps_its_heads_and_rows(app: Flask) -> None:
    data = words()
    data["action"]["trainees"] = [
        {"name": f"Personne {rank:03}", "job": "x" * 40, "employer": "Ville"} for rank in range(180)
    ]
    pdf = render("convention", data, HEADING)
    text = text_of(pdf)
    assert all(f"Personne {rank:03}" in text for rank in range(180))
    assert text.count("Nom Fonction Employeur") >= 4, "the head of the table is on each page"


def test_the_bytes_that_were_signed_travel_within(app: Flask) -> None:
    from admin_app.core.storage import store

    inner = render("convention", words(), HEADING)
    data = words(attached=[{"name": "CONV-2026-0012.pdf", "sha256": store.put(inner)}])
    html = to_html("convention", data, HEADING)
    once, twice = to_pdf(html), to_pdf(html)
    assert once == twice
    pdf = opened(once)
    assert list(pdf.attachments) == ["CONV-2026-0012.pdf"]
    assert pdf.attachments["CONV-2026-0012.pdf"].get_file().read_bytes() == inner
    assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Source


def test_packed_data_hash_alike_whatever_their_order() -> None:
    one = {"a": date(2026, 9, 17), "b": [1, {"c": None}]}
    assert digest(one) == digest({"b": [1, {"c": None}], "a": date(2026, 9, 17)})
    assert digest(pack(one)) == digest(one)
    assert unpack(pack(one)) == one
    with pytest.raises(TypeError):
        pack({"a": object()})


def test_every_kind_is_whole(app: Flask) -> None:
    kinds = all_kinds()
    assert {"convention", "individual-contract"} <= {kind.name for kind in kinds}
    for kind in kinds:
        assert re.fullmatch(r"[A-Z]{2,6}", kind.prefix), kind.name
        assert kind.title
        if (rendering.FOLDER / kind.name / "document.html").exists():
            app.jinja_env.get_template(kind.template)


def test_an_unknown_kind_is_an_error_of_ours(app: Flask) -> None:
    for name in ("rien", "../../etc", ""):
        with pytest.raises(LookupError):
            kind_of(name)


def test_the_pdf_opens_in_a_strict_reader(app: Flask) -> None:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(render("convention", words(), HEADING)), strict=True)
    assert len(reader.pages) >= 2

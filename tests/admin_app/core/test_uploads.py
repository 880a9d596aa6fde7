"""Files are told by their content."""

import io
import zipfile

import openpyxl
import pytest

from admin_app.core.uploads import MIME, sniff


def archive(**files: str) -> bytes:
    """A ZIP archive of these files (a double underscore stands for a slash)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name, text in files.items():
            opened.writestr(name.replace("__", "/").replace("Types", "[Content_Types].xml"), text)
    return out.getvalue()


def test_a_workbook_is_a_workbook_whoever_made_it() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert sniff(out.getvalue()) == "xlsx"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (archive(Types="", word__document="x"), "docx"),
        (archive(Types="", ppt__slide="x"), "pptx"),
        (archive(mimetype=MIME["odt"], content="x"), "odt"),
        (archive(mimetype="application/epub+zip", content="x"), ""),
        (archive(notes="x"), "zip"),
        (b"PK\x03\x04 not an archive", ""),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        ("Nom;Prénom\n".encode(), "csv"),
        ("Nom;Prénom\n".encode("cp1252"), "csv"),
        (b"<html></html>", ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_a_file_is_told_by_its_content(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_macros_are_not_taken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("[Content_Types].xml", "")
        opened.writestr("xl/vbaProject.bin", "x")
    assert sniff(out.getvalue()) == ""
